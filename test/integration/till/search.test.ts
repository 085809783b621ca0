import { describe, expect, test } from 'vitest';
import { applyChanges, forgetCatalogue } from '../../../desktop/main/db/catalogue.ts';
import type { Drug } from '../../../shared/model/drug.ts';
import { aDrug, day } from '../../support/builders.ts';
import { aTestTill, type TestTill } from '../../support/test-till.ts';
import { newTestId, withDatabase } from '../../support/till-parts.ts';

const drugs: readonly Drug[] = [
  named('PANADOL', 'Panadol Extra', {
    ingredients: 'Paracetamol 500mg; Caffein 65mg',
    registrationNumber: 'VN-21189-18',
  }),
  named('PARA500', 'Paracetamol 500 mg', {
    registrationNumber: 'VD-12345-10',
    aliases: [
      { kind: 'gtin', value: '8936001230011' },
      { kind: 'gplh', value: '893110123424' },
      { kind: 'name', value: 'Hạ sốt Bà Lang' },
    ],
  }),
  named('PARA150', 'Paracetamol 150mg', { ingredients: 'Paracetamol 150mg' }),
  named('EFFER', 'Efferalgan 500', { ingredients: 'Paracetamol 500mg' }),
  named('DAITRANG', 'Đại tràng hoàn Bà Giằng', { ingredients: 'Cao khô Ích mẫu' }),
  named('B1', 'Vitamin B1', { ingredients: 'Thiamin nitrat 100mg' }),
];

describe('search', () => {
  test.each([
    ['para', ['PARA150', 'PARA500', 'EFFER', 'PANADOL']],
    ['PARA', ['PARA150', 'PARA500', 'EFFER', 'PANADOL']],
    ['dai trang', ['DAITRANG']],
    ['Đại Tràng', ['DAITRANG']],
    ['trang dai', ['DAITRANG']],
    ['ich mau', ['DAITRANG']],
    ['para 500', ['PARA500', 'EFFER', 'PANADOL']],
    ['500mg para', ['EFFER', 'PANADOL', 'PARA500']],
    ['extra', ['PANADOL']],
    ['caffein', ['PANADOL']],
    ['VD-12345-10', ['PARA500']],
    ['vd1234510', ['PARA500']],
    ['vd 12345', ['PARA500']],
    ['12345', ['PARA500']],
    ['8936001230011', ['PARA500']],
    ['893 110 1234 24', ['PARA500']],
    ['8931101234', ['PARA500']],
    ['ha sot ba lang', ['PARA500']],
    ['b1', ['B1']],
    ['khong co thuoc nay', []],
  ])('for %j finds %j', async (text, codes) => {
    const { ask } = await aTestTill({ drugs });
    expect(await codesOf(ask, text)).toEqual(codes);
  });

  test('puts names that start with the text first, then what is on the shelf, then by name', async () => {
    const { ask } = await aTestTill({ drugs });
    await shelve(ask, ['PANADOL', 'PARA500']);
    expect(await codesOf(ask, 'para')).toEqual(['PARA500', 'PARA150', 'PANADOL', 'EFFER']);
  });

  test('takes an expired lot for nothing on the shelf', async () => {
    const { ask } = await aTestTill({ drugs });
    await shelve(ask, ['PARA500'], day('2026-11-22'));
    const [first] = await ask('drugs.search', { text: 'para' });
    expect(first?.code).toBe('PARA150');
    const found = await ask('drugs.get', { code: 'PARA500' });
    expect(found).toMatchObject({ onHandUnits: 100, sellableUnits: 0, nextExpiresOn: null });
  });

  test('gives at most as many as asked for, each once', async () => {
    const { ask } = await aTestTill({ drugs });
    await shelve(ask, ['EFFER']);
    const found = await ask('drugs.search', { text: '500', limit: 2 });
    expect(new Set(found.map(({ code }) => code)).size).toBe(2);
  });

  test.each([
    '',
    '   ',
    '"',
    '""',
    '*',
    'para"',
    "'; DROP TABLE drug; --",
    'a OR b',
    'NEAR(a b)',
    'name:para',
    '-para',
    '^para',
    '(para',
    'para*',
    '💊',
    '½',
    '𞤀',
    '\u0000',
    '%',
    '_',
    '\\',
    'x'.repeat(100),
    'a '.repeat(50),
    '{a b}: c',
    '+para',
    'NOT',
    'AND AND',
  ])('answers %j without complaint', async (text) => {
    const { ask } = await aTestTill({ drugs });
    expect(Array.isArray(await ask('drugs.search', { text }))).toBe(true);
    expect(Array.isArray((await ask('stock.list', { text })).rows)).toBe(true);
  });

  test('of more than 100 characters is refused', async () => {
    const { refusal } = await aTestTill({ drugs });
    expect(await refusal('drugs.search', { text: 'x'.repeat(101) })).toMatchObject({
      type: 'BadInput',
    });
  });
});

describe('a barcode', () => {
  test.each([
    ['8936001230011', 'PARA500'],
    ['08936001230011', 'PARA500'],
    [']d201089360012300111727063010LOT7', 'PARA500'],
    ['VD-12345-10', 'PARA500'],
    ['vd1234510', 'PARA500'],
    ['893600123001', undefined],
    ['89360012300110', undefined],
    ['para', undefined],
    ['-', undefined],
  ])('%s means exactly %s', async (barcode, code) => {
    const { ask } = await aTestTill({ drugs });
    expect((await ask('drugs.byBarcode', { barcode }))?.code).toBe(code);
  });

  test('of two products means the one on the shelf', async () => {
    const aliases = [{ kind: 'gtin' as const, value: '8936001230022' }];
    const twins = [named('ONE', 'Một', { aliases }), named('TWO', 'Vậy', { aliases })];
    const { ask } = await aTestTill({ drugs: twins });
    await shelve(ask, ['TWO']);
    expect((await ask('drugs.byBarcode', { barcode: '8936001230022' }))?.code).toBe('TWO');
  });
});

describe('the catalogue', () => {
  test('finds a renamed drug by its new name only', async () => {
    const shop = await aTestTill({ drugs });
    await shop.till.close();
    withDatabase(shop.dataDir, (db) =>
      db.immediately(() => applyChanges(db, [change(named('B1', 'Thiamin'))])),
    );
    const { ask } = await shop.reopened();
    expect([await codesOf(ask, 'vitamin'), await codesOf(ask, 'thiamin')]).toEqual([[], ['B1']]);
  });

  test('keeps the name of a withdrawn drug for stock, and sells it no more', async () => {
    const shop = await aTestTill({ drugs });
    await shelve(shop.ask, ['B1']);
    await shop.till.close();
    withDatabase(shop.dataDir, (db) =>
      db.immediately(() =>
        applyChanges(db, [{ position: 9, kind: 'drug', key: 'B1', value: null }]),
      ),
    );
    const { ask, refusal } = await shop.reopened();
    expect(await codesOf(ask, 'vitamin')).toEqual([]);
    expect(await ask('drugs.get', { code: 'B1' })).toBeNull();
    expect((await ask('stock.list', {})).rows).toMatchObject([{ drug: 'B1', name: 'Vitamin B1' }]);
    expect((await ask('stock.list', { text: 'vitamin' })).total).toBe(1);
    const command = { commandId: newTestId(), drug: 'B1', unit: 'viên', priceVnd: 1 };
    expect(await refusal('prices.set', command)).toEqual({ type: 'UnknownDrug', drug: 'B1' });
  });

  test('passes over what it cannot read and says which', async () => {
    const shop = await aTestTill({ drugs: [] });
    await shop.till.close();
    const applied = withDatabase(shop.dataDir, (db) =>
      db.immediately(() =>
        applyChanges(db, [
          { position: 1, kind: 'drug', key: 'X', value: { code: 'X' } },
          { position: 2, kind: 'drug', key: 'Y', value: named('Z', 'Khác') },
          { position: 3, kind: 'song', key: 'Z', value: 1 },
          change(named('GOOD', 'Tốt')),
        ]),
      ),
    );
    expect(applied.drugs).toBe(1);
    expect(applied.skipped.map(({ position }) => position)).toEqual([1, 2, 3]);
  });

  test('is the snapshot and nothing else after one', async () => {
    const shop = await aTestTill({ drugs });
    await shop.till.close();
    withDatabase(shop.dataDir, (db) =>
      db.immediately(() => {
        forgetCatalogue(db);
        applyChanges(db, [change(named('B1', 'Vitamin B1'))]);
      }),
    );
    const { ask } = await shop.reopened();
    expect(await codesOf(ask, 'para')).toEqual([]);
    expect(await codesOf(ask, 'vitamin')).toEqual(['B1']);
  });
});

function named(code: string, name: string, parts: Partial<Drug> = {}): Drug {
  return aDrug({ code, name, registrationNumber: `QLSP-${code}`, ingredients: '', ...parts });
}

function change(drug: Drug) {
  return { position: 1, kind: 'drug', key: drug.code, value: drug };
}

async function codesOf(ask: TestTill['ask'], text: string): Promise<readonly string[]> {
  return (await ask('drugs.search', { text })).map(({ code }) => code);
}

async function shelve(
  ask: TestTill['ask'],
  codes: readonly string[],
  expiresOn = day('2027-06-30'),
): Promise<void> {
  const lines = codes.map((drug) => ({ drug, lot: 'A1', expiresOn, units: 100 }));
  await ask('stock.declareOpening', { commandId: newTestId(), lines });
}
