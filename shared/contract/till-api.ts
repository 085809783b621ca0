/**
 * The boundary between a counter's screens and the till, the same over Electron IPC and over the
 * counter host's HTTP (POST /rpc/<name>, GET /events). Input is parsed here before any handler;
 * answers are plain data. A command carries `commandId`, made by the screen before the first try:
 * a repeated try (lost answer, double click, two windows) gives the first answer again.
 */
import { z } from 'zod';
import { limits } from '../base/limits.ts';
import { Buyer, PaymentMethod, SaleCompleted, WeighedFinding } from '../events/sale-completed.ts';
import { CalendarDate, Instant } from '../model/calendar.ts';
import { ControlClass, DrugCode } from '../model/drug.ts';
import { Facility, StaffId, TillId } from '../model/facility.ts';
import { Lot, LotNumber } from '../model/lot.ts';
import { AmountVnd, PriceVnd } from '../model/money.ts';
import { UnitTree } from '../model/quantity.ts';
import { RecallNumber } from '../model/recall.ts';
import { parkedReasons } from '../rules/clinic.ts';
import { movementKinds } from '../rules/movements.ts';
import { Customer, GoodsBack } from '../rules/open-sale.ts';
import type { Refusal } from '../rules/refusal.ts';
import type { CarrierProblemType } from '../sync/carrier-file.ts';
import { ClinicNotice } from '../sync/feed.ts';
import { CarriedAnswer, CarriedRequest } from './sync-api.ts';
import { type BackupRefusal, Restored, tillBackupApi } from './till-backup-api.ts';
import { tillBarcodeApi } from './till-barcode-api.ts';
import { tillCareApi } from './till-care-api.ts';
import { CommandId, Documented, page, ShortText, TypedNumber, UnitName } from './till-parts.ts';
import { type PrintRefusal, tillPrintApi } from './till-print-api.ts';
import { AskedPerson, tillSafetyApi } from './till-safety-api.ts';
import { CounterId, tillSellingApi } from './till-selling-api.ts';
import { tillSessionApi } from './till-session-api.ts';
import { EnteredPrescription, tillShopApi } from './till-shop-api.ts';
import { tillStockApi } from './till-stock-api.ts';

export const Product = z.object({
  code: DrugCode,
  name: z.string(),
  registrationNumber: z.string(),
  ingredients: z.string(),
  dosageForm: z.string(),
  manufacturer: z.string(),
  packaging: z.string(),
  isPrescription: z.boolean(),
  /** A prescription drug or a specially controlled one: not sold without its document. */
  needsPrescription: z.boolean(),
  /** By the authority's word, else by its ingredients (rules/safety/control-class.ts). */
  controlClass: ControlClass.nullable(),
  units: UnitTree,
  pricesVnd: z.record(z.string(), PriceVnd),
  ceilingPriceVnd: PriceVnd.nullable(),
  /** Sellable today: without expired lots and without what stands in quarantine. */
  sellableUnits: z.int(),
  /** Everything on the shelf, expired lots too. */
  onHandUnits: z.int(),
  nextExpiresOn: CalendarDate.nullable(),
});
export type Product = z.infer<typeof Product>;

export const StockRow = z.object({
  drug: DrugCode,
  name: z.string(),
  lot: LotNumber,
  expiresOn: CalendarDate,
  daysLeft: z.int(),
  onHandUnits: z.int(),
  /** Of those on hand: they cannot be sold. */
  quarantinedUnits: z.int(),
  /** The recall that names the lot: none of it may be sold. */
  recallNumber: RecallNumber.nullable(),
  units: UnitTree,
  /** Last known cost of one smallest unit, for the value at risk; null when never told. */
  unitCostVnd: PriceVnd.nullable(),
});
export type StockRow = z.infer<typeof StockRow>;

export const LotCardRow = z.object({
  seq: z.int(),
  documentId: z.uuid(),
  at: Instant,
  by: StaffId,
  kind: z.enum(movementKinds),
  /** Slip or invoice number. */
  reference: z.string(),
  lot: LotNumber,
  expiresOn: CalendarDate,
  inUnits: z.int(),
  outUnits: z.int(),
  balanceUnits: z.int(),
});
export type LotCardRow = z.infer<typeof LotCardRow>;

export const SaleRow = z.object({
  id: z.uuid(),
  /** Its place: in this till's journal, or 0 and less for a till whose place this one took. */
  seq: z.int(),
  slip: z.string(),
  at: Instant,
  by: StaffId,
  lineCount: z.int(),
  totalVnd: AmountVnd,
  isVoided: z.boolean(),
  /** The centre has acknowledged it. */
  isReported: z.boolean(),
});
export type SaleRow = z.infer<typeof SaleRow>;

export const ReturnedLine = z.object({
  ...Lot.shape,
  saleLine: z.int(),
  units: z.int(),
  refundVnd: AmountVnd,
});
export const ReturnRow = z.object({
  id: z.uuid(),
  at: Instant,
  by: StaffId,
  reason: z.string(),
  totalVnd: AmountVnd,
  cashVnd: AmountVnd,
  vietqrVnd: AmountVnd,
  creditVnd: AmountVnd,
  /** The sale that took its place. */
  exchangeSaleId: z.uuid().nullable(),
});
export type ReturnRow = z.infer<typeof ReturnRow>;

export const SyncProblem = z.object({
  type: z.enum([
    'fork',
    'revoked',
    'not-authentic',
    'unknown-till',
    'unknown-protocol',
    'malformed',
    'different-stock',
    'clinic-asks',
    'unexpected-answer',
    'database-damaged',
  ]),
  detail: z.string(),
});

export const SyncStatus = z.object({
  /** One word for the pill; always true at the moment it was made. */
  state: z.enum(['not-enrolled', 'agreed', 'waiting', 'offline', 'problem']),
  pendingEvents: z.int(),
  pendingSales: z.int(),
  lastSeq: z.int(),
  ackedSeq: z.int(),
  lastContactAt: Instant.nullable(),
  offlineSince: Instant.nullable(),
  agreedAt: Instant.nullable(),
  agreedEvents: z.int(),
  /** Till clock minus centre clock at the last answer; null before the first. */
  clockSkewMs: z.number().nullable(),
  centreUrl: z.string().nullable(),
  cataloguePosition: z.int(),
  catalogueDrugs: z.int(),
  nextTryAt: Instant.nullable(),
  lastFailure: z.string().nullable(),
  problem: SyncProblem.nullable(),
});
export type SyncStatus = z.infer<typeof SyncStatus>;

/** What the last proved backup holds, and what went wrong since. */
export const BackupState = z.object({
  lastVerifiedAt: Instant.nullable(),
  /** Events in it. */
  events: z.int(),
  file: z.string().nullable(),
  bytes: z.int(),
  failure: z.object({ at: Instant, detail: z.string() }).nullable(),
  /** A second folder or a stick: the last copy there, and why there is none since. */
  second: z
    .object({
      folder: z.string(),
      copiedAt: Instant.nullable(),
      failure: z.string().nullable(),
    })
    .nullable(),
});
export const BackupStatus = BackupState.extend({
  folder: z.string().nullable(),
  isRunning: z.boolean(),
});
export type BackupStatus = z.infer<typeof BackupStatus>;

/** The till whose place this one took. What it had not reported stands on its paper slips only. */
export const Recovered = z.object({
  oldShortCode: z.string(),
  /** Events of the old till that the centre had. */
  oldEvents: z.int(),
  lastReportedAt: Instant.nullable(),
  /** The last sale among them: slips after it are to be entered again. */
  lastSlip: z.string().nullable(),
  lastSlipAt: Instant.nullable(),
  /** Two journals bore its name: a number of a slip does not say in which of them it stands. */
  wasForked: z.boolean(),
  /** A shift that nobody can close any more: what the drawer must hold by what was reported. */
  openShift: z
    .object({
      number: z.int(),
      openedAt: Instant,
      openedBy: z.string(),
      saleCount: z.int(),
      cashExpectedVnd: z.int(),
    })
    .nullable(),
  lots: z.int(),
  at: Instant,
});
export type Recovered = z.infer<typeof Recovered>;

export const TillStatus = z.object({
  facility: Facility.nullable(),
  till: z.object({ id: TillId, shortCode: z.string() }).nullable(),
  staff: z.object({ id: StaffId, name: z.string() }).nullable(),
  hasOpeningStock: z.boolean(),
  /** Lots with stock that expire within 90 days, and those already expired. */
  expiringLots: z.int(),
  expiredLots: z.int(),
  recovered: Recovered.nullable(),
  restored: Restored.nullable(),
  programVersion: z.string(),
  host: z.enum(['electron', 'counter-host']),
  /** Set when the database could not be opened as it should: selling stops, nothing is deleted. */
  fault: z.string().nullable(),
  today: CalendarDate,
});
export type TillStatus = z.infer<typeof TillStatus>;

export const LotDifference = z.object({
  drug: z.string(),
  name: z.string(),
  lot: LotNumber,
  expiresOn: CalendarDate,
  tillUnits: z.int(),
  centreUnits: z.int(),
  /** Of those units; kept apart, because the sides may differ in this alone. */
  tillQuarantinedUnits: z.int().default(0),
  centreQuarantinedUnits: z.int().default(0),
});
/** An event as a person finds it again: its number, its document, its moment. */
const NamedEvent = z.object({
  seq: z.int(),
  type: z.string(),
  at: Instant,
  slip: z.string().nullable(),
});
export const WaitingRecord = NamedEvent.extend({ reason: z.enum(parkedReasons) });
export type WaitingRecord = z.infer<typeof WaitingRecord>;
export const FirstDifference = NamedEvent.extend({
  roundTrips: z.int(),
  lines: z.array(
    z.object({
      drug: z.string(),
      name: z.string(),
      lot: z.string(),
      tillUnits: z.int(),
      centreUnits: z.int(),
      tillAmountVnd: z.int(),
      centreAmountVnd: z.int(),
    }),
  ),
});
export type FirstDifference = z.infer<typeof FirstDifference>;

/** What the till found when it derived its own tables once more from the journal. */
export const DerivedProof = z.object({
  provedAt: Instant.nullable(),
  events: z.int(),
  repairs: z.array(
    z.object({
      at: Instant,
      tables: z.array(z.object({ table: z.string(), rows: z.int() })),
    }),
  ),
});
export type DerivedProof = z.infer<typeof DerivedProof>;

export const Agreement = z.object({
  /** `waiting`: the same but for records that wait at the centre. */
  state: z.enum(['never', 'agreed', 'waiting', 'different', 'behind']),
  comparedAt: Instant.nullable(),
  events: z.int(),
  headHash: z.string(),
  stockDigest: z.string(),
  differences: z.array(LotDifference),
  /** Records of this till that wait in the centre's clinic. */
  waiting: z.array(WaitingRecord).default([]),
  /** The first event after which the two sides do not say the same; null when none was found. */
  first: FirstDifference.nullable().default(null),
});
export type Agreement = z.infer<typeof Agreement>;

export const tillApi = {
  'status.get': { kind: 'query', input: z.object({}), answer: TillStatus },
  'setup.enrol': {
    kind: 'command',
    input: z.object({
      centreUrl: z.url({ protocol: /^https?$/ }).max(300),
      code: z.string().trim().min(1).max(40),
    }),
    answer: TillStatus,
  },
  'drugs.search': {
    kind: 'query',
    input: z.object({
      text: z.string().max(limits.searchTextLength),
      limit: z.int().min(1).max(limits.searchResultsMax).default(12),
    }),
    answer: z.array(Product),
  },
  'drugs.get': { kind: 'query', input: z.object({ code: DrugCode }), answer: Product.nullable() },
  /** Exact: a scanner's text is a barcode, a registration number or nothing. */
  'drugs.byBarcode': {
    kind: 'query',
    input: z.object({ barcode: z.string().trim().min(1).max(limits.scannedLength) }),
    answer: Product.nullable(),
  },
  'sales.complete': {
    kind: 'command',
    input: z.object({
      commandId: CommandId,
      lines: z
        .array(
          z.object({
            drug: DrugCode,
            unit: UnitName,
            quantity: TypedNumber,
            discountVnd: TypedNumber.default(0),
            chosenLot: z
              .object({ lot: LotNumber, expiresOn: CalendarDate, reason: ShortText })
              .optional(),
          }),
        )
        .max(1_000),
      payment: z.object({
        method: PaymentMethod,
        tenderedVnd: AmountVnd,
        /** Beside cash: what has come in by transfer, seen by a person. */
        vietqrVnd: AmountVnd.optional(),
        reference: z.string().trim().min(1).max(limits.paymentReferenceLength).optional(),
      }),
      /** On the whole, beside the discounts of lines. */
      saleDiscountVnd: TypedNumber.optional(),
      /** Goods that come back in the same go; one difference is paid or given back. */
      exchange: GoodsBack.optional(),
      customer: Customer.optional(),
      /** The sale on the screen, so that no other counter sells it, too. */
      openSale: z.object({ id: z.uuid(), counter: CounterId }).optional(),
      shownTotalVnd: AmountVnd,
      /** The prescription itself: checked, and recorded together with the sale. */
      prescription: EnteredPrescription.optional(),
      buyer: Buyer.optional(),
      /** What was asked about whoever takes it; judged, and not recorded. */
      person: AskedPerson.default({}),
      /** A pharmacist's reasons to sell in spite of warnings. */
      weighed: z.array(WeighedFinding).max(limits.findingsMax).default([]),
    }),
    answer: Documented.extend({
      slip: z.string(),
      totalVnd: AmountVnd,
      changeVnd: AmountVnd,
      /** What small change left out, and what goods that came back paid for. */
      roundingVnd: z.int().default(0),
      creditVnd: AmountVnd.default(0),
      /** Of an exchange: its return, and what was given back because it was worth more. */
      returnId: z.uuid().nullable().default(null),
      paidBackVnd: AmountVnd.default(0),
    }),
  },
  'sales.void': {
    kind: 'command',
    input: z.object({ commandId: CommandId, saleId: z.uuid(), reason: ShortText.min(1) }),
    answer: Documented,
  },
  'sales.list': {
    kind: 'query',
    input: z.object({
      /** Rows with a smaller seq, newest first. */
      beforeSeq: z.int().optional(),
      /** Part of a slip number. */
      text: z.string().trim().max(40).optional(),
      day: CalendarDate.optional(),
      /** Words of a product among its lines. */
      product: z.string().trim().max(limits.searchTextLength).optional(),
      ...page,
    }),
    answer: z.object({
      rows: z.array(SaleRow),
      hasMore: z.boolean(),
      /** Of the day asked for (today without one), voided sales left out. */
      dayTotalVnd: AmountVnd,
      daySales: z.int(),
    }),
  },
  'sales.get': {
    kind: 'query',
    input: z.object({ id: z.uuid() }),
    answer: z
      .object({
        row: SaleRow,
        sale: SaleCompleted,
        drugNames: z.record(z.string(), z.string()),
        voidedReason: z.string().nullable(),
        /** As the catalogue has them now; a level that was sold stands in its line. */
        unitsByDrug: z.record(z.string(), UnitTree),
        controlledDrugs: z.array(z.string()),
        customer: Customer.nullable(),
        /** Everything that came back of it, and each time it did. */
        returned: z.array(ReturnedLine),
        returns: z.array(ReturnRow),
        /** What the customer had back for it so far, in money or goods. */
        refundedVnd: AmountVnd,
      })
      .nullable(),
  },
  'stock.declareOpening': {
    kind: 'command',
    input: z.object({
      commandId: CommandId,
      lines: z
        .array(
          z.object({
            drug: DrugCode,
            lot: LotNumber,
            expiresOn: CalendarDate,
            units: TypedNumber,
            unitCostVnd: TypedNumber.nullable().default(null),
          }),
        )
        .max(5_000),
    }),
    answer: Documented,
  },
  'stock.receive': {
    kind: 'command',
    input: z.object({
      commandId: CommandId,
      supplierName: ShortText.min(1),
      invoiceNumber: z.string().trim().max(50),
      lines: z
        .array(
          z.object({
            drug: DrugCode,
            lot: LotNumber,
            expiresOn: CalendarDate,
            unit: UnitName,
            quantity: TypedNumber,
            unitCostVnd: TypedNumber,
          }),
        )
        .max(5_000),
    }),
    answer: Documented.extend({ totalVnd: AmountVnd }),
  },
  'stock.list': {
    kind: 'query',
    input: z.object({
      text: z.string().max(limits.searchTextLength).default(''),
      offset: z.int().min(0).max(1_000_000).default(0),
      ...page,
    }),
    answer: z.object({ rows: z.array(StockRow), total: z.int() }),
  },
  /** Lots of one drug that hold something, in the order in which they should leave. */
  'stock.lots': { kind: 'query', input: z.object({ drug: DrugCode }), answer: z.array(StockRow) },
  /** Thẻ kho: every movement of a drug, or of one of its lots, with the running balance. */
  'stock.lotCard': {
    kind: 'query',
    input: z.object({
      drug: DrugCode,
      lot: LotNumber.optional(),
      expiresOn: CalendarDate.optional(),
      beforeSeq: z.int().min(1).optional(),
      ...page,
    }),
    answer: z.object({ rows: z.array(LotCardRow), hasMore: z.boolean() }),
  },
  ...tillStockApi,
  ...tillShopApi,
  ...tillSellingApi,
  ...tillBarcodeApi,
  ...tillSessionApi,
  ...tillSafetyApi,
  ...tillBackupApi,
  ...tillCareApi,
  ...tillPrintApi,
  'stock.expiring': {
    kind: 'query',
    input: z.object({ withinDays: z.int().min(0).max(3_650).default(90), ...page }),
    answer: z.object({ rows: z.array(StockRow), valueAtRiskVnd: z.int().min(0) }),
  },
  'prices.set': {
    kind: 'command',
    input: z.object({
      commandId: CommandId,
      drug: DrugCode,
      unit: UnitName,
      priceVnd: TypedNumber,
    }),
    answer: Documented,
  },
  'sync.status': { kind: 'query', input: z.object({}), answer: SyncStatus },
  /** Tries at once instead of waiting for the next planned try. */
  'sync.now': { kind: 'command', input: z.object({}), answer: SyncStatus },
  'sync.agreement': { kind: 'query', input: z.object({}), answer: Agreement },
  /**
   * What is not acknowledged yet as a file for a stick, and as QR frames where it is short enough
   * (sync/carrier-file.ts, sync/qr-frames.ts).
   */
  'carry.export': {
    kind: 'command',
    input: z.object({
      /** For the next file of a long tail: begin behind this event. */
      afterSeq: z.int().min(0).optional(),
    }),
    answer: z.object({
      fileName: z.string(),
      file: z.string(),
      firstSeq: z.int(),
      lastSeq: z.int(),
      events: z.int(),
      eventsLeft: z.int(),
      frames: z.array(z.string()),
    }),
  },
  /** An answer of the centre for this till, or the reports of another till to be passed on. */
  'carry.import': {
    kind: 'command',
    input: CarriedRequest,
    answer: z.discriminatedUnion('kind', [
      z.object({
        kind: z.literal('answers'),
        newlyAcked: z.int(),
        ackedSeq: z.int(),
        changes: z.int(),
        refused: z.object({ verdict: z.string(), detail: z.string() }).nullable(),
      }),
      CarriedAnswer.extend({ kind: z.literal('relayed') }),
    ]),
  },
  /** Sổ cho thanh tra: the whole journal as a file (sync/journal-export.ts), signed as it stands. */
  'journal.export': {
    kind: 'command',
    input: z.object({}),
    answer: z.object({
      fileName: z.string(),
      /** Base64. */
      file: z.string(),
      events: z.int(),
      /** Not covered by a receipt of the centre yet. */
      unreportedEvents: z.int(),
    }),
  },
  'backup.status': { kind: 'query', input: z.object({}), answer: BackupStatus },
  /** Makes a backup now and proves it by restoring it. */
  'backup.run': { kind: 'command', input: z.object({}), answer: BackupStatus },
  /** A second folder or a stick that gets a copy of each; null for none. */
  'backup.setFolder': {
    kind: 'command',
    input: z.object({ folder: z.string().trim().min(1).max(limits.nameLength).nullable() }),
    answer: BackupStatus,
  },
  /** When the books were last proved, what was repaired, and how far a rebuild is. */
  'journal.proof': {
    kind: 'query',
    input: z.object({}),
    answer: DerivedProof.extend({
      running: z.object({ doneEvents: z.int(), events: z.int() }).nullable(),
      /** What the centre asks the shop to look at, in its words. */
      asked: z.array(ClinicNotice.extend({ slip: z.string().nullable(), type: z.string() })),
    }),
  },
  /** Derives every table anew from the journal, beside the work at the counter; repairs them. */
  'journal.rebuild': {
    kind: 'command',
    input: z.object({}),
    answer: z.object({ events: z.int(), movements: z.int(), hadDifferences: z.boolean() }),
  },
} as const;

export type TillCallName = keyof typeof tillApi;
export type TillInput<Name extends TillCallName> = z.output<(typeof tillApi)[Name]['input']>;
export type TillRequest<Name extends TillCallName> = z.input<(typeof tillApi)[Name]['input']>;
export type TillAnswer<Name extends TillCallName> = z.output<(typeof tillApi)[Name]['answer']>;

/** What the till tells its screens without being asked: which answers may have changed. */
export const TillNews = z.object({
  topics: z.array(
    z.enum([
      'stock',
      'sales',
      'sync',
      'catalogue',
      'facility',
      'prices',
      'settings',
      'openSales',
      'printing',
    ]),
  ),
});
export type TillNews = z.infer<typeof TillNews>;

/** Every answer over either transport: an exception would lose its code on the way. */
export type TillReply<Answer = unknown> =
  | { readonly ok: true; readonly value: Answer }
  | { readonly ok: false; readonly error: TillProblem };

export type TillProblem =
  | Refusal
  | { readonly type: 'UnknownCall'; readonly name: string }
  | { readonly type: 'BadInput'; readonly detail: string }
  /** A fault (disk full, database locked or damaged): nothing was recorded. `code` is for support. */
  | { readonly type: 'Fault'; readonly code: string; readonly detail: string }
  | { readonly type: 'EnrolmentRefused'; readonly reason: EnrolmentRefusal }
  | { readonly type: 'CentreUnreachable'; readonly detail: string }
  | { readonly type: 'AlreadyEnrolled' }
  /** Old books that cannot be put back or read; nothing changed. `detail` is for support. */
  | { readonly type: 'BackupRefused'; readonly reason: BackupRefusal; readonly detail: string }
  /** Put back from a backup: nothing is recorded before the centre told what it already has. */
  | { readonly type: 'NotCaughtUp' }
  /** A paper that cannot be queued; nothing is printed. */
  | { readonly type: 'PrintRefused'; readonly reason: PrintRefusal }
  /** A carried file that is not taken in; nothing changed. */
  | { readonly type: 'CarrierRefused'; readonly reason: CarrierProblemType }
  /** The screen lost its till: the program was closed, or the network to the counter host. */
  | {
      readonly type: 'TillUnreachable';
      /** What got lost was a question: nothing was to be recorded, so nothing is in doubt. */
      readonly wasQuestion?: true;
    };

export type EnrolmentRefusal =
  | 'unknown-code'
  | 'used-code'
  | 'expired-code'
  | 'facility-has-till'
  | 'licence-not-valid'
  | 'unknown-protocol';

/** The one object a host exposes to a screen; both transports implement it. */
export type TillWire = {
  readonly invoke: (name: TillCallName, input: unknown) => Promise<TillReply>;
  /** @returns a function that ends the subscription. */
  readonly subscribe: (listener: (news: TillNews) => void) => () => void;
};
