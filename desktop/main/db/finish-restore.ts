/**
 * Puts restored books in their place so that a crash at any line leaves either what stood there or
 * the restored ones.
 *
 * till.db.restored   the proved books on their way (backup/restore.ts); without an announcement they
 *                    are a restore that never happened, and are removed
 * till.restore       the announcement: from the moment it stands the restore counts, and every start
 *                    finishes it before it opens anything
 * till.db.before-…   what stood there, with its log: kept, because it may hold what no backup has
 */
import {
  closeSync,
  existsSync,
  fsyncSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeSync,
} from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { syncFolder } from './sync-folder.ts';

export const restoredName = 'till.db.restored';
const announcementName = 'till.restore';
const Announcement = z.object({
  /** Null for empty books, of which nothing has to be kept. */
  aside: z
    .string()
    .regex(/^till\.db\.before-\d{8}T\d{6}(-\d+)?$/)
    .nullable(),
});
type Announcement = z.infer<typeof Announcement>;

/** Books that were put aside, by their name; undefined for any other name. */
export function momentOfAside(name: string): string | undefined {
  const [, day, time] = /^till\.db\.before-(\d{8})T(\d{6})(?:-\d+)?$/.exec(name) ?? [];
  if (day === undefined || time === undefined) return undefined;
  const date = `${day.slice(0, 4)}-${day.slice(4, 6)}-${day.slice(6)}`;
  return `${date}T${time.slice(0, 2)}:${time.slice(2, 4)}:${time.slice(4)}+07:00`;
}

/** A name that nothing has yet. @param at RFC 3339: when the books are put aside. */
export function asideName(dataDir: string, at: string): string {
  const name = `till.db.before-${at.slice(0, 19).replaceAll(/[-:]/g, '')}`;
  let free = name;
  for (let number = 2; existsSync(path.join(dataDir, free)); number += 1) {
    free = `${name}-${number}`;
  }
  return free;
}

/** Durable when it returns. */
export function announceRestore(dataDir: string, { aside }: Announcement): void {
  const file = path.join(dataDir, announcementName);
  const draft = `${file}.new`;
  const descriptor = openSync(draft, 'w', 0o600);
  try {
    writeSync(descriptor, JSON.stringify({ aside } satisfies Announcement));
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
  renameSync(draft, file);
  syncFolder(dataDir);
}

/** Call it under the lock of the books, before they are opened. */
export function finishRestore(dataDir: string): void {
  const announcement = path.join(dataDir, announcementName);
  if (existsSync(announcement)) {
    const text = readFileSync(announcement, 'utf8');
    const announced = Announcement.parse(JSON.parse(text));
    for (const step of finishingSteps(dataDir, announced)) step();
    return;
  }
  const draft = path.join(dataDir, restoredName);
  if (existsSync(draft)) rmSync(draft);
}

/** Each may be the last before a power cut: all of them are run again at the next start. */
export function finishingSteps(dataDir: string, { aside }: Announcement): readonly (() => void)[] {
  const books = path.join(dataDir, 'till.db');
  const draft = path.join(dataDir, restoredName);
  // Once the restored books stand in their place, the log beside them is their own.
  const putAside = (suffix: string) => () => {
    if (!existsSync(draft) || !existsSync(books + suffix)) return;
    if (aside === null) rmSync(books + suffix);
    else renameSync(books + suffix, path.join(dataDir, aside + suffix));
  };
  const sync = () => syncFolder(dataDir);
  return [
    // The log before its books: another database must never find it.
    ...['-wal', '-shm', ''].map(putAside),
    sync,
    () => {
      if (existsSync(draft)) renameSync(draft, books);
    },
    sync,
    () => rmSync(path.join(dataDir, announcementName), { force: true }),
    sync,
  ];
}
