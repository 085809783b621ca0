/**
 * The real centre for a simulation: its real application on a real PostgreSQL, told what time it is.
 * Requests reach it over HTTP; what it holds is read straight from its tables, for the oracle.
 */
import { randomUUID } from 'node:crypto';
import { Agent, request as httpRequest } from 'node:http';
import { gunzipSync } from 'node:zlib';
import pg from 'pg';
import {
  WireFailure,
  type WireRequest,
  type WireResponse,
} from '../../desktop/main/sync/centre-wire.ts';
import { publishDrugs, publishFacility } from '../../server/catalogue/publish.ts';
import { starterCatalogue } from '../../server/catalogue/starter/starter-catalogue.ts';
import { inTransaction, typeParsers } from '../../server/db/pool.ts';
import { issueCode, issueRecoveryCode, revokeTill } from '../../server/facilities/admission.ts';
import { replaceFacility } from '../../server/facilities/facility-table.ts';
import { registerFacility } from '../../server/facilities/register.ts';
import { rebuild } from '../../server/ingest/rebuild.ts';
import { type Centre, startCentre } from '../../server/start-centre.ts';
import { publishRecall, withdrawRecall } from '../../server/supervision/recalls.ts';
import { type PlannedFacility, planFacilities } from '../../server/twin/facilities.ts';
import { businessDateOf, instantOfMs } from '../../shared/model/calendar.ts';
import type { Drug } from '../../shared/model/drug.ts';
import type { Facility } from '../../shared/model/facility.ts';
import type { Recall } from '../../shared/model/recall.ts';
import { type CentreTables, openCentreTables } from './centre-tables.ts';
import type { CentreView, StockByLot } from './oracle.ts';
import type { Partner } from './stock-intents.ts';

export type SimulatedCentre = {
  readonly url: () => string;
  readonly drugCodes: readonly string[];
  /** Narcotic: it leaves only with a prescription. */
  readonly controlledDrug: string;
  /** One that stays as it is. */
  readonly steadyDrug: string;
  /** The centre's clock, and names drawn from the seed. */
  readonly begin: (world: { nowMs: () => number; newId: () => string }) => Promise<void>;
  /** Registers the facility once and issues a one-time code for it. */
  readonly issueCode: (facility: string) => Promise<string>;
  readonly revoke: (tillId: string) => Promise<void>;
  /** A code for a machine that takes the place of this till. */
  readonly issueRecoveryCode: (tillId: string) => Promise<string>;
  readonly deliver: (request: WireRequest) => Promise<WireResponse>;
  /** @returns undefined before the till is enrolled. */
  readonly viewOf: (tillId: string, evidenceAfterSeq: number) => Promise<CentreView | undefined>;
  /** The process ends, whatever it was doing, and another one starts on the same database. */
  readonly restart: () => Promise<void>;
  readonly backUp: () => Promise<void>;
  /** Brings the backup back, and starts on it. @returns false when there is none. */
  readonly restoreBackup: () => Promise<boolean>;
  /** Changes something of the catalogue; `draw` is uniform in [0, 1). @returns what it was. */
  readonly changeCatalogue: (draw: () => number) => Promise<string>;
  /** A recall of some lots of a drug, or of all. @returns its number, or why there is none. */
  readonly publishRecall: (drug: string, lots: readonly string[] | null) => Promise<string>;
  /** The oldest recall that holds is taken back. */
  readonly withdrawRecall: () => Promise<string>;
  /** A shop as papers name it; undefined before it is registered. */
  readonly partnerOf: (facility: string) => Partner | undefined;
  readonly renameFacility: (facility: string, name: string) => Promise<void>;
  /** Reference data of a later program, which today's tills cannot read. */
  readonly publishUnknown: (key: string) => Promise<void>;
  /** What the tills of a facility should hold: current drugs, their own entry, unread changes. */
  readonly reference: (facility: string) => Promise<Reference>;
  /** Rows that a replay of the evidence would change (I10), after the roll-ups have caught up. */
  readonly replayDifferences: () => Promise<number>;
  readonly movedUnitsByDrug: () => Promise<Readonly<Record<string, number>>>;
  readonly rolledUpUnitsByDrug: () => Promise<Readonly<Record<string, number>>>;
  readonly alertKindsOf: (tillId: string) => Promise<ReadonlySet<string>>;
  readonly rows: (
    sql: string,
    values?: readonly unknown[],
  ) => Promise<readonly pg.QueryResultRow[]>;
  readonly end: () => Promise<void>;
  readonly close: () => Promise<void>;
};

export type Reference = {
  readonly drugs: ReadonlyMap<string, unknown>;
  readonly recalls: ReadonlyMap<string, unknown>;
  readonly facility: unknown;
  readonly unread: readonly string[];
};

/** Enough to trade with; what a large catalogue costs is measured elsewhere. */
const drugsPublished = 24;
const drugsInTrade = 8;
/** What there is to publish; making it takes longer than a whole seed. */
const controlledIndex = drugsInTrade + 1;
const everyDrug: readonly Drug[] = starterCatalogue()
  .slice(0, 2 * drugsPublished)
  .map((drug, index) => ({
    ...drug,
    // What may meet in one basket is another matter (test/golden/safety): here everything may.
    ingredients: `chất thử ${index} 1 mg`,
    prescriptionClass: 'over-the-counter' as const,
    controlClass: index === controlledIndex ? ('narcotic' as const) : undefined,
  }));
const steadyDrug = everyDrug[drugsInTrade]?.code ?? '';
const registrar = {
  actor: { account: 'system', address: '' },
  scope: { kind: 'nation' },
} as const;

type Running = {
  centre: Centre;
  nowMs: () => number;
  newId: () => string;
  facilities: Map<string, Facility>;
  drugs: Map<string, Drug>;
  /** In force. */
  recalls: Map<string, Recall>;
  recallsPublished: number;
};

/** A centre on a database of its own; `begin` makes it young again for the next seed. */
export async function openSimulatedCentre(options: {
  readonly databaseUrl: string;
  readonly startMs: number;
}): Promise<SimulatedCentre> {
  const catalogue = everyDrug.slice(0, drugsPublished);
  const born = { nowMs: () => options.startMs, newId: () => randomUUID() };
  const world: Running = {
    ...born,
    ...newWorld(),
    centre: await start(options.databaseUrl, () => born),
  };
  const tables = await openCentreTables(options.databaseUrl);
  await world.centre.close();
  const auditor = new pg.Client({ connectionString: options.databaseUrl, types: typeParsers });
  await auditor.connect();
  const restart = async (whileOff: () => Promise<void> = async () => undefined) => {
    await world.centre.close();
    await whileOff();
    world.centre = await start(options.databaseUrl, () => world);
  };
  const agent = new Agent({ keepAlive: true });
  return {
    url: () => world.centre.url,
    drugCodes: catalogue.slice(0, drugsInTrade).map(({ code }) => code),
    controlledDrug: everyDrug[controlledIndex]?.code ?? '',
    steadyDrug,
    begin: async ({ nowMs, newId }) => {
      await tables.reset();
      Object.assign(world, { nowMs, newId, ...newWorld() });
      world.centre = await start(options.databaseUrl, () => world);
      await publish(world, catalogue);
    },
    deliver: (request) => exchange(agent, world.centre.url, request),
    viewOf: (tillId, after) => viewOf(auditor, tillId, after),
    restart: () => restart(),
    ...admissionOf(world, options),
    ...backupOf(world, tables, restart),
    ...catalogueOf(world),
    ...proofsOf(world, auditor),
    end: () => world.centre.close(),
    close: async () => {
      agent.destroy();
      await auditor.end();
      await tables.close();
    },
  };
}

function newWorld(): Pick<Running, 'facilities' | 'drugs' | 'recalls' | 'recallsPublished'> {
  return { facilities: new Map(), drugs: new Map(), recalls: new Map(), recallsPublished: 0 };
}

function start(
  databaseUrl: string,
  world: () => Pick<Running, 'nowMs' | 'newId'>,
): Promise<Centre> {
  return startCentre({
    port: 0,
    host: '127.0.0.1',
    databaseUrl,
    dataDir: '.',
    nowMs: () => world().nowMs(),
    newId: () => world().newId(),
    hasJobs: false,
  });
}

function admissionOf(world: Running, options: { readonly startMs: number }) {
  const today = businessDateOf(instantOfMs(options.startMs));
  const planned = planFacilities({ seed: 'simulation', count: 320, today });
  return {
    issueCode: async (name: string) => {
      const { deps } = world.centre;
      const entry = entryOf(planned, world.facilities.size);
      const known = world.facilities.get(name);
      const registered = known === undefined && (await registerFacility(deps, entry, registrar));
      if (registered !== false && !registered.ok) throw new Error(registered.error.detail);
      const facility = registered === false ? known : registered.value;
      if (facility === undefined) throw new Error('A facility is known or was registered');
      world.facilities.set(name, facility);
      const issued = await issueCode(deps, facility.id, registrar);
      if (!issued.ok) throw new Error(issued.error.detail);
      return issued.value.code;
    },
    issueRecoveryCode: async (tillId: string) => {
      const issued = await issueRecoveryCode(world.centre.deps, tillId, registrar);
      if (!issued.ok) throw new Error(issued.error.detail);
      return issued.value.code;
    },
    partnerOf: (name: string) => {
      const known = world.facilities.get(name);
      return known && { facilityCode: known.code, facilityName: known.name };
    },
    revoke: async (id: string) => {
      const revoked = await revokeTill(world.centre.deps, { id, reason: 'cháy máy' }, registrar);
      if (!revoked.ok) throw new Error(revoked.error.detail);
    },
  };
}

function backupOf(
  world: Running,
  tables: CentreTables,
  restart: (whileOff: () => Promise<void>) => Promise<void>,
) {
  const copied = () => ({
    facilities: new Map(world.facilities),
    drugs: new Map(world.drugs),
    recalls: new Map(world.recalls),
  });
  let saved = copied();
  return {
    backUp: async () => {
      saved = copied();
      await tables.backUp();
    },
    restoreBackup: async () => {
      if (!tables.hasBackup()) return false;
      await restart(tables.restore);
      Object.assign(world, saved);
      saved = copied();
      return true;
    },
  };
}

function catalogueOf(world: Running) {
  return {
    changeCatalogue: async (draw: () => number) => {
      const drug = everyDrug[Math.floor(draw() * everyDrug.length)];
      if (drug === undefined || drug.code === steadyDrug) return 'changes nothing';
      const isWithdrawal = world.drugs.has(drug.code) && draw() < 0.25;
      if (isWithdrawal) {
        await withdraw(world, drug.code);
        return `withdraws ${drug.code}`;
      }
      const ceilingPriceVnd = 500 + Math.floor(draw() * 100_000);
      await publish(world, [{ ...drug, ceilingPriceVnd, name: `${drug.name} ${ceilingPriceVnd}` }]);
      return `publishes ${drug.code}`;
    },
    renameFacility: async (name: string, to: string) => {
      const known = world.facilities.get(name);
      if (known === undefined) return;
      const facility = { ...known, name: to };
      await inTransaction(world.centre.pool, async (transaction) => {
        await replaceFacility(transaction, facility, world.nowMs());
        await publishFacility(transaction, facility);
      });
      world.facilities.set(name, facility);
    },
    publishRecall: async (drug: string, lots: readonly string[] | null) => {
      world.recallsPublished += 1;
      const decision = {
        ...{ number: `${world.recallsPublished}/QĐ-MP`, level: 2 as const, drug },
        ...{ lots: lots === null ? null : [...lots], reason: 'mô phỏng' },
        fromDate: businessDateOf(instantOfMs(world.nowMs())),
      };
      const published = await publishRecall(recallDeps(world), decision, registrar.actor);
      if (!published.ok) return published.error.detail ?? 'refused';
      world.recalls.set(published.value.number, published.value);
      return `recalls ${drug} ${lots ?? ''}`;
    },
    withdrawRecall: async () => {
      const [number] = world.recalls.keys();
      if (number === undefined) return 'nothing to withdraw';
      const withdrawal = { number, reason: 'mô phỏng' };
      const done = await withdrawRecall(recallDeps(world), withdrawal, registrar.actor);
      if (!done.ok) throw new Error(done.error.detail);
      world.recalls.delete(number);
      return `withdraws recall ${number}`;
    },
    publishUnknown: async (key: string) => {
      await world.centre.pool.query(
        `WITH head AS (UPDATE feed_head SET position = position + 1 RETURNING position)
         INSERT INTO feed_change (position, audience, audience_key, kind, key, value)
         SELECT position, 'nation', '', 'of-a-later-program', $1, '{"colour":"blue"}' FROM head`,
        [key],
      );
    },
    reference: async (name: string): Promise<Reference> => {
      const { rows } = await world.centre.pool.query<{ name: string }>(
        `SELECT kind || '|' || key AS name FROM feed_change
         WHERE kind = 'of-a-later-program' ORDER BY name`,
      );
      return {
        drugs: world.drugs,
        recalls: world.recalls,
        facility: world.facilities.get(name),
        unread: rows.map((row) => row.name),
      };
    },
  };
}

function recallDeps({ centre, nowMs }: Running) {
  return { pool: centre.pool, nowMs };
}

async function publish(world: Running, drugs: readonly Drug[]): Promise<void> {
  const { pool } = world.centre;
  await inTransaction(pool, (transaction) => publishDrugs(transaction, { drugs }, world.nowMs()));
  for (const drug of drugs) world.drugs.set(drug.code, drug);
}

async function withdraw(world: Running, code: string): Promise<void> {
  const change = { drugs: [], withdrawnCodes: [code] };
  const { pool } = world.centre;
  await inTransaction(pool, (transaction) => publishDrugs(transaction, change, world.nowMs()));
  world.drugs.delete(code);
}

/** As the centre numbers kinds of movement: the fourteenth (0001-foundation.sql, movements.ts). */
const recoveryKind = 14;

function proofsOf(world: Running, auditor: pg.Client) {
  const rows = async (sql: string, values: readonly unknown[] = []) =>
    (await auditor.query(sql, [...values])).rows;
  const unitsByDrug = async (table: string) => {
    const sums = await rows(`SELECT drug, sum(units) AS units FROM ${table} GROUP BY drug`);
    return Object.fromEntries(sums.map(({ drug, units }) => [String(drug), Number(units)]));
  };
  return {
    rows,
    replayDifferences: async () => {
      await world.centre.rollUp.drain();
      const report = await rebuild(world.centre.deps, { replace: false });
      return report.movementDifferences + report.stockDifferences;
    },
    // What a till takes over was counted when the till before it reported it.
    movedUnitsByDrug: () => unitsByDrug(`movement WHERE kind <> ${recoveryKind}`),
    rolledUpUnitsByDrug: () => unitsByDrug('area_day_drug'),
    alertKindsOf: async (tillId: string) => {
      const kinds = await rows('SELECT DISTINCT kind FROM alert WHERE till_id = $1', [tillId]);
      return new Set(kinds.map(({ kind }) => String(kind)));
    },
  };
}

function entryOf(planned: readonly PlannedFacility[], number: number) {
  const entry = planned[number * 5];
  if (entry === undefined) throw new Error('A simulation has at most 64 facilities');
  return entry.facility;
}

// The way in --------------------------------------------------------------------------------------------

/** One exchange over a real socket; a broken one is a broken line. */
function exchange(agent: Agent, centreUrl: string, wire: WireRequest): Promise<WireResponse> {
  const { pathname, search } = new URL(wire.url);
  const { method, body } = wire;
  const headers =
    body === undefined ? wire.headers : { ...wire.headers, 'content-length': body.length };
  return new Promise((resolve, reject) => {
    const fail = (error: Error) => reject(new WireFailure(error.message));
    const options = { method, headers, agent };
    const request = httpRequest(`${centreUrl}${pathname}${search}`, options, (response) => {
      const pieces: Buffer[] = [];
      response.on('data', (piece: Buffer) => pieces.push(piece));
      response.on('error', fail);
      response.on('end', () => {
        const named = Object.entries(response.headers).map(([name, value]) => [
          name,
          String(value),
        ]);
        const status = response.statusCode ?? 0;
        resolve({ status, headers: Object.fromEntries(named), body: Buffer.concat(pieces) });
      });
    });
    request.on('error', fail);
    request.end(body);
  });
}

// What it holds -----------------------------------------------------------------------------------------

type Evidence = readonly [number, number, number, string, string, string];
type ViewRow = {
  readonly seq: number;
  readonly hash: string;
  readonly evidence: readonly Evidence[];
  readonly stock: readonly LotUnits[];
  readonly movements: readonly (readonly [...LotUnits, count: number])[];
};
type LotUnits = readonly [key: string, units: number, quarantinedUnits: number];

const viewSql = `
  SELECT acked_seq AS seq, acked_hash AS hash,
    (SELECT coalesce(json_agg(json_build_array(first_seq, last_seq, new_from_seq, prev_hash,
        head_hash, encode(body, 'base64')) ORDER BY new_from_seq, received_at), '[]')
     FROM batch_evidence WHERE till_id = till.id AND last_seq > $2) AS evidence,
    (SELECT coalesce(json_agg(json_build_array(drug || '|' || lot || '|' || expires_on,
        on_hand_units, quarantined_units)), '[]')
     FROM facility_stock WHERE facility_id = till.facility_id) AS stock,
    (SELECT coalesce(json_agg(json_build_array(key, units, apart, count)), '[]') FROM (
       SELECT drug || '|' || lot || '|' || expires_on AS key, sum(units) AS units,
         coalesce(sum(units) FILTER (WHERE is_quarantine), 0) AS apart, count(*) AS count
       FROM movement WHERE till_id = till.id GROUP BY drug, lot, expires_on) AS lots) AS movements
  FROM till WHERE id = $1`;

/** One statement: one state of the database. */
async function viewOf(
  auditor: pg.Client,
  tillId: string,
  evidenceAfterSeq: number,
): Promise<CentreView | undefined> {
  const { rows } = await auditor.query<ViewRow>({
    name: 'simulation-view',
    text: viewSql,
    values: [tillId, evidenceAfterSeq],
  });
  const row = rows[0];
  if (row === undefined) return undefined;
  return {
    ackedSeq: row.seq,
    ackedHash: row.hash,
    evidence: row.evidence.map(([firstSeq, lastSeq, newFromSeq, prevHash, headHash, body]) => ({
      ...{ firstSeq, lastSeq, newFromSeq, prevHash, headHash },
      body: gunzipSync(Buffer.from(body, 'base64')).toString('utf8'),
    })),
    stock: stockByLot(row.stock),
    movementSums: stockByLot(row.movements.map(([key, units, apart]) => [key, units, apart])),
    movementRows: row.movements.reduce((sum, [, , , count]) => sum + count, 0),
  };
}

function stockByLot(lots: readonly LotUnits[]): StockByLot {
  const entries = lots.flatMap(([key, units, apart]) => [
    [key, units] as const,
    [`${key}|quarantine`, apart] as const,
  ]);
  return new Map(entries.filter(([, units]) => units !== 0));
}
