/**
 * The demonstration country: registers and enrols everything, lets the tills tell the past month,
 * and afterwards keeps the country moving. The same at every start: what is there already stays, so
 * a first start that was interrupted goes on, and one days later catches up.
 */
import { addDays, businessDateOf, instantOfMs, msOfInstant } from '../../shared/model/calendar.ts';
import type { Drug } from '../../shared/model/drug.ts';
import { publishDrugs } from '../catalogue/publish.ts';
import { starterCatalogue } from '../catalogue/starter/starter-catalogue.ts';
import { inTransaction } from '../db/pool.ts';
import type { Centre } from '../start-centre.ts';
import { refreshShortages } from '../supervision/refresh-shortages.ts';
import { createDemonstrationAccounts } from './demonstration-accounts.ts';
import {
  type DemonstrationRecord,
  readDemonstration,
  recordCompleted,
  recordStarted,
} from './demonstration-record.ts';
import {
  codeFor,
  enrolledTills,
  enrolTills,
  registerFacilities,
} from './demonstration-register.ts';
import { newcomerFacility, type PlannedFacility, planFacilities } from './facilities.ts';
import { openPastCentre, type PastCentre } from './past-centre.ts';
import { reportHabit } from './report-times.ts';
import { type Shortage, shopPlan } from './shop-plan.ts';
import { openSwarm, type Swarm, type Told } from './swarm.ts';
import type { GrownTill } from './swarm-worker.ts';

export type DemonstrationOptions = {
  readonly seed: string;
  readonly facilityCount: number;
  /** False: the country stands still once its past is told. */
  readonly isLive: boolean;
};

export type DemonstrationStage = 'facilities' | 'tills' | 'reports';
export type DemonstrationEvents = {
  readonly progress: (stage: DemonstrationStage, done: number, total: number) => void;
  /** The newcomer's pharmacy stands in the register; `code` is null when it has a till. */
  readonly newcomer: (newcomer: Newcomer) => void;
  /** The live country ended on its own; the centre goes on without it. */
  readonly failed: (detail: string) => void;
};
export type Newcomer = {
  readonly code: string | null;
  readonly seed: string;
  /** Instant of the country's creation, in milliseconds. */
  readonly createdMs: number;
};

export type Demonstration = {
  /** True when this start had nothing to wait for: the country was complete. */
  readonly wasComplete: boolean;
  /** Settles when everything until now has been told, or when it was closed before. */
  readonly told: Promise<Told | 'closed'>;
  readonly close: () => Promise<void>;
};

const dayMs = 86_400_000;
const daysOfPast = 34;
/** An Giang: its 63-scheme province. */
const shortageProvince = '89';
const daysSinceLastDelivery = 16;

/** @returns undefined when the database holds facilities that this generator did not make. */
export async function startDemonstration(
  centre: Centre,
  options: DemonstrationOptions,
  on: DemonstrationEvents,
): Promise<Demonstration | undefined> {
  const record = await beginRecord(centre, options);
  if (record === undefined) return undefined;
  const startMs = record.createdMs - (daysOfPast + 6) * dayMs;
  const past = await openPastCentre(centre, startMs);
  const planned = await prepareRegister(past, record, on);
  on.newcomer(await newcomerOf(centre, record));
  const swarm = await gather(centre, past, { record, planned }, on);
  const told = tell(centre, { past, swarm, record, isLive: options.isLive });
  return {
    wasComplete: record.isComplete,
    told,
    close: async () => {
      await swarm.close();
      // What it still does with the database must be over before the database is closed.
      await Promise.allSettled([told]);
    },
  };
}

async function beginRecord(
  centre: Centre,
  options: DemonstrationOptions,
): Promise<DemonstrationRecord | undefined> {
  const found = await readDemonstration(centre.pool);
  if (found === 'not-ours') return undefined;
  if (found !== 'none') return found;
  const { seed, facilityCount } = options;
  const record = { seed, facilityCount, createdMs: centre.deps.nowMs() };
  await recordStarted(centre.pool, record);
  return { ...record, isComplete: false };
}

/** Catalogue, accounts, register and tills, dated before the first day of the country's past. */
async function prepareRegister(
  past: PastCentre,
  record: DemonstrationRecord,
  on: DemonstrationEvents,
): Promise<readonly PlannedFacility[]> {
  const { deps } = past;
  await inTransaction(deps.pool, (transaction) =>
    publishDrugs(transaction, { drugs: starterCatalogue() }, deps.nowMs()),
  );
  await createDemonstrationAccounts(deps);
  const today = createdOn(record);
  const planned = planFacilities({ seed: record.seed, count: record.facilityCount, today });
  const entries = [newcomerFacility(today), ...planned.map(({ facility }) => facility)];
  const idByCode = await registerFacilities(deps, entries, (done, total) =>
    on.progress('facilities', done, total),
  );
  await enrolTills(deps, { seed: record.seed, planned, idByCode }, (done, total) =>
    on.progress('tills', done, total),
  );
  return planned;
}

async function newcomerOf(centre: Centre, record: DemonstrationRecord): Promise<Newcomer> {
  const { seed, createdMs } = record;
  const { code: facilityCode } = newcomerFacility(createdOn(record));
  const tills = await enrolledTills(centre.pool);
  if (tills.has(facilityCode)) return { code: null, seed, createdMs };
  const { rows } = await centre.pool.query<{ id: string }>(
    'SELECT id FROM facility WHERE code = $1',
    [facilityCode],
  );
  const code = await codeFor(centre.deps, rows[0]?.id ?? '');
  return { code, seed, createdMs };
}

async function gather(
  centre: Centre,
  past: PastCentre,
  country: {
    readonly record: DemonstrationRecord;
    readonly planned: readonly PlannedFacility[];
  },
  on: DemonstrationEvents,
): Promise<Swarm> {
  const { record, planned } = country;
  const tills = await enrolledTills(centre.pool);
  const drugs = starterCatalogue();
  const shortage = shortageOf(record, drugs);
  const grown = planned.flatMap((each) => {
    const till = tills.get(each.facility.code);
    return till === undefined ? [] : [{ ...till, ...habitsOf(record, each, shortage) }];
  });
  return openSwarm(
    {
      seed: record.seed,
      drugs,
      tills: grown,
      centrePublicKey: centre.deps.centreKey.publicKeyBase64,
      clock: past.clock,
      isBackground: record.isComplete,
    },
    {
      progress: ({ reports, reportsTotal }) => on.progress('reports', reports, reportsTotal),
      failed: on.failed,
    },
  );
}

function habitsOf(
  record: DemonstrationRecord,
  planned: PlannedFacility,
  shortage: Shortage | null,
): Pick<GrownTill, 'plan' | 'habit'> {
  const { seed, createdMs } = record;
  const firstDay = addDays(createdOn(record), -daysOfPast);
  const firstDayMs = msOfInstant(`${firstDay}T00:00:00+07:00`);
  return {
    plan: shopPlan(planned, { seed, firstDay, shortage }),
    habit: reportHabit({ seed, planned, firstDayMs, createdMs }),
  };
}

/** Rehydration salts: asked for in every rainy season, and made by few. */
function shortageOf(record: DemonstrationRecord, drugs: readonly Drug[]): Shortage | null {
  const drug = drugs.find(({ name }) => /^Oresol/.test(name));
  if (drug === undefined) return null;
  return {
    province: shortageProvince,
    drug: drug.code,
    lastDeliveryBefore: addDays(createdOn(record), -daysSinceLastDelivery),
  };
}

async function tell(
  centre: Centre,
  country: {
    readonly past: PastCentre;
    readonly swarm: Swarm;
    readonly record: DemonstrationRecord;
    readonly isLive: boolean;
  },
): Promise<Told | 'closed'> {
  const { past, swarm, record, isLive } = country;
  const told = await swarm
    .tellPast({ url: past.url, nowMs: centre.deps.nowMs() })
    .finally(past.close);
  if (told === 'closed') return told;
  await centre.rollUp.drain();
  await refreshShortages(centre.pool, centre.deps.nowMs());
  if (!record.isComplete) {
    await recordCompleted(centre.pool, { events: told.events, nowMs: centre.deps.nowMs() });
  }
  if (isLive) swarm.live(centre.url);
  return told;
}

function createdOn({ createdMs }: DemonstrationRecord) {
  return businessDateOf(instantOfMs(createdMs));
}
