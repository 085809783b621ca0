import { unreachable } from '../../../shared/base/assert.ts';
import type { TillProblem } from '../../../shared/contract/till-api.ts';
import type { Translate } from './text.ts';

type Naming = { readonly nameOf: (drug: string) => string };
type SafetyProblem = Extract<
  TillProblem,
  {
    type:
      | 'SupplyDaysMissing'
      | 'SupplyTooLong'
      | 'StageTooLong'
      | 'SubstitutionNotAllowed'
      | 'ConsentMissing'
      | 'SubstituteDiffers'
      | 'UnknownPhoto'
      | 'PhotoUnusable'
      | 'BuyerMissing'
      | 'OutOfRange'
      | 'Contraindicated'
      | 'NotWeighed';
  }
>;

/** What is not sold for the sake of whoever takes it, and what may be done instead. */
export function safetySentence(t: Translate, problem: SafetyProblem, naming: Naming): string {
  const name = 'drug' in problem ? naming.nameOf(problem.drug) : '';
  switch (problem.type) {
    case 'SupplyDaysMissing':
      return t('problem.SupplyDaysMissing', { code: problem.code, name });
    case 'SupplyTooLong': {
      const { code, days, daysMax } = problem;
      return t('problem.SupplyTooLong', { code, name, days, daysMax });
    }
    case 'StageTooLong':
      return t('problem.StageTooLong', { code: problem.code, daysMax: problem.daysMax });
    case 'SubstitutionNotAllowed':
    case 'ConsentMissing':
    case 'BuyerMissing':
      return t(`problem.${problem.type}`, { name });
    case 'SubstituteDiffers':
      return t('problem.SubstituteDiffers', { name, prescribed: problem.prescribedDrug });
    case 'UnknownPhoto':
      return t('problem.UnknownPhoto', { code: problem.code });
    case 'PhotoUnusable':
      return t('problem.PhotoUnusable');
    case 'OutOfRange':
      return t(`problem.OutOfRange.${problem.problem}`, { name });
    case 'Contraindicated':
    case 'NotWeighed': {
      const names = pairName(t, problem, naming);
      const because = reasonIn(t, problem.reason) ?? t('safety.twice');
      return t(`problem.${problem.type}`, { names, because });
    }
    default:
      return unreachable(problem);
  }
}

/** The rule's own sentence in the language of the screen: rules bring theirs along. */
export function reasonIn(
  t: Translate,
  reason: { readonly vi: string; readonly en: string } | null,
): string | undefined {
  if (reason === null) return undefined;
  return t('safety.language') === 'en' ? reason.en : reason.vi;
}

function pairName(
  t: Translate,
  { drug, otherDrug }: { readonly drug: string; readonly otherDrug: string | null },
  naming: Naming,
): string {
  const one = naming.nameOf(drug);
  return otherDrug === null ? one : t('safety.pair', { one, other: naming.nameOf(otherDrug) });
}
