import { ok, type Result } from '../../shared/base/result.ts';
import type { RouteAnswer, RouteInput } from '../../shared/contract/route.ts';
import type { syncApi } from '../../shared/contract/sync-api.ts';
import type { HashHex } from '../../shared/events/envelope.ts';
import { instantOfMs } from '../../shared/model/calendar.ts';
import type { TillCaller } from '../accounts/till-authentication.ts';
import type { CentreDeps } from '../deps.ts';
import type { ProblemFacts } from '../http/problem-answer.ts';
import { storedHashes } from './stored-hashes.ts';

/**
 * What the centre has under some numbers of a till's journal, recomputed from the evidence: by it a
 * till whose books do not fit finds the last event that both sides have (protocol.md §2, fork). Each
 * number costs the one batch that holds it.
 */
export async function readJournalHashes(
  deps: Pick<CentreDeps, 'pool' | 'nowMs'>,
  caller: TillCaller,
  { seqs }: RouteInput<typeof syncApi.journalHashes>['body'],
): Promise<Result<RouteAnswer<typeof syncApi.journalHashes>, ProblemFacts>> {
  const hashes: (HashHex | null)[] = [];
  for (const seq of seqs) {
    hashes.push(seq > caller.ackedSeq ? null : await hashAt(deps, caller, seq));
  }
  return ok({ hashes, serverTime: instantOfMs(deps.nowMs()) });
}

async function hashAt(
  { pool }: Pick<CentreDeps, 'pool'>,
  { tillId, ackedSeq, ackedHash }: TillCaller,
  seq: number,
): Promise<HashHex | null> {
  if (seq === ackedSeq) return ackedHash;
  const stored = await storedHashes(pool, { till: tillId, firstSeq: seq, lastSeq: seq });
  return stored.get(seq) ?? null;
}
