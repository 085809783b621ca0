import { z } from 'zod';
import { present } from '../../../shared/base/assert.ts';
import { limits } from '../../../shared/base/limits.ts';
import { Drug } from '../../../shared/model/drug.ts';
import { Facility } from '../../../shared/model/facility.ts';
import { isLocalProductCode } from '../../../shared/model/local-product.ts';
import type { UnitTree } from '../../../shared/model/quantity.ts';
import { Recall } from '../../../shared/model/recall.ts';
import { SafetyPack } from '../../../shared/model/safety-pack.ts';
import { foldVietnamese } from '../../../shared/rules/fold-vietnamese.ts';
import { withControlClass } from '../../../shared/rules/safety/control-class.ts';
import { ClinicNotice, type FeedChange } from '../../../shared/sync/feed.ts';
import { removeRecall, saveRecall } from './recalls.ts';
import { saveSafetyPack } from './safety-packs.ts';
import { numberKey, searchTextOf } from './search-words.ts';
import { getSetting, setSetting } from './sync-state.ts';
import type { TillDb } from './till-db.ts';

/** A change that could not be used. It is told and passed over: one bad entry delays nobody. */
export type SkippedChange = {
  readonly position: number;
  readonly kind: string;
  readonly key: string;
  readonly detail: string;
};
export type AppliedChanges = {
  readonly drugs: number;
  readonly recalls: number;
  readonly facility: boolean;
  readonly skipped: readonly SkippedChange[];
};

/**
 * Writes feed or snapshot changes into the catalogue. Call it inside `db.immediately` together with
 * `setSetting(db, 'feedCursor', …)`. Applying a change twice has one effect.
 */
export function applyChanges(db: TillDb, changes: readonly FeedChange[]): AppliedChanges {
  const skipped: SkippedChange[] = [];
  let drugs = 0;
  let recalls = 0;
  let facility = false;
  for (const change of changes) {
    const problem = applyChange(db, change);
    if (problem !== undefined) {
      const { position, kind, key } = change;
      skipped.push({ position, kind, key, detail: problem });
    } else if (change.kind === 'drug') drugs += 1;
    else if (change.kind === 'recall') recalls += 1;
    else if (change.kind === 'facility') facility = true;
  }
  return { drugs, recalls, facility, skipped };
}

/**
 * Takes every drug and every recall out: the first step of a snapshot, in its transaction. Names of
 * drugs stay for stock and history.
 */
export function forgetCatalogue(db: TillDb): void {
  db.run('DELETE FROM drug_search WHERE rowid IN (SELECT number FROM drug WHERE is_current = 1)');
  db.run('DELETE FROM drug_key');
  db.run('UPDATE drug SET is_current = 0 WHERE is_current = 1');
  db.run('DELETE FROM recall');
  setSetting(db, 'safetyPacks', []);
}

/** Drugs that can be found and sold. */
export function countDrugs(db: TillDb): number {
  const sql = 'SELECT count(*) AS count FROM drug INDEXED BY drug_by_name WHERE is_current = 1';
  return db.one(z.object({ count: z.int() }), sql)?.count ?? 0;
}

const EntryRow = z.object({ entry: z.string() });

/** The same with the control class it is really sold by (rules/safety/control-class.ts). */
export function classifiedDrug(db: TillDb, code: string): Drug | undefined {
  const drug = drugOfCode(db, code);
  return drug === undefined ? undefined : withControlClass(drug);
}

/** The current entry of a drug, or undefined when the centre has none by this code. */
export function drugOfCode(db: TillDb, code: string): Drug | undefined {
  const row = db.one(
    EntryRow,
    'SELECT entry FROM drug JOIN drug_entry USING (number) WHERE code = ? AND is_current = 1',
    code,
  );
  return row === undefined ? undefined : Drug.parse(JSON.parse(row.entry));
}

/** The entry behind a number that a search found. */
export function drugOfNumber(db: TillDb, number: number): Drug {
  const row = db.one(EntryRow, 'SELECT entry FROM drug_entry WHERE number = ?', number);
  return Drug.parse(JSON.parse(present(row, 'A found drug has an entry').entry));
}

/** Packing levels of the drugs that lines name; a drug without a current entry is missing. */
export function unitsByDrug(
  db: TillDb,
  lines: readonly { readonly drug: string }[],
): ReadonlyMap<string, UnitTree> {
  const units = new Map<string, UnitTree>();
  for (const code of new Set(lines.map((line) => line.drug))) {
    const drug = drugOfCode(db, code);
    if (drug !== undefined) units.set(code, drug.units);
  }
  return units;
}

/** @returns why the change cannot be used, or undefined when it was. */
function applyChange(db: TillDb, change: FeedChange): string | undefined {
  switch (change.kind) {
    case 'drug':
      return change.value === null ? removeDrug(db, change.key) : takeDrug(db, change);
    case 'facility':
      return writeFacility(db, change);
    case 'clinic':
      return writeNotice(db, change);
    case 'recall':
      return writeRecall(db, change);
    case 'safety':
      return writeSafetyPack(db, change);
    default:
      return 'unknown kind';
  }
}

/** What the clinic asks of this till, or that it is settled; another till's is not ours to show. */
function writeNotice(db: TillDb, change: FeedChange): string | undefined {
  const [till, seq] = change.key.split('/');
  if (till !== getSetting(db, 'identity')?.tillId) return undefined;
  const others = getSetting(db, 'clinicNotices').filter((notice) => String(notice.seq) !== seq);
  if (change.value === null) {
    setSetting(db, 'clinicNotices', others);
    return undefined;
  }
  const notice = ClinicNotice.safeParse(change.value);
  if (!notice.success) return z.prettifyError(notice.error).slice(0, 300);
  setSetting(db, 'clinicNotices', [...others, notice.data].slice(-limits.pageRowsMax));
  return undefined;
}

function takeDrug(db: TillDb, change: FeedChange): string | undefined {
  const parsed = Drug.safeParse(change.value);
  if (!parsed.success) return z.prettifyError(parsed.error).slice(0, 300);
  if (parsed.data.code !== change.key) return `the entry's code is ${parsed.data.code}`;
  // A code of the shop's own belongs to its journal (db/local-products.ts).
  if (isLocalProductCode(change.key)) return 'a code of the shop itself';
  writeDrug(db, parsed.data);
  return undefined;
}

/** Makes a drug current with this entry; the same once more has no effect. */
export function writeDrug(db: TillDb, drug: Drug): void {
  const known = numberOfCode(db, drug.code);
  const entry = JSON.stringify(drug);
  if (known?.entry === entry && known.isCurrent === 1) return;
  if (known?.isCurrent === 1) unindexDrug(db, known.number);
  db.run(
    `INSERT INTO drug (code, name, name_folded, is_current) VALUES (?, ?, ?, 1)
     ON CONFLICT (code) DO UPDATE SET name = excluded.name, name_folded = excluded.name_folded,
       is_current = 1`,
    drug.code,
    drug.name,
    foldVietnamese(drug.name),
  );
  const number = present(known ?? numberOfCode(db, drug.code), 'It was just written').number;
  db.run(
    `INSERT INTO drug_entry (number, entry) VALUES (?, ?)
     ON CONFLICT (number) DO UPDATE SET entry = excluded.entry`,
    number,
    entry,
  );
  indexDrug(db, number, drug);
}

function removeDrug(db: TillDb, code: string): undefined {
  const known = numberOfCode(db, code);
  if (known?.isCurrent !== 1) return undefined;
  unindexDrug(db, known.number);
  db.run('UPDATE drug SET is_current = 0 WHERE number = ?', known.number);
  return undefined;
}

function writeFacility(db: TillDb, change: FeedChange): string | undefined {
  const parsed = Facility.safeParse(change.value);
  if (!parsed.success) return z.prettifyError(parsed.error).slice(0, 300);
  const own = getSetting(db, 'facility');
  if (own !== null && own.id !== parsed.data.id) return 'another facility';
  setSetting(db, 'facility', parsed.data);
  return undefined;
}

function writeSafetyPack(db: TillDb, change: FeedChange): string | undefined {
  const version = Number(change.key);
  if (change.value === null) {
    saveSafetyPack(db, version, null);
    return undefined;
  }
  const parsed = SafetyPack.safeParse(change.value);
  if (!parsed.success) return z.prettifyError(parsed.error).slice(0, 300);
  if (parsed.data.version !== version) return `the set's version is ${parsed.data.version}`;
  saveSafetyPack(db, version, parsed.data);
  return undefined;
}

function writeRecall(db: TillDb, change: FeedChange): string | undefined {
  if (change.value === null) {
    removeRecall(db, change.key);
    return undefined;
  }
  const parsed = Recall.safeParse(change.value);
  if (!parsed.success) return z.prettifyError(parsed.error).slice(0, 300);
  if (parsed.data.number !== change.key) return `the recall's number is ${parsed.data.number}`;
  saveRecall(db, parsed.data);
  return undefined;
}

const NumberRow = z.object({
  number: z.int(),
  entry: z.string().nullable(),
  isCurrent: z.int(),
});

function numberOfCode(db: TillDb, code: string): z.infer<typeof NumberRow> | undefined {
  return db.one(
    NumberRow,
    `SELECT number, entry, is_current AS isCurrent
     FROM drug LEFT JOIN drug_entry USING (number) WHERE code = ?`,
    code,
  );
}

function indexDrug(db: TillDb, number: number, drug: Drug): void {
  db.run('INSERT INTO drug_search (rowid, words) VALUES (?, ?)', number, searchTextOf(drug));
  writeKey(db, number, 'registration', numberKey(drug.registrationNumber));
  for (const { kind, value } of drug.aliases) {
    if (kind !== 'name') writeKey(db, number, kind, numberKey(value));
  }
}

function writeKey(db: TillDb, number: number, kind: string, key: string): void {
  if (key === '') return;
  const sql = 'INSERT OR IGNORE INTO drug_key (key, kind, number) VALUES (?, ?, ?)';
  db.run(sql, key, kind, number);
}

function unindexDrug(db: TillDb, number: number): void {
  db.run('DELETE FROM drug_search WHERE rowid = ?', number);
  db.run('DELETE FROM drug_key WHERE number = ?', number);
}
