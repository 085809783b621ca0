import { z } from 'zod';
import { err, ok, type Result } from '../../shared/base/result.ts';
import type { Account } from '../../shared/contract/console-api.ts';
import { Scope } from '../../shared/rules/scope.ts';
import { type Queryable, queryRow } from '../db/pool.ts';
import { recordAudit } from './audit.ts';
import { hashPassword, type PasswordCost, randomPassword } from './passwords.ts';

export const AccountRow = z
  .object({ id: z.uuid(), name: z.string(), display_name: z.string(), scope: Scope })
  .transform(
    (row): Account => ({
      id: row.id,
      name: row.name,
      displayName: row.display_name,
      scope: row.scope,
    }),
  );

/** `Thanh.Nga` and `thanh.nga` are one account. */
export function accountNameOf(typed: string): string {
  return typed.normalize('NFC').trim().toLowerCase();
}

export type NewAccount = {
  readonly id: string;
  readonly name: string;
  readonly displayName: string;
  readonly password: string;
  /** Absent: what a password is worth today. */
  readonly passwordCost?: PasswordCost;
  readonly scope: Scope;
  readonly nowMs: number;
};

/** An account for the console. The name is taken once, in whatever case it was typed. */
export async function createAccount(
  database: Queryable,
  account: NewAccount,
): Promise<Result<Account, 'conflict'>> {
  const name = accountNameOf(account.name);
  const created = await queryRow(
    database,
    AccountRow,
    `INSERT INTO account (id, name, display_name, password_hash, scope, created_at)
     VALUES ($1, $2, $3, $4, $5, $6)
     ON CONFLICT (name) DO NOTHING
     RETURNING id, name, display_name, scope`,
    [
      account.id,
      name,
      account.displayName,
      await hashPassword(account.password, account.passwordCost),
      JSON.stringify(account.scope),
      new Date(account.nowMs),
    ],
  );
  if (created === undefined) return err('conflict');
  await recordAudit(database, {
    actor: { account: 'system', address: '' },
    action: 'account-created',
    subject: name,
    detail: { scope: { old: null, new: account.scope } },
    nowMs: account.nowMs,
  });
  return ok(created);
}

/**
 * A centre without accounts gets one national account. Its password is made here, returned once
 * for the person at the terminal, and stands nowhere else. Null when accounts exist.
 */
export async function ensureFirstAccount(
  database: Queryable,
  deps: { readonly newId: () => string; readonly nowMs: number },
): Promise<{ readonly name: string; readonly password: string } | null> {
  const { rows } = await database.query('SELECT 1 FROM account LIMIT 1');
  if (rows.length > 0) return null;
  const password = randomPassword();
  const created = await createAccount(database, {
    id: deps.newId(),
    name: 'quan-tri',
    displayName: 'Quản trị quốc gia',
    password,
    scope: { kind: 'nation' },
    nowMs: deps.nowMs,
  });
  // Another process of the same centre was first: its terminal shows the password.
  return created.ok ? { name: created.value.name, password } : null;
}

/** Ends the account and its sessions; its name stays in the audit and is not given again. */
export async function disableAccount(
  database: Queryable,
  account: { readonly name: string; readonly nowMs: number },
): Promise<void> {
  await database.query(
    `WITH disabled AS (
       UPDATE account SET disabled_at = $2 WHERE name = $1 AND disabled_at IS NULL RETURNING id
     )
     DELETE FROM session USING disabled WHERE session.account_id = disabled.id`,
    [accountNameOf(account.name), new Date(account.nowMs)],
  );
}
