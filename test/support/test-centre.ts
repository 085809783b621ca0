import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { v7 as uuidv7 } from 'uuid';
import { issueEnrolmentCode } from '../../server/accounts/enrolment.ts';
import { publishDrugs } from '../../server/catalogue/publish.ts';
import { inTransaction } from '../../server/db/pool.ts';
import { insertFacilities } from '../../server/facilities/facility-table.ts';
import { type Centre, startCentre } from '../../server/start-centre.ts';
import type { Facility } from '../../shared/model/facility.ts';
import { aDrug, aFacility } from './builders.ts';
import { createTestDatabase } from './database.ts';
import { enrolDevice, type TestDevice } from './test-device.ts';

export type TestCentre = {
  readonly centre: Centre;
  readonly clock: { nowMs: number };
  readonly close: () => Promise<void>;
};

export const centreNowMs = Date.parse('2026-11-22T12:00:00+07:00');

/** A real centre on a database of its own, with one drug; its clock moves only by hand. */
export async function startTestCentre(): Promise<TestCentre> {
  const database = await createTestDatabase();
  const dataDir = mkdtempSync(path.join(tmpdir(), 'mang-thuoc-centre-'));
  const clock = { nowMs: centreNowMs };
  const centre = await startCentre({
    port: 0,
    host: '127.0.0.1',
    databaseUrl: database.databaseUrl,
    dataDir,
    nowMs: () => clock.nowMs,
    hasJobs: false,
  });
  await inTransaction(centre.pool, (transaction) =>
    publishDrugs(transaction, { drugs: [aDrug()] }, clock.nowMs),
  );
  return {
    centre,
    clock,
    close: async () => {
      await centre.close();
      await database.drop();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

let facilityNumber = 0;

/** Enters a facility of its own in the register. */
export async function registerTestFacility(
  { deps }: Centre,
  parts: Partial<Facility> = {},
): Promise<Facility> {
  facilityNumber += 1;
  const code = `96-${String(facilityNumber).padStart(6, '0')}`;
  const facility = aFacility({ id: uuidv7(), code, ...parts });
  await insertFacilities(deps.pool, [facility], deps.nowMs());
  return facility;
}

export async function issueTestCode({ deps }: Centre, facility: Facility): Promise<string> {
  const issued = await issueEnrolmentCode(deps.pool, deps, { facility, issuedBy: 'test' });
  if (!issued.ok) throw new Error(issued.error.detail);
  return issued.value.code;
}

/** A device of a new facility, enrolled over HTTP. */
export async function newDevice(
  centre: Centre,
  parts: Partial<Facility> = {},
): Promise<TestDevice> {
  const facility = await registerTestFacility(centre, parts);
  return enrolDevice(centre.url, await issueTestCode(centre, facility));
}
