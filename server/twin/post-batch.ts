import { type KeyObject, verify } from 'node:crypto';
import { type Agent, request } from 'node:http';
import { syncStreams } from '../../shared/contract/sync-api.ts';
import { BatchAnswer, batchHeaderNames, receiptText } from '../../shared/sync/batch.ts';
import type { SignedBatch } from './till-journal.ts';

const triesMax = 8;

/**
 * Uploads one batch as a till does, over HTTP, and proves the receipt. A line that broke and a
 * centre that is busy are tried again, for a batch twice equals once; any other answer than "I have
 * it" ends the demonstration with its reason.
 */
export async function postBatch(
  batch: SignedBatch,
  centre: { readonly url: string; readonly agent: Agent; readonly publicKey: KeyObject },
): Promise<void> {
  for (let tries = 1; ; tries += 1) {
    const { status, text } = await exchange(batch, centre).catch(noAnswer);
    if (status === 200) return proveReceipt(batch, BatchAnswer.parse(JSON.parse(text)), centre);
    const isPassing = status === 0 || status === 429 || status === 503;
    if (!isPassing || tries === triesMax) {
      throw new Error(`Till ${batch.header.till}: the centre answered ${status}: ${text}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 100 * 2 ** tries));
  }
}

function proveReceipt(
  { header }: SignedBatch,
  answer: BatchAnswer,
  { publicKey }: { readonly publicKey: KeyObject },
): void {
  const receipt = 'receipt' in answer ? answer.receipt : undefined;
  const isProof =
    receipt !== undefined &&
    receipt.ackedSeq === header.lastSeq &&
    receipt.ackedHash === header.headHash &&
    verify(
      null,
      Buffer.from(receiptText(receipt)),
      publicKey,
      Buffer.from(receipt.signature, 'base64'),
    );
  if (!isProof) {
    throw new Error(
      `Till ${header.till}: no receipt for event ${header.lastSeq}: ${answer.verdict}`,
    );
  }
}

function noAnswer(error: unknown): { readonly status: number; readonly text: string } {
  return { status: 0, text: error instanceof Error ? error.message : String(error) };
}

function exchange(
  { header, body }: SignedBatch,
  centre: { readonly url: string; readonly agent: Agent },
): Promise<PostAnswer> {
  const headers = {
    'content-type': 'application/x-ndjson',
    'content-encoding': 'gzip',
    [batchHeaderNames.till]: header.till,
    [batchHeaderNames.firstSeq]: header.firstSeq,
    [batchHeaderNames.lastSeq]: header.lastSeq,
    [batchHeaderNames.prevHash]: header.prevHash,
    [batchHeaderNames.headHash]: header.headHash,
    [batchHeaderNames.protocol]: header.protocol,
    [batchHeaderNames.signature]: header.signature,
  };
  return post({ ...centre, path: syncStreams.batches.path, headers, body });
}

export type PostAnswer = { readonly status: number; readonly text: string };

/** One request over a connection that is kept. */
export function post(asked: {
  readonly url: string;
  readonly agent: Agent;
  readonly path: string;
  readonly headers: Readonly<Record<string, string | number>>;
  readonly body: Uint8Array;
}): Promise<PostAnswer> {
  const { url, agent, path, body } = asked;
  const headers = { ...asked.headers, 'content-length': body.length };
  return new Promise((resolve, reject) => {
    const sending = request(new URL(path, url), { method: 'POST', agent, headers }, (response) => {
      const pieces: Buffer[] = [];
      response.on('data', (piece: Buffer) => pieces.push(piece));
      response.on('error', reject);
      response.on('end', () =>
        resolve({ status: response.statusCode ?? 0, text: Buffer.concat(pieces).toString('utf8') }),
      );
    });
    sending.on('error', reject);
    sending.end(body);
  });
}
