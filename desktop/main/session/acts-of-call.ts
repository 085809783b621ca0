import { actByCall } from '../../../shared/contract/till-acts.ts';
import type { TillCallName, TillInput } from '../../../shared/contract/till-api.ts';
import type { PrintRequest } from '../../../shared/contract/till-print-api.ts';
import type { StaffAct } from '../../../shared/model/staff-act.ts';
import { needsDocument } from '../../../shared/rules/safety/control-class.ts';
import { classifiedDrug } from '../db/catalogue.ts';
import { getSetting } from '../db/sync-state.ts';
import type { TillDb } from '../db/till-db.ts';

/** What acts depend on beside their call. */
export type CallToJudge<Name extends TillCallName = TillCallName> = {
  readonly name: Name;
  readonly input: TillInput<Name>;
  /** Who is signed in. */
  readonly by: string;
};

/** Every act that a call comes to: the one of its name, and what its input adds. */
export function actsOfCall(db: TillDb, call: CallToJudge): readonly StaffAct[] {
  const act = actByCall[call.name];
  if (act === 'anybody') return [];
  const own = act === 'signed-in' ? [] : [act];
  return [...own, ...actsOfInput(db, call)];
}

function actsOfInput(db: TillDb, call: CallToJudge): readonly StaffAct[] {
  if (isCall(call, 'sales.complete')) return actsOfSale(db, call.input);
  if (isCall(call, 'shifts.current')) return call.input.isBlind ? [] : ['see-expected-cash'];
  if (
    isCall(call, 'printing.print') ||
    isCall(call, 'paper.preview') ||
    isCall(call, 'paper.pdf')
  ) {
    return actsOfPaper(call.input.request);
  }
  const isOfOthers =
    (isCall(call, 'staff.setPin') || isCall(call, 'staff.setDuty')) &&
    call.input.staffId !== call.by;
  return isOfOthers ? ['change-staff'] : [];
}

/** Figures of the drawer are for the same eyes on paper; opening it without a sale is a shift's. */
function actsOfPaper(request: PrintRequest): readonly StaffAct[] {
  switch (request.type) {
    case 'shift':
      return ['see-expected-cash'];
    case 'shift-so-far':
      return request.isBlind ? [] : ['see-expected-cash'];
    case 'drawer':
      return ['open-shift'];
    case 'sale':
    case 'return':
    case 'label':
    case 'test':
      return [];
  }
}

function actsOfSale(db: TillDb, input: TillInput<'sales.complete'>): readonly StaffAct[] {
  const acts = new Set<StaffAct>();
  if (input.prescription !== undefined) acts.add('sell-on-prescription');
  if (input.weighed.length > 0) acts.add('weigh-warning');
  for (const code of new Set(input.lines.map(({ drug }) => drug))) {
    const drug = classifiedDrug(db, code);
    if (needsDocument(drug?.controlClass)) acts.add('sell-controlled');
    if (drug?.prescriptionClass === 'prescription') acts.add('sell-on-prescription');
  }
  if (input.lines.some(({ chosenLot }) => chosenLot !== undefined)) acts.add('choose-lot');
  if (input.exchange !== undefined) acts.add('accept-return');
  const ofLinesVnd = input.lines.reduce((sum, line) => sum + line.discountVnd, 0);
  const discountVnd = ofLinesVnd + (input.saleDiscountVnd ?? 0);
  const fullVnd = input.shownTotalVnd + discountVnd;
  const { freeDiscountPercent } = getSetting(db, 'shopSettings');
  if (discountVnd * 100 > freeDiscountPercent * fullVnd) acts.add('give-discount');
  return [...acts];
}

function isCall<Name extends TillCallName>(
  call: CallToJudge,
  name: Name,
): call is CallToJudge<Name> {
  return call.name === name;
}
