/**
 * Makes the newcomer's till ready to sell, by the same commands a person would use: enrol with the
 * one-time code, declare the opening stock, list the prices. What is already done is not repeated,
 * so an interrupted set-up goes on at the next start.
 */
import { createHash } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { limits } from '../../shared/base/limits.ts';
import type { CalendarDate } from '../../shared/model/calendar.ts';
import type { Drug } from '../../shared/model/drug.ts';
import { newcomerShelf } from '../twin/newcomer-shelf.ts';
import type { TillRpc } from './till-rpc.ts';

export type NewcomerParts = {
  readonly rpc: TillRpc;
  readonly centreUrl: string;
  readonly code: string | null;
  readonly seed: string;
  readonly drugs: readonly Drug[];
  /** The day the country was made: the same shelf at every start. */
  readonly createdOn: CalendarDate;
  readonly report: (done: number, total: number) => void;
};

const catalogueWaitMsMax = 30_000;
const pricesInFlight = 8;

export async function setUpNewcomer(parts: NewcomerParts): Promise<void> {
  const { rpc, centreUrl, code } = parts;
  const status = await rpc('status.get', {});
  if (status.facility === null) {
    if (code === null) return;
    await rpc('setup.enrol', { centreUrl, code });
  }
  await waitForCatalogue(parts);
  const shelf = newcomerShelf({ seed: parts.seed, drugs: parts.drugs, today: parts.createdOn });
  if (!status.hasOpeningStock) {
    for (let start = 0; start < shelf.opening.length; start += limits.openingLinesMax) {
      const lines = shelf.opening.slice(start, start + limits.openingLinesMax);
      await rpc('stock.declareOpening', { commandId: commandId(parts, `opening ${start}`), lines });
    }
  }
  await listPrices(parts, shelf.prices);
}

/** A repeated command gives its first answer again, so prices need no record of their own. */
async function listPrices(
  parts: NewcomerParts,
  prices: ReturnType<typeof newcomerShelf>['prices'],
): Promise<void> {
  const last = prices.at(-1);
  if (last === undefined) return;
  const listed = await parts.rpc('drugs.get', { code: last.drug });
  if (listed?.pricesVnd[last.unit] !== undefined) return;
  let next = 0;
  const lane = async (): Promise<void> => {
    for (let price = prices[next]; price !== undefined; price = prices[next]) {
      next += 1;
      const id = commandId(parts, `price ${price.drug} ${price.unit}`);
      await parts.rpc('prices.set', { commandId: id, ...price });
      parts.report(next, prices.length);
    }
  };
  await Promise.all(Array.from({ length: pricesInFlight }, lane));
}

async function waitForCatalogue({ rpc, drugs }: NewcomerParts): Promise<void> {
  const deadlineMs = performance.now() + catalogueWaitMsMax;
  for (;;) {
    const { catalogueDrugs } = await rpc('sync.status', {});
    if (catalogueDrugs >= drugs.length) return;
    if (performance.now() > deadlineMs) {
      throw new Error(`The till received ${catalogueDrugs} of ${drugs.length} products`);
    }
    await delay(100);
  }
}

/** The same command has the same id at every start. */
function commandId({ seed, createdOn }: NewcomerParts, what: string): string {
  const hex = createHash('sha256').update(`${seed}/${createdOn}/${what}`).digest('hex');
  const part = (from: number, to: number) => hex.slice(from, to);
  return `${part(0, 8)}-${part(8, 12)}-7${part(12, 15)}-8${part(15, 18)}-${part(18, 30)}`;
}
