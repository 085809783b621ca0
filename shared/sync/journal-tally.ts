import { limits } from '../base/limits.ts';
import type { Envelope } from '../events/envelope.ts';
import { interpretEvent } from '../events/registry.ts';
import { type Instant, msOfInstant } from '../model/calendar.ts';
import { lotKey } from '../model/lot.ts';
import type { LotOnHand } from '../rules/fefo.ts';
import { movementsOf, stockChangeOf } from '../rules/movements.ts';
import type { ClockReport, JournalTotals } from './export-report.ts';

export type JournalTally = {
  readonly add: (envelope: Envelope) => void;
  readonly totals: () => JournalTotals;
};

/** Adds a journal up as the till did: the same `movementsOf`, event by event. */
export function createJournalTally(): JournalTally {
  const lots = new Map<string, LotOnHand>();
  const salesById = new Map<string, number>();
  const sums = { sales: 0, voidedSales: 0, soldVnd: 0, receipts: 0, receivedVnd: 0 };
  let unreadEvents = 0;

  return {
    add: (envelope) => {
      const event = interpretEvent(envelope);
      if (!event.ok) {
        unreadEvents += 1;
        return;
      }
      for (const movement of movementsOf(event.value)) {
        const key = lotKey(movement);
        const { drug, lot, expiresOn } = movement;
        const known = lots.get(key) ?? {
          drug,
          lot,
          expiresOn,
          onHandUnits: 0,
          quarantinedUnits: 0,
        };
        const change = stockChangeOf(movement);
        lots.set(key, {
          ...known,
          onHandUnits: known.onHandUnits + change.onHandUnits,
          quarantinedUnits: known.quarantinedUnits + change.quarantinedUnits,
        });
      }
      switch (event.value.type) {
        case 'SaleCompleted.v1':
          sums.sales += 1;
          sums.soldVnd += event.value.data.totalVnd;
          salesById.set(event.value.id, event.value.data.totalVnd);
          break;
        case 'SaleVoided.v1':
          sums.voidedSales += 1;
          sums.soldVnd -= salesById.get(event.value.data.saleId) ?? event.value.data.totalVnd;
          break;
        case 'GoodsReceived.v1':
          sums.receipts += 1;
          sums.receivedVnd += event.value.data.totalVnd;
          break;
        default:
          break;
      }
    },
    totals: () => ({
      ...sums,
      unreadEvents,
      lots: [...lots.values()]
        .filter((lot) => lot.onHandUnits !== 0 || lot.quarantinedUnits !== 0)
        .sort((a, b) => (lotKey(a) < lotKey(b) ? -1 : 1)),
    }),
  };
}

/**
 * What the clock says (protocol.md §7): against itself, and against the receipts on either side.
 * @param moments of the events in the order of the chain.
 * @param receipts that hold, in the order of their numbers.
 */
export function clockReportOf(
  moments: readonly { readonly seq: number; readonly at: Instant }[],
  receipts: readonly { readonly seq: number; readonly serverTime: Instant }[],
): ClockReport {
  const report = {
    backwards: 0,
    backwardsMsMax: 0,
    ahead: 0,
    aheadMsMax: 0,
    behind: 0,
    behindMsMax: 0,
  };
  const bounds = receipts.map(({ seq, serverTime }) => ({ seq, ms: msOfInstant(serverTime) }));
  let next = 0;
  let lastMs = Number.NEGATIVE_INFINITY;
  for (const { seq, at } of moments) {
    const ms = msOfInstant(at);
    for (let bound = bounds[next]; bound !== undefined && bound.seq < seq; bound = bounds[next]) {
      next += 1;
    }
    const backMs = lastMs - ms;
    if (backMs > limits.clockSkewMsShown) report.backwards += 1;
    report.backwardsMsMax = Math.max(report.backwardsMsMax, backMs);
    const aheadMs = ms - (bounds[next]?.ms ?? ms);
    if (aheadMs > limits.clockSkewMsShown) report.ahead += 1;
    report.aheadMsMax = Math.max(report.aheadMsMax, aheadMs);
    const behindMs = (bounds[next - 1]?.ms ?? ms) - ms;
    if (behindMs > limits.clockSkewMsShown) report.behind += 1;
    report.behindMsMax = Math.max(report.behindMsMax, behindMs);
    lastMs = ms;
  }
  return { firstAt: moments[0]?.at ?? null, lastAt: moments.at(-1)?.at ?? null, ...report };
}
