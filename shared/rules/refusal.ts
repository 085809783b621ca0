import type { Place } from '../model/lot.ts';
import type { StaffRole } from '../model/staff.ts';
import type { StaffAct } from '../model/staff-act.ts';
import type { RangeProblem } from './safety/facility-range.ts';

/**
 * Every business "no" of the till, as data. Its sentence stands in the text tables of each program
 * and its HTTP status in contract/problem.ts; both are exhaustive by type. When several apply, the
 * first in this order is given.
 */
export type Refusal =
  | { readonly type: 'NotEnrolled' }
  /** Nobody is signed in at this counter, or it is locked. */
  | { readonly type: 'NotSignedIn' }
  /** Not for this role; a person of one of `roles` may, or approves here with their PIN. */
  | {
      readonly type: 'NotPermitted' | 'NotOnDuty' | 'SupervisorNeeded';
      readonly act: StaffAct;
      readonly roles: readonly StaffRole[];
    }
  | { readonly type: 'UnknownDrug'; readonly drug: string }
  | { readonly type: 'UnknownUnit'; readonly drug: string; readonly unit: string }
  | { readonly type: 'PrescriptionMissing'; readonly drug: string }
  | { readonly type: 'EmptyDocument' }
  | { readonly type: 'TooManyLines'; readonly lines: number; readonly linesMax: number }
  | { readonly type: 'BadQuantity'; readonly drug: string; readonly quantity: number }
  | { readonly type: 'QuantityTooLarge'; readonly drug: string; readonly unitsMax: number }
  | { readonly type: 'PriceNotSet'; readonly drug: string; readonly unit: string }
  | { readonly type: 'PriceTooHigh'; readonly drug: string; readonly priceVndMax: number }
  | {
      readonly type: 'PriceAboveCeiling';
      readonly drug: string;
      readonly priceVnd: number;
      readonly ceilingVnd: number;
    }
  | { readonly type: 'DiscountTooLarge'; readonly drug: string }
  /** More than the role of whoever sells may give; of one line, or of the whole sale. */
  | { readonly type: 'DiscountNotPermitted'; readonly percentMax: number }
  | { readonly type: 'UnknownLot'; readonly drug: string; readonly lot: string }
  | {
      readonly type: 'LotExpired';
      readonly drug: string;
      readonly lot: string;
      readonly expiresOn: string;
    }
  | { readonly type: 'LotReasonMissing'; readonly drug: string; readonly lot: string }
  | {
      readonly type: 'InsufficientStock';
      readonly drug: string;
      readonly wantedUnits: number;
      readonly sellableUnits: number;
      readonly expiredUnits: number;
      /** In quarantine or recalled: on hand, but not to be sold. */
      readonly blockedUnits: number;
    }
  | {
      readonly type: 'LotRecalled';
      readonly drug: string;
      readonly lot: string;
      readonly recallNumber: string;
    }
  | { readonly type: 'LotQuarantined'; readonly drug: string; readonly lot: string }
  | {
      readonly type: 'LotHoldsLess';
      readonly drug: string;
      readonly lot: string;
      readonly place: Place;
      readonly wantedUnits: number;
      readonly heldUnits: number;
    }
  | { readonly type: 'BadCount'; readonly drug: string; readonly lot: string }
  | {
      readonly type: 'UnknownPosition';
      readonly drug: string;
      readonly lot: string;
      readonly seq: number;
      readonly headSeq: number;
    }
  | { readonly type: 'LotCountedMeanwhile'; readonly drug: string; readonly lot: string }
  | {
      readonly type: 'CountContradicted';
      readonly drug: string;
      readonly lot: string;
      readonly countedUnits: number;
      /** What left the lot since it was counted, more than was there. */
      readonly leftUnits: number;
    }
  | { readonly type: 'PaymentTooSmall'; readonly totalVnd: number; readonly tenderedVnd: number }
  | { readonly type: 'TotalChanged'; readonly shownVnd: number; readonly totalVnd: number }
  | { readonly type: 'UnknownSale'; readonly saleId: string }
  | { readonly type: 'SaleAlreadyVoided'; readonly slip: string }
  | { readonly type: 'SaleHasReturns'; readonly slip: string }
  /** Goods of an earlier slip paid for a part of it. */
  | { readonly type: 'SaleInExchange'; readonly slip: string }
  /** Another counter of the shop works on it, or has sold it. */
  | { readonly type: 'OpenSaleElsewhere' }
  | { readonly type: 'OpenSaleSold' }
  | { readonly type: 'UnknownOpenSale' }
  | { readonly type: 'TooManyOpenSales'; readonly openSalesMax: number }
  /** A specially controlled drug comes back only to a pharmacist, with its minutes. */
  | { readonly type: 'ReturnNeedsPharmacist'; readonly drug: string }
  | { readonly type: 'ReturnMinutesMissing'; readonly drug: string }
  | {
      readonly type: 'NotInSale';
      readonly drug: string;
      readonly lot: string;
      readonly slip: string;
    }
  | {
      readonly type: 'ReturnExceedsSale';
      readonly drug: string;
      readonly lot: string;
      readonly wantedUnits: number;
      readonly returnableUnits: number;
    }
  | { readonly type: 'TransferToSelf'; readonly facilityCode: string }
  | { readonly type: 'TransferAlreadyReceived'; readonly transferId: string }
  | {
      readonly type: 'ReceivedMoreThanSent';
      readonly drug: string;
      readonly lot: string;
      readonly sentUnits: number;
      readonly receivedUnits: number;
    }
  | { readonly type: 'UnknownRecall'; readonly recallNumber: string }
  | { readonly type: 'RecallAlreadyAcknowledged'; readonly recallNumber: string }
  | { readonly type: 'DuplicateLot'; readonly drug: string; readonly lot: string }
  | { readonly type: 'ReceivedExpired'; readonly drug: string; readonly lot: string }
  | { readonly type: 'OpeningAlreadyDeclared'; readonly drug: string; readonly lot: string }
  | { readonly type: 'NotControlled'; readonly drug: string }
  | { readonly type: 'FoundInFuture'; readonly foundAt: string }
  | { readonly type: 'PrescriptionCodeMalformed'; readonly code: string }
  | { readonly type: 'PrescriptionNotYetValid'; readonly code: string; readonly fromDate: string }
  | { readonly type: 'PrescriptionExpired'; readonly code: string; readonly validUntil: string }
  | { readonly type: 'CollectorMissing'; readonly code: string }
  | { readonly type: 'PrescribedTwice'; readonly drug: string; readonly code: string }
  | { readonly type: 'NotPrescribed'; readonly drug: string; readonly code: string }
  | {
      readonly type: 'PrescriptionFormWrong';
      readonly drug: string;
      readonly code: string;
      /** Letters of the forms on which this drug may be prescribed. */
      readonly forms: string;
    }
  | {
      readonly type: 'PrescriptionDiffers';
      readonly drug: string;
      readonly code: string;
      readonly prescribedUnits: number;
      /** What an earlier sale on the same prescription says. */
      readonly earlierUnits: number;
    }
  | {
      readonly type: 'PrescriptionExceeded';
      readonly drug: string;
      readonly code: string;
      readonly wantedUnits: number;
      readonly remainingUnits: number;
    }
  | { readonly type: 'SupplyDaysMissing'; readonly drug: string; readonly code: string }
  | {
      readonly type: 'SupplyTooLong';
      readonly drug: string;
      readonly code: string;
      readonly days: number;
      readonly daysMax: number;
    }
  | { readonly type: 'StageTooLong'; readonly code: string; readonly daysMax: number }
  /** Only a pharmacy substitutes, and only with the buyer's consent. */
  | { readonly type: 'SubstitutionNotAllowed'; readonly drug: string }
  | { readonly type: 'ConsentMissing'; readonly drug: string }
  | { readonly type: 'SubstituteDiffers'; readonly drug: string; readonly prescribedDrug: string }
  | { readonly type: 'UnknownPhoto'; readonly code: string }
  | { readonly type: 'PhotoUnusable' }
  /** Name and address of who takes a controlled drug or a combination with one. */
  | { readonly type: 'BuyerMissing'; readonly drug: string }
  | { readonly type: 'OutOfRange'; readonly drug: string; readonly problem: RangeProblem }
  | {
      /** Never together, or never for this person. */
      readonly type: 'Contraindicated';
      readonly drug: string;
      readonly otherDrug: string | null;
      readonly rule: string;
      readonly reason: { readonly vi: string; readonly en: string };
    }
  | {
      /** A pharmacist must say why it is sold in spite of this. */
      readonly type: 'NotWeighed';
      readonly drug: string;
      readonly otherDrug: string | null;
      readonly rule: string;
      /** Null: the same active twice. */
      readonly reason: { readonly vi: string; readonly en: string } | null;
    }
  | { readonly type: 'ShiftAlreadyOpen'; readonly number: number; readonly openedAt: string }
  | { readonly type: 'NoShiftOpen' }
  | { readonly type: 'BadAmount'; readonly amountVnd: number }
  | { readonly type: 'UnknownLocalProduct'; readonly code: string }
  /** The catalogue or another definition has this barcode or number already. */
  | { readonly type: 'ProductKnownAlready'; readonly drug: string; readonly number: string }
  | { readonly type: 'SmallestUnitFixed'; readonly drug: string; readonly unit: string }
  | { readonly type: 'UnknownStaff'; readonly staffId: string }
  | { readonly type: 'StaffNotChanged'; readonly staffId: string }
  | { readonly type: 'CertificateMissing'; readonly staffId: string }
  | { readonly type: 'LastInCharge'; readonly staffId: string }
  | { readonly type: 'StaffIdReserved'; readonly staffId: string }
  | { readonly type: 'PinTooSimple' }
  /** Somebody in charge has a PIN before anybody else: or nobody could give the next one. */
  | { readonly type: 'PinInChargeFirst' }
  | { readonly type: 'PinNotSet'; readonly staffId: string }
  | { readonly type: 'WrongPin'; readonly waitMs: number }
  | {
      readonly type: 'ApproverMayNot';
      readonly staffId: string;
      readonly acts: readonly StaffAct[];
    }
  | { readonly type: 'DifferenceUnexplained'; readonly differenceVnd: number };

export type RefusalType = Refusal['type'];
