/**
 * Names the first event after which till and centre do not say the same (protocol.md §4): digests of
 * sixteen ranges of the journal are compared, then of sixteen parts of the first that differs, until
 * one event is left. Five round trips for a million events, and one to hear what the centre has.
 */
import { ok, type Result } from '../../../shared/base/result.ts';
import type { RangesAnswer } from '../../../shared/contract/sync-api.ts';
import type { FirstDifference } from '../../../shared/contract/till-api.ts';
import {
  firstDifferingRange,
  type SeqRange,
  searchParts,
  searchRoundsMax,
  splitRange,
} from '../../../shared/sync/digest.ts';
import { movementsBetween, namedEvent, rangeDigest } from '../db/movement-digests.ts';
import type { TillDb } from '../db/till-db.ts';
import type { CentreTrouble } from './centre-answer.ts';
import { drugName } from './drug-name.ts';
import type { SyncParts } from './sync-parts.ts';

/** @returns null when every movement is the same on both sides: then a sum of them was wrong. */
export async function findDifference(
  { db, client }: Pick<SyncParts, 'db' | 'client'>,
  compared: { readonly seq: number; readonly without: ReadonlySet<number> },
): Promise<Result<FirstDifference | null, CentreTrouble>> {
  let range: SeqRange = { after: 0, through: compared.seq };
  for (let roundTrips = 1; roundTrips <= searchRoundsMax; roundTrips += 1) {
    const isOneEvent = range.through - range.after === 1;
    const ranges = splitRange(range);
    const till = ranges.map((part) => rangeDigest(db, part, compared.without));
    const answer = await client.agreementRanges({
      ...range,
      parts: searchParts,
      ...(isOneEvent ? { digest: till[0] } : {}),
    });
    if (!answer.ok) return answer;
    const differing = firstDifferingRange(ranges, { till, centre: answer.value.digests });
    if (differing === undefined) return ok(null);
    if (isOneEvent) return ok(inFull(db, range.through, answer.value, roundTrips));
    range = differing;
  }
  return ok(null);
}

/** The event with what each side has of it, by drug and lot. */
function inFull(
  db: TillDb,
  seq: number,
  { movements }: RangesAnswer,
  roundTrips: number,
): FirstDifference | null {
  const event = namedEvent(db, seq);
  if (event === undefined) return null;
  const lines = new Map<string, FirstDifference['lines'][number]>();
  const lineOf = ({ drug, lot }: { readonly drug: string; readonly lot: string }) =>
    lines.get(`${drug}|${lot}`) ?? {
      ...{ drug, name: drugName(db, drug), lot },
      ...{ tillUnits: 0, centreUnits: 0, tillAmountVnd: 0, centreAmountVnd: 0 },
    };
  for (const movement of movementsBetween(db, { after: seq - 1, through: seq })) {
    const line = lineOf(movement);
    lines.set(`${line.drug}|${line.lot}`, {
      ...line,
      tillUnits: line.tillUnits + movement.units,
      tillAmountVnd: line.tillAmountVnd + movement.amountVnd,
    });
  }
  for (const movement of movements) {
    const line = lineOf(movement);
    lines.set(`${line.drug}|${line.lot}`, {
      ...line,
      centreUnits: line.centreUnits + movement.units,
      centreAmountVnd: line.centreAmountVnd + movement.amountVnd,
    });
  }
  return { ...event, roundTrips, lines: [...lines.values()] };
}
