import type { Queryable } from '../db/pool.ts';

export type AuditAction =
  | 'sign-in'
  | 'sign-in-failed'
  | 'sign-in-locked'
  | 'sign-out'
  | 'account-created'
  | 'facility-registered'
  | 'facility-changed'
  | 'code-issued'
  | 'recovery-code-issued'
  | 'code-revoked'
  | 'till-revoked'
  | 'journal-exported'
  | 'batches-carried'
  | 'till-readmitted'
  | 'recall-published'
  | 'recall-withdrawn'
  | 'record-judged'
  | 'drug-code-mapped'
  | 'facility-asked'
  | 'facility-checked'
  | 'import-started'
  | 'import-cancelled'
  | 'import-published'
  | 'demonstration-started'
  | 'demonstration-completed';

/** Who acts: the account's name and the address it comes from. */
export type Actor = { readonly account: string; readonly address: string };

export type AuditEntry = {
  readonly actor: Actor;
  readonly action: AuditAction;
  /** What it was done to, in words a person finds again: a code, a name, an id. */
  readonly subject: string;
  readonly detail: Readonly<Record<string, unknown>>;
  readonly nowMs: number;
};

/** Called inside the transaction of the change it records: one does not happen without the other. */
export async function recordAudit(database: Queryable, entry: AuditEntry): Promise<void> {
  await database.query(
    `INSERT INTO audit (at, account, action, subject, detail, address)
     VALUES ($1, $2, $3, $4, $5, $6)`,
    [
      new Date(entry.nowMs),
      entry.actor.account,
      entry.action,
      entry.subject,
      JSON.stringify(entry.detail),
      entry.actor.address,
    ],
  );
}

/** Fields that differ, each with its old and its new value, by path: `licence.status`. */
export function changesBetween(
  older: Readonly<Record<string, unknown>>,
  newer: Readonly<Record<string, unknown>>,
): Readonly<Record<string, { readonly old: unknown; readonly new: unknown }>> {
  const before = flatten(older, '');
  const after = flatten(newer, '');
  const paths = [...new Set([...before.keys(), ...after.keys()])];
  return Object.fromEntries(
    paths
      .filter((path) => before.get(path) !== after.get(path))
      .map((path) => [path, { old: before.get(path) ?? null, new: after.get(path) ?? null }]),
  );
}

function flatten(value: Readonly<Record<string, unknown>>, prefix: string): Map<string, unknown> {
  const flat = new Map<string, unknown>();
  for (const [key, inner] of Object.entries(value)) {
    const path = `${prefix}${key}`;
    if (typeof inner === 'object' && inner !== null && !Array.isArray(inner)) {
      // Safe: a plain object out of JSON, just checked.
      const nested = inner as Readonly<Record<string, unknown>>;
      for (const [innerPath, leaf] of flatten(nested, `${path}.`)) flat.set(innerPath, leaf);
    } else flat.set(path, inner);
  }
  return flat;
}
