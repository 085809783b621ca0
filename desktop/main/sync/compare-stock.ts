import { z } from 'zod';
import { limits } from '../../../shared/base/limits.ts';
import type { AgreementAnswer } from '../../../shared/contract/sync-api.ts';
import type { Agreement } from '../../../shared/contract/till-api.ts';
import type { HashHex } from '../../../shared/events/envelope.ts';
import { instantOfMs } from '../../../shared/model/calendar.ts';
import { type Lot, lotKey } from '../../../shared/model/lot.ts';
import type { LotOnHand } from '../../../shared/rules/fefo.ts';
import { stockDigestText } from '../../../shared/sync/digest.ts';
import { lotsOnHand } from '../db/stock.ts';
import { getSetting, setSetting } from '../db/sync-state.ts';
import type { TillDb } from '../db/till-db.ts';
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
 * Compares the stock of till and centre at the acknowledged head, which must be the journal's last
 * event: head, stock and digest are read in one go, before anything else can be sold.
 */
export async function compareStock(parts: SyncParts): Promise<CompareEnd> {
  const { db, client, tracker } = parts;
  const { seq, hash: headHash } = getSetting(db, 'ackedHead');
  const lots = lotsOnHand(db);
  const stockDigest = sha256Hex(stockDigestText(lots));
  const answer = await client.agreement({ seq, headHash, stockDigest });
  if (!answer.ok) {
    const { error } = answer;
    const isUnknown = error.type === 'refused' && error.problem.type === 'unknown-till';
    return isUnknown ? { type: 'unknown-till' } : tracker.failed(error, 'stock');
  }
  tracker.contact(answer.value.serverTime);
  if (answer.value.state === 'behind') return { type: 'behind' };
  keep(parts, { seq, headHash, stockDigest, lots, answer: answer.value });
  return { type: 'compared', seq };
}

type Compared = {
  readonly seq: number;
  readonly headHash: HashHex;
  readonly stockDigest: string;
  readonly lots: readonly LotOnHand[];
  readonly answer: Exclude<AgreementAnswer, { state: 'behind' }>;
};

function keep({ db, deps, tracker, tell }: SyncParts, compared: Compared): void {
  const { seq, headHash, stockDigest, lots, answer } = compared;
  const found = answer.state === 'agreed' ? [] : differencesOf(lots, answer.lots);
  const differences = found
    .slice(0, limits.pageRowsMax)
    .map((difference) => ({ ...difference, name: drugName(db, difference.drug) }));
  const { state } = answer;
  const comparedAt = instantOfMs(deps.nowMs());
  db.immediately(() => {
    const agreement = { state, comparedAt, events: seq, headHash, stockDigest, differences };
    setSetting(db, 'agreement', agreement);
    tracker.keepContact();
  });
  tracker.setProblem(
    'stock',
    state === 'agreed' ? null : { type: 'different-stock', detail: inWords(seq, found) },
  );
  tell(['sync']);
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

function inWords(seq: number, differences: readonly Omit<LotDifference, 'name'>[]): string {
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
  return `${differences.length} lots at event ${seq}; ${first.join('; ')}`;
}

/** Also of a drug the centre has taken out of the catalogue. */
function drugName(db: TillDb, code: string): string {
  const row = db.one(z.object({ name: z.string() }), 'SELECT name FROM drug WHERE code = ?', code);
  return row?.name ?? code;
}
