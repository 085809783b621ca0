import type { TillRequest } from '../../../../shared/contract/till-api.ts';
import type { PaperPhoto } from '../../../../shared/events/prescription-dispensed.ts';
import {
  Prescription,
  type PrescriptionForm,
  type Treatment,
} from '../../../../shared/model/prescription.ts';
import { parseExpiry, parseWholeNumber } from '../../base/format.ts';

/** What is typed of a prescription, as it is typed. */
export type PaperForm = {
  readonly kind: 'electronic' | 'paper';
  readonly code: string;
  readonly form: PrescriptionForm;
  readonly issuedOn: string;
  readonly treatment: Treatment;
  readonly facilityName: string;
  readonly prescriberName: string;
  readonly patientName: string;
  readonly birthYear: string;
  readonly address: string;
  readonly collectorName: string;
  readonly collectorId: string;
  readonly lines: readonly PaperLine[];
};
export type PaperLine = {
  readonly drug: string;
  readonly units: string;
  readonly days: string;
};
export type PaperField = 'code' | 'issuedOn' | 'facilityName' | 'prescriberName' | 'patientName';

export function emptyForm(today: string): PaperForm {
  return {
    ...{ kind: 'electronic', code: '', form: 'c', issuedOn: today, treatment: 'acute' },
    ...{ facilityName: '', prescriberName: '', patientName: '', birthYear: '', address: '' },
    ...{ collectorName: '', collectorId: '', lines: [] },
  };
}

/** The last letter of a national code is its form. */
export function formOf({ kind, code, form }: PaperForm): PrescriptionForm {
  const letter = /-([cnhyt])$/i.exec(code.trim())?.[1]?.toLowerCase();
  const known = Prescription.shape.form.safeParse(letter);
  return kind === 'electronic' && known.success ? known.data : form;
}

/** What is still to be filled in. */
export function missingIn(form: PaperForm): readonly PaperField[] {
  const texts = ['code', 'facilityName', 'prescriberName', 'patientName'] as const;
  const missing: PaperField[] = texts.filter((name) => form[name].trim() === '');
  return parseExpiry(form.issuedOn) === undefined ? [...missing, 'issuedOn'] : missing;
}

/** The prescription as the till takes it; undefined while something is missing. */
export function prescriptionOf(
  form: PaperForm,
  paper: PaperPhoto | null,
): NonNullable<TillRequest<'sales.complete'>['prescription']> | undefined {
  const issuedOn = parseExpiry(form.issuedOn);
  if (missingIn(form).length > 0 || issuedOn === undefined) return undefined;
  const hasCollector = form.collectorName.trim() !== '' && form.collectorId.trim() !== '';
  const parsed = Prescription.safeParse({
    ...{ kind: form.kind, code: form.code, form: formOf(form), issuedOn },
    treatment: form.treatment,
    prescriber: {
      ...{ facilityName: form.facilityName, facilityCode: '' },
      ...{ name: form.prescriberName, code: '' },
    },
    patient: {
      ...{ name: form.patientName, address: form.address },
      birthYear: parseWholeNumber(form.birthYear.replace(/\D/g, '')) ?? null,
    },
    ...(hasCollector
      ? { collector: { name: form.collectorName, identityNumber: form.collectorId } }
      : {}),
  });
  if (!parsed.success) return undefined;
  const lines = form.lines.flatMap(({ drug, units, days }) => {
    const prescribedUnits = parseWholeNumber(units);
    if (prescribedUnits === undefined || prescribedUnits < 1) return [];
    const forDays = parseWholeNumber(days);
    return [{ drug, prescribedUnits, ...(forDays === undefined ? {} : { days: forDays }) }];
  });
  return { prescription: parsed.data, lines, ...(paper === null ? {} : { paper }) };
}
