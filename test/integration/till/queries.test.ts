import { describe, expect, test } from 'vitest';
import { aDrug, day } from '../../support/builders.ts';
import { aTestTill, type TestTill } from '../../support/test-till.ts';
import { newTestId } from '../../support/till-parts.ts';

describe('the status', () => {
  test('of a new till names nobody', async () => {
    const { ask } = await aTestTill({ isEnrolled: false });
    expect(await ask('status.get', {})).toMatchObject({
      facility: null,
      till: null,
      staff: null,
      hasOpeningStock: false,
      fault: null,
      today: '2026-11-22',
    });
  });

  test('counts lots that expire within 90 days apart from expired ones', async () => {
    const { ask } = await aBusyTill();
    expect(await ask('status.get', {})).toMatchObject({
      till: { shortCode: 'A1' },
      staff: { id: 'DS01' },
      hasOpeningStock: true,
      expiredLots: 1,
      expiringLots: 1,
    });
  });
});

describe('sales', () => {
  test('come newest first, page by page', async () => {
    const { ask } = await aBusyTill();
    const first = await ask('sales.list', { limit: 2 });
    expect(first.rows.map(({ slip }) => slip)).toEqual(['A1-3', 'A1-2']);
    expect(first.hasMore).toBe(true);
    const beforeSeq = first.rows.at(-1)?.seq ?? 1;
    const second = await ask('sales.list', { limit: 2, beforeSeq });
    expect(second.rows.map(({ slip }) => slip)).toEqual(['A1-1']);
    expect(second.hasMore).toBe(false);
  });

  test("add up to the day's takings without voided ones", async () => {
    const { ask } = await aBusyTill();
    expect(await ask('sales.list', {})).toMatchObject({ daySales: 2, dayTotalVnd: 10_000 });
    expect(await ask('sales.list', { day: day('2026-11-21') })).toMatchObject({
      rows: [],
      daySales: 0,
      dayTotalVnd: 0,
    });
  });

  test('are found by part of the slip number, in which % is only a sign', async () => {
    const { ask } = await aBusyTill();
    expect((await ask('sales.list', { text: 'a1-2' })).rows).toHaveLength(1);
    expect((await ask('sales.list', { text: '%' })).rows).toHaveLength(0);
  });

  test('show what was sold, from which lots, and why it was voided', async () => {
    const { ask } = await aBusyTill();
    const { rows } = await ask('sales.list', {});
    const voided = await ask('sales.get', { id: rows[2]?.id ?? '' });
    expect(voided).toMatchObject({
      row: { slip: 'A1-1', isVoided: true, isReported: false, lineCount: 1 },
      voidedReason: 'khách đổi ý',
      drugNames: { 'DEMO-1': 'Paracetamol 500 mg' },
      sale: { lines: [{ picks: [{ lot: 'B', units: 10 }] }] },
    });
    expect(await ask('sales.get', { id: newTestId() })).toBeNull();
  });
});

describe('stock', () => {
  test('is listed by name and expiry, page by page', async () => {
    const { ask } = await aBusyTill();
    const page = await ask('stock.list', { limit: 2, offset: 1 });
    expect(page.total).toBe(4);
    expect(page.rows.map(({ drug, lot }) => [drug, lot])).toEqual([
      ['DEMO-1', 'OLD'],
      ['DEMO-1', 'B'],
    ]);
  });

  test('is found by drug without diacritics and by lot', async () => {
    const { ask } = await aBusyTill();
    const lotsFor = async (text: string) =>
      (await ask('stock.list', { text })).rows.map(({ lot }) => lot);
    expect(await lotsFor('ha sot')).toEqual(['C']);
    expect(await lotsFor('old')).toEqual(['OLD']);
    expect(await lotsFor('...')).toEqual([]);
  });

  test('of a drug comes in the order in which it should leave, expired lots last', async () => {
    const { ask } = await aBusyTill();
    const lots = await ask('stock.lots', { drug: 'DEMO-1' });
    expect(lots.map(({ lot, daysLeft }) => [lot, daysLeft])).toEqual([
      ['B', 30],
      ['A', 220],
      ['OLD', 0],
    ]);
  });

  test('at risk is valued at its last known cost', async () => {
    const { ask } = await aBusyTill();
    expect(await ask('stock.expiring', { withinDays: 30 })).toMatchObject({
      rows: [{ lot: 'OLD' }, { lot: 'B' }],
      valueAtRiskVnd: 5 * 200 + 80 * 300,
    });
    expect((await ask('stock.expiring', { withinDays: 29 })).rows).toHaveLength(1);
  });
});

describe('the card of a drug', () => {
  test('carries the balance after every document', async () => {
    const { ask } = await aBusyTill();
    const { rows, hasMore } = await ask('stock.lotCard', { drug: 'DEMO-1', lot: 'B' });
    expect(hasMore).toBe(false);
    expect(
      rows.map(({ kind, reference, inUnits, outUnits, balanceUnits }) => [
        kind,
        reference,
        inUnits,
        outUnits,
        balanceUnits,
      ]),
    ).toEqual([
      ['sale', 'A1-3', 0, 10, 80],
      ['sale', 'A1-2', 0, 10, 90],
      ['void', 'A1-1', 10, 0, 100],
      ['sale', 'A1-1', 0, 10, 90],
      ['opening', '', 100, 0, 100],
    ]);
  });

  test('is the same in pages as in one piece', async () => {
    const { ask } = await aBusyTill();
    const whole = await ask('stock.lotCard', { drug: 'DEMO-1' });
    const rows = [];
    for (let beforeSeq: number | undefined; ; ) {
      const page = await ask('stock.lotCard', {
        drug: 'DEMO-1',
        limit: 1,
        ...(beforeSeq === undefined ? {} : { beforeSeq }),
      });
      rows.push(...page.rows);
      beforeSeq = page.rows.at(-1)?.seq;
      if (!page.hasMore) break;
    }
    expect(rows).toEqual(whole.rows);
  });

  test('names the invoice of a receipt', async () => {
    const { ask } = await aBusyTill();
    const { rows } = await ask('stock.lotCard', { drug: 'DEMO-2' });
    expect(rows).toMatchObject([{ kind: 'receipt', reference: 'HD-7', by: 'DS01', inUnits: 100 }]);
  });

  test('of a drug never moved is empty', async () => {
    const { ask } = await aBusyTill();
    expect(await ask('stock.lotCard', { drug: 'NO-SUCH' })).toEqual({ rows: [], hasMore: false });
  });
});

/** Lots B (30 days left), A (220) and OLD (expired today) of DEMO-1; C of DEMO-2; one void sale. */
async function aBusyTill(): Promise<TestTill> {
  const drugs = [aDrug(), aDrug({ code: 'DEMO-2', name: 'Hạ sốt trẻ em', ingredients: '' })];
  const shop = await aTestTill({ drugs });
  const { ask } = shop;
  const lot = (name: string, expiresOn: string, units: number, unitCostVnd: number | null) => ({
    drug: 'DEMO-1',
    lot: name,
    expiresOn: day(expiresOn),
    units,
    unitCostVnd,
  });
  await ask('stock.declareOpening', {
    commandId: newTestId(),
    lines: [
      lot('A', '2027-06-30', 100, null),
      lot('B', '2026-12-22', 100, 300),
      lot('OLD', '2026-11-22', 5, 200),
    ],
  });
  await ask('stock.receive', {
    commandId: newTestId(),
    supplierName: 'Công ty Dược',
    invoiceNumber: 'HD-7',
    lines: [
      {
        drug: 'DEMO-2',
        lot: 'C',
        expiresOn: day('2028-01-31'),
        unit: 'hộp',
        quantity: 1,
        unitCostVnd: 9_000,
      },
    ],
  });
  await ask('prices.set', { commandId: newTestId(), drug: 'DEMO-1', unit: 'vỉ', priceVnd: 5_000 });
  const sell = () =>
    ask('sales.complete', {
      commandId: newTestId(),
      lines: [{ drug: 'DEMO-1', unit: 'vỉ', quantity: 1 }],
      payment: { method: 'cash', tenderedVnd: 5_000 },
      shownTotalVnd: 5_000,
    });
  const first = await sell();
  await ask('sales.void', { commandId: newTestId(), saleId: first.id, reason: 'khách đổi ý' });
  await sell();
  await sell();
  return shop;
}
