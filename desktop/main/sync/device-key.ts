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

export type NoDeviceKey = { readonly type: 'NoDeviceKey'; readonly detail: string };

export function loadDeviceKey(keyStore: KeyStore): Result<DeviceKey, NoDeviceKey> {
  try {
    const stored = keyStore.load();
    if (stored === undefined) return err({ type: 'NoDeviceKey', detail: 'the key store is empty' });
    return ok(
      deviceKeyOf(createPrivateKey({ key: Buffer.from(stored), format: 'der', type: 'pkcs8' })),
    );
  } catch (error) {
    // A key store locked by the operating system, or a key copied from another computer.
    return err({
      type: 'NoDeviceKey',
      detail: error instanceof Error ? error.message : 'the key store cannot be read',
    });
  }
}

/**
 * The stored key, or a new one that is stored before it is used: an enrolment whose answer got lost
 * is repeated with the same key, and the centre knows it again.
 */
export function loadOrMakeDeviceKey(keyStore: KeyStore): DeviceKey {
  const loaded = loadDeviceKey(keyStore);
  if (loaded.ok) return loaded.value;
  const { privateKey } = generateKeyPairSync('ed25519');
  keyStore.save(privateKey.export({ format: 'der', type: 'pkcs8' }));
  return deviceKeyOf(privateKey);
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
