/**
 * What a scan says: which product, and, where the code carries them, lot and expiry. A code that
 * lacks them says nothing about them: whoever reads it keeps what was known.
 */
import { err, ok, type Result } from '../../base/result.ts';
import type { CalendarDate } from '../../model/calendar.ts';
import { identifierAt } from './application-identifiers.ts';
import { hasRightCheckDigit } from './check-digit.ts';
import { isFieldValid, type Reading, readingsOf, separator } from './element-string.ts';
import { dateOfField } from './gs1-date.ts';
import { isComposed, layoutShownBy, swappedBack } from './wedge-text.ts';

export type ScannedCode = {
  /** Always 14 digits: shorter numbers stand with zeros before them. */
  readonly gtin: string;
  readonly lot: string | null;
  readonly expiresOn: CalendarDate | null;
  readonly serial: string | null;
};

export type ScannedText =
  | { readonly type: 'product'; readonly code: ScannedCode }
  /** The scanner lost the separators; a person compares with the pack. At least two. */
  | { readonly type: 'unclear'; readonly codes: readonly ScannedCode[] }
  /** A registration number, a shop's own label: looked up as it is. */
  | { readonly type: 'other'; readonly text: string };

export type BarcodeProblem =
  /** One digit or more was misread, or the label is printed wrongly. */
  | { readonly type: 'wrong-check-digit'; readonly number: string }
  /** An element string that names no product (a pallet, a coupon) or is damaged. */
  | { readonly type: 'not-a-product'; readonly text: string };

/** ISO/IEC 15424: what some scanners put before a code to say what kind it is. */
const symbology = /^\](?:C1|d2|Q3|e0|E0|E4|J1)/;
const leadingDigits = new RegExp(`^[\\d${separator}]*`);
/** Printed in the scanner's place of GS by its maker's settings. */
const writtenSeparators = /<GS>|\{GS\}|\[GS\]|\\x1[dD]|\\u001[dD]|\\F/g;
/** No text of GS1 holds these (§7.11): where one stands, a scanner put it for the separator. */
const impossibleCharacters = /[^!"%&'()*+,\-./0-9:;<=>?A-Z_a-z]/g;

export type ReadingOptions = {
  /** Decides the century of two-digit years. */
  readonly today: CalendarDate;
  /** The scanner was seen to send them; where it is not known, every reading counts. */
  readonly keepsSeparators?: boolean;
};

export function readBarcode(
  scanned: string,
  { today, keepsSeparators = false }: ReadingOptions,
): Result<ScannedText, BarcodeProblem> {
  const typed = scanned.replace(/^[\s\p{Cc}]+|[\s\p{Cc}]+$/gu, '');
  const trimmed = swappedBack(typed, layoutShownBy(typed));
  const isNamedGs1 = /^\](?:C1|d2|Q3|e0|J1)/.test(trimmed);
  const text = trimmed.replace(symbology, '');
  if (!isNamedGs1 && /^(?:\d{8}|\d{12,14})$/.test(text)) return readNumber(text);
  if (isComposed(text)) return readBeforeLetters(text, today);
  const elements = unbracketed(text)
    .replace(writtenSeparators, separator)
    .replace(impossibleCharacters, separator);
  const codesWhere = (separatorsAreKept: boolean): readonly ScannedCode[] => {
    const readings = readingsOf(elements, { today, keepsSeparators: separatorsAreKept });
    return distinct(readings.flatMap((reading) => codeOf(reading, today)));
  };
  // A scanner that sent one separator has sent them all.
  const isKept = keepsSeparators || scanned.startsWith(separator) || elements.includes(separator);
  const exact = isKept ? codesWhere(true) : [];
  const codes = exact.length > 0 ? exact : codesWhere(false);
  const [code] = codes;
  if (code !== undefined) {
    return ok(codes.length === 1 ? { type: 'product', code } : { type: 'unclear', codes });
  }
  const looksLikeElements = isNamedGs1 || /^(?:01|02|00)\d{14}/.test(elements);
  return looksLikeElements ? err(damage(elements)) : ok({ type: 'other', text });
}

/**
 * The product's number alone, 14 digits, whatever else the code says and however it was damaged behind
 * it; undefined when there is none or its check digit is wrong.
 */
export function gtinOf(scanned: string): string | undefined {
  const typed = scanned.replace(/^[\s\p{Cc}]+|[\s\p{Cc}]+$/gu, '');
  const text = swappedBack(typed, layoutShownBy(typed)).replace(symbology, '');
  const number = /^(?:\d{8}|\d{12,14})$/.test(text) ? text : /^\(?01\)?(\d{14})/.exec(text)?.[1];
  return number !== undefined && hasRightCheckDigit(number) ? number.padStart(14, '0') : undefined;
}

function readNumber(digits: string): Result<ScannedText, BarcodeProblem> {
  if (!hasRightCheckDigit(digits)) return err({ type: 'wrong-check-digit', number: digits });
  const gtin = digits.padStart(14, '0');
  return ok({ type: 'product', code: { gtin, lot: null, expiresOn: null, serial: null } });
}

function damage(elements: string): BarcodeProblem {
  const number = /^0[12](\d{14})/.exec(elements)?.[1];
  return number !== undefined && !hasRightCheckDigit(number)
    ? { type: 'wrong-check-digit', number }
    : { type: 'not-a-product', text: elements.replaceAll(separator, ' ') };
}

/**
 * With an input method on, only what stands before the first letter is what the code holds: the
 * number, and the expiry if it comes before the lot.
 */
function readBeforeLetters(text: string, today: CalendarDate): Result<ScannedText, BarcodeProblem> {
  const certain = leadingDigits.exec(text)?.[0].replaceAll(separator, '') ?? '';
  const fields = new Map<string, string>();
  for (let at = 0; at < certain.length; ) {
    const identifier = identifierAt(certain, at);
    const from = at + (identifier?.ai.length ?? 0);
    const value = certain.slice(from, from + (identifier?.lengthMax ?? 0));
    const isFixed = identifier !== undefined && identifier.lengthMin === identifier.lengthMax;
    if (!isFixed || value.length < identifier.lengthMax || fields.has(identifier.ai)) break;
    if (!isFieldValid(value, identifier, today)) break;
    fields.set(identifier.ai, value);
    at = from + value.length;
  }
  const [code] = codeOf(fields, today);
  return code === undefined ? err(damage(text)) : ok({ type: 'product', code });
}

/** As it is printed for people: `(01)08936…(17)270630(10)L1`. */
function unbracketed(text: string): string {
  if (!/^\(\d{2,4}\)/.test(text)) return text;
  return text.replace(/\((\d{2,4})\)/g, (_, ai: string, at: number) =>
    at === 0 ? ai : separator + ai,
  );
}

function codeOf(reading: Reading, today: CalendarDate): readonly ScannedCode[] {
  const gtin = reading.get('01');
  if (gtin === undefined) return [];
  const expiry = reading.get('17') ?? reading.get('7003')?.slice(0, 6);
  const expiresOn = expiry === undefined ? null : dateOfField(expiry, today);
  if (expiresOn === undefined) return [];
  // Books and packs write a lot in capitals; small letters come from caps lock or a careless label.
  const lot = reading.get('10')?.toUpperCase() ?? null;
  return [{ gtin, lot, expiresOn, serial: reading.get('21') ?? null }];
}

/** Readings that say the same of product, lot, expiry and serial are one. */
function distinct(codes: readonly ScannedCode[]): readonly ScannedCode[] {
  return [...new Map(codes.map((code) => [JSON.stringify(code), code])).values()];
}
