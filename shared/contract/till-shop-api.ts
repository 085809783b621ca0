/**
 * Running a counter, a part of till-api.ts: prescriptions, losses of controlled drugs, shifts, the
 * shop's own products and its staff.
 */
import { z } from 'zod';
import { limits } from '../base/limits.ts';
import { LossCause } from '../events/controlled-drug-loss-reported.ts';
import { LocalProductDefined } from '../events/local-product-defined.ts';
import { PaperPhoto } from '../events/prescription-dispensed.ts';
import { ShiftClosed } from '../events/shift-closed.ts';
import { CalendarDate, Instant } from '../model/calendar.ts';
import { DrugCode } from '../model/drug.ts';
import { StaffId } from '../model/facility.ts';
import { LocalProductCode } from '../model/local-product.ts';
import { Place } from '../model/lot.ts';
import { AmountVnd } from '../model/money.ts';
import { Prescription } from '../model/prescription.ts';
import { StaffMember } from '../model/staff.ts';
import { auditFields } from '../rules/audit.ts';
import {
  CommandId,
  Documented,
  LotInput,
  linesMax,
  NoteText,
  page,
  ShortText,
  TypedNumber,
} from './till-parts.ts';
import { Pin } from './till-session-api.ts';

/** A prescription as it is entered beside a cart. */
export const EnteredPrescription = z.object({
  prescription: Prescription,
  lines: z
    .array(
      z.object({
        drug: DrugCode,
        prescribedUnits: TypedNumber,
        instructions: ShortText.default(''),
        /** For how many days all of it is meant. */
        days: TypedNumber.optional(),
        substituteFor: z
          .object({ drug: DrugCode, reason: ShortText.min(1), isAgreed: z.boolean() })
          .optional(),
      }),
    )
    .max(linesMax),
  /** A photo kept before (prescriptions.keepPhoto). */
  paper: PaperPhoto.optional(),
});

export const PrescriptionRow = z.object({
  code: z.string(),
  kind: Prescription.shape.kind,
  issuedOn: CalendarDate,
  validUntil: CalendarDate,
  /** Of the last sale on it. */
  seq: z.int(),
  slip: z.string(),
  at: Instant,
  patientName: z.string(),
  /**
   * `pending`: the centre is asked when there is a line; `exceeded`: all facilities together sold
   * more than was prescribed.
   */
  verification: z.enum(['not-applicable', 'pending', 'verified', 'exceeded']),
  paper: PaperPhoto.nullable(),
  lines: z.array(
    z.object({
      drug: DrugCode,
      name: z.string(),
      prescribedUnits: z.int(),
      /** By sales of this shop that stand. */
      dispensedUnits: z.int(),
      remainingUnits: z.int(),
    }),
  ),
});
export type PrescriptionRow = z.infer<typeof PrescriptionRow>;

/** Without its sum where whoever asks is about to count blindly. */
const Tally = z.object({ count: z.int(), totalVnd: z.int().nullable() });
/** Figures of the open shift (X). A blind count leaves out all that adds up to what should be there. */
export const CurrentShift = z.object({
  shiftId: z.uuid(),
  number: z.int(),
  openedAt: Instant,
  openedBy: StaffId,
  openingCashVnd: AmountVnd,
  sales: Tally,
  voids: Tally,
  returns: Tally,
  payments: z
    .array(
      z.object({
        method: ShiftClosed.shape.payments.element.shape.method,
        takenVnd: z.int(),
        paidBackVnd: z.int(),
        expectedVnd: z.int(),
      }),
    )
    .nullable(),
});
export type CurrentShift = z.infer<typeof CurrentShift>;

export const ShiftRow = z.object({
  shiftId: z.uuid(),
  number: z.int(),
  openedAt: Instant,
  openedBy: StaffId,
  /** Null while it is open. */
  closedAt: Instant.nullable(),
  saleCount: z.int().nullable(),
  /** Null also for whoever may not see what should be in the drawer. */
  salesVnd: z.int().nullable(),
  cashDifferenceVnd: z.int().nullable(),
});
export type ShiftRow = z.infer<typeof ShiftRow>;

export const LocalProductRow = LocalProductDefined.extend({
  definedAt: Instant,
  onHandUnits: z.int(),
  /** The catalogue's drug that says it is this one; null until somebody has mapped it. */
  mappedTo: DrugCode.nullable(),
});
export type LocalProductRow = z.infer<typeof LocalProductRow>;

export const StaffRow = StaffMember.extend({
  staffId: StaffId,
  hasPin: z.boolean(),
  /** Null for the responsible pharmacist whom only the licence names so far. */
  changedAt: Instant.nullable(),
});
export type StaffRow = z.infer<typeof StaffRow>;

const AuditValue = z.union([z.string(), z.number(), z.boolean(), z.null()]);
/** One act of a person: a fact of the journal by its type, or what no fact says (db/audit.ts). */
export const AuditRow = z.object({
  at: Instant,
  /** Null where nobody was signed in. */
  by: z.string().nullable(),
  approvedBy: z.string().nullable(),
  what: z.string(),
  subject: z.string(),
  changes: z.array(z.object({ field: z.enum(auditFields), before: AuditValue, after: AuditValue })),
});
export type AuditRow = z.infer<typeof AuditRow>;

export const tillShopApi = {
  /** Who did what on a day, with old and new values, newest first. */
  'audit.list': {
    kind: 'query',
    input: z.object({ day: CalendarDate }),
    answer: z.object({ rows: z.array(AuditRow).max(limits.auditRowsMax), hasMore: z.boolean() }),
  },
  /** Prescriptions sold on here with what remains of them, newest first. */
  'prescriptions.list': {
    kind: 'query',
    input: z.object({
      /** Part of a code. */
      text: z.string().trim().max(50).default(''),
      /** Only those of which something is left that may still be collected. */
      isOpen: z.boolean().default(false),
      /** Only those that are to be asked for at the centre, or that it disagrees with. */
      isUnverified: z.boolean().default(false),
      beforeSeq: z.int().min(1).optional(),
      ...page,
    }),
    answer: z.object({ rows: z.array(PrescriptionRow), hasMore: z.boolean() }),
  },
  'stock.reportLoss': {
    kind: 'command',
    input: z.object({
      commandId: CommandId,
      cause: LossCause,
      circumstances: NoteText.min(1),
      foundAt: Instant,
      foundBy: ShortText.min(1),
      actionsTaken: NoteText.default(''),
      lines: z.array(LotInput.extend({ place: Place, units: TypedNumber })).max(linesMax),
    }),
    /** Until when the authority must have been told. */
    answer: Documented.extend({ dueAt: Instant }),
  },
  'shifts.open': {
    kind: 'command',
    input: z.object({
      commandId: CommandId,
      openingCashVnd: TypedNumber,
      note: NoteText.default(''),
    }),
    answer: Documented.extend({ number: z.int() }),
  },
  'shifts.current': {
    kind: 'query',
    input: z.object({ isBlind: z.boolean().default(true) }),
    answer: CurrentShift.nullable(),
  },
  'shifts.close': {
    kind: 'command',
    input: z.object({
      commandId: CommandId,
      countedCashVnd: TypedNumber,
      countedVietqrVnd: TypedNumber.nullable().default(null),
      isBlind: z.boolean().default(true),
      note: NoteText.default(''),
    }),
    /** The report is in the journal; it is shown to whoever may see what should be there. */
    answer: Documented.extend({ figures: ShiftClosed.nullable() }),
  },
  /** Newest first. */
  'shifts.list': {
    kind: 'query',
    input: z.object({ beforeNumber: z.int().min(1).optional(), ...page }),
    answer: z.object({ rows: z.array(ShiftRow), hasMore: z.boolean() }),
  },
  /** The Z report of a closed shift, as it was sealed. */
  'shifts.get': {
    kind: 'query',
    input: z.object({ shiftId: z.uuid() }),
    answer: z
      .object({ seq: z.int(), closedAt: Instant, closedBy: StaffId, figures: ShiftClosed })
      .nullable(),
  },
  'products.define': {
    kind: 'command',
    input: z.object({
      commandId: CommandId,
      code: LocalProductCode.optional(),
      ...LocalProductDefined.omit({ code: true, revision: true, approvedBy: true }).shape,
      barcode: LocalProductDefined.shape.barcode.default(null),
      registrationNumber: LocalProductDefined.shape.registrationNumber.default(''),
      manufacturer: LocalProductDefined.shape.manufacturer.default(''),
    }),
    answer: Documented.extend({ code: LocalProductCode }),
  },
  'products.listLocal': {
    kind: 'query',
    input: z.object({
      isUnmapped: z.boolean().default(false),
      offset: z.int().min(0).max(1_000_000).default(0),
      ...page,
    }),
    answer: z.object({ rows: z.array(LocalProductRow), hasMore: z.boolean() }),
  },
  'staff.change': {
    kind: 'command',
    input: z.object({ commandId: CommandId, staffId: StaffId, ...StaffMember.shape }),
    answer: Documented,
  },
  /** The PIN stays at this till; the journal only says that it was changed. */
  'staff.setPin': {
    kind: 'command',
    input: z.object({ commandId: CommandId, staffId: StaffId, pin: Pin }),
    answer: Documented,
  },
  /** Comes to work or leaves for now: oneself, or by whoever keeps the staff. */
  'staff.setDuty': {
    kind: 'command',
    input: z.object({ commandId: CommandId, staffId: StaffId, isOnDuty: z.boolean() }),
    answer: Documented,
  },
  'staff.list': {
    kind: 'query',
    input: z.object({}),
    answer: z.object({ rows: z.array(StaffRow).max(limits.staffMax + 1) }),
  },
} as const;
