import { ok, type Result } from '../../../shared/base/result.ts';
import type { TillInput } from '../../../shared/contract/till-api.ts';
import type { PrescriptionDispensed } from '../../../shared/events/prescription-dispensed.ts';
import type { SaleCompleted } from '../../../shared/events/sale-completed.ts';
import { businessDateOf, type CalendarDate, instantOfMs } from '../../../shared/model/calendar.ts';
import type { Drug } from '../../../shared/model/drug.ts';
import type { Facility } from '../../../shared/model/facility.ts';
import {
  type DispensingContext,
  decideDispensing,
  type EnteredPrescription,
} from '../../../shared/rules/prescription.ts';
import type { Refusal } from '../../../shared/rules/refusal.ts';
import { decideSafety } from '../../../shared/rules/safety/decide-safety.ts';
import { classifiedDrug } from '../db/catalogue.ts';
import { dispensedEarlier } from '../db/dispensings.ts';
import { freshCheck } from '../db/prescription-checks.ts';
import { safetyRulesOn } from '../db/safety-packs.ts';
import { getSetting } from '../db/sync-state.ts';
import type { TillDb } from '../db/till-db.ts';

type Judged = {
  /** What the sale carries besides its goods. */
  readonly sale: SaleCompleted;
  readonly dispensed: Omit<PrescriptionDispensed, 'saleId'> | undefined;
};
type Shop = {
  readonly db: TillDb;
  readonly facility: Facility;
  readonly today: CalendarDate;
  readonly nowMs: number;
};

/**
 * Whether goods that are there and paid may also leave: on their prescription, in the range of this
 * type of shop, without harm to whoever takes them, with a buyer in the book where the law wants one.
 */
export function judgeSale(
  shop: Shop,
  input: Pick<TillInput<'sales.complete'>, 'prescription' | 'person' | 'weighed' | 'buyer'>,
  sale: SaleCompleted,
): Result<Judged, Refusal> {
  const { db, facility, today } = shop;
  const { prescription, person, weighed } = input;
  const sold = drugsOf(
    db,
    sale.lines.map(({ drug }) => drug),
  );
  const dispensed =
    prescription === undefined
      ? undefined
      : decideDispensing(dispensingContext(shop, prescription, sold), sale, prescription);
  if (dispensed?.ok === false) return dispensed;
  const rules = safetyRulesOn(db, today);
  const buyer = input.buyer ?? patientAsBuyer(prescription);
  const drugs = [...sold.values()];
  const safe = decideSafety({ rules, facility, drugs }, { person, weighed, buyer });
  if (!safe.ok) return safe;
  return ok({ sale: { ...sale, ...safe.value }, dispensed: dispensed?.value });
}

/** Name and address on the paper serve the customer book; without an address they do not. */
function patientAsBuyer(entered: EnteredPrescription | undefined): SaleCompleted['buyer'] {
  const patient = entered?.prescription.patient;
  if (patient === undefined || patient.address.trim() === '') return undefined;
  return { name: patient.name, address: patient.address };
}

function dispensingContext(
  { db, facility, today, nowMs }: Shop,
  { prescription, lines }: EnteredPrescription,
  sold: ReadonlyMap<string, Drug>,
): DispensingContext {
  const onPaper = lines.flatMap(({ drug, substituteFor }) => [drug, substituteFor?.drug ?? drug]);
  const skewMs = getSetting(db, 'clockSkewMs');
  const elsewhere = freshCheck(db, prescription, nowMs);
  return {
    today,
    ...(skewMs === null ? {} : { todayByCentre: businessDateOf(instantOfMs(nowMs - skewMs)) }),
    facilityKind: facility.kind,
    drugs: new Map([...sold, ...drugsOf(db, onPaper)]),
    earlierByDrug: dispensedEarlier(db, prescription),
    ...(elsewhere === undefined
      ? {}
      : {
          elsewhereByDrug: new Map(
            elsewhere.map(({ drug, dispensedUnits }) => [drug, dispensedUnits]),
          ),
        }),
  };
}

/** Of the catalogue and of the shop's own, each once, with the class they are sold by. */
function drugsOf(db: TillDb, codes: readonly string[]): ReadonlyMap<string, Drug> {
  const drugs = [...new Set(codes)].flatMap((code) => classifiedDrug(db, code) ?? []);
  return new Map(drugs.map((drug) => [drug.code, drug]));
}
