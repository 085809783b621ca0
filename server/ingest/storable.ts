/** Text that PostgreSQL can keep: without U+0000 and halves of surrogate pairs. */
export function storable(text: string): string {
  return text.replaceAll('\u0000', '\ufffd').toWellFormed();
}
