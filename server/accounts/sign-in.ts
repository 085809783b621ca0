/**
 * Sign-in with a name and a password. An attempt is counted before the password is looked at, so
 * that parallel guesses count too; success takes the count away. Names that no account has are
 * counted, delayed and locked alike, so an answer tells nothing about which names exist.
 */
import { createHash } from 'node:crypto';
import { z } from 'zod';
import { limits } from '../../shared/base/limits.ts';
import { err, ok, type Result } from '../../shared/base/result.ts';
import type { Account } from '../../shared/contract/console-api.ts';
import type { Pool } from '../db/pool.ts';
import { queryRow } from '../db/pool.ts';
import { Whole } from '../queries/rows.ts';
import { AccountRow, accountNameOf } from './accounts.ts';
import { type AuditAction, recordAudit } from './audit.ts';
import { passwordMatches, unmatchableHash } from './passwords.ts';
import { openSession } from './sessions.ts';

export type SignIn = {
  readonly name: string;
  readonly password: string;
  readonly address: string;
  readonly nowMs: number;
};

export async function signIn(
  pool: Pool,
  attempt: SignIn,
): Promise<Result<{ account: Account; token: string }, 'wrong-sign-in' | 'locked-out'>> {
  const name = accountNameOf(attempt.name);
  const known = await findCredentials(pool, name);
  const failures = await countAttempt(pool, { name, nowMs: attempt.nowMs });
  if (failures > limits.signInFailuresMax) {
    await record(pool, { attempt, name: known?.account.name, action: 'sign-in-locked' });
    return err('locked-out');
  }
  const matches = await passwordMatches(attempt.password, known?.hash ?? unmatchableHash);
  if (known === undefined || !matches) {
    await record(pool, { attempt, name: known?.account.name, action: 'sign-in-failed' });
    return err('wrong-sign-in');
  }
  await pool.query('DELETE FROM sign_in_failure WHERE name_hash = $1', [hashOf(name)]);
  const token = await openSession(pool, { accountId: known.account.id, nowMs: attempt.nowMs });
  await record(pool, { attempt, name, action: 'sign-in' });
  return ok({ account: known.account, token });
}

/** Disabled accounts are unknown here. */
async function findCredentials(pool: Pool, name: string) {
  const values = [name];
  const account = await queryRow(
    pool,
    z.object({ password_hash: z.string() }).loose(),
    `SELECT id, name, display_name, scope, password_hash
     FROM account WHERE name = $1 AND disabled_at IS NULL`,
    values,
  );
  if (account === undefined) return undefined;
  return { account: AccountRow.parse(account), hash: account.password_hash };
}

/** The attempts within the lockout time, this one included; a pause of that time starts anew. */
async function countAttempt(
  pool: Pool,
  { name, nowMs }: { readonly name: string; readonly nowMs: number },
): Promise<number> {
  const forgottenAt = new Date(nowMs - limits.lockoutMinutes * 60_000);
  await pool.query(
    `DELETE FROM sign_in_failure WHERE name_hash IN (
       SELECT name_hash FROM sign_in_failure WHERE last_failed_at < $1 LIMIT 100
       FOR UPDATE SKIP LOCKED
     )`,
    [forgottenAt],
  );
  const counted = await queryRow(
    pool,
    z.object({ failures: Whole }),
    `INSERT INTO sign_in_failure AS known (name_hash, failures, last_failed_at)
     VALUES ($1, 1, $2)
     ON CONFLICT (name_hash) DO UPDATE SET
       failures = CASE WHEN known.last_failed_at < $3 THEN 1 ELSE known.failures + 1 END,
       -- While locked, further attempts do not prolong the lock: nobody is kept out for ever.
       last_failed_at = CASE WHEN known.last_failed_at >= $3 AND known.failures >= $4
         THEN known.last_failed_at ELSE $2 END
     RETURNING failures`,
    [hashOf(name), new Date(nowMs), forgottenAt, limits.signInFailuresMax],
  );
  return counted?.failures ?? 1;
}

async function record(
  pool: Pool,
  entry: {
    readonly attempt: SignIn;
    /** Undefined for a name without an account: it may be a password typed in the wrong field. */
    readonly name: string | undefined;
    readonly action: AuditAction;
  },
): Promise<void> {
  await recordAudit(pool, {
    actor: { account: entry.name ?? '(không rõ)', address: entry.attempt.address },
    action: entry.action,
    subject: entry.name ?? '(không rõ)',
    detail: {},
    nowMs: entry.attempt.nowMs,
  });
}

function hashOf(name: string): Buffer {
  return createHash('sha256').update(`sign-in ${name}`).digest();
}
