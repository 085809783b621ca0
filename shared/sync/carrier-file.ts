/**
 * Reports and answers as files (protocol.md §6): what a stick or a row of QR frames carries where no
 * line is. Both are gzip of UTF-8 JSON lines, each ended by `\n`, at most `carrierFileBytesMax` long.
 *
 * till → centre, `*.bao-cao.gz`
 *   reports  first: till, its feed cursor, when it was made, how many batches; signed by the device
 *            key over `reportsText`, so that nobody else is told what the feed has for this till
 *   batch    one signed batch as it travels by HTTPS (sync/batch.ts): the header's fields, and as
 *            `body` the base64 of the very gzip bytes. Proved and stored by the same ingest
 *   end      last: the lines before it and their SHA-256: a file copied in part is told apart
 *
 * centre → till, `*.tra-loi.gz`
 *   answers  first: the till, when it was made
 *   batch    the centre's answer to one batch (`BatchAnswer`), with its signed receipt
 *   page     a page of the feed (`FeedPage`), with its own digest and signature
 *   end      last: as above, with the centre's signature over `answersText`, so that nobody can put
 *            a verdict into the centre's mouth
 *
 * Files may come twice, late, in any order and by any hand: a batch has one effect because of the
 * till's head at the centre, a receipt and a page because of the till's head and cursor.
 */
import { z } from 'zod';
import { limits } from '../base/limits.ts';
import { err, ok, type Result } from '../base/result.ts';
import { HashHex } from '../events/envelope.ts';
import { Instant } from '../model/calendar.ts';
import { TillId } from '../model/facility.ts';
import { BatchAnswer, BatchHeader } from './batch.ts';
import { FeedPage } from './feed.ts';

export const carrierVersion = 1;

const Signature = z.string().regex(/^[A-Za-z0-9+/]{86}==$/);
const Base64 = z.string().regex(/^[A-Za-z0-9+/]*={0,2}$/);

export const ReportsHead = z.object({
  kind: z.literal('reports'),
  version: z.literal(carrierVersion),
  till: TillId,
  after: z.int().min(0),
  madeAt: Instant,
  batches: z.int().min(0),
  signature: Signature,
});
export type ReportsHead = z.infer<typeof ReportsHead>;

export const CarriedBatch = BatchHeader.extend({ kind: z.literal('batch'), body: Base64 });
export type CarriedBatch = z.infer<typeof CarriedBatch>;

export const AnswersHead = z.object({
  kind: z.literal('answers'),
  version: z.literal(carrierVersion),
  till: TillId,
  madeAt: Instant,
});
export type AnswersHead = z.infer<typeof AnswersHead>;

const AnswersLine = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('batch'), answer: BatchAnswer }),
  z.object({ kind: z.literal('page'), page: FeedPage }),
]);
const End = z.object({
  kind: z.literal('end'),
  lines: z.int().min(1),
  sha256: HashHex,
  /** Of the centre; reports need none, each of their lines proves itself. */
  signature: Signature.optional(),
});

export type ReportsFile = { readonly head: ReportsHead; readonly batches: readonly CarriedBatch[] };
export type AnswersFile = {
  readonly head: AnswersHead;
  readonly answers: readonly BatchAnswer[];
  readonly pages: readonly FeedPage[];
  readonly end: { readonly lines: number; readonly sha256: HashHex; readonly signature: string };
};

/** Why a file is not taken in; nothing is lost, for everything still stands where it came from. */
export const carrierProblemTypes = [
  'not-a-carrier-file',
  'unknown-version',
  /** Cut, or changed on its way. */
  'damaged',
  'too-large',
  /** Signed by nobody whose word counts here. */
  'not-authentic',
  /** The answer is for another till. */
  'other-till',
] as const;
export type CarrierProblemType = (typeof carrierProblemTypes)[number];
export type CarrierProblem = { readonly type: CarrierProblemType; readonly detail: string };

/** What the device key signs at the head of its reports. */
export function reportsText(head: Omit<ReportsHead, 'kind' | 'version' | 'signature'>): string {
  const { till, after, madeAt, batches } = head;
  return `mang-thuoc reports v1\n${till}\n${after}\n${madeAt}\n${batches}`;
}

/** What the centre signs at the end of its answers. */
export function answersText(file: {
  readonly till: string;
  readonly madeAt: string;
  readonly lines: number;
  readonly sha256: string;
}): string {
  const { till, madeAt, lines, sha256 } = file;
  return `mang-thuoc answers v1\n${till}\n${madeAt}\n${lines}\n${sha256}`;
}

/** The text of a whole file. @param sign of the last line; reports carry none there. */
export function carrierText(
  lines: readonly unknown[],
  sha256: (text: string) => HashHex,
  sign?: (counted: { readonly lines: number; readonly sha256: HashHex }) => string,
): string {
  const text = lines.map((line) => `${JSON.stringify(line)}\n`).join('');
  const counted = { lines: lines.length, sha256: sha256(text) };
  const signature = sign === undefined ? {} : { signature: sign(counted) };
  return `${text}${JSON.stringify({ kind: 'end', ...counted, ...signature })}\n`;
}

export type CarrierFile =
  | { readonly kind: 'reports'; readonly file: ReportsFile }
  | { readonly kind: 'answers'; readonly file: AnswersFile };

/** Reads an unpacked file of either direction. Its signatures are the caller's to check. */
export function readCarrierText(
  text: string,
  sha256: (text: string) => HashHex,
): Result<CarrierFile, CarrierProblem> {
  const lines = text.split('\n');
  const first = jsonOf(lines[0] ?? '');
  const begun = z
    .object({ kind: z.enum(['reports', 'answers']), version: z.int() })
    .safeParse(first);
  if (!begun.success) return problem('not-a-carrier-file', 'line 1');
  const { kind, version } = begun.data;
  if (version !== carrierVersion) return problem('unknown-version', `version ${version}`);
  if (lines.pop() !== '') return problem('damaged', 'the last line is not ended');
  const last = lines.pop() ?? '';
  const end = End.safeParse(jsonOf(last));
  if (!end.success) return problem('damaged', 'the end is missing');
  const counted = lines.map((line) => `${line}\n`).join('');
  if (end.data.lines !== lines.length || end.data.sha256 !== sha256(counted)) {
    return problem('damaged', 'the digest differs');
  }
  const inner = lines.slice(1).map(jsonOf);
  return kind === 'reports' ? readReports(first, inner) : readAnswers(first, inner, end.data);
}

function readReports(
  first: unknown,
  inner: readonly unknown[],
): Result<CarrierFile, CarrierProblem> {
  const head = ReportsHead.safeParse(first);
  if (!head.success) return problem('not-a-carrier-file', 'the head of the reports');
  const batches: CarriedBatch[] = [];
  for (const [index, line] of inner.entries()) {
    const batch = CarriedBatch.safeParse(line);
    if (!batch.success) return problem('damaged', `line ${index + 2} is no batch`);
    if (batch.data.till !== head.data.till) return problem('damaged', 'a batch of another till');
    batches.push(batch.data);
  }
  if (batches.length !== head.data.batches || batches.length > limits.carrierBatchesMax) {
    return problem('damaged', `${batches.length} batches`);
  }
  return ok({ kind: 'reports', file: { head: head.data, batches } });
}

function readAnswers(
  first: unknown,
  inner: readonly unknown[],
  end: z.output<typeof End>,
): Result<CarrierFile, CarrierProblem> {
  const head = AnswersHead.safeParse(first);
  if (!head.success) return problem('not-a-carrier-file', 'the head of the answers');
  const { signature } = end;
  if (signature === undefined) return problem('not-authentic', 'the answers are not signed');
  const answers: BatchAnswer[] = [];
  const pages: FeedPage[] = [];
  for (const [index, line] of inner.entries()) {
    const parsed = AnswersLine.safeParse(line);
    if (!parsed.success) return problem('damaged', `line ${index + 2}`);
    if (parsed.data.kind === 'batch') answers.push(parsed.data.answer);
    else pages.push(parsed.data.page);
  }
  const file = { head: head.data, answers, pages, end: { ...end, signature } };
  return ok({ kind: 'answers', file });
}

function jsonOf(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    // JSON.parse has no other way to say that a text is not JSON; no schema accepts undefined.
    return undefined;
  }
}

function problem(type: CarrierProblemType, detail: string): Result<never, CarrierProblem> {
  return err({ type, detail });
}
