/**
 * The corpus of scans (test/golden/barcodes/scans.jsonl): packs as their makers code them, put through
 * what scanners, keyboards and input methods do to a code. It shares nothing with what reads codes:
 * check digits, dates and defects are made here from their standards, so that an error in the one is
 * not repeated in the other.
 */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { type Random, randomOf } from '../../server/twin/random.ts';

export const corpusFile = path.resolve(import.meta.dirname, '../golden/barcodes/scans.jsonl');
export const handwrittenFile = path.resolve(
  import.meta.dirname,
  '../golden/barcodes/handwritten.jsonl',
);
/** The day on which the corpus is read. */
export const corpusToday = '2026-11-22';
const seed = 'scanner corpus 1';

export const Scan = z.object({
  /** What happened on the way, in words. */
  defect: z.string(),
  /** What arrived. U+FFFD: an input method took a key back. */
  sent: z.string(),
  /** What the scanner self-test had found out before; absent: nothing is known. */
  profile: z
    .object({
      separator: z.string().optional(),
      layout: z.enum(['azerty', 'qwertz']).optional(),
      isCaseInverted: z.literal(true).optional(),
    })
    .optional(),
  /**
   * `product`: this must be read, or, where `mayAsk` stands, be among what is asked, or at least its
   * number be read and the rest left out; `refused`: it must not be taken for a product.
   */
  truth: z.discriminatedUnion('type', [
    z.object({
      type: z.literal('product'),
      gtin: z.string(),
      lot: z.string().nullable(),
      expiresOn: z.string().nullable(),
      mayAsk: z.literal(true).optional(),
    }),
    z.object({ type: z.literal('refused') }),
  ]),
});
export type Scan = z.infer<typeof Scan>;

export function readScans(file: string): readonly Scan[] {
  return readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => Scan.parse(JSON.parse(line)));
}

/** The generated part, always the same. */
export function corpusLines(): readonly string[] {
  const random = randomOf(seed);
  const scans = Object.entries(kinds).flatMap(([defect, make]) => {
    const own = random.fork(defect);
    return Array.from({ length: 18 }, () => ({ defect, ...make(own) }));
  });
  return scans.map((scan) => JSON.stringify(Scan.parse(scan)));
}

type Made = Omit<Scan, 'defect'>;
type Pack = {
  readonly gtin: string;
  readonly lot: string;
  /** YYMMDD as printed, and the day meant. */
  readonly expiry: { readonly printed: string; readonly day: string };
  readonly serial: string;
};

// Packs ---------------------------------------------------------------------------------------------

/** Prefixes of makers whose medicines are sold in Việt Nam. */
const prefixes = [
  '893',
  '893',
  '893',
  '300',
  '376',
  '400',
  '471',
  '500',
  '539',
  '800',
  '890',
  '955',
];
const lotLetters = 'ABCDEFGHJKLMNPQRSTUVWXYZ';

function aPack(random: Random): Pack {
  const body = `0${random.pick(prefixes)}${digits(random, 9)}`;
  const year = random.between(2024, 2035);
  const month = random.between(1, 12);
  const hasDay = random.isTrue(0.7);
  const day = hasDay ? random.between(1, 28) : 0;
  const last = new Date(Date.UTC(year, month, 0)).getUTCDate();
  return {
    gtin: body + mod10(body),
    lot: aLot(random),
    expiry: {
      printed: `${year}`.slice(2) + two(month) + two(day),
      day: `${year}-${two(month)}-${two(day === 0 ? last : day)}`,
    },
    serial: letters(random, random.between(8, 14)),
  };
}

function aLot(random: Random): string {
  const shapes = [
    () => digits(random, random.between(4, 8)),
    () => random.pick([...lotLetters]) + digits(random, random.between(3, 6)),
    () => letters(random, 3) + digits(random, 3),
    () => `${digits(random, 2)}${letters(random, 2)}-${digits(random, 3)}`,
    () => `L${digits(random, 4)}/${random.between(1, 9)}`,
    // Syllables that an input method likes.
    () => random.pick(['LOT', 'AAS', 'DDF', 'TOS', 'OOX', 'UWJ', 'HAS', 'MOR']) + digits(random, 3),
  ];
  return random.pick(shapes)();
}

function digits(random: Random, count: number): string {
  return Array.from({ length: count }, () => random.between(0, 9)).join('');
}

function letters(random: Random, count: number): string {
  const all = [...`${lotLetters}0123456789`];
  return Array.from({ length: count }, () => random.pick(all)).join('');
}

function two(value: number): string {
  return String(value).padStart(2, '0');
}

/** GS1 General Specifications §7.9: weights 3 and 1 from the right. */
function mod10(body: string): string {
  const sum = [...body]
    .reverse()
    .reduce((all, digit, at) => all + Number(digit) * (at % 2 === 0 ? 3 : 1), 0);
  return String((1_000 - sum) % 10);
}

// Codes ---------------------------------------------------------------------------------------------

const GS = '\u001d';
type Field = { readonly text: string; readonly isVariable: boolean };

function fieldsOf(pack: Pack, random: Random): readonly Field[] {
  const fixed = (text: string) => ({ text, isVariable: false });
  const variable = (text: string) => ({ text, isVariable: true });
  const made = [
    variable(`10${pack.lot}`),
    fixed(`17${pack.expiry.printed}`),
    variable(`21${pack.serial}`),
  ];
  const more = [
    fixed(`11${two(random.between(20, 26))}${two(random.between(1, 12))}15`),
    fixed(`1324${two(random.between(1, 12))}00`),
    fixed(`1530${two(random.between(1, 12))}28`),
    variable(`37${random.between(1, 999)}`),
    variable(`240${letters(random, 6)}`),
    variable(`71${random.between(0, 4)}${digits(random, 8)}`),
  ];
  const extra = random.isTrue(0.5) ? [random.pick(more)] : [];
  return [fixed(`01${pack.gtin}`), ...shuffled(random, [...made, ...extra])];
}

function shuffled<Value>(random: Random, values: readonly Value[]): readonly Value[] {
  const rest = [...values];
  return values.flatMap(() => rest.splice(random.between(0, rest.length - 1), 1));
}

/** As the standard has it: FNC1 behind every field of variable length but the last. */
function coded(fields: readonly Field[], between = GS): string {
  return fields
    .map(({ text, isVariable }, at) => text + (isVariable && at < fields.length - 1 ? between : ''))
    .join('');
}

function truthOf(pack: Pack, mayAsk = false): Scan['truth'] {
  const { gtin, lot, expiry } = pack;
  const truth = { type: 'product' as const, gtin, lot, expiresOn: expiry.day };
  return mayAsk ? { ...truth, mayAsk: true } : truth;
}

function bare(gtin: string): Scan['truth'] {
  return { type: 'product', gtin, lot: null, expiresOn: null };
}

// Defects -------------------------------------------------------------------------------------------

function whole(change: (code: string) => string, profile?: Scan['profile'], mayAsk = false) {
  return (random: Random): Made => {
    const pack = aPack(random);
    const sent = change(coded(fieldsOf(pack, random)));
    return { sent, ...(profile && { profile }), truth: truthOf(pack, mayAsk) };
  };
}

function replaced(by: string): (random: Random) => Made {
  return whole((code) => code.replaceAll(GS, by));
}

function number(length: number, prefix: string): (random: Random) => Made {
  return (random) => {
    const body = prefix + digits(random, length - 1 - prefix.length);
    const sent = body + mod10(body);
    return { sent, truth: bare(sent.padStart(14, '0')) };
  };
}

function swap(text: string, from: string, to: string): string {
  const other = new Map([...from].map((character, at) => [character, [...to][at] ?? character]));
  return [...text].map((character) => other.get(character) ?? character).join('');
}

const azertyShown = '&é"\'(-è_çà';
const azertyMeant = '1234567890';

/** Telex as UniKey does it, enough of it: doubled vowels and D, W, tones at the end of the syllable. */
function telex(code: string): string {
  return code.replaceAll(/[A-Z]{2,}/g, (syllable) => {
    let text = '';
    for (const key of syllable) {
      const last = text.at(-1) ?? '';
      if (key === last && 'AEO'.includes(key))
        text = text.slice(0, -1) + `${key}\u0302`.normalize('NFC');
      else if (key === last && key === 'D') text = `${text.slice(0, -1)}Đ`;
      else if (key === 'W' && 'AOU'.includes(last)) {
        text = text.slice(0, -1) + `${last}${last === 'A' ? '\u0306' : '\u031b'}`.normalize('NFC');
      } else if ('SFRXJ'.includes(key) && /[AEIOUYÂĂÊÔƠƯ]/.test(text)) {
        text = toned(
          text,
          { S: '\u0301', F: '\u0300', R: '\u0309', X: '\u0303', J: '\u0323' }[key] ?? '',
        );
      } else text += key;
    }
    return text;
  });
}

/** VNI: the digit behind a vowel is its tone, 6 to 9 its mark. */
function vni(code: string): string {
  return code.replaceAll(/([AEIOUY])([1-9])/g, (all, vowel: string, digit: string) => {
    const signs: Readonly<Record<string, string>> = {
      1: '\u0301',
      2: '\u0300',
      3: '\u0309',
      4: '\u0303',
      5: '\u0323',
      6: 'AEO'.includes(vowel) ? '\u0302' : '',
      7: 'OU'.includes(vowel) ? '\u031b' : '',
      8: vowel === 'A' ? '\u0306' : '',
      9: '',
    };
    const sign = signs[digit] ?? '';
    return sign === '' ? all : `${vowel}${sign}`.normalize('NFC');
  });
}

function toned(text: string, tone: string): string {
  const at = [...text].findLastIndex((letter) => /[AEIOUYÂĂÊÔƠƯ]/.test(letter));
  return [...text]
    .map((letter, place) => (place === at ? `${letter}${tone}`.normalize('NFC') : letter))
    .join('');
}

function composed(method: (code: string) => string): (random: Random) => Made {
  return (random) => {
    for (;;) {
      const pack = aPack(random);
      const code = coded(fieldsOf(pack, random));
      const sent = method(code);
      // What the method leaves alone is the case of a good scanner, and counted there.
      if (sent !== code) return { sent, truth: truthOf(pack, true) };
    }
  };
}

const kinds: Readonly<Record<string, (random: Random) => Made>> = {
  'EAN-13': number(13, '893'),
  'EAN-8': number(8, '9'),
  'UPC-A': number(12, '0'),
  'ITF-14': number(14, '1893'),
  'EAN-13 with its symbology': (random) => {
    const { sent, truth } = number(13, '893')(random);
    return { sent: `]E0${sent}`, truth };
  },
  'EAN-13, one digit misread': (random) => {
    const { sent } = number(13, '893')(random);
    const at = random.between(3, 11);
    const digit = (Number(sent[at]) + random.between(1, 9)) % 10;
    return { sent: sent.slice(0, at) + digit + sent.slice(at + 1), truth: { type: 'refused' } };
  },
  'GS1 DataMatrix': whole((code) => `]d2${code}`),
  'GS1-128': whole((code) => `]C1${code}`),
  'GS1 without its symbology': whole((code) => code),
  'GS1 with FNC1 in front': whole((code) => GS + code),
  'GS1, number misread': (random) => {
    const pack = aPack(random);
    const at = random.between(4, 14);
    const code = coded(fieldsOf(pack, random));
    const digit = (Number(code[at]) + random.between(1, 9)) % 10;
    return { sent: code.slice(0, at) + digit + code.slice(at + 1), truth: { type: 'refused' } };
  },
  'GS1, a month that does not exist': (random) => {
    const pack = aPack(random);
    const expiry = {
      printed: `${pack.expiry.printed.slice(0, 2)}13${pack.expiry.printed.slice(4)}`,
    };
    const sent = `]d201${pack.gtin}17${expiry.printed}10${pack.lot}`;
    return { sent, truth: { type: 'refused' } };
  },
  'printed for people, in brackets': (random) => {
    const pack = aPack(random);
    const sent = `(01)${pack.gtin}(17)${pack.expiry.printed}(10)${pack.lot}(21)${pack.serial}`;
    return { sent, truth: truthOf(pack) };
  },
  'GS lost': whole((code) => code.replaceAll(GS, ''), undefined, true),
  'GS lost, lot last': (random) => {
    const pack = aPack(random);
    return {
      sent: `01${pack.gtin}17${pack.expiry.printed}10${pack.lot}`,
      truth: truthOf(pack, true),
    };
  },
  'GS as ^': replaced('^'),
  'GS as |': replaced('|'),
  'GS as @': replaced('@'),
  'GS as #': replaced('#'),
  'GS as ~': replaced('~'),
  'GS as a space': replaced(' '),
  'GS as <GS>': replaced('<GS>'),
  'GS as {GS}': replaced('{GS}'),
  'GS as \\x1D': replaced('\\x1D'),
  'GS as /, known from the self-test': (random) => {
    for (;;) {
      const pack = aPack(random);
      if (pack.lot.includes('/')) continue;
      const sent = coded(fieldsOf(pack, random)).replaceAll(GS, '/');
      return { sent, profile: { separator: '/' }, truth: truthOf(pack) };
    }
  },
  'caps lock': (random) => {
    const pack = aPack(random);
    const sent = coded(fieldsOf(pack, random)).toLowerCase();
    return { sent, truth: truthOf(pack) };
  },
  'caps lock, known from the self-test': whole((code) => code.toLowerCase(), {
    isCaseInverted: true,
  }),
  'EAN-13 on AZERTY': (random) => {
    const { sent, truth } = number(13, '893')(random);
    return { sent: swap(sent, azertyMeant, azertyShown), truth };
  },
  'GS1 on AZERTY, known from the self-test': (random) => {
    const pack = { ...aPack(random), lot: `${letters(random, 2)}${digits(random, 3)}` };
    const fields = coded([
      { text: `01${pack.gtin}`, isVariable: false },
      { text: `17${pack.expiry.printed}`, isVariable: false },
      { text: `10${pack.lot}`, isVariable: true },
    ]);
    const sent = swap(fields, `${azertyMeant}AQZWM`, `${azertyShown}QAWZ?`);
    return { sent, profile: { layout: 'azerty' }, truth: truthOf(pack) };
  },
  'GS1 on QWERTZ, known from the self-test': whole((code) => swap(code, 'YZ', 'ZY'), {
    layout: 'qwertz',
  }),
  'Telex on': composed(telex),
  'VNI on': composed(vni),
  'Telex on, a doubled key taken back': (random) => {
    const pack = {
      ...aPack(random),
      lot: `${random.pick(['ASS', 'TOFF', 'LURR'])}${digits(random, 3)}`,
    };
    const shown = pack.lot.replace(/(S|F|R)\1/, '\ufffd$1');
    const sent = `01${pack.gtin}17${pack.expiry.printed}10${shown}`;
    return { sent, truth: truthOf(pack, true) };
  },
  'GS1 without lot and expiry': (random) => {
    const { gtin } = aPack(random);
    return { sent: `]d201${gtin}`, truth: bare(gtin) };
  },
};
