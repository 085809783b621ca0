import { limits } from '../base/limits.ts';
import { err, ok, type Result } from '../base/result.ts';
import type { PaperPhoto, PrescriptionDispensed } from '../events/prescription-dispensed.ts';
import type { SaleCompleted } from '../events/sale-completed.ts';
import { addDays, type CalendarDate, daysBetween } from '../model/calendar.ts';
import type { ControlClass, Drug } from '../model/drug.ts';
import type { FacilityKind } from '../model/facility.ts';
import type { Prescription, PrescriptionForm } from '../model/prescription.ts';
import { foldVietnamese } from './fold-vietnamese.ts';
import { refuseSize, refuseUnits } from './lot-lines.ts';
import type { Refusal } from './refusal.ts';
import { needsPaper } from './safety/control-class.ts';
import { refuseSubstitute } from './safety/substitution.ts';
import { formsWithDays, stageDaysMax, supplyDaysMax } from './safety/supply.ts';

/**
 * What the law sets (TT 26/2025 Đ12): how long a prescription is collected, and on which forms which
 * controlled drugs stand. The day of prescribing is not counted (Bộ luật Dân sự 2015 Đ147).
 */
export const prescriptionTerms = {
  collectDays: 5,
  /** Stages 2 and 3 of a form `n` may be bought this long before they begin. */
  stageDaysBefore: 3,
  formsByControl: {
    narcotic: ['n'],
    psychotropic: ['h'],
    precursor: ['h'],
  },
  /** Whoever collects on these shows an identity paper. */
  formsWithCollector: ['n', 'h'],
} as const satisfies {
  readonly collectDays: number;
  readonly stageDaysBefore: number;
  readonly formsByControl: { readonly [Class in ControlClass]?: readonly PrescriptionForm[] };
  readonly formsWithCollector: readonly PrescriptionForm[];
};

/** TT 26/2025 App. I: five of the facility, seven by chance, and the form. */
const electronicCode = /^[0-9a-z]{12}-[cnhyt]$/;

/** As the till keeps a code: upper and lower case are mixed in practice. */
export function normalCode({ kind, code }: Pick<Prescription, 'kind' | 'code'>): string {
  return kind === 'electronic' ? code.trim().toLowerCase() : code.trim();
}

/**
 * What makes two papers the same prescription. The national code is unique; numbers on paper are so
 * only for their day and facility. Each stage of a form `n` is a purchase of its own.
 */
export function prescriptionKey(prescription: Prescription): string {
  const { kind, issuedOn, stage, prescriber } = prescription;
  const code = foldVietnamese(normalCode(prescription));
  const ofStage = stage === undefined ? '' : `|${stage.number}`;
  if (kind === 'electronic') return `e|${code}${ofStage}`;
  return `p|${code}|${issuedOn}|${foldVietnamese(prescriber.facilityName).trim()}${ofStage}`;
}

/** First and last day on which it may be collected. */
export function collectableDays({ issuedOn, stage }: Pick<Prescription, 'issuedOn' | 'stage'>): {
  readonly fromDate: CalendarDate;
  readonly validUntil: CalendarDate;
} {
  if (stage === undefined || stage.number === 1) {
    return { fromDate: issuedOn, validUntil: addDays(issuedOn, prescriptionTerms.collectDays) };
  }
  const fromDate = addDays(stage.fromDate, -prescriptionTerms.stageDaysBefore);
  return { fromDate, validUntil: stage.toDate };
}

/** What a seller enters of a prescription: the drugs really sold, with what was prescribed. */
export type EnteredPrescription = {
  readonly prescription: Prescription;
  readonly lines: readonly {
    readonly drug: string;
    readonly prescribedUnits: number;
    readonly instructions: string;
    readonly days?: number | undefined;
    /** The drug on the paper, where another one is sold for it. */
    readonly substituteFor?:
      | { readonly drug: string; readonly reason: string; readonly isAgreed: boolean }
      | undefined;
  }[];
  readonly paper?: PaperPhoto | undefined;
};

export type PrescribedDrug = Pick<
  Drug,
  'name' | 'ingredients' | 'dosageForm' | 'prescriptionClass' | 'controlClass'
>;

export type DispensingContext = {
  readonly today: CalendarDate;
  /**
   * The day by the centre's clock where the till knows its own to be wrong: a paper that is in its
   * days by either is not refused for a clock's sake, and the fact carries the till's own time.
   */
  readonly todayByCentre?: CalendarDate | undefined;
  readonly facilityKind: FacilityKind;
  /** What other facilities took of it, when the centre was asked just now. */
  readonly elsewhereByDrug?: ReadonlyMap<string, number> | undefined;
  /** What sales that stand have taken of this prescription, by drug. */
  readonly earlierByDrug: ReadonlyMap<
    string,
    { readonly prescribedUnits: number; readonly dispensedUnits: number }
  >;
  /** Of the drugs in the sale and on the paper, with the class they are sold by. */
  readonly drugs: ReadonlyMap<string, PrescribedDrug>;
};

/**
 * Whether a sale may be made on a prescription: in its days, on the right form, nothing that needs
 * a prescription and is not on it, never more than is left (TT 11/2025). Selling less is allowed;
 * the rest stays for another time.
 */
export function decideDispensing(
  context: DispensingContext,
  sale: Pick<SaleCompleted, 'slip' | 'lines'>,
  entered: EnteredPrescription,
): Result<Omit<PrescriptionDispensed, 'saleId'>, Refusal> {
  const code = normalCode(entered.prescription);
  const prescription = { ...entered.prescription, code };
  const problem =
    refusePaper(context, prescription) ??
    refuseSize(entered.lines.length, limits.saleLinesMax) ??
    refuseUnprescribed(context, sale, { code, lines: entered.lines });
  if (problem !== undefined) return err(problem);
  const soldByDrug = unitsSold(sale);
  const lines: PrescriptionDispensed['lines'] = [];
  for (const line of entered.lines) {
    const dispensedUnits = soldByDrug.get(line.drug) ?? 0;
    const refused = refuseLine(context, prescription, { ...line, dispensedUnits });
    if (refused !== undefined) return err(refused);
    if (lines.some((other) => paperDrugOf(other) === paperDrugOf(line))) {
      return err({ type: 'PrescribedTwice', drug: line.drug, code });
    }
    lines.push(dispensedLine(context, line, dispensedUnits));
  }
  if (lines.every(({ dispensedUnits }) => dispensedUnits === 0)) {
    return err({ type: 'EmptyDocument' });
  }
  const { validUntil } = collectableDays(prescription);
  const { paper } = entered;
  return ok({
    slip: sale.slip,
    prescription,
    validUntil,
    verification: verificationOf(context, prescription),
    ...(paper === undefined ? {} : { paper }),
    lines,
  });
}

/** Paper of another shop's sales is known at the centre only if it was sold on there, too. */
function verificationOf(
  { elsewhereByDrug }: DispensingContext,
  { kind }: Prescription,
): PrescriptionDispensed['verification'] {
  if (elsewhereByDrug !== undefined) return 'verified';
  return kind === 'electronic' ? 'pending' : 'not-applicable';
}

type EnteredLine = EnteredPrescription['lines'][number];

/** What stands on the paper: what is left of it is counted by this, whatever is sold for it. */
function paperDrugOf(line: {
  readonly drug: string;
  readonly substituteFor?: { readonly drug: string } | undefined;
}): string {
  return line.substituteFor?.drug ?? line.drug;
}

function dispensedLine(
  context: DispensingContext,
  { drug, prescribedUnits, instructions, days, substituteFor }: EnteredLine,
  dispensedUnits: number,
): PrescriptionDispensed['lines'][number] {
  const paperDrug = substituteFor?.drug ?? drug;
  const elsewhereUnits = context.elsewhereByDrug?.get(paperDrug);
  const dispensedBeforeUnits = context.earlierByDrug.get(paperDrug)?.dispensedUnits ?? 0;
  return {
    ...{ drug, prescribedUnits, dispensedBeforeUnits, dispensedUnits },
    ...(elsewhereUnits === undefined ? {} : { dispensedElsewhereUnits: elsewhereUnits }),
    instructions,
    ...(days === undefined ? {} : { days }),
    ...(substituteFor === undefined
      ? {}
      : {
          substituteFor: {
            drug: substituteFor.drug,
            name: context.drugs.get(substituteFor.drug)?.name ?? substituteFor.drug,
            reason: substituteFor.reason,
          },
        }),
  };
}

function refusePaper(context: DispensingContext, prescription: Prescription): Refusal | undefined {
  const { kind, code, form, collector } = prescription;
  if (kind === 'electronic' && !(electronicCode.test(code) && code.endsWith(`-${form}`))) {
    return { type: 'PrescriptionCodeMalformed', code };
  }
  const { stage } = prescription;
  if (stage !== undefined && stageDays(stage) > stageDaysMax) {
    return { type: 'StageTooLong', code, daysMax: stageDaysMax };
  }
  const { fromDate, validUntil } = collectableDays(prescription);
  const days = [context.today, context.todayByCentre ?? context.today];
  if (days.every((day) => day < fromDate)) {
    return { type: 'PrescriptionNotYetValid', code, fromDate };
  }
  if (days.every((day) => day < fromDate || day > validUntil)) {
    return { type: 'PrescriptionExpired', code, validUntil };
  }
  const formsWithCollector: readonly PrescriptionForm[] = prescriptionTerms.formsWithCollector;
  const needsCollector = formsWithCollector.includes(form);
  return needsCollector && collector === undefined ? { type: 'CollectorMissing', code } : undefined;
}

function refuseUnprescribed(
  { drugs }: DispensingContext,
  sale: Pick<SaleCompleted, 'lines'>,
  { code, lines }: { readonly code: string; readonly lines: EnteredPrescription['lines'] },
): Refusal | undefined {
  const prescribed = new Set(lines.map(({ drug }) => drug));
  for (const { drug } of sale.lines) {
    const known = drugs.get(drug);
    const isBound = known !== undefined && needsPaper(known.prescriptionClass, known.controlClass);
    if (isBound && !prescribed.has(drug)) return { type: 'NotPrescribed', drug, code };
  }
  return undefined;
}

function refuseLine(
  context: DispensingContext,
  { code, form, treatment }: Prescription,
  line: EnteredLine & { readonly dispensedUnits: number },
): Refusal | undefined {
  const { drug, prescribedUnits, dispensedUnits } = line;
  const problem = refuseUnits(drug, prescribedUnits, 1);
  if (problem !== undefined) return problem;
  const forms = formsFor(context.drugs.get(drug)?.controlClass);
  if (forms !== undefined && !forms.includes(form)) {
    return { type: 'PrescriptionFormWrong', drug, code, forms: forms.join(', ') };
  }
  const supply = refuseSupply({ code, form, treatment }, line, forms !== undefined);
  if (supply !== undefined) return supply;
  if (line.substituteFor !== undefined) {
    const substitute = refuseSubstitute(context, drug, line.substituteFor);
    if (substitute !== undefined) return substitute;
  }
  const paperDrug = paperDrugOf(line);
  const elsewhereUnits = context.elsewhereByDrug?.get(paperDrug) ?? 0;
  const earlier = context.earlierByDrug.get(paperDrug);
  if (earlier === undefined) return refuseExcess(code, line, prescribedUnits - elsewhereUnits);
  if (earlier.prescribedUnits !== prescribedUnits) {
    const earlierUnits = earlier.prescribedUnits;
    return { type: 'PrescriptionDiffers', drug, code, prescribedUnits, earlierUnits };
  }
  const remainingUnits = prescribedUnits - earlier.dispensedUnits - elsewhereUnits;
  return refuseExcess(code, { drug, dispensedUnits }, remainingUnits);
}

/** Days are demanded of controlled drugs, and judged wherever they are written (TT 26/2025). */
function refuseSupply(
  { code, form, treatment }: Pick<Prescription, 'code' | 'form' | 'treatment'>,
  { drug, days }: Pick<EnteredLine, 'drug' | 'days'>,
  isControlled: boolean,
): Refusal | undefined {
  if (days === undefined) {
    const isDemanded = isControlled && formsWithDays.includes(form);
    return isDemanded ? { type: 'SupplyDaysMissing', drug, code } : undefined;
  }
  const daysMax = supplyDaysMax(form, treatment);
  return days > daysMax ? { type: 'SupplyTooLong', drug, code, days, daysMax } : undefined;
}

/** First and last day counted. */
function stageDays({ fromDate, toDate }: NonNullable<Prescription['stage']>): number {
  return daysBetween({ from: fromDate, to: toDate }) + 1;
}

function refuseExcess(
  code: string,
  { drug, dispensedUnits }: { readonly drug: string; readonly dispensedUnits: number },
  remainingUnits: number,
): Refusal | undefined {
  if (dispensedUnits <= remainingUnits) return undefined;
  const wantedUnits = dispensedUnits;
  const leftUnits = Math.max(0, remainingUnits);
  return { type: 'PrescriptionExceeded', drug, code, wantedUnits, remainingUnits: leftUnits };
}

function formsFor(control: ControlClass | undefined): readonly PrescriptionForm[] | undefined {
  const forms: { readonly [Class in ControlClass]?: readonly PrescriptionForm[] } =
    prescriptionTerms.formsByControl;
  return control === undefined ? undefined : forms[control];
}

function unitsSold({ lines }: Pick<SaleCompleted, 'lines'>): ReadonlyMap<string, number> {
  const units = new Map<string, number>();
  for (const { drug, quantity, unit } of lines) {
    units.set(drug, (units.get(drug) ?? 0) + quantity * unit.factor);
  }
  return units;
}
