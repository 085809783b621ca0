import type { HashHex } from '../events/envelope.ts';
import type { Instant } from '../model/calendar.ts';
import type { LotOnHand } from '../rules/fefo.ts';
import type { ExportHead, ExportTill } from './journal-export.ts';

/**
 * What contradicts a journal, the most telling first. Each has its sentence wherever a report is
 * put into words.
 */
export const findingTypes = [
  /** Nothing in the file begins as an export does. */
  'not-an-export',
  'unknown-version',
  /** The file ends before its own end. */
  'file-cut',
  /** The receipts are of another centre than the one that was named. */
  'centre-key-differs',
  /** The centre did not certify this device key for this till. */
  'key-not-certified',
  /** A line stands where an event should and is none. */
  'event-unreadable',
  /** An event of another till stands in this journal. */
  'foreign-event',
  /** The same event stands there more than once. */
  'event-repeated',
  /** Different events under one number. */
  'event-inserted',
  'events-missing',
  'events-reordered',
  /** Bytes of an event are not those its successor was sealed on. */
  'event-altered',
  /** The chain is whole, and the centre acknowledged other events under these numbers. */
  'rewritten',
  /** The centre acknowledged more than the journal holds. */
  'rolled-back',
  /** Two pasts under one name, both signed by the till's key. */
  'forked',
  /** The till signed for more events than the file holds. */
  'tail-cut',
  /** The device key signed other events under these numbers. */
  'signature-differs',
  'signature-false',
  'receipt-false',
  'receipt-foreign',
  /** The till signed that it holds a receipt, and the file does not have it. */
  'receipts-missing',
  /** The till's own word over its last event is not there. */
  'head-missing',
  /** A line about the export cannot be read. */
  'line-unreadable',
  /** The digest or the signature over the whole file does not hold. */
  'file-altered',
] as const;
export type FindingType = (typeof findingTypes)[number];

export type Finding = {
  readonly type: FindingType;
  /** Short code of the till; null where the whole file is meant. */
  readonly till: string | null;
  /** Numbers of the events meant, both ends included; null where it is no matter of events. */
  readonly fromSeq: number | null;
  readonly toSeq: number | null;
};

/** What the till's clock says; evidence, never proof. Durations in milliseconds. */
export type ClockReport = {
  readonly firstAt: Instant | null;
  readonly lastAt: Instant | null;
  /** Events said to be earlier than the one before them, and by how much at most. */
  readonly backwards: number;
  readonly backwardsMsMax: number;
  /** Events dated after the receipt that covers them. */
  readonly ahead: number;
  readonly aheadMsMax: number;
  /** Events dated before the receipt that stands before them. */
  readonly behind: number;
  readonly behindMsMax: number;
};

export type JournalTotals = {
  readonly sales: number;
  readonly voidedSales: number;
  /** Of sales that were not voided. */
  readonly soldVnd: number;
  readonly receipts: number;
  readonly receivedVnd: number;
  /** Events this program cannot interpret: chained and signed, but not counted. */
  readonly unreadEvents: number;
  /** Every lot that holds something at the end, below zero too. */
  readonly lots: readonly LotOnHand[];
};

export type TillReport = {
  readonly till: ExportTill;
  readonly keyFingerprint: string;
  readonly isCertified: boolean;
  readonly events: number;
  readonly lastSeq: number;
  readonly lastHash: HashHex;
  /** Up to here chain and receipts agree. */
  readonly receiptedSeq: number;
  readonly receiptedAt: Instant | null;
  /** Receipts that stand in the file, and those of them with a signature of the centre for this till. */
  readonly receiptsInFile: number;
  readonly receipts: number;
  /** Up to here chain and the device key's signatures agree. */
  readonly signedSeq: number;
  readonly clock: ClockReport;
  readonly totals: JournalTotals;
  /** Hash after each event, by number. */
  readonly hashBySeq: ReadonlyMap<number, HashHex>;
  /** Receipts that hold, in the order of their numbers. */
  readonly heldReceipts: readonly { readonly seq: number; readonly serverTime: Instant }[];
};

/** What changed the file on its way without changing the journal: undone before judging. */
export type Conversion = {
  /** Lines that ended in CR LF: a program or a mail rewrote the line endings. */
  readonly carriageReturns: number;
  /** A mark that editors put in front of a text. */
  readonly hasByteOrderMark: boolean;
  /** With it undone, digest and signature over the whole file hold: these are the exact bytes. */
  readonly isUndone: boolean;
};

export type ExportReport = {
  /** Null when the file came as it was written. */
  readonly conversion: Conversion | null;
  readonly head: ExportHead | null;
  readonly centreFingerprint: string | null;
  /** The centre's key was given from outside and is the one of this file. */
  readonly isCentreKeyPinned: boolean;
  readonly tills: readonly TillReport[];
  readonly findings: readonly Finding[];
};

/**
 * What a report comes to. A file that stops before its end contradicts nothing by that; and the
 * last words of a till, which stand at the end, may be what is cut off.
 */
export type Verdict = 'whole' | 'contradicted' | 'inconclusive' | 'unread';

export function verdictOf(findings: readonly Finding[]): Verdict {
  const types = new Set(findings.map(({ type }) => type));
  if (types.size === 0) return 'whole';
  if (types.has('not-an-export') || types.has('unknown-version')) return 'unread';
  if (!types.has('file-cut')) return 'contradicted';
  const isOnlyCut = [...types].every((type) => type === 'file-cut' || type === 'head-missing');
  return isOnlyCut ? 'inconclusive' : 'contradicted';
}
