import { expect, test } from 'vitest';
import { aDrug } from '../../support/builders.ts';
import { aTestTill } from '../../support/test-till.ts';

const known = '08936014460016';
const unknown = '09506000134352';
const drugs = [
  aDrug({ code: 'DEMO-1', name: 'Paracetamol 500 mg', aliases: [{ kind: 'gtin', value: known }] }),
  aDrug({ code: 'DEMO-2', name: 'Oresol' }),
];

test('a code that nobody knows is learnt once, and forgotten when asked', async () => {
  const shop = await aTestTill({ drugs });
  const meant = async (barcode: string) => (await shop.ask('drugs.byBarcode', { barcode }))?.code;
  expect(await meant('9506000134352')).toBeUndefined();
  const learn = (drug: string) => shop.ask('barcodes.learn', { gtin: unknown, drug });
  expect(await learn('DEMO-2')).toEqual({ before: null });
  expect(await meant('9506000134352')).toBe('DEMO-2');
  // Also within a code that names lot and expiry, and after a restart.
  const again = await shop.reopened();
  const pack = `01${unknown}1727063010A1`;
  expect((await again.ask('drugs.byBarcode', { barcode: pack }))?.code).toBe('DEMO-2');
  expect(await again.ask('barcodes.learn', { gtin: unknown, drug: 'DEMO-1' })).toEqual({
    before: 'DEMO-2',
  });
  await again.ask('barcodes.forget', { gtin: unknown });
  expect(await again.ask('drugs.byBarcode', { barcode: pack })).toBeNull();
});

test('what the catalogue says of a code goes before what was learnt', async () => {
  const shop = await aTestTill({ drugs });
  await shop.ask('barcodes.learn', { gtin: known, drug: 'DEMO-2' });
  expect((await shop.ask('drugs.byBarcode', { barcode: known }))?.code).toBe('DEMO-1');
});

test('no misread number is learnt, and none for a drug that is not there', async () => {
  const shop = await aTestTill({ drugs });
  const gtin = `${unknown.slice(0, -1)}9`;
  expect(await shop.refusal('barcodes.learn', { gtin, drug: 'DEMO-2' })).toMatchObject({
    type: 'BadInput',
  });
  expect(await shop.refusal('barcodes.learn', { gtin: unknown, drug: 'NO-SUCH' })).toMatchObject({
    type: 'UnknownDrug',
  });
});
