/**
 * A till that was put back from a backup, or that turned out to be an older copy of its disk, reads
 * what the centre already has of its own journal before anything may be recorded (protocol.md §5):
 * every event proved by the chain and by the centre's receipt, stored and applied as it was sealed.
 * The centre may have less than the backup, too: then its head must lie in these books. Where the two differ under one number there are two pasts: the
 * centre is shown this one, both sides say so, and this till stays closed.
 */
import { limits } from '../../../shared/base/limits.ts';
import { interpretEvent } from '../../../shared/events/registry.ts';
import { instantOfMs } from '../../../shared/model/calendar.ts';
import type { BatchEvent } from '../../../shared/sync/batch.ts';
import { applyEvent } from '../db/apply-event.ts';
import { chainHead, hashOfSeq, storeSealed } from '../db/event-log.ts';
import { everyTopic } from '../db/keep-proof.ts';
import { lastSlipIn } from '../db/last-slip.ts';
import { indexLocalProducts } from '../db/local-products.ts';
import { getSetting, mustCatchUp, saveReceipt, setSetting } from '../db/sync-state.ts';
import type { TillDb } from '../db/till-db.ts';
import { meetOtherPast } from './other-past.ts';
import { askToBeReadmitted, stopUpload } from './push-journal.ts';
import { type JournalTrouble, type ProvenEvents, readJournalPages } from './read-journal-pages.ts';
import type { RunEnd } from './retry-loop.ts';
import type { SyncParts } from './sync-parts.ts';

/** @returns why nothing may be recorded yet, or undefined when there is nothing to catch up with. */
export async function catchUp(parts: SyncParts): Promise<RunEnd | undefined> {
  const { db, client, centreKey, identity, tracker } = parts;
  if (!mustCatchUp(db)) return undefined;
  const answer = await client.head();
  if (!answer.ok) return endOf(parts, answer.error);
  tracker.contact(answer.value.serverTime);
  const own = chainHead(db);
  const seq = Math.min(own.seq, answer.value.ackedSeq);
  // Every event up to the head is there: it was proved before the books were put in place.
  const from = { seq, hash: hashOfSeq(db, seq) ?? own.hash };
  const taken: Taken = { trouble: undefined };
  const read = await readJournalPages(
    { client, centreKey },
    { till: identity.tillId, from },
    (page) => {
      if (taken.trouble === undefined) db.immediately(() => takePage(db, page, taken));
      tracker.contact(page.receipt.serverTime);
      parts.tell(['sync']);
    },
  );
  const trouble = taken.trouble ?? (read.ok ? undefined : read.error);
  if (trouble !== undefined) return endOf(parts, trouble);
  finish(parts);
  return undefined;
}

type Taken = { trouble: JournalTrouble | undefined };

/** One page with its receipt; from the first event on that does not fit, nothing any more. */
function takePage(db: TillDb, { events, receipt }: ProvenEvents, taken: Taken): void {
  for (const event of events) {
    taken.trouble = takeEvent(db, event);
    if (taken.trouble !== undefined) return;
  }
  setSetting(db, 'ackedHead', { seq: receipt.ackedSeq, hash: receipt.ackedHash });
  saveReceipt(db, receipt);
  const restored = getSetting(db, 'restored');
  if (restored === null) return;
  const gainedEvents = chainHead(db).seq - restored.events;
  setSetting(db, 'restored', { ...restored, gainedEvents });
}

function takeEvent(db: TillDb, { envelope, line, hash }: BatchEvent): JournalTrouble | undefined {
  const { seq } = envelope;
  const known = hashOfSeq(db, seq);
  // Reported by a second machine under this name while we were asking.
  if (known !== undefined) return known === hash ? undefined : { type: 'fork', atSeq: seq };
  const event = interpretEvent(envelope);
  if (!event.ok) {
    const detail = `event ${seq} needs a newer program: ${event.error.type} ${event.error.detail}`;
    return { type: 'unexpected-answer', detail };
  }
  storeSealed(db, { envelope, line, hash });
  applyEvent(db, event.value);
  return undefined;
}

function finish({ db, deps, tracker, tell }: SyncParts): void {
  const restored = getSetting(db, 'restored');
  if (restored === null) return;
  const caughtUpAt = instantOfMs(deps.nowMs());
  db.immediately(() => {
    // Products of the shop's own among what was handed over are found by their names again.
    indexLocalProducts(db);
    setSetting(db, 'restored', { ...restored, caughtUpAt, ...lastSlipIn(db) });
  });
  tracker.setProblem('push', null);
  deps.log.warn({ ...restored, head: chainHead(db).seq }, 'Older books have caught up');
  tell(everyTopic);
}

async function endOf(parts: SyncParts, trouble: JournalTrouble): Promise<RunEnd> {
  if (trouble.type === 'fork') {
    const step = await meetOtherPast(parts);
    if (step.type === 'trouble') return parts.tracker.failed(step.trouble, 'push');
    return step.type === 'problem' ? stopUpload(parts, step.problem) : again;
  }
  if (trouble.type === 'refused' && trouble.problem.type === 'unknown-till') {
    const step = await askToBeReadmitted(parts);
    if (step.type === 'problem') return stopUpload(parts, step.problem);
    if (step.type === 'trouble') return parts.tracker.failed(step.trouble, 'push');
    return again;
  }
  return parts.tracker.failed(trouble, 'push');
}

const again: RunEnd = { type: 'retry', retryAfterMs: limits.retryDelayMsMin };
