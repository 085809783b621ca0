/**
 * Verifies a journal export (journal-export.ts) line by line, as an inspector would: offline, with
 * nothing but the file and, where it is known, the centre's key. What it finds are facts; their words
 * stand with whoever shows them.
 */
import { present } from '../base/assert.ts';
import type { Envelope, HashHex } from '../events/envelope.ts';
import { zeroHash } from '../events/envelope.ts';
import type { ChainHead, HashLine } from '../events/seal.ts';
import {
  type BatchHeader,
  batchText,
  certificateText,
  type Receipt,
  readBatch,
  receiptText,
  sealedLineOf,
  wireLineOf,
} from './batch.ts';
import { followLink } from './chain.ts';
import { type Anchor, type ChainEntry, diagnoseChain } from './diagnose-chain.ts';
import {
  type ExportReport,
  type Finding,
  type FindingType,
  findingTypes,
  type TillReport,
} from './export-report.ts';
import {
  countedText,
  type ExportBatch,
  type ExportEnd,
  type ExportHead,
  type ExportJournalHead,
  type ExportLine,
  type ExportRefused,
  type ExportTill,
  exportLineStart,
  exportText,
  exportVersion,
  fingerprintText,
  journalHeadText,
  readExportLine,
} from './journal-export.ts';
import { clockReportOf, createJournalTally } from './journal-tally.ts';
import { protocolVersion } from './protocol-version.ts';

/** The cryptography of the runtime. */
export type VerifyTools = {
  readonly hashLine: HashLine;
  /** Whether a raw Ed25519 public key (base64) made a signature (base64) over a text. */
  readonly hasSigned: (key: string, text: string, signature: string) => boolean;
  /** SHA-256 of the bytes behind a base64 text. */
  readonly sha256OfBase64: (base64: string) => HashHex;
  /** A running SHA-256 over UTF-8 texts. */
  readonly digest: { readonly add: (text: string) => void; readonly hex: () => HashHex };
};

export type ExportCheck = {
  /** The next line, without its `\n`. */
  readonly line: (text: string) => void;
  /** After the last line. */
  readonly end: () => ExportReport;
};

type Receipted = Pick<Receipt, 'ackedSeq' | 'ackedHash' | 'serverTime'>;

/** Everything of one till, as it comes. */
type Part = {
  readonly till: ExportTill;
  readonly entries: ChainEntry[];
  readonly unreadableSeqs: Set<number>;
  readonly foreignSeqs: number[];
  readonly receipts: Receipt[];
  readonly batches: ExportBatch[];
  readonly refused: ExportRefused[];
  readonly tally: ReturnType<typeof createJournalTally>;
  head: ExportJournalHead | undefined;
  /** What the next line should stand behind. */
  before: ChainHead;
};

type State = {
  head: ExportHead | undefined;
  readonly parts: Part[];
  readonly findings: Finding[];
  readonly known: Set<string>;
  end: ExportEnd | undefined;
  lines: number;
  carriageReturns: number;
  hasByteOrderMark: boolean;
  /** Tells that the last line cannot be read, unless the file was cut right there. */
  tellUnread: (() => void) | undefined;
};

/**
 * @param centreKey the centre's key as it is known from elsewhere: raw in base64, or its
 *   fingerprint; undefined when nobody knows it.
 */
export function createExportCheck(tools: VerifyTools, centreKey?: string): ExportCheck {
  const state: State = {
    head: undefined,
    parts: [],
    findings: [],
    known: new Set(),
    end: undefined,
    lines: 0,
    carriageReturns: 0,
    hasByteOrderMark: false,
    tellUnread: undefined,
  };
  return {
    line: (came) => {
      state.tellUnread?.();
      state.tellUnread = undefined;
      const text = asWritten(state, came);
      const isAbout = text.startsWith(exportLineStart);
      const about = isAbout ? readExportLine(text) : undefined;
      if (state.head === undefined) readHead(state, text, about);
      else if (isAbout) readAbout(state, about);
      else readEventLine(state, text, tools);
      if (about?.kind !== 'end') {
        tools.digest.add(countedText(text));
        state.lines += 1;
      }
    },
    end: () => report(state, tools, centreKey),
  };
}

/**
 * The line as it was written. No line of an export ends in CR or begins with a byte order mark; both
 * are put there by programs that convert texts, and taking them away gives the exact bytes again.
 */
function asWritten(state: State, came: string): string {
  const isFirst = state.lines === 0 && state.head === undefined;
  const hasMark = isFirst && came.startsWith('\uFEFF');
  if (hasMark) state.hasByteOrderMark = true;
  let end = came.length;
  while (came[end - 1] === '\r') end -= 1;
  if (end < came.length) state.carriageReturns += 1;
  return came.slice(hasMark ? 1 : 0, end);
}

function readHead(state: State, text: string, about: ExportLine | undefined): void {
  if (about?.kind === 'export') {
    state.head = about;
    return;
  }
  if (state.findings.length > 0) return;
  const version = /^\{"kind":"export","version":(\d+)/.exec(text)?.[1];
  const isOtherVersion = version !== undefined && Number(version) !== exportVersion;
  tell(state, isOtherVersion ? 'unknown-version' : 'not-an-export');
}

function readAbout(state: State, about: ExportLine | undefined): void {
  const part = state.parts.at(-1);
  switch (about?.kind) {
    case 'till':
      state.parts.push(aPart(about));
      return;
    case 'receipt':
      part?.receipts.push(about);
      return;
    case 'batch':
      part?.batches.push(about);
      return;
    case 'refused':
      part?.refused.push(about);
      return;
    case 'head':
      if (part !== undefined) part.head = about;
      return;
    case 'end':
      state.end = about;
      return;
    default:
      state.tellUnread = () => tell(state, 'line-unreadable');
  }
}

function aPart(till: ExportTill): Part {
  return {
    till,
    entries: [],
    unreadableSeqs: new Set(),
    foreignSeqs: [],
    receipts: [],
    batches: [],
    refused: [],
    tally: createJournalTally(),
    head: undefined,
    before: { seq: 0, hash: zeroHash },
  };
}

function readEventLine(state: State, line: string, { hashLine }: VerifyTools): void {
  const part = state.parts.at(-1);
  if (part === undefined) {
    state.tellUnread = () => tell(state, 'line-unreadable');
    return;
  }
  const link = followLink({ till: part.till.id, head: part.before, line }, hashLine);
  if (link.ok) {
    const { envelope, hash } = link.value;
    keep(part, envelope, { prev: part.before.hash, hash, mendedHash: undefined });
    return;
  }
  const broken = link.error;
  const seq = part.before.seq + 1;
  switch (broken.type) {
    case 'NoEvent':
      state.tellUnread = () => {
        part.unreadableSeqs.add(seq);
        part.before = { seq, hash: broken.hash };
      };
      return;
    case 'OtherTill':
      part.foreignSeqs.push(seq);
      return;
    case 'OtherSeq':
    case 'OtherPrev': {
      const { envelope } = broken;
      const mended = sealedLineOf(wireLineOf(line), part.before.hash);
      keep(part, envelope, {
        prev: envelope.prev,
        hash: hashLine(envelope.prev, line),
        mendedHash: envelope.seq === seq ? hashLine(part.before.hash, mended) : undefined,
      });
    }
  }
}

function keep(
  part: Part,
  envelope: Envelope,
  link: Pick<ChainEntry, 'prev' | 'hash' | 'mendedHash'>,
): void {
  const { seq, at } = envelope;
  part.entries.push({ seq, at, ...link });
  part.before = { seq, hash: link.hash };
  part.tally.add(envelope);
}

function report(state: State, tools: VerifyTools, centreKey: string | undefined): ExportReport {
  const { head } = state;
  if (head === undefined) {
    if (state.findings.length === 0) tell(state, 'not-an-export');
    return {
      conversion: null,
      head: null,
      centreFingerprint: null,
      isCentreKeyPinned: false,
      tills: [],
      findings: state.findings,
    };
  }
  const fingerprint = fingerprintText(tools.sha256OfBase64(head.centreKey));
  const isSame = centreKey !== undefined && isKeyNamed(head.centreKey, fingerprint, centreKey);
  if (centreKey !== undefined && !isSame) tell(state, 'centre-key-differs');
  if (state.end !== undefined) state.tellUnread?.();
  const tills = state.parts.map((part) => reportPart(state, part, head, tools));
  const isWhole = checkEnd(state, head, tools);
  const { carriageReturns, hasByteOrderMark } = state;
  const isConverted = carriageReturns > 0 || hasByteOrderMark;
  if (state.parts.length === 0 && state.end === undefined) tell(state, 'file-cut');
  return {
    conversion: isConverted ? { carriageReturns, hasByteOrderMark, isUndone: isWhole } : null,
    head,
    centreFingerprint: fingerprint,
    isCentreKeyPinned: isSame,
    tills,
    findings: inOrder(state.findings),
  };
}

function reportPart(state: State, part: Part, head: ExportHead, tools: VerifyTools): TillReport {
  const { till } = part;
  const name = till.shortCode;
  const certified = certificateText({
    till: till.id,
    facilityId: head.facility.id,
    publicKey: till.deviceKey,
  });
  const isCertified = tools.hasSigned(head.centreKey, certified, till.certificate);
  if (!isCertified) tell(state, 'key-not-certified', name);
  const receipts = receiptsHeld(state, part, head, tools);
  const anchors: readonly Anchor[] = [
    ...receipts.map(({ ackedSeq, ackedHash }) => ({
      by: 'centre' as const,
      kind: 'receipt' as const,
      seq: ackedSeq,
      hash: ackedHash,
    })),
    ...signaturesHeld(state, part, head, tools),
  ];
  for (const seq of part.unreadableSeqs) tell(state, 'event-unreadable', name, seq);
  for (const seq of part.foreignSeqs) tell(state, 'foreign-event', name, seq);
  const diagnosis = diagnoseChain(part.entries, part.unreadableSeqs, anchors);
  for (const { type, fromSeq, toSeq } of diagnosis.findings) {
    tell(state, type, name, fromSeq, toSeq);
  }
  const hashBySeq = new Map(diagnosis.chain.map((entry) => [entry.seq, entry.hash]));
  tellForks(state, part, hashBySeq, tools);
  const holds = (by: Anchor['by']) =>
    anchors.findLast(
      (anchor) =>
        anchor.by === by &&
        anchor.seq <= diagnosis.wholeSeq &&
        hashBySeq.get(anchor.seq) === anchor.hash,
    )?.seq ?? 0;
  const receiptedSeq = holds('centre');
  const last = diagnosis.chain.at(-1);
  const heldReceipts = receipts
    .filter(({ ackedSeq, ackedHash }) => hashBySeq.get(ackedSeq) === ackedHash)
    .map(({ ackedSeq, serverTime }) => ({ seq: ackedSeq, serverTime }));
  return {
    till,
    keyFingerprint: fingerprintText(tools.sha256OfBase64(till.deviceKey)),
    isCertified,
    events: part.entries.length,
    lastSeq: last?.seq ?? 0,
    lastHash: last?.hash ?? zeroHash,
    receiptedSeq,
    receiptedAt: heldReceipts.findLast(({ seq }) => seq <= receiptedSeq)?.serverTime ?? null,
    receiptsInFile: part.receipts.length,
    receipts: receipts.length,
    signedSeq: holds('device'),
    clock: clockReportOf(diagnosis.chain, heldReceipts),
    totals: part.tally.totals(),
    hashBySeq,
    heldReceipts,
  };
}

/** The receipts whose signature holds, in the order of their numbers. */
function receiptsHeld(
  state: State,
  { till, receipts, head }: Part,
  { centreKey }: ExportHead,
  tools: VerifyTools,
): readonly Receipted[] {
  const held: Receipted[] = [];
  for (const receipt of receipts) {
    const { ackedSeq } = receipt;
    if (!tools.hasSigned(centreKey, receiptText(receipt), receipt.signature)) {
      tell(state, 'receipt-false', till.shortCode, ackedSeq);
    } else if (receipt.till !== till.id) tell(state, 'receipt-foreign', till.shortCode, ackedSeq);
    else held.push(receipt);
  }
  held.sort((a, b) => a.ackedSeq - b.ackedSeq);
  const promised = head?.ackedSeq ?? 0;
  const lastSeq = held.at(-1)?.ackedSeq ?? 0;
  if (promised > lastSeq) {
    tell(state, 'receipts-missing', till.shortCode, lastSeq + 1, promised);
  }
  return held;
}

/** What the device key signed, in the order of numbers. */
function signaturesHeld(
  state: State,
  { till, batches, head: journalHead }: Part,
  { source }: ExportHead,
  tools: VerifyTools,
): readonly Anchor[] {
  const anchors: Anchor[] = [];
  for (const batch of batches) {
    const text = batchText({ ...batch, till: till.id });
    if (tools.hasSigned(till.deviceKey, text, batch.signature)) {
      const { lastSeq: seq, headHash: hash, prevHash } = batch;
      const before = batch.firstSeq === seq ? { prevHash } : {};
      anchors.push({ by: 'device', kind: 'batch', seq, hash, ...before });
    } else tell(state, 'signature-false', till.shortCode, batch.firstSeq, batch.lastSeq);
  }
  anchors.sort((a, b) => a.seq - b.seq);
  if (journalHead === undefined) {
    if (source === 'till') tell(state, 'head-missing', till.shortCode);
    return anchors;
  }
  const { seq, hash, prevHash } = journalHead;
  const isOwn =
    journalHead.till === till.id &&
    tools.hasSigned(till.deviceKey, journalHeadText(journalHead), journalHead.signature);
  if (isOwn) return [...anchors, { by: 'device', kind: 'head', seq, hash, prevHash }];
  tell(state, 'signature-false', till.shortCode, seq);
  return anchors;
}

/** A refused batch whose signature holds proves a second past from its first differing event on. */
function tellForks(
  state: State,
  { till, refused }: Part,
  hashBySeq: ReadonlyMap<number, HashHex>,
  tools: VerifyTools,
): void {
  for (const batch of refused) {
    const { firstSeq, lastSeq } = batch;
    const header: BatchHeader = { ...batch, till: till.id, protocol: protocolVersion };
    const isSigned = tools.hasSigned(till.deviceKey, batchText(header), batch.signature);
    const events = readBatch(header, batch.body, tools.hashLine);
    if (!isSigned || !events.ok) {
      tell(state, 'signature-false', till.shortCode, firstSeq, lastSeq);
      continue;
    }
    const differing =
      events.value.find(({ envelope, hash }) => hashBySeq.get(envelope.seq) !== hash)?.envelope
        .seq ?? null;
    const isBehindOther = hashBySeq.get(firstSeq - 1) !== batch.prevHash && firstSeq > 1;
    const fromSeq = isBehindOther ? firstSeq - 1 : differing;
    if (fromSeq !== null) tell(state, 'forked', till.shortCode, fromSeq, lastSeq);
  }
}

/** @returns whether digest and signature over the whole file hold. */
function checkEnd(state: State, head: ExportHead, { digest, hasSigned }: VerifyTools): boolean {
  const { end } = state;
  if (end === undefined) {
    tell(state, 'file-cut');
    return false;
  }
  const { lines, sha256, signature } = end;
  const { exportedAt } = head;
  const text = exportText({ facilityId: head.facility.id, exportedAt, lines, sha256 });
  const keys =
    head.source === 'centre' ? [head.centreKey] : state.parts.map((part) => part.till.deviceKey);
  const isWhole = lines === state.lines && sha256 === digest.hex();
  const isSigned = keys.some((key) => hasSigned(key, text, signature));
  if (!isWhole || !isSigned) tell(state, 'file-altered');
  return isWhole && isSigned;
}

/** Whether `named` (a raw key or a fingerprint, however it is spaced) is this key. */
function isKeyNamed(key: string, fingerprint: string, named: string): boolean {
  const hex = named.replaceAll(/[\s:-]/g, '').toLowerCase();
  return named.trim() === key || hex === fingerprint.replaceAll(' ', '');
}

function tell(
  { findings, known }: State,
  type: FindingType,
  till: string | null = null,
  fromSeq: number | null = null,
  toSeq: number | null = fromSeq,
): void {
  const name = `${type} ${till} ${fromSeq}`;
  if (known.has(name)) return;
  known.add(name);
  findings.push({ type, till, fromSeq, toSeq });
}

function inOrder(findings: readonly Finding[]): readonly Finding[] {
  const rank = (finding: Finding) => findingTypes.indexOf(finding.type);
  return [...findings].sort((a, b) => rank(a) - rank(b) || (a.fromSeq ?? 0) - (b.fromSeq ?? 0));
}

/**
 * Holds one report against another of the same facility: a till's export against the centre's, or a
 * clone's against its original. Each may be whole in itself and yet they cannot both be true.
 */
export function compareReports(
  report: ExportReport,
  other: ExportReport,
): { readonly findings: readonly Finding[]; readonly comparedTills: number } {
  const findings: Finding[] = [];
  let comparedTills = 0;
  // Receipts of another centre say nothing about this one's tills.
  if (report.head?.centreKey !== other.head?.centreKey) return { findings, comparedTills };
  for (const till of report.tills) {
    const counterpart = other.tills.find((candidate) => candidate.till.id === till.till.id);
    if (counterpart === undefined || !isWitness(other, counterpart)) continue;
    comparedTills += 1;
    const name = till.till.shortCode;
    const fork = firstDifference(till, counterpart);
    const toSeq = till.lastSeq;
    if (fork !== undefined) {
      findings.push({ type: 'forked', till: name, fromSeq: fork, toSeq: Math.max(fork, toSeq) });
    } else {
      // The other file may hold both pasts: a batch the centre refused is the evidence of a second.
      findings.push(
        ...other.findings.filter(
          ({ type, till: code }) => type === 'forked' && code === counterpart.till.shortCode,
        ),
      );
    }
    const exportedAt = Date.parse(present(report.head, 'A report of tills has a head').exportedAt);
    const known = counterpart.heldReceipts.findLast(
      ({ serverTime }) => Date.parse(serverTime) <= exportedAt,
    );
    if (known !== undefined && known.seq > till.lastSeq) {
      const fromSeq = till.lastSeq + 1;
      findings.push({ type: 'rolled-back', till: name, fromSeq, toSeq: known.seq });
    }
  }
  return { findings: inOrder(findings), comparedTills };
}

/**
 * Only a past that stands on its own can contradict another: a file that anybody may have altered or
 * signed with any key would make an honest shop look like a clone.
 */
function isWitness(report: ExportReport, { till }: TillReport): boolean {
  return report.findings.every(
    (finding) =>
      finding.type === 'forked' || (finding.till !== null && finding.till !== till.shortCode),
  );
}

function firstDifference(a: TillReport, b: TillReport): number | undefined {
  const lastCommon = Math.min(a.lastSeq, b.lastSeq);
  for (let seq = 1; seq <= lastCommon; seq += 1) {
    if (a.hashBySeq.get(seq) !== b.hashBySeq.get(seq)) return seq;
  }
  return undefined;
}
