/** What people do about parked records: read their bytes, judge again, map a drug, ask the shop. */
import { z } from 'zod';
import { assert } from '../../shared/base/assert.ts';
import { err, ok, type Result } from '../../shared/base/result.ts';
import type { ParkedRecord, ParkedRow } from '../../shared/contract/clinic-api.ts';
import { instantOfMs } from '../../shared/model/calendar.ts';
import { type AuditAction, recordAudit } from '../accounts/audit.ts';
import { provincesOf } from '../accounts/permission.ts';
import { publishNotice } from '../catalogue/publish.ts';
import { notifyConsole } from '../db/notices.ts';
import { inTransaction, type Queryable, type Transaction } from '../db/pool.ts';
import type { CentreDeps } from '../deps.ts';
import type { Registrar } from '../facilities/register.ts';
import type { ProblemFacts } from '../http/problem-answer.ts';
import { deriveEvent } from '../ingest/derive-event.ts';
import { type RejudgeCause, rejudgeFacility } from '../ingest/rejudge.ts';
import { sealedEvents } from '../ingest/sealed-events.ts';
import { storable } from '../ingest/storable.ts';
import { actsOn, drugNamesFor, parkedRow, verdictsOn } from '../queries/clinic.ts';

type Which = { readonly till: string; readonly seq: number };
type Answer = Promise<Result<ParkedRecord, ProblemFacts>>;
const notFound: ProblemFacts = { type: 'not-found', detail: 'No such record within your area' };

/** One record with its exact bytes, from the evidence and never from a copy. */
export async function readRecord(
  database: Queryable,
  which: Which,
  { scope }: Pick<Registrar, 'scope'>,
): Answer {
  const row = await parkedRow(database, { ...which, provinces: provincesOf(scope) });
  if (row === undefined) return err(notFound);
  const event = (await sealedEvents(database, which.till, [which.seq])).get(which.seq);
  if (event === undefined) return err(notFound);
  const { outcome } = deriveEvent(event);
  const foreignCodes = outcome.ok ? [] : (outcome.error.codes ?? []);
  const codes = drugCodesIn(event.envelope.data);
  const acts = await actsOn(database, which);
  return ok({
    ...row,
    line: event.line,
    hash: event.hash,
    foreignCodes: [...foreignCodes],
    drugNames: await drugNamesFor(database, { codes, facilityId: row.facilityId }),
    acts: [...acts],
    verdicts: [...(await verdictsOn(database, which))],
  });
}

const Lines = z.object({ lines: z.array(z.object({ drug: z.string() }).catch({ drug: '' })) });

/** What the lines of a document call their drugs, as far as it has lines. */
function drugCodesIn(data: unknown): readonly string[] {
  const lines = Lines.safeParse(data).data?.lines ?? [];
  const codes = lines.map(({ drug }) => drug).filter((drug) => storable(drug) === drug);
  return [...new Set(codes)].filter((code) => code !== '');
}

export async function judgeAgain(deps: CentreDeps, which: Which, registrar: Registrar): Answer {
  return actAndJudge(deps, which, registrar, {
    action: 'record-judged',
    cause: 'asked',
    detail: {},
    change: async () => ok(undefined),
  });
}

/** For this facility and for good: the evidence and this word give the same tables again. */
export async function mapDrugCode(
  deps: CentreDeps,
  { code, drug, ...which }: Which & { readonly code: string; readonly drug: string },
  registrar: Registrar,
): Answer {
  return actAndJudge(deps, which, registrar, {
    action: 'drug-code-mapped',
    cause: 'mapping',
    detail: { code, drug },
    change: async (transaction, row) => {
      const known = await transaction.query('SELECT 1 FROM drug WHERE code = $1', [drug]);
      if (known.rowCount === 0) {
        return err({ type: 'bad-request', detail: 'body.drug: not in the catalogue' });
      }
      const mapped = await transaction.query(
        `INSERT INTO drug_code_mapping (facility_id, code, drug, mapped_by, mapped_at)
         VALUES ($1, $2, $3, $4, $5) ON CONFLICT (facility_id, code) DO NOTHING`,
        [row.facilityId, code, drug, registrar.actor.account, new Date(deps.nowMs())],
      );
      return mapped.rowCount === 0
        ? err({ type: 'conflict', detail: 'This text is mapped already' })
        : ok(undefined);
    },
  });
}

/** The till shows the note until the record is released. */
export async function askFacility(
  deps: CentreDeps,
  { note, ...which }: Which & { readonly note: string },
  registrar: Registrar,
): Answer {
  const now = deps.nowMs();
  const asked = await act(deps, which, registrar, {
    action: 'facility-asked',
    detail: { note },
    change: async (transaction, row) => {
      if (row.releasedAt !== null) {
        return err({ type: 'conflict', detail: 'The record waits no more' });
      }
      await transaction.query(
        `UPDATE parked_event SET asked_at = $3, asked_note = $4 WHERE till_id = $1 AND seq = $2`,
        [which.till, which.seq, new Date(now), note],
      );
      const notice = { seq: which.seq, reason: row.reason, note, askedAt: instantOfMs(now) };
      await publishNotice(transaction, row, {
        key: `${which.till}/${which.seq}`,
        value: JSON.stringify(notice),
      });
      return ok(undefined);
    },
  });
  return asked.ok ? readRecord(deps.pool, which, registrar) : asked;
}

type Act = {
  readonly action: AuditAction;
  readonly detail: Readonly<Record<string, unknown>>;
  readonly change: (
    transaction: Transaction,
    row: ParkedRow,
  ) => Promise<Result<undefined, ProblemFacts>>;
};

async function actAndJudge(
  deps: CentreDeps,
  which: Which,
  registrar: Registrar,
  given: Act & { readonly cause: RejudgeCause },
): Answer {
  const acted = await act(deps, which, registrar, given);
  if (!acted.ok) return acted;
  await rejudgeFacility(deps, acted.value.facilityId, given.cause);
  return readRecord(deps.pool, which, registrar);
}

/** One change and its line in the audit, within the account's area. */
async function act(
  deps: CentreDeps,
  which: Which,
  { actor, scope }: Registrar,
  { action, detail, change }: Act,
): Promise<Result<ParkedRow, ProblemFacts>> {
  return inTransaction(deps.pool, async (transaction) => {
    const row = await parkedRow(transaction, { ...which, provinces: provincesOf(scope) });
    if (row === undefined) return err(notFound);
    assert(row.till === which.till, 'The record asked for was read');
    const changed = await change(transaction, row);
    if (!changed.ok) return changed;
    const subject = `${row.facilityName} · ${which.seq}`;
    await recordAudit(transaction, {
      actor,
      action,
      subject,
      detail: { till: which.till, seq: which.seq, ...detail },
      nowMs: deps.nowMs(),
    });
    await notifyConsole(transaction, ['alert', 'facility']);
    return ok(row);
  });
}
