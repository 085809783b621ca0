import { takenBackMark } from '../../../shared/rules/barcode/wedge-text.ts';

/**
 * A wedge scanner is a keyboard that types faster than any person and ends with Enter or Tab. Keys
 * are read by `code`, their place on the keyboard: caps lock, another layout and most input methods
 * do not move the places of the keys. An input method that takes keys back and puts letters in their
 * stead leaves traces: then they stand in the text, and lot and serial are not believed.
 */
export type ScannedKey = {
  readonly code: string;
  readonly key: string;
  readonly atMs: number;
  readonly isShifted?: boolean;
};
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
  { code, key, atMs, isShifted = false }: ScannedKey,
): { readonly state: ScanState; readonly scanned?: string } {
  const isSlow = state.text !== '' && atMs - state.lastAtMs > gapMsMax;
  const before = isSlow ? noScan : state;
  if (code === 'Enter' || code === 'NumpadEnter' || code === 'Tab') {
    const gaps = Math.max(1, before.text.length);
    const isScan =
      before.text.length >= scanLengthMin && (atMs - before.firstAtMs) / gaps <= meanGapMsMax;
    return isScan ? { state: noScan, scanned: before.text } : { state: noScan };
  }
  const isTakenBack = code === 'Backspace' && before.text !== '';
  const character = isTakenBack ? takenBackMark : characterOf(code, key, isShifted);
  if (character === undefined) return { state: code.startsWith('Shift') ? before : noScan };
  const firstAtMs = before.text === '' ? atMs : before.firstAtMs;
  return { state: { text: before.text + character, firstAtMs, lastAtMs: atMs } };
}

/** How scanners send the separator of GS1 codes: as Ctrl+]. */
export const separatorKey = '\u001d';

function characterOf(code: string, key: string, isShifted: boolean): string | undefined {
  if (key === separatorKey) return separatorKey;
  const place = /^(?:Key([A-Z])|Digit(\d)|Numpad(\d))$/.exec(code);
  // `(` and `!` stand on the places of digits; the digits of a French keyboard need the shift.
  const isSign = isShifted && place?.[2] !== undefined && /^[!-/:-~]$/.test(key);
  if (place !== null && !isSign) return place[1] ?? place[2] ?? place[3];
  if (/^[ -~]$/.test(key)) return key;
  // Without a place: put there by an input method.
  return code === '' && /^\p{L}$/u.test(key) ? key : undefined;
}
