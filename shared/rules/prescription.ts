import { limits } from '../base/limits.ts';
import { err, ok, type Result } from '../base/result.ts';
import type { PrescriptionDispensed } from '../events/prescription-dispensed.ts';
import type { SaleCompleted } from '../events/sale-completed.ts';
import { addDays, type CalendarDate } from '../model/calendar.ts';
import type { ControlClass } from '../model/drug.ts';
import type { Prescription, PrescriptionForm } from '../model/prescription.ts';
import { foldVietnamese } from './fold-vietnamese.ts';
import { refuseSize, refuseUnits } from './lot-lines.ts';
import type { Refusal } from './refusal.ts';

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
  }[];
};

export type DispensingContext = {
  readonly today: CalendarDate;
  /** What sales that stand have taken of this prescription, by drug. */
  readonly earlierByDrug: ReadonlyMap<
    string,
    { readonly prescribedUnits: number; readonly dispensedUnits: number }
  >;
  /** Of the drugs in the sale. */
  readonly drugs: ReadonlyMap<
    string,
    { readonly isPrescription: boolean; readonly controlClass: ControlClass | undefined }
  >;
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
    if (lines.some(({ drug }) => drug === line.drug)) {
      return err({ type: 'PrescribedTwice', drug: line.drug, code });
    }
    const dispensedBeforeUnits = context.earlierByDrug.get(line.drug)?.dispensedUnits ?? 0;
    const { drug, prescribedUnits, instructions } = line;
    lines.push({ drug, prescribedUnits, dispensedBeforeUnits, dispensedUnits, instructions });
  }
  if (lines.every(({ dispensedUnits }) => dispensedUnits === 0)) {
    return err({ type: 'EmptyDocument' });
  }
  const { validUntil } = collectableDays(prescription);
  const verification = prescription.kind === 'electronic' ? 'pending' : 'not-applicable';
  return ok({ slip: sale.slip, prescription, validUntil, verification, lines });
}

function refusePaper(context: DispensingContext, prescription: Prescription): Refusal | undefined {
  const { kind, code, form, collector } = prescription;
  if (kind === 'electronic' && !(electronicCode.test(code) && code.endsWith(`-${form}`))) {
    return { type: 'PrescriptionCodeMalformed', code };
  }
  const { fromDate, validUntil } = collectableDays(prescription);
  if (context.today < fromDate) return { type: 'PrescriptionNotYetValid', code, fromDate };
  if (context.today > validUntil) return { type: 'PrescriptionExpired', code, validUntil };
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
    const needsPaper = known?.isPrescription === true || known?.controlClass !== undefined;
    if (needsPaper && !prescribed.has(drug)) return { type: 'NotPrescribed', drug, code };
  }
  return undefined;
}

function refuseLine(
  context: DispensingContext,
  { code, form }: Prescription,
  line: {
    readonly drug: string;
    readonly prescribedUnits: number;
    readonly dispensedUnits: number;
  },
): Refusal | undefined {
  const { drug, prescribedUnits, dispensedUnits } = line;
  const problem = refuseUnits(drug, prescribedUnits, 1);
  if (problem !== undefined) return problem;
  const forms = formsFor(context.drugs.get(drug)?.controlClass);
  if (forms !== undefined && !forms.includes(form)) {
    return { type: 'PrescriptionFormWrong', drug, code, forms: forms.join(', ') };
  }
  const earlier = context.earlierByDrug.get(drug);
  if (earlier === undefined) return refuseExcess(code, line, prescribedUnits);
  if (earlier.prescribedUnits !== prescribedUnits) {
    const earlierUnits = earlier.prescribedUnits;
    return { type: 'PrescriptionDiffers', drug, code, prescribedUnits, earlierUnits };
  }
  const remainingUnits = prescribedUnits - earlier.dispensedUnits;
  return refuseExcess(code, { drug, dispensedUnits }, remainingUnits);
}

function refuseExcess(
  code: string,
  { drug, dispensedUnits }: { readonly drug: string; readonly dispensedUnits: number },
  remainingUnits: number,
): Refusal | undefined {
  if (dispensedUnits <= remainingUnits) return undefined;
  const wantedUnits = dispensedUnits;
  return { type: 'PrescriptionExceeded', drug, code, wantedUnits, remainingUnits };
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
