/** For bugs only: input from outside is parsed, never asserted. */
export function assert(condition: boolean, fact: string): asserts condition {
  if (!condition) throw new AssertionFailed(fact);
}

/** The value, or a bug: use where an index or a map entry is known to exist. */
export function present<Value>(value: Value | null | undefined, fact: string): Value {
  if (value === null || value === undefined) throw new AssertionFailed(fact);
  return value;
}

/** Makes a switch exhaustive: a new case fails to compile until it is handled. */
export function unreachable(value: never): never {
  throw new AssertionFailed(`No such case: ${JSON.stringify(value)}`);
}

export class AssertionFailed extends Error {
  override readonly name = 'AssertionFailed';
}
