import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { createGunzip } from 'node:zlib';
import { limits } from '../../shared/base/limits.ts';
import { err, ok, type Result } from '../../shared/base/result.ts';
import type { ExportReport } from '../../shared/sync/export-report.ts';
import { createExportCheck, type VerifyTools } from '../../shared/sync/verify-export.ts';
import { isSignedBy, publicKeyOf } from '../accounts/centre-key.ts';
import { hashLine } from '../ingest/verify-batch.ts';

/** Why a file could not be read to its end. */
export type CannotRead = {
  readonly type: 'no-such-file' | 'not-gzip' | 'not-text' | 'too-large';
  readonly detail: string;
};

/** Verifies a journal export from a file; it is read once, line by line. */
export async function verifyExportFile(
  file: string,
  centreKey?: string,
): Promise<Result<ExportReport, CannotRead>> {
  const check = createExportCheck(createVerifyTools(), centreKey);
  try {
    const bytes: AsyncIterable<Uint8Array> = (await isGzip(file))
      ? createReadStream(file).pipe(createGunzip())
      : createReadStream(file);
    for await (const line of linesOf(bytes)) check.line(line);
  } catch (error) {
    const fault = faultOf(error);
    if (fault === undefined) throw error;
    return err(fault);
  }
  return ok(check.end());
}

/** The cryptography of Node for one verification. */
export function createVerifyTools(): VerifyTools {
  const digest = createHash('sha256');
  const keys = new Map<string, ReturnType<typeof publicKeyOf>>();
  return {
    hashLine,
    hasSigned: (key, text, signature) => {
      const known = keys.get(key) ?? publicKeyOf(Buffer.from(key, 'base64'));
      keys.set(key, known);
      return isSignedBy(known, text, signature);
    },
    sha256OfBase64: (base64) =>
      createHash('sha256').update(Buffer.from(base64, 'base64')).digest('hex'),
    digest: {
      add: (text) => void digest.update(text),
      hex: () => digest.copy().digest('hex'),
    },
  };
}

class TooLong extends Error {
  override readonly name = 'TooLong';
}

async function* linesOf(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  // Fatal: bytes and text must stand for each other exactly, or the chain proves nothing.
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  let rest = '';
  for await (const piece of bytes) {
    rest += decoder.decode(piece, { stream: true });
    const lines = rest.split('\n');
    rest = lines.pop() ?? '';
    if (rest.length > limits.exportLineLengthMax) throw new TooLong('a line is too long');
    yield* lines;
  }
  rest += decoder.decode();
  if (rest !== '') yield rest;
}

async function isGzip(file: string): Promise<boolean> {
  const handle = await open(file);
  try {
    const { buffer } = await handle.read(Buffer.alloc(2), 0, 2, 0);
    return buffer[0] === 0x1f && buffer[1] === 0x8b;
  } finally {
    await handle.close();
  }
}

function faultOf(error: unknown): CannotRead | undefined {
  if (!(error instanceof Error)) return undefined;
  const code = 'code' in error ? String(error.code) : '';
  const detail = error.message;
  if (error instanceof TooLong) return { type: 'too-large', detail };
  if (['ENOENT', 'EACCES', 'EISDIR', 'EIO'].includes(code)) return { type: 'no-such-file', detail };
  if (code.startsWith('Z_')) return { type: 'not-gzip', detail };
  return code === 'ERR_ENCODING_INVALID_ENCODED_DATA' ? { type: 'not-text', detail } : undefined;
}
