import { existsSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { applyChanges } from '../../../desktop/main/db/catalogue.ts';
import { openDatabase } from '../../../desktop/main/db/open-database.ts';
import { keepCheck } from '../../../desktop/main/db/prescription-checks.ts';
import { rebuild } from '../../../desktop/main/db/rebuild.ts';
import { setSetting } from '../../../desktop/main/db/sync-state.ts';
import type { TillRequest } from '../../../shared/contract/till-api.ts';
import { instantOfMs } from '../../../shared/model/calendar.ts';
import { prescriptionKey } from '../../../shared/rules/prescription.ts';
import { starterPack } from '../../../shared/rules/safety/starter-pack.ts';
import { aDrug, aFacility, aPrescription } from '../../support/builders.ts';
import { aTemporaryFolder, aTestTillOver } from '../../support/test-till.ts';
import { newTestId, openedAt, prepareDatabase } from '../../support/till-parts.ts';

const catalogue = [
  aDrug({ code: 'PARA', name: 'Paracetamol 500 mg' }),
  aDrug({ code: 'COLD', ingredients: 'Paracetamol 500mg; Clorpheniramin maleat 2mg' }),
  aDrug({ code: 'DECO', ingredients: 'Paracetamol 500mg; Pseudoephedrin HCl 30mg' }),
  aDrug({ code: 'ASPI', ingredients: 'Aspirin 81 mg' }),
  aDrug({ code: 'SIMV', ingredients: 'Simvastatin 20mg' }),
  aDrug({ code: 'CLAR', ingredients: 'Clarithromycin 500mg' }),
  aDrug({ code: 'AMOX', prescriptionClass: 'prescription', ingredients: 'Amoxicilin 500 mg' }),
  // Nobody wrote down what it is: its ingredients say so.
  aDrug({ code: 'MORP', ingredients: 'Morphin sulfat 10 mg' }),
  aDrug({ code: 'VACC', registrationNumber: 'QLVX-1061-17', ingredients: 'Virus' }),
];

/** 100 units of everything, at 500 đồng. */
async function aShop() {
  const dataDir = aTemporaryFolder();
  prepareDatabase(dataDir, { drugs: catalogue });
  const opened = openDatabase({ dataDir, openedAt });
  if (!opened.ok) throw new Error(opened.error.detail);
  const shop = { ...aTestTillOver(opened.value, dataDir), db: opened.value, dataDir };
  const lines = catalogue.map(({ code }) => ({
    ...{ drug: code, lot: 'A1', expiresOn: '2027-06-30', units: 100 },
  }));
  await shop.ask('stock.declareOpening', { commandId: newTestId(), lines });
  for (const { code: drug } of catalogue) {
    await shop.ask('prices.set', { commandId: newTestId(), drug, unit: 'viên', priceVnd: 500 });
  }
  return shop;
}

function aSaleOf(
  drugs: readonly string[],
  parts: Partial<TillRequest<'sales.complete'>> = {},
): TillRequest<'sales.complete'> {
  return {
    commandId: newTestId(),
    lines: drugs.map((drug) => ({ drug, unit: 'viên', quantity: 1 })),
    payment: { method: 'cash', tenderedVnd: 500 * drugs.length },
    shownTotalVnd: 500 * drugs.length,
    ...parts,
  };
}

function onPaper(drug: string, parts: Parameters<typeof aPrescription>[0] = {}) {
  return {
    prescription: aPrescription(parts),
    lines: [{ drug, prescribedUnits: 10, days: 5 }],
  };
}

test('a prescription drug and a narcotic nobody has marked leave only on their documents', async () => {
  const shop = await aShop();
  for (const drug of ['AMOX', 'MORP']) {
    expect(await shop.refusal('sales.complete', aSaleOf([drug]))).toEqual({
      type: 'PrescriptionMissing',
      drug,
    });
  }
  const ordinary = aSaleOf(['MORP'], { prescription: onPaper('MORP') });
  expect(await shop.refusal('sales.complete', ordinary)).toMatchObject({
    type: 'PrescriptionFormWrong',
    forms: 'n',
  });
  await shop.ask('sales.complete', aSaleOf(['AMOX'], { prescription: onPaper('AMOX') }));
  const formN = {
    ...{ code: '96001k3p9x7z-n', form: 'n' as const },
    collector: { name: 'Lê Văn Nam', identityNumber: '096061001234' },
  };
  const patient = { name: 'Trần Thị Hoa', birthYear: 1961, address: '' };
  const unknown = aSaleOf(['MORP'], { prescription: onPaper('MORP', { ...formN, patient }) });
  expect(await shop.refusal('sales.complete', unknown)).toEqual({
    type: 'BuyerMissing',
    drug: 'MORP',
  });
  const sold = await shop.ask(
    'sales.complete',
    aSaleOf(['MORP'], { prescription: onPaper('MORP', formN) }),
  );
  const { sale } = (await shop.ask('sales.get', { id: sold.id })) ?? {};
  expect(sale?.buyer).toEqual({ name: 'Trần Thị Hoa', address: 'Cà Mau' });
});

test('a combination with a precursor is sold freely, with its buyer in the book', async () => {
  const shop = await aShop();
  expect(await shop.refusal('sales.complete', aSaleOf(['DECO']))).toEqual({
    type: 'BuyerMissing',
    drug: 'DECO',
  });
  const buyer = { name: 'Nguyễn Văn An', address: 'Xã Tân Thành' };
  const sold = await shop.ask('sales.complete', aSaleOf(['DECO'], { buyer }));
  expect((await shop.ask('sales.get', { id: sold.id }))?.sale.buyer).toEqual(buyer);
});

test('what must not be taken together is refused, and what is severe only with a reason sold', async () => {
  const shop = await aShop();
  expect(await shop.refusal('sales.complete', aSaleOf(['SIMV', 'CLAR']))).toMatchObject({
    type: 'Contraindicated',
    drug: 'SIMV',
    otherDrug: 'CLAR',
    rule: 'statin-3a4',
  });
  const double = aSaleOf(['PARA', 'COLD']);
  expect(await shop.refusal('sales.complete', double)).toMatchObject({ type: 'NotWeighed' });
  const shown = await shop.ask('safety.check', { drugs: ['PARA', 'COLD'] });
  const weighed = shown.findings.map(({ kind, rule, drugs }) => {
    return { kind, rule, drugs, reason: 'Dùng cách nhau, đã dặn tổng liều' };
  });
  const sold = await shop.ask('sales.complete', { ...double, commandId: newTestId(), weighed });
  const { sale } = (await shop.ask('sales.get', { id: sold.id })) ?? {};
  expect(sale?.safety).toEqual({ packVersion: 1, weighed });
  expect(rebuild(shop.db)).toMatchObject({ value: { differingTables: [] } });
});

test('a child is asked for only where it matters, and then protected', async () => {
  const shop = await aShop();
  expect((await shop.ask('safety.check', { drugs: ['PARA'] })).questions).toEqual([]);
  expect((await shop.ask('safety.check', { drugs: ['ASPI'] })).questions).toEqual(['age']);
  const child = aSaleOf(['ASPI'], { person: { ageMonths: 15 * 12 } });
  expect(await shop.refusal('sales.complete', child)).toMatchObject({
    type: 'Contraindicated',
    rule: 'aspirin-child',
    otherDrug: null,
  });
  await shop.ask('sales.complete', aSaleOf(['ASPI'], { person: { ageMonths: 16 * 12 } }));
});

test('a shop sells what its type and its licence allow', async () => {
  const shop = await aShop();
  const refused = (drug: string, problem: string) => ({ type: 'OutOfRange', drug, problem });
  expect(await shop.refusal('sales.complete', aSaleOf(['VACC']))).toEqual(
    refused('VACC', 'vaccine'),
  );
  const { licence } = aFacility();
  setSetting(shop.db, 'facility', aFacility({ licence: { ...licence, controlled: [] } }));
  const formN = {
    ...{ code: '96001k3p9x7z-n', form: 'n' as const },
    collector: { name: 'Lê Văn Nam', identityNumber: '096061001234' },
  };
  const narcotic = aSaleOf(['MORP'], { prescription: onPaper('MORP', formN) });
  expect(await shop.refusal('sales.complete', narcotic)).toEqual(refused('MORP', 'not-on-licence'));
});

test('a set of rules from the centre takes the place of the one that came with the program', async () => {
  const shop = await aShop();
  const pack = { ...starterPack, version: 2, source: 'Bộ Y tế', interactions: [], cautions: [] };
  const change = { position: 1, kind: 'safety', key: '2' };
  expect(applyChanges(shop.db, [{ ...change, value: pack }]).skipped).toEqual([]);
  await shop.ask('sales.complete', aSaleOf(['SIMV', 'CLAR']));
  expect(await shop.ask('safety.check', { drugs: [] })).toMatchObject({ packVersion: 2 });
  applyChanges(shop.db, [{ ...change, value: null }]);
  expect(await shop.refusal('sales.complete', aSaleOf(['SIMV', 'CLAR']))).toMatchObject({
    type: 'Contraindicated',
  });
  const unreadable = { ...change, value: { ...pack, version: 3 } };
  expect(applyChanges(shop.db, [unreadable]).skipped).toHaveLength(1);
});

test('a photo of the paper stays in the shop, and its hash is in the fact', async () => {
  const shop = await aShop();
  const picture = Buffer.concat([Buffer.from([0xff, 0xd8, 0xff, 0xe0]), Buffer.alloc(500, 7)]);
  const file = picture.toString('base64');
  const paper = await shop.ask('prescriptions.keepPhoto', { file });
  expect(paper).toMatchObject({ mediaType: 'image/jpeg', bytes: 504 });
  expect(await shop.ask('prescriptions.keepPhoto', { file })).toEqual(paper);
  const kept = path.join(shop.dataDir, 'papers', paper.sha256);
  expect(existsSync(kept)).toBe(true);
  const script = Buffer.from('<script>alert(1)</script>').toString('base64');
  expect(await shop.refusal('prescriptions.keepPhoto', { file: script })).toEqual({
    type: 'PhotoUnusable',
  });
  const form = { kind: 'paper', code: '77/2026' } as const;
  const lost = { ...paper, sha256: 'f'.repeat(64) };
  const withPhoto = (photo: typeof paper) =>
    aSaleOf(['AMOX'], { prescription: { ...onPaper('AMOX', form), paper: photo } });
  expect(await shop.refusal('sales.complete', withPhoto(lost))).toMatchObject({
    type: 'UnknownPhoto',
  });
  await shop.ask('sales.complete', withPhoto(paper));
  expect((await shop.ask('prescriptions.list', {})).rows).toMatchObject([
    { paper, patientName: 'Trần Thị Hoa', verification: 'not-applicable' },
  ]);
  expect(await shop.ask('prescriptions.photo', { sha256: paper.sha256 })).toEqual({
    url: `data:image/jpeg;base64,${file}`,
  });
  writeFileSync(kept, Buffer.concat([picture, picture]));
  expect(await shop.ask('prescriptions.photo', { sha256: paper.sha256 })).toBeNull();
});

test('what was sold offline waits to be asked for, and what other shops sold is then counted', async () => {
  const shop = await aShop();
  const prescription = onPaper('AMOX');
  const list = async () =>
    (await shop.ask('prescriptions.list', { isUnverified: true })).rows.map(
      ({ verification }) => verification,
    );
  await shop.ask('sales.complete', aSaleOf(['AMOX'], { prescription }));
  expect(await list()).toEqual(['pending']);
  expect(await shop.ask('prescriptions.lookUp', { prescription: aPrescription() })).toEqual({
    state: 'unreachable',
    lines: [],
  });
  const answer = (dispensedUnits: number) => ({
    lines: [{ drug: 'AMOX', prescribedUnits: 10, dispensedUnits }],
    at: instantOfMs(shop.time.nowMs()),
  });
  const key = prescriptionKey(aPrescription());
  keepCheck(shop.db, key, answer(9));
  expect(await list()).toEqual([]);
  const again = aSaleOf(['AMOX'], { prescription });
  expect(await shop.refusal('sales.complete', again)).toMatchObject({
    type: 'PrescriptionExceeded',
    remainingUnits: 0,
  });
  keepCheck(shop.db, key, answer(10));
  expect(await list()).toEqual(['exceeded']);
});
