import { expect, test } from 'vitest';
import { afterKey, noScan, separatorKey } from '../../../desktop/renderer/base/scan-detector.ts';

/** What comes out of typing these codes, one every `gapMs`, with Enter at the end. */
function typed(codes: readonly string[], gapMs: number, pauseBeforeLastMs = 0): string | undefined {
  let state = noScan;
  let scanned: string | undefined;
  [...codes, 'Enter'].forEach((code, index) => {
    const isLate = index >= codes.length - 1;
    const atMs = 1_000 + index * gapMs + (isLate ? pauseBeforeLastMs : 0);
    const result = afterKey(state, { code, key: '', atMs });
    state = result.state;
    scanned = result.scanned ?? scanned;
  });
  return scanned;
}

const ean13 = [...'9520000005023'].map((digit) => `Digit${digit}`);

test('a burst that ends with Enter is a scan', () => {
  expect(typed(ean13, 8)).toBe('9520000005023');
});

test('a person types slower than any scanner', () => {
  expect(typed(ean13, 90)).toBeUndefined();
});

test('one hiccup of a slow computer does not spoil a scan', () => {
  expect(typed(ean13, 8, 100)).toBe('9520000005023');
});

test('a pause begins a new burst', () => {
  expect(typed(ean13, 8, 400)).toBeUndefined();
});

test('a price typed by quick fingers is no scan', () => {
  expect(typed(['Digit3', 'Digit8', 'Digit0', 'Digit0', 'Digit0'], 8)).toBeUndefined();
});

test('letters are read by their place, whatever an input method makes of them', () => {
  const codes = ['ShiftLeft', 'KeyA', 'KeyA', ...ean13.slice(0, 8)];
  expect(typed(codes, 8)).toBe('AA95200000');
});

test('the number pad counts too, and other keys break the burst', () => {
  expect(
    typed(
      [...'12345678'].map((digit) => `Numpad${digit}`),
      8,
    ),
  ).toBe('12345678');
  expect(typed([...ean13.slice(0, 6), 'ArrowLeft', ...ean13.slice(6, 10)], 8)).toBeUndefined();
});

test('the separator of a GS1 code, sent as Ctrl+], stays in the scan', () => {
  let state = noScan;
  let atMs = 1_000;
  const press = (code: string, key = '') => {
    atMs += 8;
    const next = afterKey(state, { code, key, atMs });
    state = next.state;
    return next.scanned;
  };
  for (const digit of '10171') press(`Digit${digit}`);
  press('BracketRight', separatorKey);
  for (const digit of '2199') press(`Digit${digit}`);
  expect(press('Enter')).toBe('10171\u001d2199');
});

/** Keys as a browser tells them, 8 ms apart. */
function scannedOf(
  keys: readonly (readonly [code: string, key: string, isShifted?: boolean])[],
): string | undefined {
  let state = noScan;
  let scanned: string | undefined;
  keys.forEach(([code, key, isShifted = false], index) => {
    const next = afterKey(state, { code, key, isShifted, atMs: 1_000 + index * 8 });
    state = next.state;
    scanned = next.scanned ?? scanned;
  });
  return scanned;
}
const digitKeys = [...'12345678'].map((digit) => [`Digit${digit}`, digit] as const);

test('a scanner may end with Tab', () => {
  expect(scannedOf([...digitKeys, ['Tab', 'Tab']])).toBe('12345678');
});

test('signs of a code stay signs, and the digits of a French keyboard digits', () => {
  expect(
    scannedOf([['Digit9', '(', true], ...digitKeys, ['Digit0', ')', true], ['Enter', 'Enter']]),
  ).toBe('(12345678)');
  const french = ['&', 'é', '"', "'", '(', '-', 'è', '_'];
  const keys = french.map((key, index) => [`Digit${index + 1}`, key] as const);
  expect(scannedOf([...keys, ['Enter', 'Enter']])).toBe('12345678');
  const shifted = french.map((_, index) => [`Digit${index + 1}`, `${index + 1}`, true] as const);
  expect(scannedOf([...shifted, ['Enter', 'Enter']])).toBe('12345678');
});

test('keys that an input method takes back leave a mark, and what it puts there is kept', () => {
  const composed = [
    ['KeyA', 'a'],
    ['Backspace', 'Backspace'],
    ['', 'â'],
  ] as const;
  expect(scannedOf([...digitKeys, ...composed, ['Enter', 'Enter']])).toBe('12345678A\ufffdâ');
});
