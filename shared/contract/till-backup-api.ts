/** Old books at the counter: a till's own backup put back, and what a burnt one had not reported. */
import { z } from 'zod';
import { limits } from '../base/limits.ts';
import { CalendarDate, Instant } from '../model/calendar.ts';
import { LotNumber } from '../model/lot.ts';
import { AmountVnd } from '../model/money.ts';

/** A backup by its name; whether it can be read is found out when it is opened. */
export const FoundBackup = z.object({
  file: z.string(),
  folder: z.string(),
  name: z.string(),
  /** Of the till that made it; null for books that were put aside on this computer. */
  shortCode: z.string().nullable(),
  madeAt: Instant,
  bytes: z.int(),
});
export type FoundBackup = z.infer<typeof FoundBackup>;

/**
 * This till was put back from a backup, or found out from the centre that somebody had put an older
 * copy of its disk back. Until it knows what the centre already has of its journal, a new event might
 * be the second under its number, so nothing is recorded.
 */
export const Restored = z.object({
  /** Name of the backup; null where an older copy of the disk turned up. */
  file: z.string().nullable(),
  at: Instant,
  /** In the backup or the older copy. */
  events: z.int(),
  lastEventAt: Instant.nullable(),
  caughtUpAt: Instant.nullable(),
  /** What the centre had behind the backup. */
  gainedEvents: z.int(),
  /** The last sale known after that: paper slips behind it are to be entered again. */
  lastSlip: z.string().nullable(),
  lastSlipAt: Instant.nullable(),
});
export type Restored = z.infer<typeof Restored>;

const UnreportedSale = z.object({
  seq: z.int(),
  slip: z.string(),
  at: Instant,
  totalVnd: AmountVnd,
  isVoided: z.boolean(),
  lines: z.array(
    z.object({
      name: z.string(),
      quantity: z.int(),
      unit: z.string(),
      amountVnd: AmountVnd,
      lots: z.array(z.object({ lot: LotNumber, expiresOn: CalendarDate, units: z.int() })),
    }),
  ),
});
export type UnreportedSale = z.infer<typeof UnreportedSale>;

/** What stands in old books and nowhere else: the centre has never acknowledged it. */
export const UnreportedTail = z.object({
  shortCode: z.string(),
  /** Events up to this one are known here or at the centre. */
  knownSeq: z.int(),
  lastSeq: z.int(),
  sales: z.array(UnreportedSale),
  /** Everything else that was recorded: receipts, counts, prices … */
  others: z.array(z.object({ seq: z.int(), type: z.string(), at: Instant })),
  /** Of all of it, not of this page alone. */
  salesCount: z.int(),
  salesVnd: AmountVnd,
  /** Ask again behind this event; null at the end. */
  nextAfterSeq: z.int().nullable(),
});
export type UnreportedTail = z.infer<typeof UnreportedTail>;

export const backupRefusals = [
  'not-found',
  'damaged',
  'newer',
  /** A till that was never enrolled. */
  'not-enrolled',
  /** The device key of that till is not on this computer. */
  'other-machine',
  /** This till has books of its own. */
  'not-empty',
  /** Neither this till's books nor those of one whose place it took. */
  'other-till',
  /** These books can still report: there is no reason to put them aside. */
  'in-use',
] as const;
export type BackupRefusal = (typeof backupRefusals)[number];

const FilePath = z.string().trim().min(1).max(limits.pathLength);

export const tillBackupApi = {
  /** Backups of this computer, of sticks that are plugged in, and of a folder somebody names. */
  'backups.find': {
    kind: 'query',
    input: z.object({ folder: FilePath.optional() }),
    answer: z.object({
      backups: z.array(FoundBackup),
      /** False for a folder that was named and is not there. */
      isFolderThere: z.boolean(),
    }),
  },
  /**
   * Proves a backup and puts it in the place of empty or damaged books, whole or not at all; what
   * stood there is kept beside it.
   */
  'backups.restore': {
    kind: 'command',
    input: z.object({ file: FilePath }),
    answer: Restored,
  },
  /**
   * Puts books aside that the centre takes no more (a fork, a revoked till), so that this computer can
   * begin anew with a recovery code. They are kept, and can be read.
   */
  'backups.putAside': {
    kind: 'command',
    input: z.object({}),
    answer: z.object({ aside: z.string() }),
  },
  /** Opens a copy of a backup, a `till.db` or its folder, and lists what was never reported. */
  'oldBooks.read': {
    kind: 'command',
    input: z.object({ file: FilePath, afterSeq: z.int().min(0).optional() }),
    answer: UnreportedTail,
  },
} as const;
