import { unreachable } from '../../../shared/base/assert.ts';
import type { TillProblem } from '../../../shared/contract/till-api.ts';
import { formatDate, formatMoment, formatMoney, formatNumber } from '../base/format.ts';
import { peopleSentence } from './people-words.ts';
import { safetySentence } from './safety-text.ts';
import { lineCode, supportCode } from './support-code.ts';
import type { Translate } from './text.ts';

/** What a sentence needs beside the problem itself: how the shop calls a drug and its units. */
export type DrugNaming = {
  readonly nameOf: (drug: string) => string;
  /** An amount in the drug's smallest unit: `12 viên`. */
  readonly unitsOf: (drug: string, units: number) => string;
};

export const plainNaming: DrugNaming = {
  nameOf: (drug) => drug,
  unitsOf: (_drug, units) => formatNumber(units),
};

/** The sentence for a person: what happened and what to do. Exhaustive over every "no". */
export function problemSentence(t: Translate, problem: TillProblem, naming: DrugNaming): string {
  const name = 'drug' in problem ? naming.nameOf(problem.drug) : '';
  switch (problem.type) {
    case 'NotEnrolled':
    case 'EmptyDocument':
    case 'UnknownSale':
    case 'OpenSaleElsewhere':
    case 'OpenSaleSold':
    case 'UnknownOpenSale':
    case 'NoShiftOpen':
    case 'PinTooSimple':
    case 'UnknownCall':
    case 'BadInput':
    case 'Fault':
    case 'CentreUnreachable':
    case 'AlreadyEnrolled':
    case 'NotCaughtUp':
      return t(`problem.${problem.type}`);
    case 'TillUnreachable':
      return t(
        problem.wasQuestion ? 'problem.TillUnreachable.question' : 'problem.TillUnreachable',
      );
    case 'BackupRefused':
      return t(`problem.BackupRefused.${problem.reason}`);
    case 'PrintRefused':
      return t(`problem.PrintRefused.${problem.reason}`);
    case 'CarrierRefused':
      return t(`problem.CarrierRefused.${problem.reason}`);
    case 'EnrolmentRefused':
      return t(`problem.EnrolmentRefused.${problem.reason}`);
    case 'UnknownDrug':
    case 'PrescriptionMissing':
    case 'NotControlled':
    case 'BadQuantity':
    case 'DiscountTooLarge':
    case 'ReturnNeedsPharmacist':
    case 'ReturnMinutesMissing':
      return t(`problem.${problem.type}`, { name });
    case 'UnknownUnit':
    case 'PriceNotSet':
      return t(`problem.${problem.type}`, { name, unit: problem.unit });
    case 'UnknownLot':
    case 'LotReasonMissing':
    case 'LotQuarantined':
    case 'BadCount':
    case 'LotCountedMeanwhile':
    case 'DuplicateLot':
    case 'ReceivedExpired':
    case 'OpeningAlreadyDeclared':
      return t(`problem.${problem.type}`, { name, lot: problem.lot });
    case 'LotExpired': {
      const { lot, expiresOn } = problem;
      return t('problem.LotExpired', { name, lot, date: formatDate(expiresOn) });
    }
    case 'TooManyLines':
      return t('problem.TooManyLines', { lines: problem.lines, linesMax: problem.linesMax });
    case 'SaleAlreadyVoided':
    case 'SaleHasReturns':
    case 'SaleInExchange':
      return t(`problem.${problem.type}`, { slip: problem.slip });
    case 'DiscountNotPermitted':
      return t('problem.DiscountNotPermitted', { percentMax: problem.percentMax });
    case 'TooManyOpenSales':
      return t('problem.TooManyOpenSales', { openSalesMax: problem.openSalesMax });
    case 'QuantityTooLarge':
      return t('problem.QuantityTooLarge', { name, unitsMax: problem.unitsMax });
    case 'InsufficientStock':
      return stockSentence(t, problem, naming);
    case 'LotHoldsLess': {
      const held = naming.unitsOf(problem.drug, problem.heldUnits);
      const wanted = naming.unitsOf(problem.drug, problem.wantedUnits);
      return t(`problem.LotHoldsLess.${problem.place}`, { name, lot: problem.lot, held, wanted });
    }
    case 'LotRecalled': {
      const { lot, recallNumber } = problem;
      return t('problem.LotRecalled', { name, lot, recallNumber });
    }
    case 'UnknownRecall':
    case 'RecallAlreadyAcknowledged':
      return t(`problem.${problem.type}`, { recallNumber: problem.recallNumber });
    case 'NotInSale':
      return t('problem.NotInSale', { name, lot: problem.lot, slip: problem.slip });
    case 'ReturnExceedsSale': {
      const wanted = naming.unitsOf(problem.drug, problem.wantedUnits);
      const returnable = naming.unitsOf(problem.drug, problem.returnableUnits);
      return t('problem.ReturnExceedsSale', { name, lot: problem.lot, wanted, returnable });
    }
    case 'ReceivedMoreThanSent': {
      const sent = naming.unitsOf(problem.drug, problem.sentUnits);
      const received = naming.unitsOf(problem.drug, problem.receivedUnits);
      return t('problem.ReceivedMoreThanSent', { name, lot: problem.lot, sent, received });
    }
    case 'TransferToSelf':
    case 'TransferAlreadyReceived':
      return t(`problem.${problem.type}`);
    case 'UnknownPosition':
      return t('problem.UnknownPosition', { name, lot: problem.lot });
    case 'CountContradicted': {
      const counted = naming.unitsOf(problem.drug, problem.countedUnits);
      const left = naming.unitsOf(problem.drug, problem.leftUnits);
      return t('problem.CountContradicted', { name, lot: problem.lot, counted, left });
    }
    case 'SmallestUnitFixed':
      return t('problem.SmallestUnitFixed', { name, unit: problem.unit });
    case 'ProductKnownAlready':
      return t('problem.ProductKnownAlready', { name, number: problem.number });
    case 'UnknownLocalProduct':
      return t('problem.UnknownLocalProduct', { code: problem.code });
    case 'UnknownStaff':
    case 'StaffNotChanged':
    case 'CertificateMissing':
    case 'LastInCharge':
      return t(`problem.${problem.type}`, { staffId: problem.staffId });
    case 'FoundInFuture':
      return t('problem.FoundInFuture', { time: formatMoment(problem.foundAt) });
    case 'ShiftAlreadyOpen': {
      const time = formatMoment(problem.openedAt);
      return t('problem.ShiftAlreadyOpen', { number: problem.number, time });
    }
    case 'PrescriptionCodeMalformed':
    case 'PrescriptionNotYetValid':
    case 'PrescriptionExpired':
    case 'CollectorMissing':
    case 'NotPrescribed':
    case 'PrescribedTwice':
    case 'PrescriptionFormWrong':
    case 'PrescriptionDiffers':
    case 'PrescriptionExceeded':
      return prescriptionSentence(t, problem, naming);
    case 'NotSignedIn':
    case 'NotPermitted':
    case 'NotOnDuty':
    case 'SupervisorNeeded':
    case 'StaffIdReserved':
    case 'PinInChargeFirst':
    case 'PinNotSet':
    case 'WrongPin':
    case 'ApproverMayNot':
    case 'DifferenceUnexplained':
      return peopleSentence(t, problem);
    case 'SupplyDaysMissing':
    case 'SupplyTooLong':
    case 'StageTooLong':
    case 'SubstitutionNotAllowed':
    case 'ConsentMissing':
    case 'SubstituteDiffers':
    case 'UnknownPhoto':
    case 'PhotoUnusable':
    case 'BuyerMissing':
    case 'OutOfRange':
    case 'Contraindicated':
    case 'NotWeighed':
      return safetySentence(t, problem, naming);
    default:
      return moneySentence(t, problem, name);
  }
}

/** The small print: what a person reads out to support. */
export function problemCode(problem: TillProblem): string {
  switch (problem.type) {
    case 'Fault':
      return problem.code;
    case 'EnrolmentRefused':
      return supportCode('enrol', problem.reason);
    case 'CarrierRefused':
      return supportCode('file', problem.reason);
    case 'BackupRefused':
      return supportCode('backup', problem.reason);
    case 'CentreUnreachable':
      return lineCode(problem.detail);
    case 'BadInput':
      return supportCode('input', problem.detail);
    default:
      return problem.type;
  }
}

type StockProblem = Extract<TillProblem, { type: 'InsufficientStock' }>;
type MoneyProblem = Extract<
  TillProblem,
  { type: 'PriceTooHigh' | 'PriceAboveCeiling' | 'PaymentTooSmall' | 'TotalChanged' | 'BadAmount' }
>;
type PrescriptionProblem = Extract<
  TillProblem,
  {
    type:
      | 'PrescriptionCodeMalformed'
      | 'PrescriptionNotYetValid'
      | 'PrescriptionExpired'
      | 'CollectorMissing'
      | 'NotPrescribed'
      | 'PrescribedTwice'
      | 'PrescriptionFormWrong'
      | 'PrescriptionDiffers'
      | 'PrescriptionExceeded';
  }
>;

function prescriptionSentence(
  t: Translate,
  problem: PrescriptionProblem,
  naming: DrugNaming,
): string {
  const { code } = problem;
  switch (problem.type) {
    case 'PrescriptionCodeMalformed':
    case 'CollectorMissing':
      return t(`problem.${problem.type}`, { code });
    case 'PrescriptionNotYetValid':
      return t('problem.PrescriptionNotYetValid', { code, date: formatDate(problem.fromDate) });
    case 'PrescriptionExpired':
      return t('problem.PrescriptionExpired', { code, date: formatDate(problem.validUntil) });
    case 'NotPrescribed':
    case 'PrescribedTwice':
      return t(`problem.${problem.type}`, { code, name: naming.nameOf(problem.drug) });
    case 'PrescriptionFormWrong': {
      const forms = problem.forms.toUpperCase();
      return t('problem.PrescriptionFormWrong', {
        code,
        name: naming.nameOf(problem.drug),
        forms,
      });
    }
    case 'PrescriptionDiffers': {
      const prescribed = naming.unitsOf(problem.drug, problem.prescribedUnits);
      const earlier = naming.unitsOf(problem.drug, problem.earlierUnits);
      const name = naming.nameOf(problem.drug);
      return t('problem.PrescriptionDiffers', { code, name, prescribed, earlier });
    }
    case 'PrescriptionExceeded': {
      const wanted = naming.unitsOf(problem.drug, problem.wantedUnits);
      const remaining = naming.unitsOf(problem.drug, problem.remainingUnits);
      const name = naming.nameOf(problem.drug);
      return t('problem.PrescriptionExceeded', { code, name, wanted, remaining });
    }
    default:
      return unreachable(problem);
  }
}

function stockSentence(t: Translate, problem: StockProblem, naming: DrugNaming): string {
  const shortage = shortageSentence(t, problem, naming);
  if (problem.blockedUnits === 0) return shortage;
  const blocked = naming.unitsOf(problem.drug, problem.blockedUnits);
  return `${shortage} ${t('problem.InsufficientStock.blocked', { blocked })}`;
}

function shortageSentence(t: Translate, problem: StockProblem, naming: DrugNaming): string {
  const { drug } = problem;
  const name = naming.nameOf(drug);
  const wanted = naming.unitsOf(drug, problem.wantedUnits);
  const sellable = naming.unitsOf(drug, problem.sellableUnits);
  const expired = naming.unitsOf(drug, problem.expiredUnits);
  const hasExpired = problem.expiredUnits > 0;
  if (problem.sellableUnits === 0) {
    return hasExpired
      ? t('problem.InsufficientStock.onlyExpired', { name, expired })
      : t('problem.InsufficientStock.none', { name });
  }
  return hasExpired
    ? t('problem.InsufficientStock.expired', { name, wanted, sellable, expired })
    : t('problem.InsufficientStock', { name, wanted, sellable });
}

function moneySentence(t: Translate, problem: MoneyProblem, name: string): string {
  switch (problem.type) {
    case 'PriceTooHigh':
      return t('problem.PriceTooHigh', { name, priceVndMax: formatMoney(problem.priceVndMax) });
    case 'PriceAboveCeiling': {
      const price = formatMoney(problem.priceVnd);
      return t('problem.PriceAboveCeiling', {
        name,
        price,
        ceiling: formatMoney(problem.ceilingVnd),
      });
    }
    case 'BadAmount':
      return t('problem.BadAmount', { amount: formatMoney(problem.amountVnd) });
    case 'PaymentTooSmall': {
      const tendered = formatMoney(problem.tenderedVnd);
      return t('problem.PaymentTooSmall', { tendered, total: formatMoney(problem.totalVnd) });
    }
    case 'TotalChanged': {
      const shown = formatMoney(problem.shownVnd);
      return t('problem.TotalChanged', { shown, total: formatMoney(problem.totalVnd) });
    }
    default:
      return unreachable(problem);
  }
}
