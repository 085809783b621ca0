import { generateKeyPairSync } from 'node:crypto';
import { createServer } from 'node:http';
import { hashLine } from '../../desktop/main/db/event-log.ts';
import { createDocumentIds } from '../../desktop/main/document-ids.ts';
import { batchRequest } from '../../desktop/main/sync/centre-client.ts';
import { createAxiosWire } from '../../desktop/main/sync/centre-wire-axios.ts';
import { type DeviceKey, loadOrMakeDeviceKey } from '../../desktop/main/sync/device-key.ts';
import { hourWeight } from '../../server/twin/demand.ts';
import { lotInTrade } from '../../server/twin/lots.ts';
import { cumulated, type Random, randomOf } from '../../server/twin/random.ts';
import { zeroHash } from '../../shared/events/envelope.ts';
import type { SaleCompleted } from '../../shared/events/sale-completed.ts';
import { type SealedEvent, sealEvent } from '../../shared/events/seal.ts';
import { CalendarDate, instantOfMs } from '../../shared/model/calendar.ts';
import { decideSale, type SaleContext, type SaleProduct } from '../../shared/rules/sale.ts';
import { nextBatch } from '../../shared/sync/next-batch.ts';
import { type BenchOptions, type Figure, figure } from './figure.ts';

/** A shop's day: 100 sales of about 2.5 lines over 120 products of which few sell most. */
const salesPerDay = 100;
const productCount = 120;
/** Sales by their number of lines, from one upwards: 100 sales, 250 lines. */
const salesByLineCount = [26, 31, 22, 12, 6, 3];
const day = CalendarDate.parse('2026-11-22');
const till = '01980000-0000-7000-8000-000000000001';

/**
 * What a day of sales weighs on the line, per sale line: compressed (the figure with a target),
 * with the HTTP headers of its one batch, and, for a till that is always online, with each sale sent
 * in a request of its own the moment it is made.
 */
export async function measure(_options: BenchOptions): Promise<readonly Figure[]> {
  const { events, lines } = sealDay(randomOf('wire-bytes'));
  const key = aKey();
  const whole = requestOf(events, key);
  const line = await measureLine();
  try {
    const wholeBytes = await line.bytesOf(whole);
    let singleBytes = 0;
    for (const event of events) singleBytes += await line.bytesOf(requestOf([event], key));
    return [
      figure('wire bytes per sale line', (whole.body?.length ?? 0) / lines, 'B'),
      figure('wire bytes per sale line with HTTP headers', wholeBytes / lines, 'B'),
      figure('wire bytes per sale line, each sale sent alone', singleBytes / lines, 'B'),
      figure('sale lines in the measured day', lines, 'lines'),
    ];
  } finally {
    await line.close();
  }
}

function sealDay(random: Random): {
  readonly events: readonly SealedEvent[];
  readonly lines: number;
} {
  const shelf = aShelf(random.fork('shelf'));
  const events: SealedEvent[] = [];
  let lines = 0;
  let nowMs = 0;
  const newId = createDocumentIds(random.bytes(16), () => nowMs);
  const lineCounts = shuffledLineCounts(random.fork('lines'));
  for (const atMs of saleMoments(random.fork('moments'))) {
    nowMs = atMs;
    const sale = aSaleOf(shelf, {
      number: events.length + 1,
      lineCount: lineCounts[events.length] ?? 1,
      random,
    });
    lines += sale.lines.length;
    const last = events.at(-1);
    events.push(
      sealEvent(
        {
          till,
          head: { seq: last?.seq ?? 0, hash: last?.hash ?? zeroHash },
          id: newId(),
          at: instantOfMs(atMs),
          by: random.isTrue(0.6) ? 'DS01' : 'NV02',
          fact: { type: 'SaleCompleted.v1', data: sale },
        },
        hashLine,
      ),
    );
  }
  return { events, lines };
}

function saleMoments(random: Random): readonly number[] {
  const hours = cumulated(Array.from({ length: 24 }, (_, hour) => hourWeight(hour)));
  return Array.from({ length: salesPerDay }, () => {
    const second = random.weightedIndex(hours) * 3_600 + random.between(0, 3_599);
    return Date.parse(`${day}T00:00:00+07:00`) + second * 1_000 + random.between(0, 999);
  }).sort((a, b) => a - b);
}

function shuffledLineCounts(random: Random): readonly number[] {
  return salesByLineCount
    .flatMap((sales, index) => Array<number>(sales).fill(index + 1))
    .map((lineCount) => ({ lineCount, order: random.unit() }))
    .sort((a, b) => a.order - b.order)
    .map(({ lineCount }) => lineCount);
}

type Shelf = {
  readonly productsByDrug: ReadonlyMap<string, SaleProduct>;
  readonly drugs: readonly string[];
  /** Zipf: the best seller is asked for twice as often as the second. */
  readonly popularity: readonly number[];
};

function aShelf(random: Random): Shelf {
  const drugs = Array.from({ length: productCount }, () => aDrugCode(random));
  const productsByDrug = new Map(drugs.map((drug) => [drug, aProduct(drug, random)]));
  return { productsByDrug, drugs, popularity: cumulated(drugs.map((_, rank) => 1 / (rank + 1))) };
}

/** Twelve-digit numbers since 2022, older ones beside them: about as a shelf of today mixes them. */
function aDrugCode(random: Random): string {
  const digits = (count: number) => String(random.between(10 ** (count - 1), 10 ** count - 1));
  return random.isTrue(0.5)
    ? `8931${random.pick(['10', '00', '11'])}${digits(4)}${random.between(22, 26)}`
    : `${random.pick(['VD', 'VN'])}-${digits(5)}-${random.between(14, 22)}`;
}

function aProduct(drug: string, random: Random): SaleProduct {
  const unitPriceVnd = random.between(4, 80) * 100;
  const lots = [lotInTrade({ drug, day, random }), lotInTrade({ drug, day, random })];
  return {
    units: [
      { name: 'viên', factor: 1 },
      { name: 'vỉ', factor: 10 },
      { name: 'hộp', factor: 100 },
    ],
    pricesVnd: new Map([
      ['viên', unitPriceVnd],
      ['vỉ', unitPriceVnd * 10],
      ['hộp', unitPriceVnd * 95],
    ]),
    ceilingPriceVnd: null,
    needsPrescription: false,
    lots: [
      ...new Map(
        lots.map((lot) => [
          lot.lot,
          { ...lot, onHandUnits: 100_000, quarantinedUnits: 0, recallNumber: null },
        ]),
      ).values(),
    ],
  };
}

function aSaleOf(
  { productsByDrug, drugs, popularity }: Shelf,
  {
    number,
    lineCount,
    random,
  }: { readonly number: number; readonly lineCount: number; readonly random: Random },
): SaleCompleted {
  const chosen = new Set<string>();
  while (chosen.size < lineCount) chosen.add(drugs[random.weightedIndex(popularity)] ?? '');
  const lines = [...chosen].map((drug) => {
    const unit = random.pick(['viên', 'viên', 'vỉ', 'vỉ', 'vỉ', 'hộp']);
    const quantity = unit === 'viên' ? random.pick([5, 6, 10, 14, 20, 21]) : random.between(1, 3);
    return { drug, unit, quantity, discountVnd: 0 };
  });
  const totalVnd = lines.reduce((sum, { drug, unit, quantity }) => {
    return sum + (productsByDrug.get(drug)?.pricesVnd.get(unit) ?? 0) * quantity;
  }, 0);
  const context: SaleContext = { today: day, slip: `A1-${10_000 + number}`, productsByDrug };
  const sale = decideSale(context, {
    lines,
    payment: random.isTrue(0.3)
      ? { method: 'vietqr', tenderedVnd: totalVnd }
      : { method: 'cash', tenderedVnd: tenderedFor(totalVnd, random) },
    shownTotalVnd: totalVnd,
    ...(random.isTrue(0.1) ? { prescriptionCode: prescriptionCode(random) } : {}),
  });
  if (!sale.ok) throw new Error(`The measured day cannot be sold: ${sale.error.type}`);
  return sale.value;
}

/** Exact, or the next round note. */
function tenderedFor(totalVnd: number, random: Random): number {
  const noteVnd = random.pick([1_000, 10_000, 50_000, 100_000]);
  return Math.ceil(totalVnd / noteVnd) * noteVnd;
}

function prescriptionCode(random: Random): string {
  const letters = [...'abcdefghijklmnopqrstuvwxyz0123456789'];
  return Array.from({ length: 14 }, () => random.pick(letters)).join('');
}

function requestOf(events: readonly SealedEvent[], key: DeviceKey) {
  const first = events[0];
  const batch = nextBatch(
    { seq: (first?.seq ?? 1) - 1, hash: prevHashOf(first) },
    events,
    Buffer.byteLength,
  );
  if (batch === undefined || batch.lastSeq !== events.at(-1)?.seq) {
    throw new Error('A day of sales fits one batch');
  }
  return batchRequest({ centreUrl: 'http://127.0.0.1' }, { till, key }, batch);
}

function prevHashOf(event: SealedEvent | undefined): string {
  return /"prev":"([0-9a-f]{64})"\}$/.exec(event?.line ?? '')?.[1] ?? zeroHash;
}

/** Counts what really arrives on a socket, request line and every header included. */
async function measureLine() {
  let received = 0;
  const server = createServer({ keepAlive: false }, (request, response) => {
    request.resume().once('end', () => {
      received = request.socket.bytesRead;
      response.writeHead(200, { connection: 'close' }).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const wire = createAxiosWire();
  return {
    bytesOf: async (request: ReturnType<typeof requestOf>): Promise<number> => {
      const url = request.url.replace('http://127.0.0.1', `http://127.0.0.1:${port}`);
      await wire.send({ ...request, url });
      return received;
    },
    close: () => new Promise<void>((resolve) => server.close(() => resolve())),
  };
}

function aKey(): DeviceKey {
  const { privateKey } = generateKeyPairSync('ed25519');
  const key = loadOrMakeDeviceKey({
    load: () => privateKey.export({ format: 'der', type: 'pkcs8' }),
    save: () => undefined,
  });
  if (!key.ok) throw new Error(key.error.detail);
  return key.value;
}
