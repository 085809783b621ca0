/**
 * Fetches reference data (protocol.md §3). A new till begins with the snapshot, then page after page
 * until the centre has no more. Each piece is proved first, then applied in one transaction with its
 * cursor: after a power cut the till asks again exactly from where it stands. A centre that was put
 * back in time is noticed by its epoch, or by a cursor ahead of its feed: then the snapshot is taken
 * again, and the push loop asks what the centre still has of the journal.
 */
import { limits } from '../../../shared/base/limits.ts';
import { err, ok, type Result } from '../../../shared/base/result.ts';
import type { ProblemType } from '../../../shared/contract/problem.ts';
import { feedSchemas } from '../../../shared/sync/feed.ts';
import { applyChanges, forgetCatalogue } from '../db/catalogue.ts';
import { indexLocalProducts } from '../db/local-products.ts';
import { getSetting, setSetting } from '../db/sync-state.ts';
import type { TillDb } from '../db/till-db.ts';
import { forgetUnread, rememberUnread, unreadChanges } from '../db/unread-changes.ts';
import type { CentreTrouble } from './centre-answer.ts';
import { type ProvenChanges, provePage, proveSnapshot, type Unproven } from './feed-proof.ts';
import type { RunEnd } from './retry-loop.ts';
import type { SyncParts, Topic } from './sync-parts.ts';

/** Pulls until the centre has nothing more for this till. */
export async function pullFeed(
  parts: SyncParts,
  onCentreWentBack: () => void = () => undefined,
): Promise<RunEnd> {
  const { db, tracker } = parts;
  let wentBack = false;
  for (let page = 0; page < limits.feedPagesPerPullMax; page += 1) {
    const isNew = getSetting(db, 'feedCursor') === 0;
    const applied = await (isNew && page === 0 ? applySnapshot(parts) : applyNextPage(parts));
    if (!applied.ok) {
      if (isRefusedAs(applied.error, 'unknown-till')) onCentreWentBack();
      return tracker.failed(applied.error, 'pull');
    }
    if (applied.value.hasWentBack) {
      // Two centres that answer in turn must not make this till read snapshots for ever.
      if (wentBack) return { type: 'retry', retryAfterMs: 0 };
      wentBack = true;
      onCentreWentBack();
      const again = await applySnapshot(parts);
      if (!again.ok) return tracker.failed(again.error, 'pull');
    } else if (!applied.value.hasMore) {
      tracker.setProblem('pull', null);
      return { type: 'done' };
    }
  }
  return { type: 'retry', retryAfterMs: 0 };
}

/**
 * Gives changes that an earlier program could not read to this one. Once, at the start.
 * @returns how many of them are now in use.
 */
export function applyUnread(db: TillDb): number {
  let read = 0;
  let position = 0;
  for (let page = 0; page < limits.feedPagesPerPullMax; page += 1) {
    const changes = unreadChanges(db, position);
    if (changes.length === 0) break;
    position = changes.at(-1)?.position ?? position;
    const known = changes.filter((change) => Object.hasOwn(feedSchemas, change.kind));
    if (known.length === 0) continue;
    read += db.immediately(() => {
      const { skipped } = applyChanges(db, known);
      rememberUnread(db, known, skipped);
      return known.length - skipped.length;
    });
  }
  return read;
}

type Applied = Result<{ readonly hasMore: boolean; readonly hasWentBack?: boolean }, CentreTrouble>;

async function applySnapshot(parts: SyncParts): Promise<Applied> {
  const answer = await parts.client.snapshot();
  // A centre that has published nothing yet has no snapshot; its feed says so page by page.
  if (!answer.ok) return isRefusedAs(answer.error, 'not-found') ? ok({ hasMore: true }) : answer;
  const proven = proveSnapshot(answer.value, parts.centreKey);
  return applyProven(parts, proven, { isSnapshot: true });
}

async function applyNextPage(parts: SyncParts): Promise<Applied> {
  const after = getSetting(parts.db, 'feedCursor');
  const answer = await parts.client.feed(after);
  if (!answer.ok) return isRefusedAs(answer.error, 'cursor-ahead') ? beginAgain(parts) : answer;
  const proven = provePage(answer.value, after, parts.centreKey);
  if (proven.ok && after > 0 && proven.value.epoch !== getSetting(parts.db, 'feedEpoch')) {
    return beginAgain(parts);
  }
  return applyProven(parts, proven, { isSnapshot: false });
}

/** The catalogue stays in use until the new snapshot replaces it in one transaction. */
function beginAgain({ db, deps }: SyncParts): Applied {
  deps.log.warn({ cursor: getSetting(db, 'feedCursor') }, 'The centre was put back in time');
  db.immediately(() => {
    setSetting(db, 'feedCursor', 0);
    setSetting(db, 'feedEpoch', null);
  });
  return ok({ hasMore: true, hasWentBack: true });
}

function applyProven(
  parts: SyncParts,
  proven: Result<ProvenChanges, Unproven>,
  { isSnapshot }: { readonly isSnapshot: boolean },
): Applied {
  const { db, tracker } = parts;
  if (!proven.ok) return err({ type: 'unexpected-answer', detail: proven.error.detail });
  tracker.contact();
  const { changes, epoch, next, hasMore } = proven.value;
  const isSameEpoch = epoch === getSetting(db, 'feedEpoch');
  if (isSameEpoch && next === getSetting(db, 'feedCursor') && changes.length === 0) {
    return ok({ hasMore });
  }
  keepChanges(parts, proven.value, { isSnapshot });
  return ok({ hasMore });
}

/** Applies proved changes in one transaction with their cursor, on whatever carrier they came. */
export function keepChanges(
  { db, deps, tracker, tell }: SyncParts,
  { changes, epoch, next }: ProvenChanges,
  { isSnapshot }: { readonly isSnapshot: boolean },
): void {
  const { skipped, facility, drugs, recalls } = db.immediately(() => {
    if (isSnapshot) {
      forgetCatalogue(db);
      forgetUnread(db);
    }
    const applied = applyChanges(db, changes);
    if (isSnapshot) indexLocalProducts(db);
    rememberUnread(db, changes, applied.skipped);
    setSetting(db, 'feedCursor', next);
    setSetting(db, 'feedEpoch', epoch);
    tracker.keepContact();
    return applied;
  });
  if (skipped.length > 0) {
    const first = skipped[0];
    deps.log.warn({ count: skipped.length, first }, 'Changes this program cannot read were kept');
  }
  showNotices({ db, tracker });
  tell(topicsOf({ facility, drugs, recalls }));
}

/** What the clinic asks stands on the problem board until it is settled. */
export function showNotices({ db, tracker }: Pick<SyncParts, 'db' | 'tracker'>): void {
  const [notice] = getSetting(db, 'clinicNotices');
  tracker.setProblem(
    'clinic',
    notice === undefined
      ? null
      : { type: 'clinic-asks', detail: `event ${notice.seq}: ${notice.note}` },
  );
}

function topicsOf(applied: {
  readonly drugs: number;
  readonly recalls: number;
  readonly facility: boolean;
}): readonly Topic[] {
  return [
    'sync',
    ...(applied.drugs > 0 ? (['catalogue'] as const) : []),
    // What may be sold of the stock is no longer what the screens show.
    ...(applied.recalls > 0 ? (['stock'] as const) : []),
    ...(applied.facility ? (['facility'] as const) : []),
  ];
}

function isRefusedAs(trouble: CentreTrouble, type: ProblemType): boolean {
  return trouble.type === 'refused' && trouble.problem.type === type;
}
