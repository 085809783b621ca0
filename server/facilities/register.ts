/**
 * The licence register: who may write about which facility, what is refused, what the tills and the
 * audit learn of it. One transaction each.
 */
import { err, ok, type Result } from '../../shared/base/result.ts';
import { type ProvinceCode, province63 } from '../../shared/model/area.ts';
import type { Facility } from '../../shared/model/facility.ts';
import type { Scope } from '../../shared/rules/scope.ts';
import { type Actor, changesBetween, recordAudit } from '../accounts/audit.ts';
import { mayChangeIn, provincesOf } from '../accounts/permission.ts';
import { publishFacility } from '../catalogue/publish.ts';
import { inTransaction, type Pool, type Transaction } from '../db/pool.ts';
import type { ProblemFacts } from '../http/problem-answer.ts';
import { findFacility, insertFacilities, replaceFacility } from './facility-table.ts';

export type RegisterDeps = {
  readonly pool: Pool;
  readonly nowMs: () => number;
  readonly newId: () => string;
};
export type Registrar = { readonly actor: Actor; readonly scope: Scope };
type Entry = Omit<Facility, 'id'>;
type Answer = Promise<Result<Facility, ProblemFacts>>;

const codeTaken: ProblemFacts = {
  type: 'conflict',
  detail: 'Another facility has this code already',
};

export async function registerFacility(
  deps: RegisterDeps,
  entry: Entry,
  { actor, scope }: Registrar,
): Answer {
  const problem = entryProblem(entry) ?? provinceProblem(entry.province, scope);
  if (problem !== undefined) return err(problem);
  const facility: Facility = { id: deps.newId(), ...entry };
  return inTransaction(deps.pool, async (transaction) => {
    const entered = await insertFacilities(transaction, [facility], deps.nowMs());
    if (entered.size === 0) return err(codeTaken);
    await publishFacility(transaction, facility);
    await recordAudit(transaction, {
      actor,
      action: 'facility-registered',
      subject: `${facility.code} ${facility.name}`,
      detail: changesBetween({}, entry),
      nowMs: deps.nowMs(),
    });
    return ok(facility);
  });
}

export async function updateFacility(
  deps: RegisterDeps,
  facility: Facility,
  { actor, scope }: Registrar,
): Answer {
  const problem = entryProblem(facility);
  if (problem !== undefined) return err(problem);
  return inTransaction(deps.pool, async (transaction) => {
    const { id } = facility;
    await transaction.query('SELECT 1 FROM facility WHERE id = $1 FOR UPDATE', [id]);
    const before = await findFacility(transaction, { id, provinces: provincesOf(scope) });
    if (before === undefined) return err({ type: 'not-found', detail: 'No such facility' });
    const refused =
      provinceProblem(facility.province, scope) ??
      (await moveProblem(transaction, before, facility)) ??
      (await codeProblem(transaction, facility));
    if (refused !== undefined) return err(refused);
    const changes = changesBetween(before, facility);
    if (Object.keys(changes).length === 0) return ok(before);
    await replaceFacility(transaction, facility, deps.nowMs());
    await publishFacility(transaction, facility);
    await recordAudit(transaction, {
      actor,
      action: 'facility-changed',
      subject: `${facility.code} ${facility.name}`,
      detail: changes,
      nowMs: deps.nowMs(),
    });
    return ok(facility);
  });
}

function entryProblem(entry: Entry): ProblemFacts | undefined {
  if (province63(entry.province) === undefined) {
    return { type: 'bad-request', detail: 'body.province: no such province' };
  }
  const { issuedOn, validUntil } = entry.licence;
  if (validUntil !== null && validUntil < issuedOn) {
    return { type: 'bad-request', detail: 'body.licence.validUntil: before the day of issue' };
  }
  return undefined;
}

function provinceProblem(province: ProvinceCode, scope: Scope): ProblemFacts | undefined {
  return mayChangeIn(scope, province)
    ? undefined
    : { type: 'forbidden', detail: 'This province is outside your area' };
}

/**
 * Figures are rolled up by province and kind as they were when they came in. A facility that has
 * reported keeps both: another kind is another licence, another place another facility.
 */
async function moveProblem(
  transaction: Transaction,
  before: Facility,
  after: Facility,
): Promise<ProblemFacts | undefined> {
  if (before.province === after.province && before.kind === after.kind) return undefined;
  const { rows } = await transaction.query(
    'SELECT 1 FROM till WHERE facility_id = $1 AND acked_seq > 0 LIMIT 1',
    [before.id],
  );
  if (rows.length === 0) return undefined;
  return {
    type: 'conflict',
    detail: 'The facility has reported: its province and kind stay. Register a new facility.',
  };
}

async function codeProblem(
  transaction: Transaction,
  facility: Facility,
): Promise<ProblemFacts | undefined> {
  const { rows } = await transaction.query('SELECT 1 FROM facility WHERE code = $1 AND id <> $2', [
    facility.code,
    facility.id,
  ]);
  return rows.length === 0 ? undefined : codeTaken;
}
