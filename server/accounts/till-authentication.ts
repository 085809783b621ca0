import type { KeyObject } from 'node:crypto';
import type { Request } from 'express';
import { z } from 'zod';
import { err, ok, type Result } from '../../shared/base/result.ts';
import { TillId } from '../../shared/model/facility.ts';
import { requestText } from '../../shared/sync/batch.ts';
import { type Queryable, queryRow } from '../db/pool.ts';
import type { ProblemFacts } from '../http/problem-answer.ts';
import { isSignedBy, publicKeyOf } from './centre-key.ts';

/** A till whose signature over a request holds. */
export type TillCaller = {
  readonly tillId: string;
  readonly facilityId: string;
  readonly publicKey: KeyObject;
  readonly ackedSeq: number;
  readonly ackedHash: string;
};

const TillHeaders = z.object({
  till: TillId,
  signature: z.string().regex(/^[A-Za-z0-9+/]{86}==$/),
});
const TillRow = z.object({
  facility_id: z.string(),
  public_key: z.instanceof(Buffer),
  state: z.enum(['active', 'revoked', 'forked']),
  acked_seq: z.number(),
  acked_hash: z.string(),
});

/** A till that only asks is noted at most this often: one write a minute, not one a request. */
const contactNotedEveryMs = 60_000;
/** Distinct keys kept ready; a key costs more to build than to look up. */
const readyKeysMax = 20_000;
const readyKeys = new Map<string, KeyObject>();

/**
 * Who signed a request: `x-till` names the till, `x-signature` is its device key's over
 * `requestText` (shared/sync/batch.ts). No clock takes part.
 */
export async function authenticateTill(
  deps: { readonly pool: Queryable; readonly nowMs: () => number },
  request: Request,
  bodySha256: string,
): Promise<Result<TillCaller, ProblemFacts>> {
  const headers = TillHeaders.safeParse({
    till: request.get('x-till'),
    signature: request.get('x-signature'),
  });
  if (!headers.success) return notAuthentic('x-till and x-signature are missing or malformed');
  const { till, signature } = headers.data;
  const row = await queryRow(
    deps.pool,
    TillRow,
    `SELECT facility_id, public_key, state, acked_seq, acked_hash FROM till WHERE id = $1`,
    [till],
  );
  if (row === undefined) {
    return err({ type: 'unknown-till', detail: 'The centre knows no such till' });
  }
  const publicKey = readyKeyOf(row.public_key);
  const text = requestText({
    till,
    method: request.method,
    pathAndQuery: request.originalUrl,
    bodySha256,
  });
  if (!isSignedBy(publicKey, text, signature)) return notAuthentic('The signature does not hold');
  if (row.state === 'revoked') return err({ type: 'revoked', detail: 'This till was revoked' });
  await noteContact(deps, till);
  return ok({
    tillId: till,
    facilityId: row.facility_id,
    publicKey,
    ackedSeq: row.acked_seq,
    ackedHash: row.acked_hash,
  });
}

/** The key object of raw key bytes, built once. */
export function readyKeyOf(raw: Buffer): KeyObject {
  const name = raw.toString('base64');
  const ready = readyKeys.get(name);
  if (ready !== undefined) return ready;
  if (readyKeys.size >= readyKeysMax) readyKeys.clear();
  const made = publicKeyOf(raw);
  readyKeys.set(name, made);
  return made;
}

async function noteContact(
  deps: { readonly pool: Queryable; readonly nowMs: () => number },
  till: string,
): Promise<void> {
  const now = deps.nowMs();
  // SKIP LOCKED: a question never waits for a batch of the same till that is being stored.
  await deps.pool.query(
    `UPDATE till SET last_contact_at = $2 WHERE id IN (
       SELECT id FROM till
       WHERE id = $1 AND (last_contact_at IS NULL OR last_contact_at < $3)
       FOR UPDATE SKIP LOCKED)`,
    [till, new Date(now), new Date(now - contactNotedEveryMs)],
  );
}

function notAuthentic(detail: string): Result<never, ProblemFacts> {
  return err({ type: 'not-authentic', detail });
}
