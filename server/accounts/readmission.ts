import { z } from 'zod';
import { err, ok, type Result } from '../../shared/base/result.ts';
import type { RouteAnswer } from '../../shared/contract/route.ts';
import type { syncApi } from '../../shared/contract/sync-api.ts';
import { zeroHash } from '../../shared/events/envelope.ts';
import { instantOfMs, msOfInstant } from '../../shared/model/calendar.ts';
import {
  Enrolment,
  type EnrolmentProof,
  enrolmentText,
} from '../../shared/sync/enrolment-proof.ts';
import { protocolVersion } from '../../shared/sync/protocol-version.ts';
import { publishFacility } from '../catalogue/publish.ts';
import { notifyConsole } from '../db/notices.ts';
import { inTransaction, queryRows, type Transaction } from '../db/pool.ts';
import type { CentreDeps } from '../deps.ts';
import { insertFacilities } from '../facilities/facility-table.ts';
import type { ProblemFacts } from '../http/problem-answer.ts';
import { recordAudit } from './audit.ts';

type Answer = RouteAnswer<typeof syncApi.readmit>;

const TillRow = z.object({
  id: z.string(),
  facility_id: z.string(),
  short_code: z.string(),
  state: z.enum(['active', 'revoked', 'forked']),
  acked_seq: z.number(),
  acked_hash: z.string(),
});

/**
 * Lets a till in again that this centre has forgotten, because it was restored to a moment before
 * the enrolment (shared/sync/enrolment-proof.ts). Its own signature is the proof; the facility comes
 * back with it where the register has lost that as well. The same proof twice changes nothing, and
 * a till that is known stays what it is: nobody who was revoked comes back this way.
 */
export async function readmitTill(
  deps: CentreDeps,
  proof: EnrolmentProof,
): Promise<Result<Answer, ProblemFacts>> {
  const enrolment = readProof(deps, proof);
  if (enrolment === undefined) {
    return err({ type: 'not-authentic', detail: 'No enrolment of this centre' });
  }
  return inTransaction(deps.pool, async (transaction) => {
    const { facility } = enrolment;
    const found = await lockFacility(transaction, facility.id);
    if (!found) await insertFacilities(transaction, [facility], deps.nowMs());
    if (!found && !(await lockFacility(transaction, facility.id))) {
      return err({ type: 'conflict', detail: 'Another facility has this code now' });
    }
    const known = await tillsBeside(transaction, enrolment);
    const same = known.find((till) => till.id === enrolment.till);
    if (same !== undefined) return ok(headOf(deps, same));
    const obstacle = obstacleTo(enrolment, known);
    if (obstacle !== undefined) return err(obstacle);
    if (!found) await publishFacility(transaction, facility);
    await insertAgain(transaction, deps, enrolment);
    return ok(headOf(deps, { acked_seq: 0, acked_hash: zeroHash }));
  });
}

function readProof(
  { centreKey }: Pick<CentreDeps, 'centreKey'>,
  { text, signature }: EnrolmentProof,
): Enrolment | undefined {
  if (!centreKey.hasSigned(enrolmentText(text), signature)) return undefined;
  // Signed by this centre, so it is JSON; an enrolment it may have ceased to be in a later version.
  const enrolment = Enrolment.safeParse(JSON.parse(text));
  return enrolment.success ? enrolment.data : undefined;
}

async function lockFacility(transaction: Transaction, id: string): Promise<boolean> {
  const locked = await transaction.query('SELECT 1 FROM facility WHERE id = $1 FOR UPDATE', [id]);
  return locked.rows.length > 0;
}

function tillsBeside(transaction: Transaction, { till, facility }: Enrolment) {
  return queryRows(
    transaction,
    TillRow,
    `SELECT id, facility_id, short_code, state, acked_seq, acked_hash FROM till
     WHERE facility_id = $1 OR id = $2 FOR UPDATE`,
    [facility.id, till],
  );
}

/** Another till of the facility that is neither revoked nor the one this till took over from. */
function obstacleTo(
  enrolment: Enrolment,
  known: readonly z.output<typeof TillRow>[],
): ProblemFacts | undefined {
  const writing = known.find((till) => till.state !== 'revoked' && till.id !== enrolment.replaces);
  if (writing !== undefined) {
    return { type: 'facility-has-till', detail: 'Another till has taken this place since' };
  }
  const sameCode = known.find((till) => till.short_code === enrolment.shortCode);
  if (sameCode !== undefined) {
    return { type: 'conflict', detail: `The short code ${enrolment.shortCode} was given again` };
  }
  return undefined;
}

async function insertAgain(
  transaction: Transaction,
  deps: CentreDeps,
  enrolment: Enrolment,
): Promise<void> {
  const now = new Date(deps.nowMs());
  const { till, facility, replaces } = enrolment;
  if (replaces !== null) {
    await transaction.query(
      `UPDATE till SET state = 'revoked', revoked_reason = 'replaced'
       WHERE id = $1 AND facility_id = $2 AND state <> 'revoked'`,
      [replaces, facility.id],
    );
  }
  await transaction.query(
    `INSERT INTO till (id, facility_id, short_code, public_key, state, enrolled_at,
       program_version, protocol, acked_hash, last_contact_at, replaces, readmitted_at)
     VALUES ($1, $2, $3, $4, 'active', $5, '', $6, $7, $8, $9, $8)`,
    [
      till,
      facility.id,
      enrolment.shortCode,
      Buffer.from(enrolment.publicKey, 'base64'),
      new Date(msOfInstant(enrolment.enrolledAt)),
      protocolVersion,
      zeroHash,
      now,
      replaces,
    ],
  );
  await recordAudit(transaction, {
    actor: { account: 'centre', address: '' },
    action: 'till-readmitted',
    subject: `${enrolment.shortCode} ${till}`,
    detail: { facility: `${facility.code} ${facility.name}`, enrolledAt: enrolment.enrolledAt },
    nowMs: now.getTime(),
  });
  await notifyConsole(transaction, ['facility']);
}

function headOf(
  deps: CentreDeps,
  till: { readonly acked_seq: number; readonly acked_hash: string },
): Answer {
  return {
    ackedSeq: till.acked_seq,
    ackedHash: till.acked_hash,
    serverTime: instantOfMs(deps.nowMs()),
  };
}
