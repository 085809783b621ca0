/**
 * Regulator's console ↔ centre. Session cookie; every answer is already cut to the account's scope.
 * Areas are named by scheme and code. Figures carry `asOf` and how complete they are.
 */
import { z } from 'zod';
import { limits } from '../base/limits.ts';
import { LocalProductDefined } from '../events/local-product-defined.ts';
import { AreaScheme, ProvinceCode } from '../model/area.ts';
import { CalendarDate, Instant } from '../model/calendar.ts';
import { Drug, DrugCode } from '../model/drug.ts';
import { Facility, FacilityId, FacilityKind, TillId } from '../model/facility.ts';
import { LotNumber } from '../model/lot.ts';
import { Recall, RecallNumber } from '../model/recall.ts';
import { alertKinds } from '../rules/alerts.ts';
import { movementKinds } from '../rules/movements.ts';
import { Scope } from '../rules/scope.ts';
import { clinicApi } from './clinic-api.ts';
import type { Route } from './route.ts';
import { CarriedAnswer, CarriedRequest } from './sync-api.ts';

const Count = z.int().min(0);
const SignedUnits = z.int();
const Search = z.string().trim().max(limits.searchTextLength);
const area = { scheme: AreaScheme.default('63'), area: ProvinceCode.optional() };
const pageQuery = {
  cursor: z.string().max(300).optional(),
  limit: z.coerce.number().int().min(1).max(limits.pageRowsMax).default(100),
};

/** How complete a figure is: who reported, and how far the roll-ups have followed. */
export const Completeness = z.object({
  asOf: Instant,
  facilities: Count,
  reportedLast24h: Count,
  /** Batches acknowledged but not yet in the roll-ups. */
  pendingBatches: Count,
});
export type Completeness = z.infer<typeof Completeness>;

export const Account = z.object({
  id: z.uuid(),
  name: z.string(),
  displayName: z.string(),
  scope: Scope,
});
export type Account = z.infer<typeof Account>;

/** Why a facility counts as it does; silence always has a reason with it. */
export const FacilityState = z.enum(['reporting', 'silent', 'never-enrolled', 'revoked']);
export type FacilityState = z.infer<typeof FacilityState>;

export const AreaFigures = z.object({
  code: ProvinceCode,
  name: z.string(),
  facilities: Count,
  reportedLast24h: Count,
  silent: Count,
  neverEnrolled: Count,
  soldUnitsLast7Days: SignedUnits,
  amountVndLast7Days: z.int(),
  openAlerts: Count,
});
export type AreaFigures = z.infer<typeof AreaFigures>;

export const DayFigures = z.object({
  day: CalendarDate,
  soldUnits: SignedUnits,
  receivedUnits: SignedUnits,
  saleCount: Count,
  amountVnd: z.int(),
});

/** A drug whose stock in an area lasts fewer days than its sales of the last 14 days need. */
export const ShortageRow = z.object({
  drug: DrugCode,
  name: z.string(),
  /** 63-scheme province. */
  province: ProvinceCode,
  provinceName: z.string(),
  onHandUnits: SignedUnits,
  soldUnitsPerDay: z.number(),
  daysOfCover: z.number(),
});

export const LatestSale = z.object({
  at: Instant,
  receivedAt: Instant,
  facilityId: FacilityId,
  facilityName: z.string(),
  provinceName: z.string(),
  till: TillId,
  seq: Count,
  lines: Count,
  units: SignedUnits,
  amountVnd: z.int(),
});

export const Overview = z.object({
  completeness: Completeness,
  kinds: z.array(z.object({ kind: FacilityKind, facilities: Count, reportedLast24h: Count })),
  areas: z.array(AreaFigures),
  days: z.array(DayFigures),
  today: DayFigures,
  shortages: z.array(ShortageRow),
  latestSales: z.array(LatestSale),
  openAlerts: Count,
});
export type Overview = z.infer<typeof Overview>;

export const DrugHit = z.object({
  code: DrugCode,
  name: z.string(),
  registrationNumber: z.string(),
  ingredients: z.string(),
  manufacturer: z.string(),
  isDemonstration: z.boolean(),
});

export const MovementPoint = z.object({
  /** Start of the bucket: a day, or for hours an instant. */
  at: z.string(),
  /** Opening stock declared in this bucket, as receipts, sales and voids are of this bucket. */
  openingUnits: SignedUnits,
  receivedUnits: SignedUnits,
  /** Taken by sales, positive; what voids gave back stands beside it. */
  soldUnits: SignedUnits,
  voidedUnits: SignedUnits,
  /** Revenue: sales less voids. */
  amountVnd: z.int(),
});
export const DrugMovement = z.object({
  drug: Drug,
  completeness: Completeness,
  from: CalendarDate,
  to: CalendarDate,
  points: z.array(MovementPoint),
  areas: z.array(
    z.object({
      code: ProvinceCode,
      name: z.string(),
      soldUnits: SignedUnits,
      receivedUnits: SignedUnits,
      onHandUnits: SignedUnits,
      soldUnitsPerDay: z.number(),
      daysOfCover: z.number().nullable(),
      facilitiesWithStock: Count,
    }),
  ),
  facilityKinds: z.array(
    z.object({ kind: FacilityKind, soldUnits: SignedUnits, onHandUnits: SignedUnits }),
  ),
  /** Stock at the start of `from` + in − out = stock at the end of `to`; shown to add up. */
  balance: z.object({
    startUnits: SignedUnits,
    inUnits: SignedUnits,
    outUnits: SignedUnits,
    endUnits: SignedUnits,
  }),
  onHandUnits: SignedUnits,
  lots: z.array(
    z.object({
      lot: LotNumber,
      expiresOn: CalendarDate,
      onHandUnits: SignedUnits,
      facilities: Count,
    }),
  ),
});
export type DrugMovement = z.infer<typeof DrugMovement>;

export const LotTrace = z.object({
  drug: Drug,
  lot: LotNumber,
  expiresOn: z.array(CalendarDate),
  completeness: Completeness,
  /**
   * On hand = opening + received + voided − sold + other; `otherUnits` is the sum, either way, of
   * counts, returns, transfers, disposals and losses.
   */
  totals: z.object({
    openingUnits: SignedUnits,
    receivedUnits: SignedUnits,
    soldUnits: SignedUnits,
    voidedUnits: SignedUnits,
    otherUnits: SignedUnits,
    onHandUnits: SignedUnits,
  }),
  facilityCount: Count,
  /** Those that hold most come first; `facilityCount` says how many there are. */
  facilities: z.array(
    z.object({
      facilityId: FacilityId,
      name: z.string(),
      province: ProvinceCode,
      provinceName: z.string(),
      kind: FacilityKind,
      expiresOn: CalendarDate,
      openingUnits: SignedUnits,
      receivedUnits: SignedUnits,
      soldUnits: SignedUnits,
      voidedUnits: SignedUnits,
      otherUnits: SignedUnits,
      onHandUnits: SignedUnits,
      lastMovementAt: Instant.nullable(),
    }),
  ),
  days: z.array(
    z.object({
      day: CalendarDate,
      receivedUnits: SignedUnits,
      soldUnits: SignedUnits,
      otherUnits: SignedUnits,
    }),
  ),
});
export type LotTrace = z.infer<typeof LotTrace>;

export const FacilityRow = z.object({
  id: FacilityId,
  code: z.string(),
  name: z.string(),
  kind: FacilityKind,
  province: ProvinceCode,
  provinceName: z.string(),
  unit34: ProvinceCode,
  unit34Name: z.string(),
  commune: z.string(),
  licenceNumber: z.string(),
  state: FacilityState,
  lastReportedAt: Instant.nullable(),
  openAlerts: Count,
});
export type FacilityRow = z.infer<typeof FacilityRow>;

export const TillRow = z.object({
  id: TillId,
  /** Another till has taken its place by a recovery code. */
  isReplaced: z.boolean(),
  shortCode: z.string(),
  state: z.enum(['active', 'revoked', 'forked']),
  enrolledAt: Instant,
  ackedSeq: Count,
  ackedHash: z.string(),
  lastBatchAt: Instant.nullable(),
  lastAgreedAt: Instant.nullable(),
  clockSkewMs: z.number().nullable(),
  protocol: z.int(),
  programVersion: z.string(),
  parkedEvents: Count,
});
export type TillRow = z.infer<typeof TillRow>;

export const AlertRow = z.object({
  id: z.uuid(),
  kind: z.enum(alertKinds),
  raisedAt: Instant,
  facilityId: FacilityId,
  facilityName: z.string(),
  provinceName: z.string(),
  till: TillId.nullable(),
  seq: Count.nullable(),
  drug: z.string().nullable(),
  drugName: z.string().nullable(),
  lot: z.string().nullable(),
  detail: z.record(z.string(), z.union([z.string(), z.number()])),
});
export type AlertRow = z.infer<typeof AlertRow>;

export const EnrolmentCodeRow = z.object({
  id: z.uuid(),
  facilityId: FacilityId,
  facilityName: z.string(),
  issuedAt: Instant,
  issuedBy: z.string(),
  expiresAt: Instant,
  state: z.enum(['open', 'used', 'expired', 'revoked']),
  usedAt: Instant.nullable(),
  /** A recovery code: short code of the till whose place the new one takes. */
  replaces: z.string().nullable(),
});

export const FacilityFile = z.object({
  facility: Facility,
  row: FacilityRow,
  completeness: Completeness,
  tills: z.array(TillRow),
  codes: z.array(EnrolmentCodeRow),
  alerts: z.array(AlertRow),
  days: z.array(DayFigures),
  stockLots: Count,
  stockUnits: SignedUnits,
  /** Why it is silent, and what to do; null while it reports. */
  silence: z
    .object({
      reason: z.enum(['never-enrolled', 'no-contact', 'revoked', 'fork']),
      since: Instant.nullable(),
    })
    .nullable(),
});
export type FacilityFile = z.infer<typeof FacilityFile>;

export const FacilityStockRow = z.object({
  drug: DrugCode,
  name: z.string(),
  lot: LotNumber,
  expiresOn: CalendarDate,
  onHandUnits: SignedUnits,
});
export const FacilityMovementRow = z.object({
  till: TillId,
  seq: Count,
  line: Count,
  at: Instant,
  receivedAt: Instant,
  kind: z.enum(movementKinds),
  drug: DrugCode,
  name: z.string(),
  lot: LotNumber,
  expiresOn: CalendarDate,
  units: SignedUnits,
  amountVnd: z.int(),
});

export const TransferOnTheWay = z.object({
  transferId: z.uuid(),
  drug: DrugCode,
  name: z.string(),
  lot: LotNumber,
  expiresOn: CalendarDate,
  sentUnits: SignedUnits,
  onTheWayUnits: SignedUnits,
});

export const CatalogueImport = z.object({
  id: z.uuid(),
  fileName: z.string(),
  sizeBytes: Count,
  startedAt: Instant,
  startedBy: z.string(),
  finishedAt: Instant.nullable(),
  state: z.enum(['reading', 'ready', 'publishing', 'published', 'cancelled', 'failed']),
  bytesRead: Count,
  rows: Count,
  newDrugs: Count,
  changedDrugs: Count,
  unchangedDrugs: Count,
  unreadableRows: Count,
  warnings: Count,
  /** How far the publication is, of `newDrugs + changedDrugs`. */
  publishedDrugs: Count,
  /** What stopped it, as a Vietnamese sentence. */
  failure: z.string().nullable(),
});
export type CatalogueImport = z.infer<typeof CatalogueImport>;
export const ImportIssue = z.object({
  rowNumber: Count,
  severity: z.enum(['unreadable', 'warning']),
  reason: z.string(),
  sentenceVi: z.string(),
  sentenceEn: z.string(),
  text: z.string(),
});

export const AuditRow = z.object({
  id: z.string(),
  at: Instant,
  account: z.string(),
  action: z.string(),
  subject: z.string(),
  /** Old → new values, where there are any. */
  detail: z.record(z.string(), z.unknown()),
  address: z.string(),
});

const nextCursor = { next: z.string().nullable() };
const facilityParams = z.object({ id: FacilityId });
const importParams = z.object({ id: z.uuid() });
const FacilityInput = Facility.omit({ id: true });

export const LocalProductAtCentre = LocalProductDefined.pick({
  code: true,
  name: true,
  kind: true,
  barcode: true,
  registrationNumber: true,
}).extend({
  definedAt: Instant,
  onHandUnits: z.int(),
  /** The catalogue's drug that it is; null until somebody has said so. */
  mappedTo: z.string().nullable(),
});

export const consoleApi = {
  ...clinicApi,
  signIn: {
    method: 'POST',
    path: '/api/session',
    access: 'public',
    summary: 'Sign in; sets the session cookie',
    body: z.object({
      name: z.string().trim().min(1).max(100),
      password: z.string().min(1).max(limits.passwordLengthMax),
    }),
    answer: Account,
  },
  signOut: {
    method: 'DELETE',
    path: '/api/session',
    access: 'account',
    summary: 'End the session',
    answer: z.object({}),
  },
  session: {
    method: 'GET',
    path: '/api/session',
    access: 'account',
    summary: 'Who is signed in',
    answer: Account,
  },
  overview: {
    method: 'GET',
    path: '/api/overview',
    access: 'account',
    summary: 'The country or an area at a glance, freshness first',
    query: z.object(area),
    answer: Overview,
  },
  searchDrugs: {
    method: 'GET',
    path: '/api/drugs',
    access: 'account',
    summary: 'Find drugs by name, number, ingredient or alias; without text, the most sold',
    query: z.object({ text: Search.default(''), limit: pageQuery.limit }),
    answer: z.object({ rows: z.array(DrugHit) }),
  },
  drugMovement: {
    method: 'GET',
    path: '/api/drugs/:code/movement',
    access: 'account',
    summary: 'One drug over time, by area and by kind',
    params: z.object({ code: DrugCode }),
    query: z.object({
      ...area,
      /** Last 30 days when absent; at most 400 days, at most 14 for hours. */
      from: CalendarDate.optional(),
      to: CalendarDate.optional(),
      bucket: z.enum(['hour', 'day', 'week', 'month']).default('day'),
    }),
    answer: DrugMovement,
  },
  lotTrace: {
    method: 'GET',
    path: '/api/lots/:drug/:lot',
    access: 'account',
    summary: 'Who received, sold and holds a lot',
    params: z.object({ drug: DrugCode, lot: LotNumber }),
    query: z.object(area),
    answer: LotTrace,
  },
  searchLots: {
    method: 'GET',
    path: '/api/lots',
    access: 'account',
    summary: 'Find lots by the start of their number',
    query: z.object({ text: Search.min(1), limit: pageQuery.limit }),
    answer: z.object({
      rows: z.array(
        z.object({
          drug: DrugCode,
          name: z.string(),
          lot: LotNumber,
          expiresOn: CalendarDate,
          onHandUnits: SignedUnits,
          facilities: Count,
        }),
      ),
    }),
  },
  facilities: {
    method: 'GET',
    path: '/api/facilities',
    access: 'account',
    summary: 'The licence register with what each facility last reported',
    query: z.object({
      ...area,
      ...pageQuery,
      text: Search.default(''),
      kind: FacilityKind.optional(),
      state: FacilityState.optional(),
      sort: z.enum(['name', 'lastReportedAt', 'alerts']).default('name'),
    }),
    answer: z.object({ rows: z.array(FacilityRow), total: Count, ...nextCursor }),
  },
  facility: {
    method: 'GET',
    path: '/api/facilities/:id',
    access: 'account',
    summary: 'The file of one facility',
    params: facilityParams,
    answer: FacilityFile,
  },
  facilityStock: {
    method: 'GET',
    path: '/api/facilities/:id/stock',
    access: 'account',
    summary: 'Its stock by lot',
    params: facilityParams,
    query: z.object({ ...pageQuery, text: Search.default('') }),
    answer: z.object({ rows: z.array(FacilityStockRow), ...nextCursor }),
  },
  facilityMovements: {
    method: 'GET',
    path: '/api/facilities/:id/movements',
    access: 'account',
    summary: 'Its book of movements, newest first',
    params: facilityParams,
    query: z.object(pageQuery),
    answer: z.object({ rows: z.array(FacilityMovementRow), ...nextCursor }),
  },
  facilityTransfers: {
    method: 'GET',
    path: '/api/facilities/:id/transfers',
    access: 'account',
    summary: 'What it has sent to other facilities and nobody has taken in yet',
    params: facilityParams,
    query: z.object({ limit: pageQuery.limit }),
    answer: z.object({ rows: z.array(TransferOnTheWay) }),
  },
  facilityProducts: {
    method: 'GET',
    path: '/api/facilities/:id/products',
    access: 'account',
    summary: 'What it trades under codes of its own, those that nobody has mapped first',
    params: facilityParams,
    query: z.object({ limit: pageQuery.limit }),
    answer: z.object({ rows: z.array(LocalProductAtCentre) }),
  },
  registerFacility: {
    method: 'POST',
    path: '/api/facilities',
    access: 'account',
    summary: 'Enter a licensed facility in the register',
    body: FacilityInput,
    answer: Facility,
  },
  updateFacility: {
    method: 'PUT',
    path: '/api/facilities/:id',
    access: 'account',
    summary: 'Change an entry of the register',
    params: facilityParams,
    body: FacilityInput,
    answer: Facility,
  },
  issueCode: {
    method: 'POST',
    path: '/api/facilities/:id/enrolment-codes',
    access: 'account',
    summary: 'Issue a one-time enrolment code; it is shown only in this answer',
    params: facilityParams,
    answer: z.object({ code: z.string(), row: EnrolmentCodeRow }),
  },
  issueRecoveryCode: {
    method: 'POST',
    path: '/api/tills/:id/recovery-codes',
    access: 'account',
    summary: 'Issue a one-time code for a machine that takes the place of this till',
    params: z.object({ id: TillId }),
    answer: z.object({ code: z.string(), row: EnrolmentCodeRow }),
  },
  enrolmentCodes: {
    method: 'GET',
    path: '/api/enrolment-codes',
    access: 'account',
    summary: 'Codes issued, newest first',
    query: z.object(pageQuery),
    answer: z.object({ rows: z.array(EnrolmentCodeRow), ...nextCursor }),
  },
  revokeCode: {
    method: 'DELETE',
    path: '/api/enrolment-codes/:id',
    access: 'account',
    summary: 'Make an unused code worthless',
    params: z.object({ id: z.uuid() }),
    answer: EnrolmentCodeRow,
  },
  revokeTill: {
    method: 'POST',
    path: '/api/tills/:id/revocation',
    access: 'account',
    summary: 'Stop accepting a till (lost, stolen, replaced)',
    params: z.object({ id: TillId }),
    body: z.object({ reason: z.string().trim().min(1).max(limits.shortTextLength) }),
    answer: TillRow,
  },
  alerts: {
    method: 'GET',
    path: '/api/alerts',
    access: 'account',
    summary: 'Alerts, newest first',
    query: z.object({ ...area, ...pageQuery, kind: z.enum(alertKinds).optional() }),
    answer: z.object({ rows: z.array(AlertRow), total: Count, ...nextCursor }),
  },
  recalls: {
    method: 'GET',
    path: '/api/recalls',
    access: 'account',
    summary: 'Recalls in force, newest first',
    answer: z.object({ rows: z.array(Recall) }),
  },
  publishRecall: {
    method: 'POST',
    path: '/api/recalls',
    access: 'national',
    summary: 'Recall a drug or some of its lots; tills receive it by the feed and stop selling',
    body: Recall.omit({ publishedAt: true }),
    answer: Recall,
  },
  withdrawRecall: {
    method: 'POST',
    path: '/api/recalls/withdrawal',
    access: 'national',
    summary: 'Take a recall back',
    body: z.object({
      number: RecallNumber,
      reason: z.string().trim().min(1).max(limits.shortTextLength),
    }),
    answer: Recall,
  },
  imports: {
    method: 'GET',
    path: '/api/catalogue/imports',
    access: 'national',
    summary: 'Catalogue imports, newest first',
    answer: z.object({ rows: z.array(CatalogueImport), catalogueDrugs: Count }),
  },
  catalogueImport: {
    method: 'GET',
    path: '/api/catalogue/imports/:id',
    access: 'national',
    summary: 'Progress and result of one import',
    params: importParams,
    answer: CatalogueImport,
  },
  importIssues: {
    method: 'GET',
    path: '/api/catalogue/imports/:id/issues',
    access: 'national',
    summary: 'Every row that could not be read, and every warning',
    params: importParams,
    query: z.object({ ...pageQuery, severity: z.enum(['unreadable', 'warning']).optional() }),
    answer: z.object({ rows: z.array(ImportIssue), total: Count, ...nextCursor }),
  },
  publishImport: {
    method: 'POST',
    path: '/api/catalogue/imports/:id/publication',
    access: 'national',
    summary: 'Make the readable rows the catalogue; tills receive them by the feed',
    params: importParams,
    answer: CatalogueImport,
  },
  cancelImport: {
    method: 'DELETE',
    path: '/api/catalogue/imports/:id',
    access: 'national',
    summary: 'Stop and forget an import that is not published',
    params: importParams,
    answer: CatalogueImport,
  },
  carry: {
    method: 'POST',
    path: '/api/carried',
    access: 'account',
    summary: 'Take in reports that were brought as a file or as QR frames',
    body: CarriedRequest.extend({ carrier: z.enum(['file', 'qr']) }),
    answer: CarriedAnswer,
  },
  audit: {
    method: 'GET',
    path: '/api/audit',
    access: 'national',
    summary: 'Who did what, newest first',
    query: z.object({ ...pageQuery, text: Search.default('') }),
    answer: z.object({ rows: z.array(AuditRow), ...nextCursor }),
  },
} as const satisfies Record<string, Route>;

/**
 * Routes whose body or answer is no JSON document; mounted by hand.
 * Upload: raw file as body, `x-file-name` (URI-encoded) as header → CatalogueImport.
 * `.csv`: UTF-8 with BOM, RFC 4180, all rows of the list with the same filters.
 * Journal: the facility's evidence as a journal export (sync/journal-export.ts); audited.
 * Stream: server-sent `event: changed`, data `{"topics":["movement"|"facility"|"catalogue"|"alert"]}`.
 */
export const consoleStreams = {
  uploadImport: { method: 'POST', path: '/api/catalogue/imports' },
  importIssuesCsv: { method: 'GET', path: '/api/catalogue/imports/:id/issues.csv' },
  facilitiesCsv: { method: 'GET', path: '/api/facilities.csv' },
  facilityMovementsCsv: { method: 'GET', path: '/api/facilities/:id/movements.csv' },
  facilityJournal: { method: 'GET', path: '/api/facilities/:id/journal' },
  stream: { method: 'GET', path: '/api/stream' },
} as const;
