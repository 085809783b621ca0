/** Who may report for a facility: enrolment codes issued and revoked, tills revoked. */
import { z } from 'zod';
import { assert, present } from '../../shared/base/assert.ts';
import { err, ok, type Result } from '../../shared/base/result.ts';
import type { consoleApi, TillRow } from '../../shared/contract/console-api.ts';
import type { RouteAnswer } from '../../shared/contract/route.ts';
import { recordAudit } from '../accounts/audit.ts';
import { issueEnrolmentCode } from '../accounts/enrolment.ts';
import { provincesOf } from '../accounts/permission.ts';
import { notifyConsole } from '../db/notices.ts';
import { inTransaction, queryRow, type Transaction } from '../db/pool.ts';
import type { CentreDeps } from '../deps.ts';
import type { ProblemFacts } from '../http/problem-answer.ts';
import { enrolmentCode } from '../queries/enrolment-codes.ts';
import { tillRow } from '../queries/tills.ts';
import { findFacility } from './facility-table.ts';
import type { Registrar } from './register.ts';

type Deps = Pick<CentreDeps, 'pool' | 'nowMs' | 'newId' | 'randomBytes'>;
type IssuedCode = RouteAnswer<typeof consoleApi.issueCode>;
type CodeRow = IssuedCode['row'];

export function issueCode(
  deps: Deps,
  facilityId: string,
  registrar: Registrar,
): Promise<Result<IssuedCode, ProblemFacts>> {
  return inTransaction(deps.pool, (transaction) =>
    issueIn(transaction, deps, { facilityId, registrar }),
  );
}

/**
 * A code for a machine that takes the place of a till that burnt, was stolen or forked. The old till
 * goes on until the code is used, and is revoked in that moment.
 */
export function issueRecoveryCode(
  deps: Deps,
  tillId: string,
  registrar: Registrar,
): Promise<Result<IssuedCode, ProblemFacts>> {
  const provinces = provincesOf(registrar.scope);
  return inTransaction(deps.pool, async (transaction) => {
    const till = await tillRow(transaction, { id: tillId, provinces });
    const place = await facilityOfTill(transaction, tillId);
    if (till === undefined || place === undefined) {
      return err({ type: 'not-found', detail: 'No such till' });
    }
    if (place.isReplaced) {
      return err({ type: 'conflict', detail: 'Another till has taken the place of this one' });
    }
    const replaces = { id: tillId, shortCode: till.shortCode };
    return issueIn(transaction, deps, { facilityId: place.facilityId, registrar, replaces });
  });
}

const PlaceRow = z.object({ facility_id: z.string(), is_replaced: z.boolean() });

async function facilityOfTill(transaction: Transaction, tillId: string) {
  const row = await queryRow(
    transaction,
    PlaceRow,
    `SELECT facility_id,
       EXISTS (SELECT 1 FROM till AS newer WHERE newer.replaces = till.id) AS is_replaced
     FROM till WHERE id = $1`,
    [tillId],
  );
  return row && { facilityId: row.facility_id, isReplaced: row.is_replaced };
}

async function issueIn(
  transaction: Transaction,
  deps: Deps,
  wanted: {
    readonly facilityId: string;
    readonly registrar: Registrar;
    readonly replaces?: { readonly id: string; readonly shortCode: string };
  },
): Promise<Result<IssuedCode, ProblemFacts>> {
  const { registrar, replaces } = wanted;
  const { actor, scope } = registrar;
  const provinces = provincesOf(scope);
  const facility = await findFacility(transaction, { id: wanted.facilityId, provinces });
  if (facility === undefined) return err({ type: 'not-found', detail: 'No such facility' });
  const request = { facility, issuedBy: actor.account };
  const issued = await issueEnrolmentCode(
    transaction,
    deps,
    replaces === undefined ? request : { ...request, replaces: replaces.id },
  );
  if (!issued.ok) return issued;
  const nowMs = deps.nowMs();
  const row = await enrolmentCode(transaction, { id: issued.value.id, provinces, nowMs });
  await recordAudit(transaction, {
    actor,
    action: replaces === undefined ? 'code-issued' : 'recovery-code-issued',
    subject: `${facility.code} ${facility.name}`,
    // Never the code itself: the audit is read by many.
    detail: { code: issued.value.id, expiresAt: row?.expiresAt, replaces: replaces?.shortCode },
    nowMs,
  });
  await notifyConsole(transaction, ['facility']);
  return ok({ code: issued.value.code, row: present(row, 'A code just issued is there') });
}

export async function revokeCode(
  deps: Deps,
  id: string,
  { actor, scope }: Registrar,
): Promise<Result<CodeRow, ProblemFacts>> {
  const question = { id, provinces: provincesOf(scope), nowMs: deps.nowMs() };
  return inTransaction(deps.pool, async (transaction) => {
    await transaction.query('SELECT 1 FROM enrolment_code WHERE id = $1 FOR UPDATE', [id]);
    const code = await enrolmentCode(transaction, question);
    if (code === undefined) return err({ type: 'not-found', detail: 'No such code' });
    if (code.state === 'used')
      return err({ type: 'code-used', detail: 'A till has used this code' });
    if (code.state === 'revoked') return ok(code);
    await transaction.query('UPDATE enrolment_code SET revoked_at = $2 WHERE id = $1', [
      id,
      new Date(question.nowMs),
    ]);
    await recordAudit(transaction, {
      actor,
      action: 'code-revoked',
      subject: code.facilityName,
      detail: { code: id, state: { old: code.state, new: 'revoked' } },
      nowMs: question.nowMs,
    });
    await notifyConsole(transaction, ['facility']);
    return ok({ ...code, state: 'revoked' });
  });
}

/** The till's next request is refused; what it sent stays. Revoking twice changes nothing. */
export async function revokeTill(
  deps: Deps,
  { id, reason }: { readonly id: string; readonly reason: string },
  { actor, scope }: Registrar,
): Promise<Result<TillRow, ProblemFacts>> {
  const question = { id, provinces: provincesOf(scope) };
  return inTransaction(deps.pool, async (transaction) => {
    await transaction.query('SELECT 1 FROM till WHERE id = $1 FOR UPDATE', [id]);
    const till = await tillRow(transaction, question);
    if (till === undefined) return err({ type: 'not-found', detail: 'No such till' });
    if (till.state === 'revoked') return ok(till);
    const { rowCount } = await transaction.query(
      `UPDATE till SET state = 'revoked', revoked_reason = $2 WHERE id = $1`,
      [id, reason],
    );
    assert(rowCount === 1, 'The till was locked above');
    await recordAudit(transaction, {
      actor,
      action: 'till-revoked',
      subject: `${till.shortCode} ${id}`,
      detail: { state: { old: till.state, new: 'revoked' }, reason },
      nowMs: deps.nowMs(),
    });
    await notifyConsole(transaction, ['facility']);
    return ok({ ...till, state: 'revoked' });
  });
}
