import decodeQR from 'qr/decode.js';
import { describe, expect, test } from 'vitest';
import { printBytes } from '../../../desktop/main/devices/link/print-bytes.ts';
import type { PrinterWays } from '../../../desktop/main/devices/link/printer-link.ts';
import { openTcp } from '../../../desktop/main/devices/link/tcp-link.ts';
import type { PrinterProfile, PrintJob } from '../../../shared/contract/till-print-api.ts';
import { day } from '../../support/builders.ts';
import { aLoopbackPrinter, type LoopbackPrinter } from '../../support/loopback-printer.ts';
import { readPdf } from '../../support/pdf-text.ts';
import { rgbaOf } from '../../support/picture.ts';
import { aTestTill, type TestTill } from '../../support/test-till.ts';
import { newTestId, withDatabase } from '../../support/till-parts.ts';

/** A printer on this machine answers at once; silence must not make a test slow. */
const times = { answerMs: 150, pieceMs: 400, finishMs: 250 };

const ways: PrinterWays = {
  send: (address, bytes) => {
    if (address.kind !== 'tcp') throw new Error('Only the network here');
    return printBytes(() => openTcp(address, { connectTimeoutMs: 500 }), bytes, times);
  },
  driver: { print: () => Promise.reject(new Error('No driver')), list: async () => [] },
  listSerial: async () => [],
};

type Shop = TestTill & { readonly printer: LoopbackPrinter };

async function aShop(change: Partial<PrinterProfile> = {}): Promise<Shop> {
  const printer = await aLoopbackPrinter();
  const till = await aTestTill({ deps: { printers: ways } });
  await till.ask('stock.declareOpening', {
    commandId: newTestId(),
    lines: [{ drug: 'DEMO-1', lot: 'A1', expiresOn: day('2027-06-30'), units: 1_000 }],
  });
  await till.ask('prices.set', {
    commandId: newTestId(),
    drug: 'DEMO-1',
    unit: 'viên',
    priceVnd: 500,
  });
  await till.ask('printing.change', {
    automaticSlip: 'always',
    printers: [
      {
        id: 'main',
        name: 'Quầy 1',
        address: printer.address,
        widthMm: 80,
        letters: { type: 'dots' },
        cutsPaper: true,
        hasDrawer: true,
        ...change,
      },
    ],
  });
  return { ...till, printer };
}

async function sell({ ask }: TestTill, method: 'cash' | 'vietqr' = 'cash') {
  return ask('sales.complete', {
    commandId: newTestId(),
    lines: [{ drug: 'DEMO-1', unit: 'viên', quantity: 20 }],
    payment: { method, tenderedVnd: 10_000 },
    shownTotalVnd: 10_000,
  });
}

async function sellAndPrint(shop: TestTill) {
  const sale = await sell(shop);
  await printSlip(shop, sale.id, { isAutomatic: true });
  return sale;
}

async function printSlip(shop: TestTill, saleId: string, { isAutomatic = false } = {}) {
  const queued = await shop.ask('printing.print', {
    request: { type: 'sale', saleId },
    isAutomatic,
  });
  shop.time.advance(0);
  return queued;
}

/** Waits for news until the queue looks like this. */
async function queueIs(
  { till, ask }: TestTill,
  isReached: (jobs: readonly PrintJob[]) => boolean,
): Promise<readonly PrintJob[]> {
  return new Promise((resolve) => {
    const look = async () => {
      const { jobs } = await ask('printing.get', {});
      if (!isReached(jobs)) return;
      stop();
      resolve(jobs);
    };
    const stop = till.subscribe(() => void look());
    void look();
  });
}

const isEmpty = (jobs: readonly PrintJob[]) => jobs.length === 0;
const inState =
  (state: PrintJob['state'], trouble?: PrintJob['trouble']) =>
  ([first]: readonly PrintJob[]) =>
    first?.state === state && (trouble === undefined || first.trouble === trouble);

describe('the slip of a sale', () => {
  test('lies cut in the tray with its number as a code, and the drawer was kicked', async () => {
    const shop = await aShop();
    const sale = await sellAndPrint(shop);
    await queueIs(shop, isEmpty);
    const { papers, pulses } = shop.printer.trace();
    expect(papers.map(({ isCut }) => isCut)).toEqual([true]);
    expect(pulses).toMatchObject([{ pin: 0, atRow: 0 }]);
    expect(decodeQR(rgbaOf(papers[0]?.rows ?? []))).toBe(sale.slip);
  });

  test('is printed once however often the end of the sale asks for it', async () => {
    const shop = await aShop();
    const sale = await sellAndPrint(shop);
    const again = await printSlip(shop, sale.id, { isAutomatic: true });
    expect(again).toEqual({ jobId: null, copy: 0 });
    await queueIs(shop, isEmpty);
    expect(shop.printer.trace().papers).toHaveLength(1);
  });

  test('asked for again is a copy with its number and another picture', async () => {
    const shop = await aShop();
    const sale = await sellAndPrint(shop);
    expect(await printSlip(shop, sale.id)).toMatchObject({ copy: 1 });
    expect(await printSlip(shop, sale.id)).toMatchObject({ copy: 2 });
    await shop.printer.printed(3);
    const { papers, pulses } = shop.printer.trace();
    expect(new Set(papers.map(({ rows }) => JSON.stringify(rows))).size).toBe(3);
    expect(pulses, 'only the sale opens the drawer').toHaveLength(1);
  });

  test('is not printed by itself where the shop does not want it; the drawer opens all the same', async () => {
    const shop = await aShop();
    const { settings } = await shop.ask('printing.get', {});
    await shop.ask('printing.change', { ...settings, automaticSlip: 'ask' });
    await sellAndPrint(shop);
    await queueIs(shop, isEmpty);
    expect(shop.printer.trace()).toMatchObject({ papers: [], pulses: [{ pin: 0 }] });
  });

  test('of a transfer opens no drawer', async () => {
    const shop = await aShop();
    const sale = await sell(shop, 'vietqr');
    await printSlip(shop, sale.id, { isAutomatic: true });
    await queueIs(shop, isEmpty);
    expect(shop.printer.trace().pulses).toEqual([]);
  });

  test('goes to a printer that cannot answer, too', async () => {
    const shop = await aShop();
    shop.printer.behave({ canAnswer: false });
    await sellAndPrint(shop);
    await queueIs(shop, isEmpty);
    expect(shop.printer.trace().papers).toHaveLength(1);
  });
});

describe('a printer in trouble', () => {
  test('that is off lets sales go on, says so, and prints each slip once when it is back', async () => {
    const shop = await aShop();
    await shop.printer.switchOff();
    await sellAndPrint(shop);
    await sellAndPrint(shop);
    const jobs = await queueIs(shop, inState('waiting', 'off'));
    expect(jobs.map(({ name, state }) => `${name} ${state}`)).toEqual([
      'A1-1 waiting',
      'A1-2 waiting',
    ]);
    for (let tries = 2; tries <= 4; tries += 1) {
      shop.time.advance(10_000);
      await queueIs(shop, ([first]) => first?.state === 'waiting' && first.tries === tries);
    }
    await shop.printer.switchOn();
    shop.time.advance(20_000);
    await queueIs(shop, isEmpty);
    expect(shop.printer.trace().papers).toHaveLength(2);
    expect(shop.printer.trace().pulses, 'opened late, it helps only a thief').toHaveLength(0);
  });

  test.each([
    ['paper-out', { hasPaper: false }, { hasPaper: true }],
    ['cover-open', { isCoverOpen: true }, { isCoverOpen: false }],
  ] as const)('%s is told in its words and sent nothing', async (trouble, wrong, right) => {
    const shop = await aShop();
    shop.printer.behave(wrong);
    await sellAndPrint(shop);
    await queueIs(shop, inState('waiting', trouble));
    expect(shop.printer.bytes()).toHaveLength(0);
    shop.printer.behave(right);
    const [job] = (await shop.ask('printing.get', {})).jobs;
    await shop.ask('printing.retry', { jobId: job?.id ?? 0 });
    await queueIs(shop, isEmpty);
    expect(shop.printer.trace().papers).toHaveLength(1);
  });

  test.each([
    ['the cable is pulled', { cutAfterBytes: 20_000 }, 'off'],
    ['the roll ends', { paperEndsAfterBytes: 20_000 }, 'paper-out'],
  ] as const)(
    'where %s in the middle of a slip, it is not repeated by itself',
    async (_case, behaviour, trouble) => {
      const shop = await aShop();
      shop.printer.behave(behaviour);
      await sellAndPrint(shop);
      const [job] = await queueIs(shop, inState('interrupted', trouble));
      shop.printer.behave({ cutAfterBytes: undefined, hasPaper: true });
      const before = shop.printer.bytes().length;
      shop.time.advance(60_000);
      expect(shop.printer.bytes()).toHaveLength(before);
      // Wanted again, it comes whole and says that it is a second try.
      await shop.ask('printing.retry', { jobId: job?.id ?? 0 });
      await queueIs(shop, isEmpty);
      expect(shop.printer.trace().papers.at(-1)?.isCut).toBe(true);
    },
  );

  test('keeps at most as many papers waiting as its queue holds; the sale stands', async () => {
    const shop = await aShop();
    await shop.printer.switchOff();
    const sale = await sell(shop);
    for (let count = 0; count < 100; count += 1) {
      await shop.ask('printing.print', { request: { type: 'sale', saleId: sale.id } });
    }
    const request = { type: 'sale', saleId: sale.id } as const;
    const full = { type: 'PrintRefused', reason: 'queue-full' };
    expect(await shop.refusal('printing.print', { request })).toEqual(full);
    await expect(sell(shop)).resolves.toMatchObject({ slip: 'A1-2' });
  });
});

describe('what is in the queue', () => {
  test('survives the end of the program, and what was being printed is offered, not repeated', async () => {
    const shop = await aShop();
    await shop.printer.switchOff();
    await sellAndPrint(shop);
    await sellAndPrint(shop);
    await queueIs(shop, inState('waiting', 'off'));
    await shop.till.close();
    // As a crash between the first and the last byte leaves it.
    withDatabase(shop.dataDir, (db) =>
      db.run("UPDATE print_job SET state = 'printing' WHERE id = 1"),
    );
    await shop.printer.switchOn();
    const after = await shop.reopened();
    after.time.advance(0);
    await shop.printer.printed(1);
    const [job, ...others] = await queueIs(after, (jobs) => jobs.length === 1);
    expect([job?.state, job?.name, others]).toEqual(['interrupted', 'A1-1', []]);
    await after.ask('printing.cancel', { jobId: job?.id ?? 0 });
    expect((await after.ask('printing.get', {})).jobs).toEqual([]);
  });

  test('is not printed by itself a day later', async () => {
    const shop = await aShop();
    await shop.printer.switchOff();
    await sellAndPrint(shop);
    await queueIs(shop, inState('waiting', 'off'));
    await shop.till.close();
    await shop.printer.switchOn();
    shop.time.advance(86_400_000);
    const after = await shop.reopened();
    after.time.advance(0);
    expect((await after.ask('printing.get', {})).jobs).toMatchObject([{ state: 'interrupted' }]);
  });

  test('given up before its first byte is no print: the next one is the first', async () => {
    const shop = await aShop();
    await shop.printer.switchOff();
    const sale = await sellAndPrint(shop);
    const [job] = await queueIs(shop, inState('waiting', 'off'));
    await shop.ask('printing.cancel', { jobId: job?.id ?? 0 });
    expect(await printSlip(shop, sale.id)).toMatchObject({ copy: 0 });
  });
});

test('without a printer a sale asks for nothing, and a person is told', async () => {
  const shop = await aTestTill();
  const request = { type: 'test' } as const;
  const reason = { type: 'PrintRefused', reason: 'no-printer' };
  expect(await shop.refusal('printing.print', { request })).toEqual(reason);
  const request2 = { type: 'sale', saleId: newTestId() } as const;
  expect(await shop.ask('printing.print', { request: request2, isAutomatic: true })).toEqual({
    jobId: null,
    copy: 0,
  });
});

test('letters instead of dots, and a test slip, come out at a printer set to them', async () => {
  const shop = await aShop({ letters: { type: 'plain' }, widthMm: 58 });
  await shop.ask('printing.print', { request: { type: 'test' } });
  shop.time.advance(0);
  await queueIs(shop, isEmpty);
  const [paper] = shop.printer.trace().papers;
  expect(paper?.lines.map(({ bytes }) => bytes.toString('latin1'))).toContain('PHIEU IN THU');
});

test('a slip as PDF gives every letter with its marks back', async () => {
  const shop = await aShop();
  const sale = await sell(shop);
  for (const format of ['a5', 'a4'] as const) {
    const request = { type: 'sale', saleId: sale.id } as const;
    const pdf = await shop.ask('paper.pdf', { request, format });
    expect(pdf?.fileName).toBe('Phiếu-A1-1.pdf');
    const file = Buffer.from(pdf?.file ?? '', 'base64');
    const { lines, pages, fonts } = readPdf(file);
    const text = lines.join('\n');
    expect(pages).toBe(1);
    for (const words of [
      'Nhà thuốc An Bình',
      '12 Lý Thường Kiệt, Phường Tân Thành',
      'PHIẾU BÁN LẺ THUỐC',
      'Người bán: DS. Lan',
      'Paracetamol 500 mg',
      'Lô A1 · HD 30/06/2027',
      'TỔNG CỘNG',
      '10.000\u00a0₫',
      'Người chịu trách nhiệm chuyên môn: DS. Lan',
    ]) {
      expect(text).toContain(words);
    }
    expect(fonts.length).toBeGreaterThan(0);
    for (const font of fonts) expect(font).toMatchObject({ isEmbedded: true, isReadable: true });
  }
});
