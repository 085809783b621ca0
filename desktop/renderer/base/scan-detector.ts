/**
 * A wedge scanner is a keyboard that types faster than any person and ends with Enter. Keys are
 * read by `code`, their place on the keyboard: a Vietnamese input method turns a typed `AA` into
 * `Â`, but not the places of the keys.
 */
export type ScannedKey = { readonly code: string; readonly key: string; readonly atMs: number };
export type ScanState = {
  readonly text: string;
  readonly firstAtMs: number;
  readonly lastAtMs: number;
};

export const noScan: ScanState = { text: '', firstAtMs: 0, lastAtMs: 0 };
/** The shortest barcode in trade is EAN-8; a price typed by quick fingers is shorter. */
const scanLengthMin = 8;
const meanGapMsMax = 50;
const gapMsMax = 120;

/** @returns the state after the key and, when Enter ended a burst, the scanned text. */
export function afterKey(
  state: ScanState,
  { code, key, atMs }: ScannedKey,
): { readonly state: ScanState; readonly scanned?: string } {
  const isSlow = state.text !== '' && atMs - state.lastAtMs > gapMsMax;
  const before = isSlow ? noScan : state;
  if (code === 'Enter' || code === 'NumpadEnter') {
    const gaps = Math.max(1, before.text.length);
    const isScan =
      before.text.length >= scanLengthMin && (atMs - before.firstAtMs) / gaps <= meanGapMsMax;
    return isScan ? { state: noScan, scanned: before.text } : { state: noScan };
  }
  const character = characterOf(code, key);
  if (character === undefined) return { state: code.startsWith('Shift') ? before : noScan };
  const firstAtMs = before.text === '' ? atMs : before.firstAtMs;
  return { state: { text: before.text + character, firstAtMs, lastAtMs: atMs } };
}

/** How scanners send the separator of GS1 codes: as Ctrl+]. */
export const separatorKey = '\u001d';

function characterOf(code: string, key: string): string | undefined {
  if (key === separatorKey) return separatorKey;
  const place = /^(?:Key([A-Z])|Digit(\d)|Numpad(\d))$/.exec(code);
  if (place !== null) return place[1] ?? place[2] ?? place[3];
  return /^[-./+ ]$/.test(key) ? key : undefined;
}
