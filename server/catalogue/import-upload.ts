import { type FileHandle, mkdir, open, rm } from 'node:fs/promises';
import path from 'node:path';
import type { Readable } from 'node:stream';
import { limits } from '../../shared/base/limits.ts';
import { err, ok, type Result } from '../../shared/base/result.ts';
import type { ProblemFacts } from '../http/problem-answer.ts';

const fileNameLength = 200;

/** The name a browser sent for a register, without folders; only CSV and XLSX are read. */
export function readFileName(header: string | undefined): Result<string, ProblemFacts> {
  const decoded = decodedName(header ?? '');
  const name = path.win32
    .basename(decoded)
    .replace(/\p{Cc}/gu, '')
    .trim();
  if (name === '' || name.length > fileNameLength) {
    return err({ type: 'bad-request', detail: 'x-file-name: the name of the file is missing' });
  }
  return /\.(csv|xlsx)$/i.test(name)
    ? ok(name)
    : err({ type: 'wrong-content-type', detail: 'Only .csv and .xlsx files are read' });
}

/**
 * Streams a body to disk, at most as many bytes as an import may have. What was written is taken
 * away again when the body is too large, breaks off, or the disk is full. A body that is refused
 * half-way is read on and thrown away, for an answer reaches only a sender that could finish.
 * @returns the size in bytes.
 */
export async function saveUpload(
  body: Readable,
  file: string,
  declaredBytes: number | null,
): Promise<Result<number, ProblemFacts>> {
  if ((declaredBytes ?? 0) > limits.importBytesMax) return err(tooLarge);
  await mkdir(path.dirname(file), { recursive: true });
  try {
    const saved = await writeBody(body, file);
    if (!saved.ok) await rm(file, { force: true });
    return saved;
  } catch (error) {
    await rm(file, { force: true });
    throw error;
  }
}

const tooLarge: ProblemFacts = {
  type: 'too-large',
  detail: `A register has at most ${limits.importBytesMax / (1024 * 1024)} MiB`,
};
const diskFull: ProblemFacts = {
  type: 'internal',
  detail: 'The disk of the centre is full; nothing was imported',
};

async function writeBody(body: Readable, file: string): Promise<Result<number, ProblemFacts>> {
  const handle = await open(file, 'wx', 0o600);
  let bytes = 0;
  let refused: ProblemFacts | undefined;
  try {
    for await (const chunk of body) {
      // Safe: nobody gave the body an encoding, so it hands out buffers.
      const part = chunk as Buffer;
      bytes += part.length;
      if (bytes > limits.importBytesMax) refused ??= tooLarge;
      if (bytes > 2 * limits.importBytesMax) break;
      if (refused === undefined && !(await hasRoomFor(handle, part))) refused = diskFull;
    }
  } finally {
    await handle.close();
  }
  return refused === undefined ? ok(bytes) : err(refused);
}

async function hasRoomFor(handle: FileHandle, part: Buffer): Promise<boolean> {
  try {
    await handle.writeFile(part);
    return true;
  } catch (error) {
    const isFull = error instanceof Error && 'code' in error && error.code === 'ENOSPC';
    if (!isFull) throw error;
    return false;
  }
}

function decodedName(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    // A name that is not URI-encoded is taken as it came.
    return text;
  }
}
