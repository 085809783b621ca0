/**
 * A pure function that remembers its last answers. Registers repeat a few thousand packings,
 * forms and countries over half a million rows. Bounded: when full, everything is forgotten.
 */
export function remember<Answer>(
  answer: (...texts: readonly string[]) => Answer,
  answersMax: number,
): (...texts: readonly string[]) => Answer {
  const known = new Map<string, Answer>();
  return (...texts) => {
    const key = texts.join('\u0000');
    const earlier = known.get(key);
    if (earlier !== undefined) return earlier;
    if (known.size >= answersMax) known.clear();
    const fresh = answer(...texts);
    known.set(key, fresh);
    return fresh;
  };
}
