import { createHash } from 'node:crypto';
import { limits } from '../../shared/base/limits.ts';
import type { DrugCode } from '../../shared/model/drug.ts';
import { foldVietnamese } from '../../shared/rules/fold-vietnamese.ts';

/**
 * Registration numbers as they stand on packs and in registers. Two families are in use: the
 * 12-digit GPLH of TT 08/2022 App. V (kept by TT 12/2025 and TT 32/2026), and the older
 * `VD-12345-17` forms, which stay on stock for years. A number of no known form is kept as it is:
 * to refuse it would drop a real drug from the catalogue.
 */
export type RegistrationKind =
  | 'gplh'
  | 'domestic'
  | 'imported'
  | 'special'
  | 'biological'
  | 'vaccine'
  | 'toll-manufacture'
  | 'traditional'
  | 'antiseptic'
  | 'provincial'
  | 'import-permit'
  | 'demonstration'
  | 'unknown';

export type RegistrationNumber = {
  /** Normalised and printable: upper case, plain hyphens, `Đ` kept. */
  readonly printed: string;
  readonly kind: RegistrationKind;
  readonly gplh: GplhDigits | null;
};

/** What the digits of a GPLH say. The lists may grow, so a new digit is carried, not refused. */
export type GplhDigits = {
  readonly countryPrefix: string;
  readonly group: number;
  readonly needsPrescription: boolean | null;
  readonly specialControl: number;
  readonly serial: string;
  readonly year: number;
};

const kindByPattern: readonly (readonly [RegExp, RegistrationKind])[] = [
  [/^\d{12}$/, 'gplh'],
  [/^VD\d?-\d{1,6}-\d{2}$/, 'domestic'],
  [/^VN[1-9]?-\d{1,6}-\d{2}$/, 'imported'],
  [/^QLĐB-(H\d{2}-)?\d{1,5}-\d{2}$/, 'special'],
  [/^(QLSP|SP3?)-([A-Z]?H?\d{1,2}-)?\d{1,6}-\d{2}$/, 'biological'],
  [/^QLVX-([A-Z]?H?\d{1,2}-)?\d{1,6}-\d{2}$/, 'vaccine'],
  [/^GC-\d{1,5}-\d{2}$/, 'toll-manufacture'],
  [/^VNB-\d{1,6}-\d{2}$/, 'traditional'],
  [/^VS-\d{1,6}-\d{2}$/, 'antiseptic'],
  [/^(V|NC)\d{1,5}-H\d{2}-\d{2}$/, 'provincial'],
  [/^\d{1,6}\/QLD-[A-Z]{1,4}$/, 'import-permit'],
  [/^DEMO-\d{5}$/, 'demonstration'],
];

const hashLength = 8;

/** All numbers of one cell: `893100493025 (VD-4878-14)` gives the new one and the old one. */
export function registrationNumbersOf(text: string): readonly RegistrationNumber[] {
  const parts = text
    .normalize('NFC')
    .split(/[;,()[\]\n\r|]+/)
    .map(normaliseRegistration)
    .filter((printed) => printed !== '');
  return [...new Set(parts)].map((printed) => {
    const kind = kindByPattern.find(([pattern]) => pattern.test(printed))?.[1] ?? 'unknown';
    return { printed, kind, gplh: kind === 'gplh' ? gplhDigitsOf(printed) : null };
  });
}

/** One spelling of one number: "vd 12345 – 17", "SĐK: VD12345-17" are both `VD-12345-17`. */
export function normaliseRegistration(text: string): string {
  const plain = text
    .normalize('NFC')
    .toUpperCase()
    .replace(/\p{Cc}+/gu, ' ')
    .replace(/[‐‑‒–—―−_]/gu, '-')
    .replace(/^\s*(SỐ ĐĂNG KÝ|SỐ ĐK|SĐK|SDK|GPLH|SỐ GPLH|SỐ)\s*[:.]?\s+(?=\S)/u, '')
    .replace(/^\s*(SĐK|SDK|GPLH)\s*:\s*/u, '')
    .replace(/\s*([-/])\s*/g, '$1')
    .replace(/\s+/g, ' ')
    .trim();
  const digits = plain.replace(/[\s.]/g, '');
  if (/^\d{12}$/.test(digits)) return digits;
  return withHyphens(plain.replace(/^QLDB/, 'QLĐB'));
}

/** Hyphens are left out or typed as blanks so often that the known forms are put right. */
function withHyphens(number: string): string {
  const short = /^(VD|VN[1-9]?|QLĐB|QLSP|QLVX|GC|VNB|VS)[ -]?(\d{1,6})[ -](\d{2})$/.exec(number);
  if (short !== null) return `${short[1]}-${short[2]}-${short[3]}`;
  const provincial = /^(V|NC)[ -]?(\d{1,5})[ -](H\d{2})[ -](\d{2})$/.exec(number);
  if (provincial !== null) {
    return `${provincial[1]}${provincial[2]}-${provincial[3]}-${provincial[4]}`;
  }
  return number;
}

/**
 * The catalogue's key of a product, made from its number alone, so that every import of every
 * register gives the same key. Where ASCII cannot carry the number, a hash of it is added, so
 * that two numbers never meet in one key.
 */
export function drugCodeOf(registrationNumber: string): DrugCode {
  const ascii = foldVietnamese(registrationNumber.replaceAll('Đ', 'D')).toUpperCase();
  const plain = ascii.replace(/[^A-Z0-9./_-]+/g, '-').replace(/^[^A-Z0-9]+/, '');
  const isFaithful = /^[A-Z0-9./Đ-]+$/u.test(registrationNumber) && plain.length === ascii.length;
  if (isFaithful && plain.length <= limits.drugCodeLength) return plain;
  const room = limits.drugCodeLength - hashLength - 1;
  return `${plain === '' ? 'X' : plain.slice(0, room)}-${shortHash(registrationNumber)}`;
}

/**
 * The key of a further product under a number that another product has taken: the number's own
 * key and a hash of what tells the two apart.
 */
export function sharedDrugCodeOf(code: DrugCode, identity: string): DrugCode {
  const room = limits.drugCodeLength - hashLength - 1;
  return `${code.slice(0, room)}-${shortHash(identity)}`;
}

function gplhDigitsOf(digits: string): GplhDigits {
  const flag = digits[4];
  return {
    countryPrefix: digits.slice(0, 3),
    group: Number(digits[3]),
    needsPrescription: flag === '0' ? false : flag === '1' ? true : null,
    specialControl: Number(digits[5]),
    serial: digits.slice(6, 10),
    year: 2000 + Number(digits.slice(10)),
  };
}

function shortHash(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, hashLength).toUpperCase();
}
