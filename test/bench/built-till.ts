import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { applyChanges } from '../../desktop/main/db/catalogue.ts';
import { appendEvent } from '../../desktop/main/db/event-log.ts';
import type { TillDb } from '../../desktop/main/db/till-db.ts';
import { instantOfMs } from '../../shared/model/calendar.ts';
import type { Drug } from '../../shared/model/drug.ts';
import { aDrug, aTillId, day } from '../support/builders.ts';
import { newTestId, prepareDatabase, withDatabase } from '../support/till-parts.ts';

/** A shop after a year or more: a national catalogue, 3,000 products on the shelf, past sales. */
export type BuiltTill = { readonly dataDir: string; readonly drugs: readonly Drug[] };

const shelfDrugs = 3_000;
const lotsPerDrug = 2;
const startMs = Date.parse('2025-11-01T01:00:00Z');
const builtBySize = new Map<string, BuiltTill>();

/** Built once per run of the program and size; the folder goes when the program ends. */
export function builtTill(size: { readonly drugs: number; readonly sales: number }): BuiltTill {
  const key = `${size.drugs}/${size.sales}`;
  const known = builtBySize.get(key);
  if (known !== undefined) return known;
  const root = mkdtempSync(path.join(os.tmpdir(), 'till-bench-'));
  process.once('exit', () => rmSync(root, { recursive: true, force: true }));
  // As the counter host expects it below its DATA_DIR.
  const dataDir = path.join(root, 'till');
  const drugs = Array.from({ length: size.drugs }, (_, index) => benchDrug(index));
  prepareDatabase(dataDir, { drugs: [] });
  withDatabase(dataDir, (db) => {
    db.immediately(() =>
      applyChanges(
        db,
        drugs.map((drug) => ({ position: 1, kind: 'drug', key: drug.code, value: drug })),
      ),
    );
    stockShelf(db, drugs.slice(0, shelfDrugs));
    sellFor(db, { drugs: drugs.slice(0, shelfDrugs), sales: size.sales });
  });
  const built = { dataDir, drugs };
  builtBySize.set(key, built);
  return built;
}

/** The drug whose number is spread over the shelf, so that neighbours are not sold together. */
export function shelfDrug(built: BuiltTill, index: number): Drug {
  const drug = built.drugs[(index * 7_919) % Math.min(shelfDrugs, built.drugs.length)];
  if (drug === undefined) throw new Error('The shelf holds something');
  return drug;
}

const ingredients = [
  'Paracetamol',
  'Amoxicilin',
  'Cefuroxim',
  'Azithromycin',
  'Omeprazol',
  'Metformin',
  'Amlodipin',
  'Losartan',
  'Atorvastatin',
  'Loratadin',
  'Ibuprofen',
  'Diclofenac',
  'Vitamin B1',
  'Vitamin C',
  'Acetylcystein',
  'Ambroxol',
  'Cao khô Ích mẫu',
  'Berberin',
  'Than hoạt tính',
  'Natri clorid',
] as const;
const beginnings = ['Para', 'Amo', 'Ce', 'Zi', 'Ome', 'Glu', 'Am', 'Lo', 'Thuốc ho', 'Đại tràng'];
const middles = ['ce', 'xi', 'ta', 'mo', 'fen', 'vi', 'ka', 'dol', 'pha', 'lin', 'sta', 'mex'];
const endings = ['mol', 'cin', 'zol', 'tin', 'pril', 'dex', 'ron', 'an', 'Extra', 'Forte'];

/** Names as the national register has them: invented words, strengths, maker's suffix. */
function benchDrug(index: number): Drug {
  const word = (list: readonly string[], step: number) =>
    list[Math.floor(index / step) % list.length] ?? '';
  const strength = [5, 10, 20, 100, 250, 325, 500, 650][index % 8] ?? 500;
  const name = [
    word(beginnings, 1) + word(middles, 10) + word(middles, 120) + word(endings, 1_440),
    `${strength} mg`,
    index % 3 === 0 ? `DHG ${index % 97}` : '',
  ];
  const ingredient = word(ingredients, 7);
  return aDrug({
    code: `SDK-${index}`,
    name: name.join(' ').trim(),
    registrationNumber: `VD-${10_000 + index}-${10 + (index % 15)}`,
    ingredients: `${ingredient} ${strength}mg`,
    aliases: [{ kind: 'gtin', value: String(8_930_000_000_000 + index) }],
  });
}

function stockShelf(db: TillDb, drugs: readonly Drug[]): void {
  for (let first = 0; first < drugs.length; first += 100) {
    const some = drugs.slice(first, first + 100);
    const lines = some.flatMap((drug) =>
      Array.from({ length: lotsPerDrug }, (_, lot) => ({
        drug: drug.code,
        lot: `L${lot}`,
        expiresOn: day(lot === 0 ? '2027-06-30' : '2028-12-31'),
        units: 1_000_000,
        unitCostVnd: 300,
      })),
    );
    const author = { till: aTillId, by: 'DS01', at: instantOfMs(startMs) };
    db.immediately(() => {
      appendEvent(db, {
        ...author,
        id: newTestId(),
        type: 'OpeningStockDeclared.v1',
        data: { lines },
      });
      for (const { code } of some) {
        const unit = { name: 'viên', factor: 1 };
        const data = { drug: code, unit, priceVnd: 500, previousPriceVnd: null };
        appendEvent(db, { ...author, id: newTestId(), type: 'PriceSet.v1', data });
      }
    });
  }
}

function sellFor(
  db: TillDb,
  { drugs, sales }: { readonly drugs: readonly Drug[]; readonly sales: number },
): void {
  for (let first = 0; first < sales; first += 1_000) {
    db.immediately(() => {
      for (let index = first; index < Math.min(first + 1_000, sales); index += 1) {
        sellOnce(db, drugs, index);
      }
    });
  }
}

function sellOnce(db: TillDb, drugs: readonly Drug[], index: number): void {
  const lines = [0, 1, 2].map((offset) => {
    const drug = drugs[(index * 3 + offset * 991) % drugs.length];
    if (drug === undefined) throw new Error('The shelf holds something');
    return {
      drug: drug.code,
      unit: { name: 'viên', factor: 1 },
      quantity: 2,
      priceVnd: 500,
      amountVnd: 1_000,
      discountVnd: 0,
      picks: [{ lot: 'L0', expiresOn: day('2027-06-30'), units: 2 }],
    };
  });
  appendEvent(db, {
    till: aTillId,
    by: 'DS01',
    // 300 sales a day, one every two minutes.
    at: instantOfMs(startMs + Math.floor(index / 300) * 86_400_000 + (index % 300) * 120_000),
    id: newTestId(),
    type: 'SaleCompleted.v1',
    data: {
      slip: `A1-${index + 1}`,
      lines,
      totalVnd: 3_000,
      payment: { method: 'cash', tenderedVnd: 3_000, changeVnd: 0 },
    },
  });
}
