/**
 * Reports that came by hand (shared/sync/carrier-file.ts): every batch goes through the same proof and
 * the same ingest as one by HTTPS; the answers go back as a file that the centre signs.
 */
import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { gunzip, gzip } from 'node:zlib';
import { z } from 'zod';
import { limits } from '../../shared/base/limits.ts';
import { err, ok, type Result } from '../../shared/base/result.ts';
import type { CarriedAnswer } from '../../shared/contract/sync-api.ts';
import { instantOfMs } from '../../shared/model/calendar.ts';
import type { BatchAnswer } from '../../shared/sync/batch.ts';
import {
  answersText,
  type CarriedBatch,
  carrierText,
  carrierVersion,
  type ReportsFile,
  readCarrierText,
  reportsText,
} from '../../shared/sync/carrier-file.ts';
import type { FeedPage } from '../../shared/sync/feed.ts';
import { isSignedBy } from '../accounts/centre-key.ts';
import { readyKeyOf } from '../accounts/till-authentication.ts';
import { readFeedPage } from '../catalogue/feed.ts';
import { type Queryable, queryRow } from '../db/pool.ts';
import type { CentreDeps } from '../deps.ts';
import { answerReceived } from '../http/batch-answer.ts';
import type { ProblemFacts } from '../http/problem-answer.ts';
import { type Carrier, proveBatch } from './verify-batch.ts';

const gunzipAsync = promisify(gunzip);
const gzipAsync = promisify(gzip);

const TillRow = z.object({
  public_key: z.instanceof(Buffer),
  state: z.string(),
  acked_seq: z.number(),
  short_code: z.string(),
  facility_id: z.string(),
  facility_code: z.string(),
  facility_name: z.string(),
  province: z.string(),
});
type TillRow = z.output<typeof TillRow>;

/**
 * Takes in the reports of one file.
 * @param mayTouch whether whoever brings it may bring reports of this province.
 */
export async function receiveCarried(
  deps: CentreDeps,
  bytes: Buffer,
  brought: { readonly carrier: Carrier; readonly mayTouch: (province: string) => boolean },
): Promise<Result<CarriedAnswer, ProblemFacts>> {
  const reports = await openReports(bytes);
  if (!reports.ok) return reports;
  const { head, batches } = reports.value;
  const till = await findTill(deps.pool, head.till);
  const isOwnWord =
    till !== undefined &&
    isSignedBy(readyKeyOf(till.public_key), reportsText(head), head.signature);
  if (!isOwnWord) return err(notAuthentic);
  if (!brought.mayTouch(till.province)) {
    return err({ type: 'forbidden', detail: 'The facility is outside this area' });
  }
  const answers: BatchAnswer[] = [];
  for (const batch of batches) {
    const answer = await takeBatch(deps, batch, brought.carrier);
    if (!answer.ok) return answer;
    answers.push(answer.value);
  }
  const answerFile = await makeAnswers(deps, { reports: reports.value, till, answers });
  const after = (await findTill(deps.pool, head.till)) ?? till;
  return ok({
    till: head.till,
    facilityName: till.facility_name,
    batches: batches.length,
    newEvents: after.acked_seq - till.acked_seq,
    refused: answers.flatMap((answer) => ('receipt' in answer ? [] : [answer.verdict])),
    ackedSeq: after.acked_seq,
    answerFile: answerFile.toString('base64'),
    fileName: answerFileName(till, deps.nowMs()),
  });
}

const notAuthentic: ProblemFacts = {
  type: 'not-authentic',
  detail: 'No till of this centre signed these reports',
};

async function openReports(bytes: Buffer): Promise<Result<ReportsFile, ProblemFacts>> {
  const unreadable = (detail: string) => err({ type: 'unreadable' as const, detail });
  let text: string;
  try {
    const unpacked = await gunzipAsync(bytes, { maxOutputLength: limits.carrierInflatedBytesMax });
    text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(unpacked);
  } catch {
    // What begins as ours and cannot be unpacked was cut short or changed on its stick.
    const isPacked = bytes[0] === 0x1f && bytes[1] === 0x8b;
    return unreadable(isPacked ? 'damaged: cannot be unpacked' : 'not-a-carrier-file');
  }
  const file = readCarrierText(text, sha256Of);
  if (!file.ok) return unreadable(`${file.error.type}: ${file.error.detail}`);
  return file.value.kind === 'reports' ? ok(file.value.file) : unreadable('answers-not-reports');
}

function findTill(database: Queryable, till: string): Promise<TillRow | undefined> {
  return queryRow(
    database,
    TillRow,
    `SELECT till.public_key, till.state, till.acked_seq, till.short_code, till.facility_id,
       facility.code AS facility_code, facility.name AS facility_name, facility.province
     FROM till JOIN facility ON facility.id = till.facility_id WHERE till.id = $1`,
    [till],
  );
}

async function takeBatch(
  deps: CentreDeps,
  { kind: _kind, body, ...header }: CarriedBatch,
  carrier: Carrier,
): Promise<Result<BatchAnswer, ProblemFacts>> {
  const proved = await proveBatch(deps.pool, header, Buffer.from(body, 'base64'), carrier);
  return answerReceived(deps, header.till, proved);
}

/** Receipts and verdicts, and as many pages of the feed as a file may have. */
async function makeAnswers(
  deps: CentreDeps,
  made: {
    readonly reports: ReportsFile;
    readonly till: TillRow;
    readonly answers: readonly BatchAnswer[];
  },
): Promise<Buffer> {
  const { reports, till, answers } = made;
  const isRevoked = till.state === 'revoked';
  const pages = isRevoked ? [] : await pagesFor(deps, till.facility_id, reports.head.after);
  for (;;) {
    const packed = await packAnswers(deps, reports.head.till, answers, pages);
    // What does not fit comes with the next answer: the till's cursor says where it stands.
    if (packed.length <= limits.carrierFileBytesMax || pages.length === 0) return packed;
    pages.pop();
  }
}

async function pagesFor(deps: CentreDeps, facilityId: string, after: number): Promise<FeedPage[]> {
  const pages: FeedPage[] = [];
  let cursor = after;
  while (pages.length < limits.carrierPagesMax) {
    const page = await readFeedPage(deps.pool, deps.centreKey, { after: cursor, facilityId });
    if (!page.ok) break;
    if (page.value.next > cursor) pages.push(page.value);
    if (!page.value.hasMore) break;
    cursor = page.value.next;
  }
  return pages;
}

function packAnswers(
  { centreKey, nowMs }: CentreDeps,
  till: string,
  answers: readonly BatchAnswer[],
  pages: readonly FeedPage[],
): Promise<Buffer> {
  const madeAt = instantOfMs(nowMs());
  const lines = [
    { kind: 'answers', version: carrierVersion, till, madeAt },
    ...answers.map((answer) => ({ kind: 'batch', answer })),
    ...pages.map((page) => ({ kind: 'page', page })),
  ];
  const text = carrierText(lines, sha256Of, (counted) =>
    centreKey.sign(answersText({ till, madeAt, ...counted })),
  );
  return gzipAsync(text, { level: 9 });
}

function answerFileName(till: TillRow, nowMs: number): string {
  const moment = instantOfMs(nowMs).slice(0, 16).replaceAll(/[T:]/g, '-');
  const name = `tra-loi-${till.facility_code}-${till.short_code}-${moment}`;
  return `${name.replaceAll(/[^\w-]/g, '_')}.tra-loi.gz`;
}

function sha256Of(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
