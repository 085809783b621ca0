import { randomBytes, type ScryptOptions, scrypt, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import { assert } from '../../shared/base/assert.ts';
import { limits } from '../../shared/base/limits.ts';

export type PasswordCost = Required<Pick<ScryptOptions, 'cost' | 'blockSize' | 'parallelization'>>;

/**
 * scrypt by the OWASP Password Storage Cheat Sheet: N = 2^15, r = 8, p = 3. 32 MiB a hash instead
 * of 128, so that many sign-ins at eight in the morning do not exhaust a small machine. The
 * parameters stand with each hash: raising them leaves old passwords valid.
 */
const current: PasswordCost = { cost: 2 ** 15, blockSize: 8, parallelization: 3 };
const saltBytes = 16;
const hashBytes = 32;
const memoryBytesMax = 256 * 1024 * 1024;

const StoredHash = z
  .string()
  .regex(/^scrypt\$\d{1,7}\$\d{1,2}\$\d{1,2}\$[A-Za-z0-9_-]{22}\$[A-Za-z0-9_-]{43}$/);

/** Runs in libuv's threads: the loop goes on serving tills. */
export async function hashPassword(
  password: string,
  { cost, blockSize, parallelization }: PasswordCost = current,
): Promise<string> {
  assert(password.length >= limits.passwordLengthMin, 'A password has its minimum length');
  const salt = randomBytes(saltBytes);
  const hash = await derive(password, salt, { cost, blockSize, parallelization });
  return [
    'scrypt',
    cost,
    blockSize,
    parallelization,
    salt.toString('base64url'),
    hash.toString('base64url'),
  ].join('$');
}

/** Compares in constant time. */
export async function passwordMatches(password: string, stored: string): Promise<boolean> {
  const [, cost, blockSize, parallelization, salt, hash] = StoredHash.parse(stored).split('$');
  const derived = await derive(password, Buffer.from(salt ?? '', 'base64url'), {
    cost: Number(cost),
    blockSize: Number(blockSize),
    parallelization: Number(parallelization),
  });
  return timingSafeEqual(derived, Buffer.from(hash ?? '', 'base64url'));
}

/** No password has this hash: an unknown name costs the same work as a known one. */
export const unmatchableHash = [
  'scrypt',
  current.cost,
  current.blockSize,
  current.parallelization,
  Buffer.alloc(saltBytes).toString('base64url'),
  Buffer.alloc(hashBytes).toString('base64url'),
].join('$');

/** Letters and digits that nobody confuses on paper; 20 of 32 are 100 bits. */
export function randomPassword(): string {
  const letters = 'ABCDEFGHJKLMNPQRSTUVWXYZ23456789';
  const picked = [...randomBytes(20)].map((byte) => letters[byte % letters.length]).join('');
  return (picked.match(/.{5}/g) ?? []).join('-');
}

function derive(password: string, salt: Buffer, options: ScryptOptions): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    scrypt(
      // Two ways of typing the same Vietnamese letter are one password.
      password.normalize('NFKC'),
      salt,
      hashBytes,
      { ...options, maxmem: memoryBytesMax },
      (error, hash) => (error === null ? resolve(hash) : reject(error)),
    );
  });
}
