/**
 * The feed: reference data the centre writes and tills read (protocol.md §3).
 *
 * GET /v1/sync/feed?after=<cursor>  → FeedPage: changes after the cursor that this facility needs
 * GET /v1/sync/snapshot             → gzip NDJSON: a SnapshotHead line, then one FeedChange a line
 * GET /v1/sync/stream               → server-sent events; `event: news` only says "ask again"
 *
 * A position is a commit order: the centre hands positions out under a lock, so a smaller one never
 * appears after a larger one was served. `digest` is the SHA-256 of the changes' exact text and is
 * signed with the position range, so a page that came by USB is as good as one by HTTPS. Applied in
 * one transaction together with the cursor.
 *
 * Positions count within one epoch: a life of the centre's database. Restored from a backup, it has
 * lost positions that tills have seen and will give them out again for other changes; then it begins
 * a new epoch. A till that meets another epoch than its own takes the snapshot again and asks what
 * the centre still has of its journal. Within an epoch a cursor ahead of the feed is answered with
 * the problem `cursor-ahead`, which means the same.
 */
import { z } from 'zod';
import { limits } from '../base/limits.ts';
import { HashHex } from '../events/envelope.ts';
import { Instant } from '../model/calendar.ts';
import { Drug } from '../model/drug.ts';
import { Facility } from '../model/facility.ts';
import { Recall } from '../model/recall.ts';
import { SafetyPack } from '../model/safety-pack.ts';
import { parkedReasons } from '../rules/clinic.ts';

/** A null value is a tombstone. An unknown kind is skipped by an older till, never an error. */
export const FeedChange = z.object({
  position: z.int().min(1),
  kind: z.string().min(1).max(40),
  key: z.string().min(1).max(100),
  value: z.unknown(),
});
export type FeedChange = z.infer<typeof FeedChange>;

/** What the clinic of the centre asks a till to look at; key `<till>/<seq>`. */
export const ClinicNotice = z.object({
  seq: z.int().min(1),
  reason: z.enum(parkedReasons),
  /** In the words of whoever asks. */
  note: z.string().max(limits.noteLength),
  askedAt: Instant,
});
export type ClinicNotice = z.infer<typeof ClinicNotice>;

export const feedSchemas = {
  drug: Drug,
  facility: Facility,
  clinic: ClinicNotice,
  recall: Recall,
  safety: SafetyPack,
} as const;
export type FeedKind = keyof typeof feedSchemas;

export const FeedPage = z.object({
  epoch: z.uuid(),
  after: z.int().min(0),
  /** Cursor for the next request. */
  next: z.int().min(0),
  hasMore: z.boolean(),
  /** JSON text of `FeedChange[]`, kept as text so that its digest is exact. */
  changes: z.string().max(limits.answerBytesMax),
  digest: HashHex,
  signature: z.string(),
});
export type FeedPage = z.infer<typeof FeedPage>;

export const FeedChanges = z.array(FeedChange).max(limits.feedPageChangesMax);

export const SnapshotHead = z.object({
  snapshot: z.literal(1),
  epoch: z.uuid(),
  position: z.int().min(0),
  count: z.int().min(0),
  /** SHA-256 of everything after the first line. */
  digest: HashHex,
  signature: z.string(),
});
export type SnapshotHead = z.infer<typeof SnapshotHead>;

/** What the centre signs for a page (`after`, `next`) or a snapshot (`0`, `position`). */
export function feedText(page: {
  readonly epoch: string;
  readonly after: number;
  readonly next: number;
  readonly digest: string;
}) {
  return `mang-thuoc feed v1\n${page.epoch}\n${page.after}\n${page.next}\n${page.digest}`;
}
