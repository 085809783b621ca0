/**
 * A new machine in the place of a burnt one (protocol.md §5). The centre hands over everything the
 * old till had reported; replayed aside, it gives the shelf, the costs and the listed prices at the
 * old head. The new journal begins with them (`TillRecovered`, then the prices), so that it stands
 * on its own for ever. All of it is written together with the new name, or nothing is: a line that
 * breaks half way costs a repetition with the same code.
 */
import { z } from 'zod';
import { limits } from '../../../shared/base/limits.ts';
import { err, ok, type Result } from '../../../shared/base/result.ts';
import type { EnrolmentAnswer } from '../../../shared/contract/sync-api.ts';
import type { Recovered } from '../../../shared/contract/till-api.ts';
import type { LocalProductDefined } from '../../../shared/events/local-product-defined.ts';
import { interpretEvent } from '../../../shared/events/registry.ts';
import type { ChainHead } from '../../../shared/events/seal.ts';
import { TillRecovered } from '../../../shared/events/till-recovered.ts';
import type { Instant } from '../../../shared/model/calendar.ts';
import type { StaffMember } from '../../../shared/model/staff.ts';
import { shiftFigures } from '../../../shared/rules/shift.ts';
import { automaticStaffId } from '../../../shared/rules/staff.ts';
import { applyEvent } from '../db/apply-event.ts';
import { appendEvent, storeSealed } from '../db/event-log.ts';
import { type LastSlip, lastSlipIn } from '../db/last-slip.ts';
import { indexLocalProducts, localProducts } from '../db/local-products.ts';
import { type OldJournal, oldJournalIn, storeOldSales } from '../db/old-sales.ts';
import { openScratch } from '../db/open-database.ts';
import { drawerEntries, openShift } from '../db/shifts.ts';
import { staffMembers } from '../db/staff.ts';
import { setSetting, type TillIdentity } from '../db/sync-state.ts';
import type { TillDb } from '../db/till-db.ts';
import { chainStart } from '../db/verify-journal.ts';
import type { TillDeps } from '../deps.ts';
import { type JournalReader, type JournalTrouble, readJournalPages } from './read-journal-pages.ts';

export type Recovers = NonNullable<EnrolmentAnswer['recovers']>;

/** What the new journal begins with. */
export type Inheritance = {
  readonly recovers: Recovers;
  readonly lots: TillRecovered['lots'];
  readonly prices: readonly z.infer<typeof PriceRow>[];
  /** The shop's own products and its staff; nobody's PIN was in the journal. */
  readonly products: readonly LocalProductDefined[];
  readonly staff: readonly { readonly staffId: string; readonly member: StaffMember }[];
  /** The last sale that was reported: paper slips after it are to be entered again. */
  readonly last: LastSlip;
  /** The shift that was open when the old machine reported last. */
  readonly openShift: Recovered['openShift'];
  /** What it and the tills before it sold, the last first. */
  readonly journals: readonly OldJournal[];
};

const PriceRow = z.object({
  drug: z.string(),
  unit: z.string(),
  factor: z.int(),
  priceVnd: z.int(),
});
const LotRow = TillRecovered.shape.lots.element;

/**
 * Reads and replays the old till's journal, and those of the tills before it for what they sold;
 * nothing is written to this till's database.
 */
export async function readInheritance(
  reader: JournalReader,
  recovers: Recovers,
): Promise<Result<Inheritance, JournalTrouble>> {
  const { till, ackedSeq, ackedHash } = recovers;
  const last = await replayJournal(
    reader,
    { till, head: { seq: ackedSeq, hash: ackedHash } },
    (old) => inheritanceIn(old, recovers),
  );
  if (!last.ok) return last;
  const journals = [last.value.journal];
  let { before } = last.value;
  while (before !== undefined && journals.length < limits.predecessorsMax) {
    const older = await replayJournal(reader, before, () => undefined);
    if (!older.ok) return older;
    journals.push(older.value.journal);
    before = older.value.before;
  }
  return ok({ ...last.value.answer, journals });
}

type OldTill = { readonly till: string; readonly head: ChainHead };

/** Replays one journal of the centre aside, proved to its head. */
async function replayJournal<Answer>(
  reader: JournalReader,
  { till, head: known }: OldTill,
  read: (old: TillDb) => Answer,
): Promise<
  Result<
    {
      readonly journal: OldJournal;
      /** Whose place that till itself had taken. */
      readonly before: OldTill | undefined;
      readonly answer: Answer;
    },
    JournalTrouble
  >
> {
  const old = openScratch();
  let before: OldTill | undefined;
  try {
    const head = await readJournalPages(reader, { till, from: chainStart }, ({ events }) =>
      old.immediately(() => {
        for (const { envelope, line, hash } of events) {
          storeSealed(old, { envelope, line, hash });
          const event = interpretEvent(envelope);
          // What this program cannot interpret is parked at the centre as well; it moved no stock there.
          if (!event.ok) continue;
          applyEvent(old, event.value);
          if (event.value.type !== 'TillRecovered.v1') continue;
          const { oldTill, oldSeq, oldHash } = event.value.data;
          before = { till: oldTill, head: { seq: oldSeq, hash: oldHash } };
        }
      }),
    );
    if (!head.ok) return head;
    if (head.value.seq !== known.seq || head.value.hash !== known.hash) {
      const detail = `the old journal ends at ${head.value.seq}, not at ${known.seq}`;
      return err({ type: 'unexpected-answer', detail });
    }
    const journal = oldJournalIn(old, { till, headSeq: known.seq });
    return ok({ journal, before, answer: read(old) });
  } finally {
    old.close();
  }
}

function inheritanceIn(old: TillDb, recovers: Recovers): Omit<Inheritance, 'journals'> {
  return {
    recovers,
    lots: [
      ...old.all(
        LotRow,
        `SELECT drug, lot, expires_on AS expiresOn, on_hand_units AS onHandUnits,
           quarantined_units AS quarantinedUnits, unit_cost_vnd AS unitCostVnd
         FROM stock WHERE on_hand_units > 0 ORDER BY drug, expires_on, lot`,
      ),
    ],
    prices: old.all(
      PriceRow,
      'SELECT drug, unit, factor, price_vnd AS priceVnd FROM price ORDER BY drug, factor, unit',
    ),
    products: localProducts(old),
    staff: [...staffMembers(old)].map(([staffId, member]) => ({ staffId, member })),
    last: lastSlipIn(old),
    openShift: openShiftIn(old),
  };
}

function openShiftIn(old: TillDb): Recovered['openShift'] {
  const open = openShift(old);
  if (open === undefined) return null;
  const { number, openedAt, openedBy } = open;
  const figures = shiftFigures(open, drawerEntries(old, open.seq));
  const cash = figures.payments.find(({ method }) => method === 'cash');
  const cashExpectedVnd = cash?.expectedVnd ?? open.openingCashVnd;
  return { number, openedAt, openedBy, saleCount: figures.sales.count, cashExpectedVnd };
}

/** Begins the new journal; inside the transaction that stores the new name. */
export function beginWith(
  db: TillDb,
  deps: Pick<TillDeps, 'newId'>,
  heir: {
    readonly identity: TillIdentity;
    readonly at: Instant;
    readonly inheritance: Inheritance;
  },
): void {
  const { identity, at, inheritance } = heir;
  const { recovers, lots, prices, last } = inheritance;
  // What the centre has is taken over as it is: no person at this counter did any of it.
  const stamp = () => ({ till: identity.tillId, id: deps.newId(), at, by: automaticStaffId });
  const parts = Math.max(1, Math.ceil(lots.length / limits.recoveryLotsMax));
  for (let part = 1; part <= parts; part += 1) {
    const first = (part - 1) * limits.recoveryLotsMax;
    const data = {
      oldTill: recovers.till,
      oldSeq: recovers.ackedSeq,
      oldHash: recovers.ackedHash,
      part,
      parts,
      lots: lots.slice(first, first + limits.recoveryLotsMax),
    };
    appendEvent(db, { ...stamp(), type: 'TillRecovered.v1', data });
  }
  for (const { drug, unit, factor, priceVnd } of prices) {
    const data = { drug, unit: { name: unit, factor }, priceVnd, previousPriceVnd: null };
    appendEvent(db, { ...stamp(), type: 'PriceSet.v1', data });
  }
  for (const product of inheritance.products) {
    appendEvent(db, { ...stamp(), type: 'LocalProductDefined.v1', data: product });
  }
  for (const { staffId, member } of inheritance.staff) {
    const data = { staffId, before: null, after: member, isPinChanged: false };
    appendEvent(db, { ...stamp(), type: 'StaffChanged.v1', data });
  }
  indexLocalProducts(db);
  storeOldSales(db, inheritance.journals);
  setSetting(db, 'recovered', {
    oldShortCode: recovers.shortCode,
    oldEvents: recovers.ackedSeq,
    lastReportedAt: recovers.lastReportedAt,
    ...last,
    wasForked: recovers.wasForked,
    openShift: inheritance.openShift,
    lots: lots.length,
    at,
  });
}
