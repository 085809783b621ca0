import { expect, test } from 'vitest';
import {
  hashPassword,
  passwordMatches,
  randomPassword,
  unmatchableHash,
} from '../../../server/accounts/passwords.ts';

test('a password matches its own hash and no other, and the hash carries its parameters', async () => {
  const stored = await hashPassword('Thuốc-ho-2026');
  expect(stored).toMatch(/^scrypt\$32768\$8\$3\$/);
  expect(await passwordMatches('Thuốc-ho-2026', stored)).toBe(true);
  expect(await passwordMatches('thuốc-ho-2026', stored)).toBe(false);
  expect(await hashPassword('Thuốc-ho-2026')).not.toBe(stored);
});

test('two ways of typing one Vietnamese letter are one password', async () => {
  const stored = await hashPassword('Thuốc-ho-2026'.normalize('NFC'));
  expect(await passwordMatches('Thuốc-ho-2026'.normalize('NFD'), stored)).toBe(true);
});

test('no password matches the hash that stands for unknown names', async () => {
  expect(await passwordMatches('', unmatchableHash)).toBe(false);
});

test('a random password has twenty letters that nobody confuses', () => {
  expect(randomPassword()).toMatch(/^([A-HJ-NP-Z2-9]{5}-){3}[A-HJ-NP-Z2-9]{5}$/);
});
