import { z } from 'zod';
import { limits } from '../../shared/base/limits.ts';
import { err, ok, type Result } from '../../shared/base/result.ts';
import type { RouteAnswer, RouteInput } from '../../shared/contract/route.ts';
import type { syncApi } from '../../shared/contract/sync-api.ts';
import { zeroHash } from '../../shared/events/envelope.ts';
import { businessDateOf, instantOfMs } from '../../shared/model/calendar.ts';
import type { Facility } from '../../shared/model/facility.ts';
import { provincesInScope } from '../../shared/rules/scope.ts';
import { certificateText } from '../../shared/sync/batch.ts';
import { type Enrolment, enrolmentText } from '../../shared/sync/enrolment-proof.ts';
import { isSpoken } from '../../shared/sync/protocol-version.ts';
import { notifyConsole } from '../db/notices.ts';
import { inTransaction, type Queryable, queryRow, type Transaction } from '../db/pool.ts';
import type { CentreDeps } from '../deps.ts';
import { findFacility } from '../facilities/facility-table.ts';
import type { ProblemFacts } from '../http/problem-answer.ts';
import { replacedTill } from '../ingest/recovery.ts';
import { enrolmentCodeHash, makeEnrolmentCode, readEnrolmentCode } from './enrolment-code.ts';

const dayMs = 86_400_000;

export type IssuedCode = {
  readonly id: string;
  /** Shown once; only its hash is kept. */
  readonly code: string;
  readonly issuedAtMs: number;
  readonly expiresAtMs: number;
};

/** Issues a one-time code for a licensed facility. The caller has checked who may. */
export async function issueEnrolmentCode(
  database: Queryable,
  deps: Pick<CentreDeps, 'newId' | 'nowMs' | 'randomBytes'>,
  request: {
    readonly facility: Facility;
    readonly issuedBy: string;
    /** A recovery code: the till whose place the new one takes, revoked at that moment. */
    readonly replaces?: string;
  },
): Promise<Result<IssuedCode, ProblemFacts>> {
  const issuedAtMs = deps.nowMs();
  const licence = licenceProblem(request.facility, issuedAtMs);
  if (licence !== undefined) return err(licence);
  const code = makeEnrolmentCode(deps.randomBytes);
  const hash = enrolmentCodeHash(code.replaceAll('-', ''));
  const expiresAtMs = issuedAtMs + limits.enrolmentCodeDays * dayMs;
  const id = deps.newId();
  await database.query(
    `INSERT INTO enrolment_code
       (id, facility_id, code_hash, issued_at, issued_by, expires_at, replaces_till)
     VALUES ($1, $2, $3, $4, $5, $6, $7)`,
    [
      id,
      request.facility.id,
      hash,
      new Date(issuedAtMs),
      request.issuedBy,
      new Date(expiresAtMs),
      request.replaces ?? null,
    ],
  );
  return ok({ id, code, issuedAtMs, expiresAtMs });
}

type EnrolmentRequest = RouteInput<typeof syncApi.enrol>['body'];
type EnrolmentAnswer = RouteAnswer<typeof syncApi.enrol>;

const CodeRow = z.object({
  id: z.string(),
  facility_id: z.string(),
  expires_at: z.date(),
  revoked_at: z.date().nullable(),
  used_at: z.date().nullable(),
  used_by_till: z.string().nullable(),
  replaces_till: z.string().nullable(),
});
const TillRow = z.object({
  id: z.string(),
  short_code: z.string(),
  public_key: z.instanceof(Buffer),
  state: z.string(),
  enrolled_at: z.date(),
  replaces: z.string().nullable(),
});

/**
 * Exchanges a code and a public key for a till. The same code with the same key gives the same
 * till again, because the first answer may have been lost on the way.
 */
export async function redeemEnrolmentCode(
  deps: CentreDeps,
  request: EnrolmentRequest,
): Promise<Result<EnrolmentAnswer, ProblemFacts>> {
  if (!isSpoken(request.protocol)) {
    return err({ type: 'unknown-protocol', detail: `Protocol ${request.protocol} is not spoken` });
  }
  const typed = readEnrolmentCode(request.code);
  if (typed === undefined) {
    return err({ type: 'not-found', detail: 'The code is mistyped: its check does not hold' });
  }
  const hash = enrolmentCodeHash(typed);
  return inTransaction(deps.pool, async (transaction) => {
    const code = await queryRow(
      transaction,
      CodeRow,
      `SELECT id, facility_id, expires_at, revoked_at, used_at, used_by_till, replaces_till
       FROM enrolment_code WHERE code_hash = $1 FOR UPDATE`,
      [hash],
    );
    if (code === undefined) return err({ type: 'not-found', detail: 'No such code was issued' });
    return redeem(transaction, deps, code, request);
  });
}

async function redeem(
  transaction: Transaction,
  deps: CentreDeps,
  code: z.output<typeof CodeRow>,
  request: EnrolmentRequest,
): Promise<Result<EnrolmentAnswer, ProblemFacts>> {
  const now = deps.nowMs();
  const facility = await findFacility(transaction, {
    id: code.facility_id,
    provinces: provincesInScope({ kind: 'nation' }),
  });
  if (facility === undefined) {
    return err({ type: 'not-found', detail: 'The facility is no longer registered' });
  }
  const publicKey = Buffer.from(request.publicKey, 'base64');
  if (code.used_at !== null) return redeemAgain(transaction, deps, { code, facility, publicKey });
  if (code.revoked_at !== null)
    return err({ type: 'code-expired', detail: 'The code was revoked' });
  if (code.expires_at.getTime() <= now) {
    return err({ type: 'code-expired', detail: 'The code has expired' });
  }
  const licence = licenceProblem(facility, now);
  if (licence !== undefined) return err(licence);
  const replaces = code.replaces_till;
  const free = await placeFor(transaction, { facilityId: facility.id, publicKey, replaces });
  if (!free.ok) return free;
  if (replaces !== null) await revokeReplaced(transaction, replaces);
  const till = { id: deps.newId(), shortCode: free.value, enrolledAtMs: now, replaces };
  await transaction.query(
    `INSERT INTO till (id, facility_id, short_code, public_key, state, enrolled_at,
       program_version, protocol, acked_hash, last_contact_at, replaces)
     VALUES ($1, $2, $3, $4, 'active', $5, $6, $7, $8, $5, $9)`,
    [
      till.id,
      facility.id,
      till.shortCode,
      publicKey,
      new Date(now),
      request.programVersion,
      request.protocol,
      zeroHash,
      replaces,
    ],
  );
  await transaction.query(
    'UPDATE enrolment_code SET used_at = $2, used_by_till = $3 WHERE id = $1',
    [code.id, new Date(now), till.id],
  );
  await notifyConsole(transaction, ['facility']);
  return ok(await answerOf(transaction, deps, { till, facility, publicKey }));
}

async function redeemAgain(
  transaction: Transaction,
  deps: CentreDeps,
  used: {
    readonly code: z.output<typeof CodeRow>;
    readonly facility: Facility;
    readonly publicKey: Buffer;
  },
): Promise<Result<EnrolmentAnswer, ProblemFacts>> {
  const till = await queryRow(
    transaction,
    TillRow,
    `SELECT id, short_code, public_key, state, enrolled_at, replaces FROM till WHERE id = $1`,
    [used.code.used_by_till],
  );
  if (till === undefined || !till.public_key.equals(used.publicKey)) {
    return err({ type: 'code-used', detail: 'The code was used by another till' });
  }
  if (till.state === 'revoked') return err({ type: 'revoked', detail: 'This till was revoked' });
  const { id, short_code: shortCode, enrolled_at: enrolledAt, replaces } = till;
  const known = { id, shortCode, enrolledAtMs: enrolledAt.getTime(), replaces };
  const { facility, publicKey } = used;
  return ok(await answerOf(transaction, deps, { till: known, facility, publicKey }));
}

/**
 * Locks the facility, so that two codes redeemed at once do not give it two tills.
 * @returns the short code of its next till: counted over all it ever had, so never given twice.
 */
async function placeFor(
  transaction: Transaction,
  wanted: {
    readonly facilityId: string;
    readonly publicKey: Buffer;
    readonly replaces: string | null;
  },
): Promise<Result<string, ProblemFacts>> {
  await transaction.query('SELECT 1 FROM facility WHERE id = $1 FOR UPDATE', [wanted.facilityId]);
  const taken = await queryRow(
    transaction,
    z.object({ tills: z.number(), writing: z.number(), same_key: z.number() }),
    `SELECT count(*) FILTER (WHERE facility_id = $1) AS tills,
       count(*) FILTER (WHERE facility_id = $1 AND state <> 'revoked'
         AND id IS DISTINCT FROM $3::uuid) AS writing,
       count(*) FILTER (WHERE public_key = $2) AS same_key
     FROM till WHERE facility_id = $1 OR public_key = $2`,
    [wanted.facilityId, wanted.publicKey, wanted.replaces],
  );
  if (taken === undefined) return ok('A1');
  if (taken.writing > 0) {
    return err({
      type: 'facility-has-till',
      detail: 'The facility already has a till that writes its stock: revoke it first',
    });
  }
  if (taken.same_key > 0) {
    return err({ type: 'conflict', detail: 'This key belongs to a till already: make a new one' });
  }
  return ok(`A${taken.tills + 1}`);
}

function licenceProblem(facility: Facility, nowMs: number): ProblemFacts | undefined {
  const { status, validUntil } = facility.licence;
  const today = businessDateOf(instantOfMs(nowMs));
  if (status !== 'valid') {
    return { type: 'licence-not-valid', detail: `The licence is ${status}` };
  }
  if (validUntil !== null && validUntil < today) {
    return { type: 'licence-not-valid', detail: `The licence was valid until ${validUntil}` };
  }
  return undefined;
}

/** From this moment on only the new machine writes the facility's stock. */
async function revokeReplaced(transaction: Transaction, till: string): Promise<void> {
  await transaction.query(
    `UPDATE till SET state = 'revoked', revoked_reason = 'replaced'
     WHERE id = $1 AND state <> 'revoked'`,
    [till],
  );
}

async function answerOf(
  database: Queryable,
  deps: Pick<CentreDeps, 'centreKey' | 'nowMs'>,
  enrolled: {
    readonly till: {
      readonly id: string;
      readonly shortCode: string;
      readonly enrolledAtMs: number;
      readonly replaces: string | null;
    };
    readonly facility: Facility;
    readonly publicKey: Buffer;
  },
): Promise<EnrolmentAnswer> {
  const { till, facility, publicKey } = enrolled;
  const enrolment: Enrolment = {
    till: till.id,
    shortCode: till.shortCode,
    publicKey: publicKey.toString('base64'),
    facility,
    enrolledAt: instantOfMs(till.enrolledAtMs),
    replaces: till.replaces,
  };
  const text = JSON.stringify(enrolment);
  return {
    tillId: till.id,
    shortCode: till.shortCode,
    facility,
    centrePublicKey: deps.centreKey.publicKeyBase64,
    certificate: deps.centreKey.sign(
      certificateText({ till: till.id, facilityId: facility.id, publicKey: enrolment.publicKey }),
    ),
    serverTime: instantOfMs(deps.nowMs()),
    proof: { text, signature: deps.centreKey.sign(enrolmentText(text)) },
    recovers: till.replaces === null ? null : await replacedTill(database, till.replaces),
  };
}
