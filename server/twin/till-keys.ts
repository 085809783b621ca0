import { createHash, createPrivateKey, createPublicKey, type KeyObject, sign } from 'node:crypto';

/** Beginning of a PKCS#8 Ed25519 private key (RFC 8410); the 32 secret bytes follow. */
const pkcs8Prefix = Buffer.from('302e020100300506032b657004220420', 'hex');

/**
 * The device key of a demonstration till, from the seed of the country: it protects nothing real,
 * and a country that was interrupted can go on with the same keys.
 */
export function demonstrationKey(seed: string, facilityCode: string): KeyObject {
  const secret = createHash('sha256').update(`${seed}/${facilityCode}/device key`).digest();
  const key = Buffer.concat([pkcs8Prefix, secret]);
  return createPrivateKey({ key, format: 'der', type: 'pkcs8' });
}

/** Raw 32 bytes, base64, as an enrolment carries it. */
export function publicKeyOf(privateKey: KeyObject): string {
  const der = createPublicKey(privateKey).export({ format: 'der', type: 'spki' });
  return der.subarray(-32).toString('base64');
}

export function signText(privateKey: KeyObject, text: string): string {
  return sign(null, Buffer.from(text, 'utf8'), privateKey).toString('base64');
}

export function hashLine(prev: string, line: string): string {
  return createHash('sha256').update(prev, 'hex').update(line, 'utf8').digest('hex');
}
