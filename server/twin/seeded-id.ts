import type { Random } from './random.ts';

/** UUIDv7 of a moment, with seeded chance: the same seed names the same documents. */
export function seededId(epochMs: number, random: Random): string {
  const bytes = Buffer.from(random.bytes(16));
  bytes.writeUIntBE(epochMs, 0, 6);
  bytes[6] = 0x70 | ((bytes[6] ?? 0) & 0x0f);
  bytes[8] = 0x80 | ((bytes[8] ?? 0) & 0x3f);
  const hex = bytes.toString('hex');
  const ends = [8, 12, 16, 20, 32];
  return ends.map((end, index) => hex.slice(ends[index - 1] ?? 0, end)).join('-');
}
