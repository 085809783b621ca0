import { err, ok, type Result } from '../../base/result.ts';
import type { SaleCompleted, WeighedFinding } from '../../events/sale-completed.ts';
import type { Drug } from '../../model/drug.ts';
import type { Facility } from '../../model/facility.ts';
import type { Refusal } from '../refusal.ts';
import { type AskedPerson, checkBasket, type Finding, findingKey } from './check-basket.ts';
import { needsBuyer } from './control-class.ts';
import { rangeProblemOf } from './facility-range.ts';
import type { SafetyRules } from './safety-rules.ts';

export type SafetyContext = {
  readonly rules: SafetyRules;
  readonly facility: Pick<Facility, 'kind' | 'licence'>;
  /** Of the catalogue, with the class they are really sold by; each once. */
  readonly drugs: readonly Drug[];
};
export type SafetyWords = {
  readonly person: AskedPerson;
  readonly weighed: readonly WeighedFinding[];
  /** Name and address of the buyer, or of the patient on the prescription. */
  readonly buyer: SaleCompleted['buyer'];
};

/**
 * Whether a basket may leave: what this type of shop may not sell and what is contraindicated is
 * refused, whoever asks; what is severe needs a pharmacist's reason, which goes into the books.
 * @returns what of the sale is to be recorded.
 */
export function decideSafety(
  { rules, facility, drugs }: SafetyContext,
  { person, weighed, buyer }: SafetyWords,
): Result<Pick<SaleCompleted, 'safety' | 'buyer'>, Refusal> {
  for (const drug of drugs) {
    const problem = rangeProblemOf(facility, drug);
    if (problem !== undefined) return err({ type: 'OutOfRange', drug: drug.code, problem });
  }
  const basket = drugs.map(({ code, ingredients, dosageForm }) => ({
    drug: code,
    ingredients,
    dosageForm,
  }));
  const findings = checkBasket(rules, basket, person);
  const reasons = new Map(weighed.map((finding) => [findingKey(finding), finding.reason]));
  const kept: WeighedFinding[] = [];
  for (const finding of findings) {
    const refused = refuseFinding(finding, reasons);
    if (refused !== undefined) return err(refused);
    const reason = reasons.get(findingKey(finding)) ?? '';
    const { kind, rule } = finding;
    kept.push({ kind, rule, drugs: [...finding.drugs], reason });
  }
  const inBook = drugs.find(({ controlClass }) => needsBuyer(controlClass));
  if (inBook !== undefined && buyer === undefined) {
    return err({ type: 'BuyerMissing', drug: inBook.code });
  }
  return ok({
    ...(inBook === undefined || buyer === undefined ? {} : { buyer }),
    ...(kept.length === 0 ? {} : { safety: { packVersion: rules.version, weighed: kept } }),
  });
}

function refuseFinding(
  finding: Finding,
  reasons: ReadonlyMap<string, string>,
): Refusal | undefined {
  const [drug = '', other] = finding.drugs;
  const { rule, reason } = finding;
  const named = { drug, otherDrug: other ?? null, rule };
  if (finding.severity === 'contraindicated' && reason !== null) {
    return { type: 'Contraindicated', ...named, reason };
  }
  const isWeighed = (reasons.get(findingKey(finding)) ?? '').trim() !== '';
  return isWeighed ? undefined : { type: 'NotWeighed', ...named, reason };
}
