import { limits } from '../../../shared/base/limits.ts';
import { err, ok, type Result } from '../../../shared/base/result.ts';
import {
  FeedChange,
  FeedChanges,
  type FeedPage,
  feedText,
  SnapshotHead,
} from '../../../shared/sync/feed.ts';
import type { CentreKey } from './device-key.ts';
import { sha256Hex } from './sha256.ts';

/** Changes that the centre has signed, and the cursor that stands after them. */
export type ProvenChanges = {
  readonly changes: readonly FeedChange[];
  readonly epoch: string;
  readonly next: number;
  readonly hasMore: boolean;
};
export type Unproven = { readonly type: 'Unproven'; readonly detail: string };

/**
 * Proves one page against the question asked: digest, signature, ascending positions, and a cursor
 * that moves on, so that no answer can hold the till in an endless round.
 */
export function provePage(
  page: FeedPage,
  after: number,
  centreKey: CentreKey,
): Result<ProvenChanges, Unproven> {
  if (page.after !== after) return unproven(`asked after ${after}, answered after ${page.after}`);
  if (page.next < after || (page.hasMore && page.next === after)) {
    return unproven(`the cursor does not move on from ${after}`);
  }
  if (sha256Hex(page.changes) !== page.digest) return unproven('the digest of the page differs');
  if (!centreKey.hasSigned(feedText(page), page.signature)) {
    return unproven('the page is not signed by the centre');
  }
  const changes = FeedChanges.safeParse(jsonOf(page.changes));
  if (!changes.success) return unproven('the page holds no list of changes');
  const isWithin = changes.data.every(
    (change) => change.position > after && change.position <= page.next,
  );
  if (!isWithin) return unproven('a change lies outside the page');
  const { epoch, next, hasMore } = page;
  return ok({ changes: changes.data, epoch, next, hasMore });
}

/** Proves a whole snapshot: count, digest and signature over everything after its first line. */
export function proveSnapshot(
  snapshot: Uint8Array,
  centreKey: CentreKey,
): Result<ProvenChanges, Unproven> {
  if (snapshot.length > limits.snapshotBytesMax) return unproven('the snapshot is too large');
  const lineEnd = snapshot.indexOf(0x0a);
  if (lineEnd === -1) return unproven('the snapshot has no head');
  const head = SnapshotHead.safeParse(jsonOf(textOf(snapshot.subarray(0, lineEnd)) ?? ''));
  if (!head.success) return unproven('the snapshot has no head');
  const { epoch, position, count, digest, signature } = head.data;
  const body = snapshot.subarray(lineEnd + 1);
  if (sha256Hex(body) !== digest) return unproven('the digest of the snapshot differs');
  if (!centreKey.hasSigned(feedText({ epoch, after: 0, next: position, digest }), signature)) {
    return unproven('the snapshot is not signed by the centre');
  }
  const lines = (textOf(body) ?? '').split('\n').filter((line) => line !== '');
  if (lines.length !== count) return unproven(`${lines.length} lines, ${count} announced`);
  const changes: FeedChange[] = [];
  for (const line of lines) {
    const change = FeedChange.safeParse(jsonOf(line));
    if (!change.success) return unproven(`line ${changes.length + 2} is no change`);
    changes.push(change.data);
  }
  return ok({ changes, epoch, next: position, hasMore: true });
}

function textOf(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    // The decoder has no other way to say that bytes are no UTF-8.
    return undefined;
  }
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // JSON.parse has no other way to say that a text is not JSON; no schema accepts undefined.
    return undefined;
  }
}

function unproven(detail: string): Result<never, Unproven> {
  return err({ type: 'Unproven', detail });
}
