import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import {
  enrolmentCodeHash,
  makeEnrolmentCode,
  readEnrolmentCode,
} from '../../../server/accounts/enrolment-code.ts';

/** Seeded bytes: the same codes in every run. */
function bytesOf(seed: number) {
  return (count: number) => createHash('sha512').update(String(seed)).digest().subarray(0, count);
}

const codes = Array.from({ length: 200 }, (_, seed) => makeEnrolmentCode(bytesOf(seed)));

test('a code reads back however it is typed', () => {
  for (const code of codes) {
    const plain = code.replaceAll('-', '');
    expect(readEnrolmentCode(code)).toBe(plain);
    expect(readEnrolmentCode(` ${code.toLowerCase()} `)).toBe(plain);
    expect(readEnrolmentCode(code.replaceAll('0', 'O').replaceAll('1', 'I'))).toBe(plain);
  }
});

test('every single wrong character is found out', () => {
  const alphabet = [...'0123456789ABCDEFGHJKMNPQRSTVWXYZ'];
  for (const code of codes.slice(0, 20)) {
    const plain = code.replaceAll('-', '');
    for (let place = 0; place < plain.length; place += 1) {
      for (const other of alphabet.filter((character) => character !== plain[place])) {
        const wrong = plain.slice(0, place) + other + plain.slice(place + 1);
        expect(readEnrolmentCode(wrong)).toBeUndefined();
      }
    }
  }
});

test.each(['', 'ABCD', 'UUUU-UUUU-UUUU', 'ABCD-EFGH-JKMN-PQRS', '🎁🎁🎁🎁'])(
  '%s is no code',
  (text) => {
    expect(readEnrolmentCode(text)).toBeUndefined();
  },
);

test('codes and their hashes differ', () => {
  expect(new Set(codes).size).toBe(codes.length);
  expect(new Set(codes.map((code) => enrolmentCodeHash(code).toString('hex'))).size).toBe(200);
});
