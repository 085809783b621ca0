import {
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
  sign,
  verify,
} from 'node:crypto';
import { present } from '../../../shared/base/assert.ts';
import { err, ok, type Result } from '../../../shared/base/result.ts';
import type { KeyStore } from '../deps.ts';

/** The till's Ed25519 key: the private half stays in here and in the key store of the computer. */
export type DeviceKey = {
  /** Raw, 32 bytes, base64: what the centre registers. */
  readonly publicKey: string;
  /** @returns the signature, base64. */
  readonly sign: (text: string) => string;
};

/** The centre's public key, got at enrolment. */
export type CentreKey = {
  readonly hasSigned: (text: string, signature: string) => boolean;
};

/** `absent` before the first enrolment; `unreadable` on a copied disk or a locked key store. */
export type NoDeviceKey = { readonly type: 'absent' | 'unreadable'; readonly detail: string };

export function loadDeviceKey(keyStore: KeyStore): Result<DeviceKey, NoDeviceKey> {
  try {
    const stored = keyStore.load();
    if (stored === undefined) return err({ type: 'absent', detail: 'the key store is empty' });
    const key = { key: Buffer.from(stored), format: 'der', type: 'pkcs8' } as const;
    return ok(deviceKeyOf(createPrivateKey(key)));
  } catch (error) {
    const detail = error instanceof Error ? error.message : 'the key store cannot be read';
    return err({ type: 'unreadable', detail });
  }
}

/**
 * The stored key, or a new one that is stored before it is used: an enrolment whose answer got lost
 * is repeated with the same key, and the centre knows it again. A key that cannot be read is never
 * replaced: it may be the one the centre knows.
 */
export function loadOrMakeDeviceKey(keyStore: KeyStore): Result<DeviceKey, NoDeviceKey> {
  const loaded = loadDeviceKey(keyStore);
  if (loaded.ok || loaded.error.type === 'unreadable') return loaded;
  return makeDeviceKey(keyStore);
}

/** Takes the place of a key that may be there: only for one that the centre will not take. */
export function makeDeviceKey(keyStore: KeyStore): Result<DeviceKey, NoDeviceKey> {
  const { privateKey } = generateKeyPairSync('ed25519');
  try {
    keyStore.save(privateKey.export({ format: 'der', type: 'pkcs8' }));
  } catch (error) {
    const detail = error instanceof Error ? error.message : 'the key store cannot be written';
    return err({ type: 'unreadable', detail });
  }
  return ok(deviceKeyOf(privateKey));
}

/** @returns undefined for a text that is no Ed25519 public key. */
export function centreKeyOf(rawPublicKey: string): CentreKey | undefined {
  const raw = Buffer.from(rawPublicKey, 'base64');
  if (raw.length !== 32) return undefined;
  const jwk = { kty: 'OKP', crv: 'Ed25519', x: raw.toString('base64url') };
  const key = createPublicKey({ key: jwk, format: 'jwk' });
  return {
    hasSigned: (text, signature) => {
      const bytes = Buffer.from(signature, 'base64');
      return bytes.length === 64 && verify(null, Buffer.from(text), key, bytes);
    },
  };
}

function deviceKeyOf(privateKey: KeyObject): DeviceKey {
  const { x } = createPublicKey(privateKey).export({ format: 'jwk' });
  const raw = Buffer.from(present(x, 'An Ed25519 key has a public half'), 'base64url');
  return {
    publicKey: raw.toString('base64'),
    sign: (text) => sign(null, Buffer.from(text), privateKey).toString('base64'),
  };
}
