/** The sending half of the ingest measurement, in a worker thread: see ingest.ts. */
import { Agent, request } from 'node:http';
import { isMainThread, parentPort, workerData } from 'node:worker_threads';
import { z } from 'zod';
import { syncStreams } from '../../shared/contract/sync-api.ts';
import { enrolDevice, makeBatch, type TestDevice } from '../support/test-device.ts';

export type ClientReport = { readonly lines: number; readonly batchMs: readonly number[] };

/** Drugs of the catalogue; each shop sells a part of them. */
export const benchDrugs = 1_000;
const drugsPerShop = 300;
const salesPerBatch = 80;
const linesPerSale = 2.5;
const sendingAtOnce = 48;

/**
 * What customers ask for. `everyday`: the drug of rank r is asked for 1/r times as often as the
 * first, so that a fifth of the shelf makes three quarters of the lines. `flat`: each line of a
 * batch is another product, the most that a batch can touch.
 */
export type Demand = 'everyday' | 'flat';

const Work = z.object({
  url: z.string(),
  demand: z.enum(['everyday', 'flat']),
  codes: z.array(z.string()),
  batchesPerTill: z.number(),
});
type Sendable = ReturnType<typeof makeBatch>;

export function benchDrugCode(index: number): string {
  return `BENCH-${index}`;
}

async function runClient(): Promise<void> {
  const work = Work.parse(workerData);
  const shops: Sendable[][] = [];
  let lines = 0;
  for (const [index, code] of work.codes.entries()) {
    const device = await enrolDevice(work.url, code);
    const { batchesPerTill: batches, demand } = work;
    const made = makeShop(device, { index, batches, demand });
    shops.push(made.batches);
    lines += made.lines;
  }
  const opening = shops.flatMap((batches) => batches.slice(0, 1));
  await sendAll(
    work.url,
    opening.map((batch) => [batch]),
  );
  parentPort?.postMessage('ready');
  parentPort?.once('message', () => {
    const sales = shops.map((batches) => batches.slice(1));
    void sendAll(work.url, sales).then((batchMs) => parentPort?.postMessage({ lines, batchMs }));
  });
}

/** A shop with opening stock and days of sales, all of it signed and compressed. */
function makeShop(
  device: TestDevice,
  shop: { readonly index: number; readonly batches: number; readonly demand: Demand },
): { readonly batches: Sendable[]; readonly lines: number } {
  const drugs = Array.from({ length: drugsPerShop }, (_, index) =>
    benchDrugCode((shop.index * 37 + index * 3) % benchDrugs),
  );
  device.append({
    type: 'OpeningStockDeclared.v1',
    data: { lines: drugs.map((drug) => ({ ...lotOf(drug), units: 100_000, unitCostVnd: 300 })) },
  });
  let lines = 0;
  for (let sale = 0; sale < shop.batches * salesPerBatch; sale += 1) {
    const count = Math.floor((sale + 1) * linesPerSale) - Math.floor(sale * linesPerSale);
    const basket = basketOf[shop.demand](drugs, { number: lines, count });
    device.append(saleOf(basket, { number: lines, slip: sale + 1 }));
    lines += count;
  }
  const batches = [makeBatch(device, { from: 1, to: 1 })];
  for (let from = 2; from <= device.events.length; from += salesPerBatch) {
    batches.push(makeBatch(device, { from, to: from + salesPerBatch - 1 }));
  }
  return { batches, lines };
}

function lotOf(drug: string) {
  return { drug, lot: `L${drug.slice(6)}`, expiresOn: '2029-06-30' };
}

type Visit = { readonly number: number; readonly count: number };
const basketOf: Readonly<Record<Demand, (shelf: readonly string[], visit: Visit) => string[]>> = {
  everyday: (shelf, { number, count }) => {
    const basket = new Set<string>();
    for (let draw = number * 7; basket.size < count; draw += 1) {
      basket.add(shelf[rankOf(goldenPart(draw), shelf.length)] ?? '');
    }
    return [...basket];
  },
  // Neighbouring lines are far apart on the shelf.
  flat: (shelf, { number, count }) =>
    Array.from(
      { length: count },
      (_, index) => shelf[((number + index) * 101) % shelf.length] ?? '',
    ),
};

/** Evenly spread over 0 … 1 and the same in every run: multiples of the golden ratio. */
function goldenPart(index: number): number {
  return (index * 0.618_033_988_749_895) % 1;
}

/** The rank whose share of all 1/r covers `part`: the integral of 1/r in the sum's place. */
function rankOf(part: number, ranks: number): number {
  return Math.min(ranks, Math.floor((ranks + 1) ** part)) - 1;
}

function saleOf(
  basket: readonly string[],
  sale: { readonly number: number; readonly slip: number },
) {
  const lines = basket.map((drug, index) => {
    const units = 1 + ((sale.number + index) % 20);
    const { lot, expiresOn } = lotOf(drug);
    return {
      drug,
      unit: { name: 'viên', factor: 1 },
      quantity: units,
      priceVnd: 500,
      amountVnd: units * 500,
      discountVnd: 0,
      picks: [{ lot, expiresOn, units }],
    };
  });
  const totalVnd = lines.reduce((sum, line) => sum + line.amountVnd, 0);
  const payment = { method: 'cash', tenderedVnd: totalVnd, changeVnd: 0 };
  const at = new Date(Date.now() - 86_400_000 + sale.slip * 1_000).toISOString();
  return {
    type: 'SaleCompleted.v1',
    at,
    data: { slip: `A1-${sale.slip}`, lines, totalVnd, payment },
  };
}

/** Each till sends one batch after another; `sendingAtOnce` tills at a time. */
async function sendAll(
  url: string,
  shops: readonly (readonly Sendable[])[],
): Promise<readonly number[]> {
  const agent = new Agent({ keepAlive: true, maxSockets: sendingAtOnce });
  const waiting = [...shops];
  const batchMs: number[] = [];
  await Promise.all(
    Array.from({ length: sendingAtOnce }, async () => {
      for (let shop = waiting.pop(); shop !== undefined; shop = waiting.pop()) {
        for (const batch of shop) {
          const startedMs = performance.now();
          await send(url, agent, batch);
          batchMs.push(performance.now() - startedMs);
        }
      }
    }),
  );
  agent.destroy();
  return batchMs;
}

function send(url: string, agent: Agent, batch: Sendable): Promise<void> {
  return new Promise((resolve, reject) => {
    const sending = request(
      `${url}${syncStreams.batches.path}`,
      { method: 'POST', agent, headers: { ...batch.headers, 'content-length': batch.body.length } },
      (response) => {
        response.resume();
        response.on('end', () => {
          if (response.statusCode === 200) resolve();
          else reject(new Error(`The centre answered ${response.statusCode}`));
        });
      },
    );
    sending.on('error', reject);
    sending.end(batch.body);
  });
}

if (!isMainThread) await runClient();
