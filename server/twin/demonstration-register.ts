/**
 * Enters the demonstration country in the licence register and enrols its tills, through the same
 * functions as the console and the tills: registered, code issued, code redeemed. Whatever is
 * already there is left alone, so an interrupted start goes on where it stopped.
 */
import { z } from 'zod';
import { HashHex } from '../../shared/events/envelope.ts';
import type { ChainHead } from '../../shared/events/seal.ts';
import type { Facility } from '../../shared/model/facility.ts';
import { protocolVersion } from '../../shared/sync/protocol-version.ts';
import { redeemEnrolmentCode } from '../accounts/enrolment.ts';
import { type Queryable, queryRows } from '../db/pool.ts';
import type { CentreDeps } from '../deps.ts';
import { issueCode } from '../facilities/admission.ts';
import { type Registrar, registerFacility } from '../facilities/register.ts';
import { demonstrationActor } from './demonstration-record.ts';
import type { PlannedFacility } from './facilities.ts';
import { demonstrationKey, publicKeyOf } from './till-keys.ts';

export type EnrolledTill = {
  readonly tillId: string;
  readonly slipPrefix: string;
  readonly acked: ChainHead;
};

const inFlightMax = 8;
const registrar: Registrar = { actor: demonstrationActor, scope: { kind: 'nation' } };

type Entry = Omit<Facility, 'id'>;
type Report = (done: number, total: number) => void;

export async function registerFacilities(
  deps: CentreDeps,
  entries: readonly Entry[],
  report: Report,
): Promise<ReadonlyMap<string, string>> {
  const known = await facilityIds(deps.pool);
  const missing = entries.filter((entry) => !known.has(entry.code));
  await inParallel(missing, report, async (entry) => {
    const registered = await registerFacility(deps, entry, registrar);
    if (!registered.ok) throw new Error(`${entry.code}: ${registered.error.detail}`);
  });
  return facilityIds(deps.pool);
}

/** Enrols every planned facility that should have a till. @returns all tills by facility code. */
export async function enrolTills(
  deps: CentreDeps,
  input: {
    readonly seed: string;
    readonly planned: readonly PlannedFacility[];
    readonly idByCode: ReadonlyMap<string, string>;
  },
  report: Report,
): Promise<ReadonlyMap<string, EnrolledTill>> {
  const { seed, planned, idByCode } = input;
  const known = await enrolledTills(deps.pool);
  const missing = planned.filter(
    ({ facility, connection }) => connection.type !== 'never-enrolled' && !known.has(facility.code),
  );
  await inParallel(missing, report, async ({ facility }) => {
    const code = await codeFor(deps, idByCode.get(facility.code) ?? '');
    const enrolled = await redeemEnrolmentCode(deps, {
      code,
      publicKey: publicKeyOf(demonstrationKey(seed, facility.code)),
      protocol: protocolVersion,
      programVersion: deps.programVersion,
    });
    if (!enrolled.ok) throw new Error(`${facility.code}: ${enrolled.error.detail}`);
  });
  return enrolledTills(deps.pool);
}

/** A fresh one-time code for a facility. */
export async function codeFor(deps: CentreDeps, facilityId: string): Promise<string> {
  const issued = await issueCode(deps, facilityId, registrar);
  if (!issued.ok) throw new Error(`No code for ${facilityId}: ${issued.error.detail}`);
  return issued.value.code;
}

const FacilityRow = z.object({ code: z.string(), id: z.string() });
const TillRow = z.object({
  code: z.string(),
  till_id: z.string(),
  short_code: z.string(),
  acked_seq: z.number(),
  acked_hash: HashHex,
});

async function facilityIds(database: Queryable): Promise<ReadonlyMap<string, string>> {
  const rows = await queryRows(database, FacilityRow, 'SELECT code, id FROM facility');
  return new Map(rows.map(({ code, id }) => [code, id]));
}

export async function enrolledTills(
  database: Queryable,
): Promise<ReadonlyMap<string, EnrolledTill>> {
  const rows = await queryRows(
    database,
    TillRow,
    `SELECT facility.code, till.id AS till_id, till.short_code, till.acked_seq, till.acked_hash
     FROM till JOIN facility ON facility.id = till.facility_id
     WHERE till.state <> 'revoked'`,
  );
  return new Map(
    rows.map((row) => [
      row.code,
      {
        tillId: row.till_id,
        slipPrefix: row.short_code,
        acked: { seq: row.acked_seq, hash: row.acked_hash },
      },
    ]),
  );
}

async function inParallel<Item>(
  items: readonly Item[],
  report: Report,
  work: (item: Item) => Promise<void>,
): Promise<void> {
  let next = 0;
  let done = 0;
  const lane = async (): Promise<void> => {
    for (let item = items[next]; item !== undefined; item = items[next]) {
      next += 1;
      await work(item);
      done += 1;
      report(done, items.length);
    }
  };
  await Promise.all(Array.from({ length: inFlightMax }, lane));
}
