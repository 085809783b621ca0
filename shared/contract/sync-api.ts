/**
 * Till ↔ centre. `POST /v1/sync/batches` has its specification in sync/batch.ts, feed and snapshot
 * in sync/feed.ts. Every request but the enrolment is signed by the device key: batches over
 * `batchText`, all others over `requestText` in the headers `x-till` and `x-signature`.
 */
import { z } from 'zod';
import { limits } from '../base/limits.ts';
import { HashHex } from '../events/envelope.ts';
import { CalendarDate, Instant } from '../model/calendar.ts';
import { DrugCode } from '../model/drug.ts';
import { Facility, TillId } from '../model/facility.ts';
import { LotNumber } from '../model/lot.ts';
import { parkedReasons } from '../rules/clinic.ts';
import { BatchAnswer, Receipt } from '../sync/batch.ts';
import { searchParts } from '../sync/digest.ts';
import { EnrolmentProof } from '../sync/enrolment-proof.ts';
import { FeedPage } from '../sync/feed.ts';
import type { Route } from './route.ts';

export const EnrolmentRequest = z.object({
  /** As issued: twelve letters and digits in groups; case, spaces and hyphens do not matter. */
  code: z.string().trim().min(1).max(40),
  /** Raw Ed25519 public key, base64, 32 bytes. The same key and code may be sent again. */
  publicKey: z.string().regex(/^[A-Za-z0-9+/]{43}=$/),
  protocol: z.int().min(1).max(9_999),
  programVersion: z.string().max(40),
});
export const EnrolmentAnswer = z.object({
  tillId: TillId,
  /** Begins the slip numbers of this till; unique in the facility for ever. */
  shortCode: z.string().regex(/^[A-Z0-9]{2,8}$/),
  facility: Facility,
  /** Raw Ed25519 key, base64: proves receipts, feed pages and snapshots. */
  centrePublicKey: z.string().regex(/^[A-Za-z0-9+/]{43}=$/),
  /** The centre's signature over `certificateText`: this key is this till's. */
  certificate: z.string().regex(/^[A-Za-z0-9+/]{86}==$/),
  serverTime: Instant,
  /** For a centre that has forgotten this enrolment. */
  proof: EnrolmentProof,
  /**
   * By a recovery code: the till whose place this one takes, and the last event of it that was
   * acknowledged. Its journal is read by `journal`; what came after is on paper slips only.
   */
  recovers: z
    .object({
      till: TillId,
      shortCode: z.string(),
      ackedSeq: z.int().min(0),
      ackedHash: HashHex,
      lastReportedAt: Instant.nullable(),
      /** The centre was shown a second journal under its name. */
      wasForked: z.boolean(),
    })
    .nullable(),
});
export type EnrolmentAnswer = z.infer<typeof EnrolmentAnswer>;

export const SyncHead = z.object({
  ackedSeq: z.int().min(0),
  ackedHash: HashHex,
  serverTime: Instant,
});
export type SyncHead = z.infer<typeof SyncHead>;

/** Events of this till that wait in the clinic, which the till left out of its digests. */
const Without = z.array(z.int().min(1)).max(limits.waitingEventsMax);

export const AgreementRequest = z.object({
  seq: z.int().min(0),
  headHash: HashHex,
  /** Of the stock by lot, without the movements of the events in `without`. */
  stockDigest: HashHex,
  /** Movements by day of the events behind `afterSeq`; a till that does not say is not asked. */
  days: z.object({ afterSeq: z.int().min(0), digest: HashHex }).optional(),
  without: Without.optional(),
});
export const CentreLot = z.object({
  /** As the till calls it. */
  drug: z.string(),
  lot: LotNumber,
  expiresOn: CalendarDate,
  onHandUnits: z.int(),
  quarantinedUnits: z.int().default(0),
});
export const AgreementAnswer = z.discriminatedUnion('state', [
  z.object({ state: z.literal('agreed'), serverTime: Instant }),
  /** Some of its records wait in the clinic: compare again without them. */
  z.object({
    state: z.literal('waiting'),
    records: z.array(z.object({ seq: z.int().min(1), reason: z.enum(parkedReasons) })),
    /** May be more than `records`; then nothing can be compared. */
    total: z.int().min(1),
    serverTime: Instant,
  }),
  /** The till's head is not the centre's: sync first, then compare. */
  z.object({ state: z.literal('behind'), ackedSeq: z.int().min(0), serverTime: Instant }),
  /** The centre's stock of the facility, for the till to name what differs. */
  z.object({
    state: z.literal('different'),
    lots: z.array(CentreLot).max(50_000),
    serverTime: Instant,
  }),
]);
export type AgreementAnswer = z.infer<typeof AgreementAnswer>;

/** One round trip of the search for the first event that differs (sync/digest.ts). */
export const RangesRequest = z.object({
  after: z.int().min(0),
  through: z.int().min(1),
  parts: z.int().min(1).max(64),
  /** Of the range as a whole at the till, when it is one event: the centre notes what was found. */
  digest: HashHex.optional(),
});
export const RangesAnswer = z.object({
  digests: z.array(HashHex),
  /** What the centre has stored, where the range is one event. */
  movements: z.array(
    z.object({
      drug: z.string(),
      lot: z.string(),
      expiresOn: z.string(),
      kind: z.string(),
      units: z.int(),
      amountVnd: z.int(),
      day: CalendarDate,
      isQuarantine: z.boolean(),
    }),
  ),
  serverTime: Instant,
});
export type RangesAnswer = z.infer<typeof RangesAnswer>;

/** Events as they were sealed, in the form of a batch's body (sync/batch.ts). */
export const JournalPage = z.object({
  after: z.int().min(0),
  prevHash: HashHex,
  body: z.string().max(limits.batchInflatedBytesMax),
  hasMore: z.boolean(),
  /** Over the last event of this page: with the chain it proves every line. */
  receipt: Receipt,
});
export type JournalPage = z.infer<typeof JournalPage>;

/** Numbers of events whose hashes a till asks for: it looks for the last one that both sides have. */
export const JournalHashesRequest = z.object({
  seqs: z.array(z.int().min(1)).min(1).max(searchParts),
});
export const JournalHashesAnswer = z.object({
  /** In the order asked; null where the centre has acknowledged no such event. */
  hashes: z.array(HashHex.nullable()),
  serverTime: Instant,
});
export type JournalHashesAnswer = z.infer<typeof JournalHashesAnswer>;

/** What the centre says to a receipt of its own that covers more than it has. */
export const LostReceiptAnswer = z.object({
  epoch: z.uuid(),
  /** Whether the centre has less than this receipt says: its word that it lost something. */
  isLost: z.boolean(),
});
export type LostReceiptAnswer = z.infer<typeof LostReceiptAnswer>;

/** A prescription by the key that both sides make of it (rules/prescription.ts). */
export const PrescriptionQuestion = z.object({ key: z.string().min(3).max(600) });
/** What other facilities than the asking one sold on it, in sum; not where, and not to whom. */
export const PrescriptionAnswer = z.object({
  lines: z
    .array(
      z.object({
        /** On the paper. */
        drug: DrugCode,
        prescribedUnits: z.int().min(0),
        dispensedUnits: z.int().min(0),
      }),
    )
    .max(1_000),
  serverTime: Instant,
});
export type PrescriptionAnswer = z.infer<typeof PrescriptionAnswer>;

/** What became of the reports in a carrier file (sync/carrier-file.ts). */
export const CarriedAnswer = z.object({
  till: TillId,
  facilityName: z.string(),
  batches: z.int().min(0),
  /** Events the centre did not have before. */
  newEvents: z.int().min(0),
  /** Verdicts that are none of acceptance, in the order of the batches. */
  refused: z.array(z.string()),
  /** Acknowledged of this till, after all of it. */
  ackedSeq: z.int().min(0),
  /** The file that goes back to the till, base64, and a name for it. */
  answerFile: z.string(),
  fileName: z.string(),
});
export type CarriedAnswer = z.infer<typeof CarriedAnswer>;

export const CarriedRequest = z.object({
  /** Base64. */
  file: z
    .string()
    .min(1)
    .max(Math.ceil(limits.carrierFileBytesMax / 3) * 4),
});

export const syncApi = {
  enrol: {
    method: 'POST',
    path: '/v1/enrolments',
    access: 'public',
    summary: 'Exchange a one-time code and a public key for a till id',
    body: EnrolmentRequest,
    answer: EnrolmentAnswer,
  },
  readmit: {
    method: 'POST',
    path: '/v1/enrolments/readmission',
    access: 'public',
    summary: 'Let a till in again that a restored centre has forgotten, by the centre’s signature',
    body: EnrolmentProof,
    answer: SyncHead,
  },
  presentReceipt: {
    method: 'POST',
    path: '/v1/sync/receipts',
    access: 'till',
    summary: 'Show the centre its own receipt over events that it no longer has',
    body: Receipt,
    answer: LostReceiptAnswer,
  },
  head: {
    method: 'GET',
    path: '/v1/sync/head',
    access: 'till',
    summary: 'What the centre has acknowledged of this till',
    answer: SyncHead,
  },
  feed: {
    method: 'GET',
    path: '/v1/sync/feed',
    access: 'till',
    summary: 'Reference data changed after a cursor',
    query: z.object({ after: z.coerce.number().int().min(0) }),
    answer: FeedPage,
  },
  journal: {
    method: 'GET',
    path: '/v1/sync/journal',
    access: 'till',
    summary: 'Acknowledged events of this till, or of the till it replaced, as they were sealed',
    query: z.object({ till: TillId, after: z.coerce.number().int().min(0) }),
    answer: JournalPage,
  },
  journalHashes: {
    method: 'POST',
    path: '/v1/sync/journal/hashes',
    access: 'till',
    summary: 'Hashes of this till’s acknowledged events, to find where two pasts part',
    body: JournalHashesRequest,
    answer: JournalHashesAnswer,
  },
  prescription: {
    method: 'POST',
    path: '/v1/sync/prescriptions/look-up',
    access: 'till',
    summary: 'What other facilities sold on a prescription',
    body: PrescriptionQuestion,
    answer: PrescriptionAnswer,
  },
  carry: {
    method: 'POST',
    path: '/v1/sync/carried',
    access: 'till',
    summary: 'Pass on the reports of any till, brought as a file',
    body: CarriedRequest,
    answer: CarriedAnswer,
  },
  agreement: {
    method: 'POST',
    path: '/v1/sync/agreement',
    access: 'till',
    summary: 'Compare the stock of till and centre at one head',
    body: AgreementRequest,
    answer: AgreementAnswer,
  },
  agreementRanges: {
    method: 'POST',
    path: '/v1/sync/agreement/ranges',
    access: 'till',
    summary: 'Digests of ranges of the journal, to find the first event that differs',
    body: RangesRequest,
    answer: RangesAnswer,
  },
} as const satisfies Record<string, Route>;

/** Routes with a body or answer that is no JSON document; mounted by hand, described here. */
export const syncStreams = {
  batches: { method: 'POST', path: '/v1/sync/batches', answer: BatchAnswer },
  snapshot: { method: 'GET', path: '/v1/sync/snapshot' },
  stream: { method: 'GET', path: '/v1/sync/stream' },
} as const;
