import { createHash } from 'node:crypto';

/** Crockford's base 32: no I, L, O, U, so nothing is misread over the telephone. */
const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const groupLength = 4;
/** 55 bits: with a limit on failed tries and seven days of life, not to be guessed. */
const randomCharacters = 11;

/** Twelve characters in groups, the last one a check: `7K3M-Q9XW-2F8B`. */
export function makeEnrolmentCode(randomBytes: (count: number) => Buffer): string {
  const body = [...randomBytes(randomCharacters)]
    // 256 is a multiple of 32, so every character is equally likely.
    .map((byte) => alphabet.charAt(byte % alphabet.length))
    .join('');
  const code = body + checkCharacter(body);
  return code.replace(new RegExp(`.{${groupLength}}(?=.)`, 'g'), '$&-');
}

/** As typed by a person: case, spaces and hyphens do not matter, O is 0, I and L are 1. */
export function readEnrolmentCode(typed: string): string | undefined {
  const code = typed.toUpperCase().replace(/[\s-]/g, '').replace(/O/g, '0').replace(/[IL]/g, '1');
  const isCode =
    code.length === randomCharacters + 1 &&
    [...code].every((character) => alphabet.includes(character)) &&
    checkCharacter(code.slice(0, -1)) === code.slice(-1);
  return isCode ? code : undefined;
}

/** What the centre keeps of a code. */
export function enrolmentCodeHash(code: string): Buffer {
  return createHash('sha256').update(`mang-thuoc enrolment code v1\n${code}`).digest();
}

/** Luhn over 32 characters: finds every single wrong one and nearly every swap of neighbours. */
function checkCharacter(body: string): string {
  const size = alphabet.length;
  let sum = 0;
  for (const [index, character] of [...body].reverse().entries()) {
    const doubled = alphabet.indexOf(character) * (index % 2 === 0 ? 2 : 1);
    sum += Math.floor(doubled / size) + (doubled % size);
  }
  return alphabet.charAt((size - (sum % size)) % size);
}
