/**
 * PINs for changing seats quickly at a counter. They are of this till: salted, hashed slowly, kept in
 * a table of their own and never in the journal. A PIN is short, so what guards it is the wait after
 * wrong ones; the hash only guards a stolen disk for a while.
 */
import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import { assert } from '../../../shared/base/assert.ts';
import { err, ok, type Result } from '../../../shared/base/result.ts';
import type { TillAnswer, TillInput, TillProblem } from '../../../shared/contract/till-api.ts';
import { decidePin } from '../../../shared/rules/staff.ts';
import { noteAudit } from '../db/audit.ts';
import { everybody, staffMembers, staffWithPin } from '../db/staff.ts';
import type { TillDb } from '../db/till-db.ts';
import type { PinCost, TillDeps } from '../deps.ts';
import { type CommandContext, recordOnce } from './record-once.ts';

/** 16 MiB and some 40 ms: a counter has little memory, and a seller is waiting. */
const counterCost: PinCost = { N: 16_384, r: 8, p: 1 };
const hashBytes = 32;
const saltBytes = 16;
/** Wrong tries without a wait; then each doubles it. */
const freeTries = 3;
const waitMsMin = 5_000;
const waitMsMax = 10 * 60_000;

const PinRow = z.object({
  salt: z.string(),
  hash: z.string(),
  wrongTries: z.int(),
  triedAtMs: z.int(),
});
type PinRow = z.infer<typeof PinRow>;

/** Gives somebody a PIN. What is remembered of the command does not hold it either. */
export async function setPin(
  context: CommandContext,
  input: TillInput<'staff.setPin'>,
): Promise<Result<TillAnswer<'staff.setPin'>, TillProblem>> {
  const salt = randomBytes(saltBytes).toString('base64');
  const hash = await hashOf(input.pin, salt, context.deps.pinCost ?? counterCost);
  // `recordOnce` keeps a fast hash of its input: that of a PIN would be guessed in a moment.
  const withoutPin = { ...input, pin: '' };
  return recordOnce(context, 'staff.setPin', withoutPin, ({ db, append }) => {
    const staff = { staff: staffMembers(db), whole: everybody(db), withPin: staffWithPin(db) };
    const changed = decidePin(staff, input);
    if (!changed.ok) return changed;
    db.run(
      `INSERT INTO staff_pin (staff_id, salt, hash) VALUES (?, ?, ?)
       ON CONFLICT (staff_id) DO UPDATE SET salt = excluded.salt, hash = excluded.hash,
         wrong_tries = 0, tried_at_ms = 0`,
      input.staffId,
      salt,
      hash,
    );
    return append('StaffChanged.v1', changed.value);
  });
}

export type PinParts = {
  readonly db: TillDb;
  readonly deps: Pick<TillDeps, 'nowMs' | 'pinCost'>;
};

/**
 * Whether a PIN is right. A try counts before it is looked at, so that many at once gain nothing; a
 * wrong one is remembered for who looks through the audit, and its wait outlives the program.
 */
export async function checkPin(
  { db, deps }: PinParts,
  tried: { readonly staffId: string; readonly pin: string; readonly by: string | null },
): Promise<Result<null, TillProblem>> {
  const { staffId, pin, by } = tried;
  const begun = db.immediately(() => beginTry(db, staffId, deps.nowMs()));
  const { row, waitMs } = begun;
  if (row === undefined) return err({ type: 'PinNotSet', staffId });
  if (waitMs > 0) return err({ type: 'WrongPin', waitMs });
  const isEmployed = everybody(db).get(staffId)?.isEmployed === true;
  const isSame = await isPinOf(row, pin);
  if (isSame && isEmployed) {
    db.immediately(() =>
      db.run('UPDATE staff_pin SET wrong_tries = 0 WHERE staff_id = ?', staffId),
    );
    return ok(null);
  }
  const wrong = { wrongTries: row.wrongTries + 1, triedAtMs: deps.nowMs() };
  db.immediately(() =>
    noteAudit(db, {
      ...{ atMs: deps.nowMs(), what: 'wrong-pin', by },
      detail: { subject: staffId, tries: wrong.wrongTries },
    }),
  );
  return err({ type: 'WrongPin', waitMs: waitBefore(wrong, deps.nowMs()) });
}

function beginTry(db: TillDb, staffId: string, nowMs: number) {
  const row = db.one(
    PinRow,
    `SELECT salt, hash, wrong_tries AS wrongTries, tried_at_ms AS triedAtMs
     FROM staff_pin WHERE staff_id = ?`,
    staffId,
  );
  if (row === undefined) return { row, waitMs: 0 };
  const waitMs = waitBefore(row, nowMs);
  if (waitMs === 0) {
    db.run(
      `UPDATE staff_pin SET wrong_tries = wrong_tries + 1, tried_at_ms = ? WHERE staff_id = ?`,
      nowMs,
      staffId,
    );
  }
  return { row, waitMs };
}

/** A clock that went back does not make the wait longer than it was. */
function waitBefore(row: Pick<PinRow, 'wrongTries' | 'triedAtMs'>, nowMs: number): number {
  if (row.wrongTries < freeTries) return 0;
  const fullMs = Math.min(waitMsMax, waitMsMin * 2 ** Math.min(row.wrongTries - freeTries, 20));
  return Math.min(fullMs, Math.max(0, row.triedAtMs + fullMs - nowMs));
}

/** The cost stands beside the hash: it may be raised without anybody losing their PIN. */
async function hashOf(pin: string, salt: string, cost: PinCost): Promise<string> {
  const key = await derive(pin, salt, cost);
  return `${cost.N}:${cost.r}:${cost.p}:${key.toString('base64')}`;
}

async function isPinOf({ salt, hash }: PinRow, pin: string): Promise<boolean> {
  const [N, r, p, key] = hash.split(':');
  assert(key !== undefined, 'A PIN is stored with its cost');
  const derived = await derive(pin, salt, { N: Number(N), r: Number(r), p: Number(p) });
  return timingSafeEqual(derived, Buffer.from(key, 'base64'));
}

function derive(pin: string, salt: string, cost: PinCost): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    scrypt(pin, Buffer.from(salt, 'base64'), hashBytes, cost, (error, key) => {
      if (error === null) resolve(key);
      else reject(error);
    });
  });
}
