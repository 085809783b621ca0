import { appendFileSync, mkdirSync, readFileSync, renameSync, statSync } from 'node:fs';
import path from 'node:path';

/**
 * The program's log as two files in a folder, so that support can be told what happened before a
 * restart: a desktop program has no console. The older file is thrown away when the newer one is
 * full. A disk that refuses costs the line and nothing else: selling goes on.
 */
export type KeptLog = {
  readonly write: (line: string) => void;
  /** The last lines, oldest first, at most so many. */
  readonly recent: (linesMax: number) => readonly string[];
};

const fileBytesMax = 1024 * 1024;

export function keptLog(folder: string, { bytesMax = fileBytesMax } = {}): KeptLog {
  const current = path.join(folder, 'till.log');
  const older = path.join(folder, 'till.1.log');
  let bytes: number | undefined;
  return {
    write: (line) => {
      try {
        if (bytes === undefined) {
          mkdirSync(folder, { recursive: true });
          bytes = sizeOf(current);
        }
        if (bytes > bytesMax) {
          renameSync(current, older);
          bytes = 0;
        }
        appendFileSync(current, line);
        bytes += Buffer.byteLength(line);
      } catch (error) {
        // Nothing to tell it to: the log itself cannot be written. Asked again at the next line.
        if (!isSystemError(error)) throw error;
        bytes = undefined;
      }
    },
    recent: (linesMax) =>
      [older, current]
        .flatMap((file) => textOf(file).split('\n'))
        .filter((line) => line !== '')
        .slice(-linesMax),
  };
}

function sizeOf(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.size ?? 0;
}

function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if (isSystemError(error)) return '';
    throw error;
  }
}

function isSystemError(error: unknown): boolean {
  return error instanceof Error && 'code' in error;
}
