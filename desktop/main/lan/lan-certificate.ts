import { createPrivateKey, X509Certificate } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { generate } from 'selfsigned';
import { syncFolder } from '../db/sync-folder.ts';

/** What a shop accepts once at each device, and never again while it stays the same. */
export type LanCertificate = {
  readonly certificate: string;
  readonly key: string;
  /** SHA-256 in pairs, as browsers show it. */
  readonly fingerprint: string;
};

const dayMs = 86_400_000;
const validDays = 3_650;

/**
 * Kept in the till's folder. It is made anew only when it has run out or cannot be read: a browser
 * remembers what was accepted by the certificate itself, so a new address needs no new one.
 * @param names addresses and names of this machine at the moment it is made
 */
export async function lanCertificate(
  dataDir: string,
  { nowMs, names }: { readonly nowMs: number; readonly names: readonly string[] },
): Promise<LanCertificate> {
  const folder = path.join(dataDir, 'lan');
  const known = readCertificate(folder, nowMs);
  if (known !== undefined) return known;
  const made = await generate([{ name: 'commonName', value: 'Mang Thuoc' }], {
    keyType: 'ec',
    algorithm: 'sha256',
    // A computer whose clock was a day ahead when it was made must not refuse its own certificate.
    notBeforeDate: new Date(nowMs - dayMs),
    notAfterDate: new Date(nowMs + validDays * dayMs),
    extensions: [
      { name: 'basicConstraints', cA: false, critical: true },
      { name: 'keyUsage', digitalSignature: true, critical: true },
      { name: 'extKeyUsage', serverAuth: true },
      { name: 'subjectAltName', altNames: names.map(altNameOf) },
    ],
  });
  mkdirSync(folder, { recursive: true });
  writeFileSync(path.join(folder, 'key.pem'), made.private, { mode: 0o600 });
  writeFileSync(path.join(folder, 'certificate.pem'), made.cert);
  syncFolder(folder);
  return certificateOf(made.cert, made.private);
}

/** @returns undefined for none, one that does not fit its key, or one that has run out. */
function readCertificate(folder: string, nowMs: number): LanCertificate | undefined {
  try {
    const certificate = readFileSync(path.join(folder, 'certificate.pem'), 'utf8');
    const key = readFileSync(path.join(folder, 'key.pem'), 'utf8');
    const parsed = new X509Certificate(certificate);
    const isValid =
      Date.parse(parsed.validTo) > nowMs && parsed.checkPrivateKey(createPrivateKey(key));
    return isValid ? certificateOf(certificate, key) : undefined;
  } catch (error) {
    if (error instanceof Error) return undefined;
    throw error;
  }
}

function certificateOf(certificate: string, key: string): LanCertificate {
  return { certificate, key, fingerprint: new X509Certificate(certificate).fingerprint256 };
}

function altNameOf(name: string) {
  const isAddress = /^[\d.]+$/.test(name) || name.includes(':');
  return isAddress ? ({ type: 7, ip: name } as const) : ({ type: 2, value: name } as const);
}
