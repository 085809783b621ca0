import type { Drug } from '../../model/drug.ts';
import type { FacilityKind } from '../../model/facility.ts';
import { foldVietnamese } from '../fold-vietnamese.ts';
import type { Refusal } from '../refusal.ts';
import { activesOf } from './ingredients.ts';

/**
 * Another drug than the one on the paper (Luật Dược Đ47, Đ81): a pharmacy may, the other types may
 * not; same actives, strength and form; the buyer agrees. Whether a pharmacist does it is judged
 * with everything else on prescription (rules/staff-acts.ts).
 */
export function refuseSubstitute(
  context: {
    readonly facilityKind: FacilityKind;
    readonly drugs: ReadonlyMap<string, Compared & Pick<Drug, 'name'>>;
  },
  soldDrug: string,
  substituteFor: { readonly drug: string; readonly isAgreed: boolean },
): Refusal | undefined {
  if (context.facilityKind !== 'pharmacy') {
    return { type: 'SubstitutionNotAllowed', drug: soldDrug };
  }
  if (!substituteFor.isAgreed) return { type: 'ConsentMissing', drug: soldDrug };
  const sold = context.drugs.get(soldDrug);
  const prescribed = context.drugs.get(substituteFor.drug);
  const isSame = sold !== undefined && prescribed !== undefined && isEqual(sold, prescribed);
  const prescribedDrug = prescribed?.name ?? substituteFor.drug;
  return isSame ? undefined : { type: 'SubstituteDiffers', drug: soldDrug, prescribedDrug };
}

type Compared = Pick<Drug, 'ingredients' | 'dosageForm'>;

function isEqual(one: Compared, other: Compared): boolean {
  const [first, second] = [contentOf(one), contentOf(other)];
  return first !== '' && first === second && formOf(one) === formOf(other);
}

/** Actives with their strengths, in any order; a salt counts as its base. */
function contentOf({ ingredients }: Compared): string {
  const parts = activesOf(ingredients).map(
    ({ key, amountMg, percent }) => `${key} ${percent ?? `${amountMg ?? '?'} mg`}`,
  );
  return parts.sort().join('; ');
}

/**
 * The form without what only says how it is coated; a slow tablet is no quick one, and one that
 * passes the stomach is another again.
 */
function formOf({ dosageForm }: Compared): string {
  const form = foldVietnamese(dosageForm)
    .replace(/[^a-z ]/g, ' ')
    .replace(/\b(thuoc|dai|tron|hinh|khong bao|bao phim|bao duong|cung|mem)\b/g, ' ');
  return form.replace(/\s+/g, ' ').trim();
}
