import type { TillAnswer, TillInput } from '../../../shared/contract/till-api.ts';
import { checkBasket, questionsFor } from '../../../shared/rules/safety/check-basket.ts';
import { needsBuyer } from '../../../shared/rules/safety/control-class.ts';
import { classifiedDrug } from '../db/catalogue.ts';
import { safetyRulesOn } from '../db/safety-packs.ts';
import type { QueryContext } from './query-context.ts';

/** What the counter shows beside a basket before anybody pays. */
export function checkSafety(
  { db, today }: QueryContext,
  { drugs, person }: TillInput<'safety.check'>,
): TillAnswer<'safety.check'> {
  const rules = safetyRulesOn(db, today);
  const known = [...new Set(drugs)].flatMap((code) => classifiedDrug(db, code) ?? []);
  const basket = known.map(({ code, ingredients, dosageForm }) => ({
    drug: code,
    ingredients,
    dosageForm,
  }));
  return {
    packVersion: rules.version,
    source: rules.source,
    questions: [...questionsFor(rules, basket)],
    findings: checkBasket(rules, basket, person).map((finding) => ({
      ...finding,
      drugs: [...finding.drugs],
      actives: [...finding.actives],
    })),
    buyerFor: known.filter(({ controlClass }) => needsBuyer(controlClass)).map(({ code }) => code),
  };
}
