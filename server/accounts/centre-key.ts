import {
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
  sign,
  verify,
} from 'node:crypto';
import { z } from 'zod';
import { present } from '../../shared/base/assert.ts';
import { type Pool, queryRow } from '../db/pool.ts';

/** The centre's own Ed25519 key: receipts, feed pages and snapshots are proved by it. */
export type CentreKey = {
  /** Raw key, base64, as tills store it. */
  readonly publicKeyBase64: string;
  /** Base64 signature over the UTF-8 bytes of a text. */
  readonly sign: (text: string) => string;
  /** Whether a signature (base64) over a text is this key's. */
  readonly hasSigned: (text: string, signature: string) => boolean;
};

/**
 * The key of this database, made when there is none. All processes on one database share it, so
 * a till may meet any of them.
 */
export async function loadCentreKey(pool: Pool): Promise<CentreKey> {
  const fresh = generateKeyPairSync('ed25519');
  await pool.query(
    `INSERT INTO centre_key (private_key, public_key) VALUES ($1, $2)
     ON CONFLICT (only_row) DO NOTHING`,
    [
      fresh.privateKey.export({ format: 'der', type: 'pkcs8' }),
      Buffer.from(rawPublicKey(fresh.publicKey), 'base64'),
    ],
  );
  const row = await queryRow(
    pool,
    z.object({ private_key: z.instanceof(Buffer) }),
    'SELECT private_key FROM centre_key',
  );
  const privateKey = createPrivateKey({
    key: present(row, 'The centre has a key').private_key,
    format: 'der',
    type: 'pkcs8',
  });
  const publicKey = createPublicKey(privateKey);
  return {
    publicKeyBase64: rawPublicKey(publicKey),
    sign: (text) => sign(null, Buffer.from(text), privateKey).toString('base64'),
    hasSigned: (text, signature) => isSignedBy(publicKey, text, signature),
  };
}

/** A public key from its 32 raw bytes. */
export function publicKeyOf(raw: Buffer): KeyObject {
  return createPublicKey({
    key: { kty: 'OKP', crv: 'Ed25519', x: raw.toString('base64url') },
    format: 'jwk',
  });
}

/** Whether `signature` (base64) is the key's over the UTF-8 bytes of `text`. */
export function isSignedBy(publicKey: KeyObject, text: string, signature: string): boolean {
  return verify(null, Buffer.from(text), publicKey, Buffer.from(signature, 'base64'));
}

function rawPublicKey(key: KeyObject): string {
  const { x } = z.object({ x: z.string() }).parse(key.export({ format: 'jwk' }));
  return Buffer.from(x, 'base64url').toString('base64');
}
