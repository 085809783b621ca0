/**
 * The real centre for a simulation: its real application on a real PostgreSQL, told what time it is.
 * Requests reach it over HTTP; what it holds is read straight from its tables, for the oracle.
 */
import { gunzipSync } from 'node:zlib';
import type { WireRequest, WireResponse } from '../../desktop/main/sync/centre-wire.ts';
import { createAxiosWire } from '../../desktop/main/sync/centre-wire-axios.ts';
import { publishDrugs } from '../../server/catalogue/publish.ts';
import { starterCatalogue } from '../../server/catalogue/starter/starter-catalogue.ts';
import { inTransaction } from '../../server/db/pool.ts';
import { issueCode } from '../../server/facilities/admission.ts';
import { registerFacility } from '../../server/facilities/register.ts';
import { startCentre } from '../../server/start-centre.ts';
import { planFacilities } from '../../server/twin/facilities.ts';
import { businessDateOf, instantOfMs } from '../../shared/model/calendar.ts';
import type { CentreView, StockByLot } from './oracle.ts';

export type SimulatedCentre = {
  readonly drugCodes: readonly string[];
  readonly setClock: (nowMs: () => number) => void;
  /** Registers a facility for the till and issues its one-time code. */
  readonly issueCode: (till: string) => Promise<string>;
  readonly deliver: (request: WireRequest) => Promise<WireResponse>;
  /** @returns undefined before the till is enrolled. */
  readonly viewOf: (till: string, evidenceAfterSeq: number) => Promise<CentreView | undefined>;
  /** For planting faults that the oracle must find. */
  readonly query: (sql: string, values?: readonly unknown[]) => Promise<void>;
  readonly close: () => Promise<void>;
};

/** Enough to trade with; what a large catalogue costs is measured elsewhere. */
const drugsPublished = 40;
const drugsInTrade = 12;

export async function openSimulatedCentre(options: {
  readonly databaseUrl: string;
  readonly startMs: number;
}): Promise<SimulatedCentre> {
  let nowMs = () => options.startMs;
  const centre = await startCentre({
    port: 0,
    host: '127.0.0.1',
    databaseUrl: options.databaseUrl,
    dataDir: '.',
    nowMs: () => nowMs(),
    hasJobs: false,
  });
  const { pool, deps } = centre;
  const drugs = starterCatalogue().slice(0, drugsPublished);
  await inTransaction(pool, (transaction) => publishDrugs(transaction, { drugs }, nowMs()));
  const wire = createAxiosWire();
  const facilityIds = new Map<string, string>();
  const registrar = {
    actor: { account: 'system', address: '' },
    scope: { kind: 'nation' },
  } as const;
  return {
    drugCodes: drugs.slice(0, drugsInTrade).map(({ code }) => code),
    setClock: (clock) => {
      nowMs = clock;
    },
    issueCode: async (till) => {
      const facility = await registerFacility(deps, entryOf(facilityIds.size, options), registrar);
      if (!facility.ok) throw new Error(facility.error.detail);
      facilityIds.set(till, facility.value.id);
      const issued = await issueCode(deps, facility.value.id, registrar);
      if (!issued.ok) throw new Error(issued.error.detail);
      return issued.value.code;
    },
    deliver: ({ method, url, headers, body }) => {
      const { pathname, search } = new URL(url);
      const real = { method, url: `${centre.url}${pathname}${search}`, headers };
      return wire.send(body === undefined ? real : { ...real, body });
    },
    viewOf: async (till, evidenceAfterSeq) => {
      const facilityId = facilityIds.get(till);
      const { rows } = await pool.query<{ id: string; seq: number; hash: string }>(
        'SELECT id, acked_seq AS seq, acked_hash AS hash FROM till WHERE facility_id = $1',
        [facilityId],
      );
      const head = rows[0];
      if (head === undefined) return undefined;
      return {
        ackedSeq: head.seq,
        ackedHash: head.hash,
        evidence: await evidenceOf(centre.pool, head.id, evidenceAfterSeq),
        stock: await stockOf(centre.pool, facilityId),
        ...(await movementsOf(centre.pool, head.id)),
      };
    },
    query: async (sql, values = []) => {
      await pool.query(sql, [...values]);
    },
    close: centre.close,
  };
}

type Pool = Awaited<ReturnType<typeof startCentre>>['pool'];

function entryOf(number: number, { startMs }: { readonly startMs: number }) {
  const today = businessDateOf(instantOfMs(startMs));
  const planned = planFacilities({ seed: 'simulation', count: 320, today });
  const entry = planned[number * 5];
  if (entry === undefined) throw new Error('A simulation has at most 64 tills');
  return entry.facility;
}

async function evidenceOf(
  pool: Pool,
  tillId: string,
  afterSeq: number,
): Promise<CentreView['evidence']> {
  const { rows } = await pool.query<{
    first: number;
    last: number;
    fresh: number;
    prev: string;
    head: string;
    body: Buffer;
  }>(
    `SELECT first_seq AS first, last_seq AS last, new_from_seq AS fresh, prev_hash AS prev,
       head_hash AS head, body
     FROM batch_evidence WHERE till_id = $1 AND last_seq > $2 ORDER BY new_from_seq, received_at`,
    [tillId, afterSeq],
  );
  return rows.map(({ first, last, fresh, prev, head, body }) => ({
    firstSeq: first,
    lastSeq: last,
    newFromSeq: fresh,
    prevHash: prev,
    headHash: head,
    body: gunzipSync(body).toString('utf8'),
  }));
}

async function stockOf(pool: Pool, facilityId: string | undefined): Promise<StockByLot> {
  const { rows } = await pool.query<{ key: string; units: number }>(
    `SELECT drug || '|' || lot || '|' || expires_on AS key, on_hand_units AS units
     FROM facility_stock WHERE facility_id = $1 AND on_hand_units <> 0`,
    [facilityId],
  );
  return new Map(rows.map(({ key, units }) => [key, units]));
}

async function movementsOf(
  pool: Pool,
  tillId: string,
): Promise<Pick<CentreView, 'movementSums' | 'movementRows'>> {
  const { rows } = await pool.query<{ key: string; units: number; count: number }>(
    `SELECT drug || '|' || lot || '|' || expires_on AS key, sum(units)::bigint AS units, count(*)
     FROM movement WHERE till_id = $1 GROUP BY drug, lot, expires_on`,
    [tillId],
  );
  return {
    movementSums: new Map(
      rows.filter(({ units }) => units !== 0).map(({ key, units }) => [key, units]),
    ),
    movementRows: rows.reduce((sum, { count }) => sum + count, 0),
  };
}
