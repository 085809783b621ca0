/**
 * Photos of paper prescriptions: files named by their SHA-256 in a folder beside the database. The
 * journal holds the name, so a picture proves itself; the picture stays in the shop. A name that is
 * there already is the same picture.
 */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { limits } from '../../../shared/base/limits.ts';
import { err, ok, type Result } from '../../../shared/base/result.ts';
import type { PaperPhoto } from '../../../shared/events/prescription-dispensed.ts';
import type { Refusal } from '../../../shared/rules/refusal.ts';
import { syncFolder } from './sync-folder.ts';

/** Durable when it returns. */
export function keepPhoto(dataDir: string, bytes: Uint8Array): Result<PaperPhoto, Refusal> {
  const mediaType = mediaTypeOf(bytes);
  const isUsable = bytes.length > 0 && bytes.length <= limits.paperPhotoBytesMax;
  if (mediaType === undefined || !isUsable) return err({ type: 'PhotoUnusable' });
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  const folder = folderOf(dataDir);
  const file = path.join(folder, sha256);
  if (!existsSync(file)) {
    mkdirSync(folder, { recursive: true });
    const unfinished = `${file}.part`;
    writeFileSync(unfinished, bytes, { flush: true, mode: 0o600 });
    renameSync(unfinished, file);
    syncFolder(folder);
  }
  return ok({ sha256, mediaType, bytes: bytes.length });
}

export function hasPhoto(dataDir: string, { sha256 }: Pick<PaperPhoto, 'sha256'>): boolean {
  return existsSync(path.join(folderOf(dataDir), sha256));
}

/** As a data URL; null when it is not here, or no longer what its name says. */
export function readPhoto(dataDir: string, sha256: string): { readonly url: string } | null {
  const file = path.join(folderOf(dataDir), sha256);
  if (!existsSync(file)) return null;
  const bytes = readFileSync(file);
  const mediaType = mediaTypeOf(bytes);
  const isWhole = createHash('sha256').update(bytes).digest('hex') === sha256;
  if (mediaType === undefined || !isWhole) return null;
  return { url: `data:${mediaType};base64,${bytes.toString('base64')}` };
}

function folderOf(dataDir: string): string {
  return path.join(dataDir, 'papers');
}

/** By the first bytes, whatever a name or a browser says. */
function mediaTypeOf(bytes: Uint8Array): PaperPhoto['mediaType'] | undefined {
  const head = Buffer.from(bytes.subarray(0, 12));
  if (head.subarray(0, 3).equals(Buffer.from([0xff, 0xd8, 0xff]))) return 'image/jpeg';
  if (head.subarray(0, 4).equals(Buffer.from([0x89, 0x50, 0x4e, 0x47]))) return 'image/png';
  const isWebp = head.toString('latin1', 0, 4) === 'RIFF' && head.toString('latin1', 8) === 'WEBP';
  return isWebp ? 'image/webp' : undefined;
}
