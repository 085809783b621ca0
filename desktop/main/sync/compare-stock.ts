import { limits } from '../../../shared/base/limits.ts';
import { ok } from '../../../shared/base/result.ts';
import type { AgreementAnswer } from '../../../shared/contract/sync-api.ts';
import type { Agreement, FirstDifference } from '../../../shared/contract/till-api.ts';
import type { HashHex } from '../../../shared/events/envelope.ts';
import {
  businessDateOf,
  type CalendarDate,
  daysBetween,
  instantOfMs,
} from '../../../shared/model/calendar.ts';
import { type Lot, lotKey } from '../../../shared/model/lot.ts';
import type { ParkedReason } from '../../../shared/rules/clinic.ts';
import type { LotOnHand } from '../../../shared/rules/fefo.ts';
import { dayDigestText, stockDigestText } from '../../../shared/sync/digest.ts';
import { chainHead } from '../db/event-log.ts';
import { daySums, lotsWithout, namedEvent } from '../db/movement-digests.ts';
import { getSetting, setSetting } from '../db/sync-state.ts';
import { drugName } from './drug-name.ts';
import { findDifference } from './find-difference.ts';
import type { RunEnd } from './retry-loop.ts';
import { sha256Hex } from './sha256.ts';
import type { SyncParts } from './sync-parts.ts';

/** `behind` when the centre does not stand at the head it acknowledged. */
export type CompareEnd =
  | RunEnd
  | { readonly type: 'compared'; readonly seq: number }
  | { readonly type: 'behind' }
  /** The centre has forgotten this till. */
  | { readonly type: 'unknown-till' };

export type LotDifference = Agreement['differences'][number];

/**
 * Compares stock by lot and movements by day at the acknowledged head, which must be the journal's
 * last event: head, stock and digests are read in one go, before anything else can be sold. Records
 * that wait in the centre's clinic are left out on both sides, so that they are no difference. Where
 * the two differ, the first event that does is looked for.
 */
export async function compareStock(parts: SyncParts): Promise<CompareEnd> {
  const { db, client, tracker } = parts;
  const { seq, hash: headHash } = getSetting(db, 'ackedHead');
  let without: readonly WaitingAtCentre[] = [];
  for (let round = 0; round < waitingRoundsMax; round += 1) {
    const asked = questionOf(parts, { seq, headHash, without });
    const answer = await client.agreement(asked.question);
    if (!answer.ok) {
      const { error } = answer;
      const isUnknown = error.type === 'refused' && error.problem.type === 'unknown-till';
      return isUnknown ? { type: 'unknown-till' } : tracker.failed(error, 'stock');
    }
    tracker.contact(answer.value.serverTime);
    switch (answer.value.state) {
      case 'behind':
        return { type: 'behind' };
      case 'waiting':
        without = answer.value.records;
        // Sold meanwhile: the stock is that of a later event, so it is compared after that is sent.
        if (chainHead(db).seq !== seq) return { type: 'behind' };
        if (answer.value.total > without.length) {
          keep(parts, { ...asked, without, answer: { state: 'agreed' }, first: null });
          return { type: 'compared', seq };
        }
        break;
      default: {
        const different = answer.value.state === 'different' ? answer.value : undefined;
        const first = different === undefined ? ok(null) : await search(parts, seq, without);
        // A centre that cannot search still says which lots differ.
        if (!first.ok && first.error.type !== 'refused')
          return tracker.failed(first.error, 'stock');
        keep(parts, {
          ...asked,
          without,
          answer: answer.value,
          first: first.ok ? first.value : null,
        });
        if (different !== undefined) parts.examine();
        return { type: 'compared', seq };
      }
    }
  }
  return { type: 'retry', retryAfterMs: 0 };
}

type WaitingAtCentre = { readonly seq: number; readonly reason: ParkedReason };
/** What waits at the centre changes between two questions only while somebody works on it. */
const waitingRoundsMax = 4;
/** Movements of all days are compared again after so many days; else those since the last time. */
const fullEveryDays = 7;

function search(parts: SyncParts, seq: number, without: readonly WaitingAtCentre[]) {
  const seqs = new Set(without.map((record) => record.seq));
  return findDifference(parts, { seq, without: seqs });
}

function questionOf(
  { db, deps }: SyncParts,
  head: {
    readonly seq: number;
    readonly headHash: HashHex;
    readonly without: readonly WaitingAtCentre[];
  },
) {
  const { seq, headHash } = head;
  const without = head.without.map((record) => record.seq);
  const lots = lotsWithout(db, without);
  const stockDigest = sha256Hex(stockDigestText(lots));
  const agreed = getSetting(db, 'agreedDays');
  const today = businessDateOf(instantOfMs(deps.nowMs()));
  const isFull =
    agreed.fullOn === null ||
    daysBetween({ from: agreed.fullOn, to: today }) >= fullEveryDays ||
    agreed.seq > seq;
  const afterSeq = isFull ? 0 : agreed.seq;
  const days = daySums(db, { after: afterSeq, through: seq }, new Set(without));
  const digest = sha256Hex(dayDigestText(days));
  return {
    seq,
    headHash,
    stockDigest,
    lots,
    fullOn: isFull ? today : agreed.fullOn,
    question: {
      seq,
      headHash,
      stockDigest,
      days: { afterSeq, digest },
      ...(without.length === 0 ? {} : { without }),
    },
  };
}

type Compared = {
  readonly seq: number;
  readonly headHash: HashHex;
  readonly stockDigest: string;
  readonly lots: readonly LotOnHand[];
  readonly fullOn: CalendarDate | null;
  readonly without: readonly WaitingAtCentre[];
  readonly answer:
    | { readonly state: 'agreed' }
    | Pick<Extract<AgreementAnswer, { state: 'different' }>, 'state' | 'lots'>;
  readonly first: FirstDifference | null;
};

function keep({ db, deps, tracker, tell }: SyncParts, compared: Compared): void {
  const { seq, headHash, stockDigest, lots, answer, without, first } = compared;
  const found = answer.state === 'agreed' ? [] : differencesOf(lots, answer.lots);
  const differences = found
    .slice(0, limits.pageRowsMax)
    .map((difference) => ({ ...difference, name: drugName(db, difference.drug) }));
  const waiting = without.flatMap(({ seq: waits, reason }) => {
    const event = namedEvent(db, waits);
    return event === undefined ? [] : [{ ...event, reason }];
  });
  const state = answer.state === 'agreed' && waiting.length > 0 ? 'waiting' : answer.state;
  const comparedAt = instantOfMs(deps.nowMs());
  const common = { comparedAt, events: seq, headHash, stockDigest };
  db.immediately(() => {
    setSetting(db, 'agreement', { state, ...common, differences, waiting, first });
    setSetting(db, 'agreedDays', agreedDaysAfter(compared));
    tracker.keepContact();
  });
  tracker.setProblem(
    'stock',
    answer.state === 'agreed'
      ? null
      : { type: 'different-stock', detail: inWords(seq, found, first) },
  );
  tell(['sync']);
}

/** What waits is compared by day once it has been applied; after a difference, everything is. */
function agreedDaysAfter({ seq, fullOn, without, answer }: Compared) {
  if (answer.state === 'different') return { seq: 0, fullOn: null };
  const firstWaiting = Math.min(...without.map((record) => record.seq), seq + 1);
  return { seq: firstWaiting - 1, fullOn };
}

/** Every lot of which the two sides count a different number of units, in the order of its key. */
export function differencesOf(
  till: readonly LotOnHand[],
  centre: readonly LotOnHand[],
): readonly Omit<LotDifference, 'name'>[] {
  const counted = new Map<string, Counted>();
  const nothing = { tillUnits: 0, tillQuarantinedUnits: 0 } as const;
  for (const lot of till) {
    counted.set(lotKey(lot), {
      lot,
      tillUnits: lot.onHandUnits,
      tillQuarantinedUnits: lot.quarantinedUnits,
      centreUnits: 0,
      centreQuarantinedUnits: 0,
    });
  }
  for (const lot of centre) {
    counted.set(lotKey(lot), {
      ...(counted.get(lotKey(lot)) ?? nothing),
      lot,
      centreUnits: lot.onHandUnits,
      centreQuarantinedUnits: lot.quarantinedUnits,
    });
  }
  return [...counted]
    .filter(([, both]) => !isSame(both))
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(
      ([
        ,
        {
          lot: { drug, lot, expiresOn },
          ...units
        },
      ]) => ({ drug, lot, expiresOn, ...units }),
    );
}

type Counted = Omit<LotDifference, 'name' | keyof Lot> & { readonly lot: Lot };

function isSame(units: Omit<Counted, 'lot'>): boolean {
  return (
    units.tillUnits === units.centreUnits &&
    units.tillQuarantinedUnits === units.centreQuarantinedUnits
  );
}

function inWords(
  seq: number,
  differences: readonly Omit<LotDifference, 'name'>[],
  firstEvent: FirstDifference | null,
): string {
  const first = differences
    .slice(0, 3)
    .map(
      ({ drug, lot, tillUnits, centreUnits, tillQuarantinedUnits, centreQuarantinedUnits }) =>
        `${drug} ${lot}: till ${tillUnits}, centre ${centreUnits}${
          tillQuarantinedUnits === centreQuarantinedUnits
            ? ''
            : ` (in quarantine ${tillQuarantinedUnits} and ${centreQuarantinedUnits})`
        }`,
    );
  const from =
    firstEvent === null
      ? 'every movement is the same'
      : `from event ${firstEvent.seq} ${firstEvent.slip ?? firstEvent.type} of ${firstEvent.at}`;
  return `${differences.length} lots at event ${seq}, ${from}; ${first.join('; ')}`;
}
