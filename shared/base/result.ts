/** A business "no" is a value: it survives IPC and HTTP, and the compiler sees it. */
export type Result<Value, Problem> = Ok<Value> | Err<Problem>;
export type Ok<Value> = { readonly ok: true; readonly value: Value };
export type Err<Problem> = { readonly ok: false; readonly error: Problem };

export function ok<Value>(value: Value): Ok<Value> {
  return { ok: true, value };
}

export function err<Problem>(error: Problem): Err<Problem> {
  return { ok: false, error };
}
