import type { Request, Response } from 'express';
import { unreachable } from '../../shared/base/assert.ts';
import { err, ok, type Result } from '../../shared/base/result.ts';
import { instantOfMs } from '../../shared/model/calendar.ts';
import { BatchAnswer, receiptText } from '../../shared/sync/batch.ts';
import type { CentreDeps } from '../deps.ts';
import type { BatchOutcome } from '../ingest/batch-outcome.ts';
import { type BatchRefusal, receiveBatch, type VerifiedBatch } from '../ingest/verify-batch.ts';
import type { ProblemFacts } from './problem-answer.ts';

const busy: ProblemFacts = {
  type: 'too-many-requests',
  detail: 'More batches wait than can be stored in a few seconds',
  retryAfterSeconds: 5,
};

const verdictStatus: Readonly<Record<BatchAnswer['verdict'], number>> = {
  accept: 200,
  duplicate: 200,
  overlap: 200,
  gap: 409,
  fork: 409,
  malformed: 400,
  'not-authentic': 401,
  'unknown-till': 401,
  revoked: 403,
  'unknown-protocol': 426,
};

/** Receives, proves and stores one batch; the answer is made after the commit. */
export async function answerBatch(
  deps: CentreDeps,
  request: Request,
  response: Response,
): Promise<Result<BatchAnswer, ProblemFacts>> {
  const received = await receiveBatch(deps.pool, request);
  // What was not read of a refused body is not worth keeping the connection for.
  if (!request.complete) response.setHeader('Connection', 'close');
  const till = received.ok ? received.value.header.till : '';
  return answerReceived(deps, till, received);
}

/** Stores a proved batch, whoever carried it, and answers; or says why it was not proved. */
export async function answerReceived(
  deps: CentreDeps,
  till: string,
  received: Result<VerifiedBatch, BatchRefusal>,
): Promise<Result<BatchAnswer, ProblemFacts>> {
  if (received.ok) {
    const outcome = await deps.ingest.submit(received.value);
    return outcome === 'busy' ? err(busy) : ok(answerOf(deps, till, outcome));
  }
  const refusal = received.error;
  if (refusal.type === 'problem') return err(refusal.problem);
  const { verdict, detail } = refusal;
  return ok({ verdict, detail, serverTime: instantOfMs(deps.nowMs()) });
}

/** Sends a verdict with the status that goes with it. */
export function sendBatchAnswer(response: Response, answer: BatchAnswer): void {
  response.setHeader('Cache-Control', 'no-store');
  response.status(verdictStatus[answer.verdict]).json(BatchAnswer.parse(answer));
}

function answerOf(deps: CentreDeps, till: string, outcome: BatchOutcome): BatchAnswer {
  const serverTime = instantOfMs(outcome.receivedAtMs);
  switch (outcome.verdict) {
    case 'accept':
    case 'duplicate':
    case 'overlap': {
      const { verdict, head, parkedEvents } = outcome;
      const facts = { till, ackedSeq: head.seq, ackedHash: head.hash, serverTime };
      const receipt = { ...facts, signature: deps.centreKey.sign(receiptText(facts)) };
      return { verdict, receipt, parkedEvents };
    }
    case 'gap': {
      const { seq, hash } = outcome.head;
      return { verdict: 'gap', ackedSeq: seq, ackedHash: hash, serverTime };
    }
    case 'fork':
      return { verdict: 'fork', atSeq: outcome.atSeq, serverTime };
    case 'revoked':
      return { verdict: 'revoked', detail: 'This till was revoked', serverTime };
    case 'unknown-protocol':
      return { verdict: 'unknown-protocol', detail: 'Not spoken here', serverTime };
    default:
      return unreachable(outcome);
  }
}
