/**
 * PINs for changing seats quickly at a counter. They are of this till: salted, hashed slowly, kept in
 * a table of their own and never in the journal. A PIN is short, so what guards it is the wait after
 * wrong ones; the hash only guards a stolen disk for a while.
 */
import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import type { Result } from '../../../shared/base/result.ts';
import { ok } from '../../../shared/base/result.ts';
import type { TillAnswer, TillInput, TillProblem } from '../../../shared/contract/till-api.ts';
import { decidePin } from '../../../shared/rules/staff.ts';
import { staffMembers } from '../db/staff.ts';
import { type CommandContext, recordOnce } from './record-once.ts';

/** 16 MiB and some 40 ms: a counter has little memory, and a seller is waiting. */
const cost = { N: 16_384, r: 8, p: 1 } as const;
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
  const hash = (await hashOf(input.pin, salt)).toString('base64');
  // `recordOnce` keeps a fast hash of its input: that of a PIN would be guessed in a moment.
  const withoutPin = { ...input, pin: '' };
  return recordOnce(context, 'staff.setPin', withoutPin, ({ db, append }) => {
    const changed = decidePin({ staff: staffMembers(db) }, input);
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

/** Whether a PIN is right. A try counts before it is looked at, so that many at once gain nothing. */
export async function checkPin(
  { db, deps }: CommandContext,
  { staffId, pin }: TillInput<'staff.checkPin'>,
): Promise<Result<TillAnswer<'staff.checkPin'>, TillProblem>> {
  const begun = db.immediately(() => {
    const row = db.one(
      PinRow,
      `SELECT salt, hash, wrong_tries AS wrongTries, tried_at_ms AS triedAtMs
       FROM staff_pin WHERE staff_id = ?`,
      staffId,
    );
    if (row === undefined) return { row, waitMs: 0 };
    const waitMs = waitBefore(row, deps.nowMs());
    if (waitMs === 0) {
      db.run(
        `UPDATE staff_pin SET wrong_tries = wrong_tries + 1, tried_at_ms = ? WHERE staff_id = ?`,
        deps.nowMs(),
        staffId,
      );
    }
    return { row, waitMs };
  });
  const { row, waitMs } = begun;
  if (row === undefined || waitMs > 0) return ok({ isRight: false, waitMs });
  const isEmployed = staffMembers(db).get(staffId)?.isEmployed === true;
  const isSame = timingSafeEqual(await hashOf(pin, row.salt), Buffer.from(row.hash, 'base64'));
  if (!isSame || !isEmployed) {
    const tried = { wrongTries: row.wrongTries + 1, triedAtMs: deps.nowMs() };
    return ok({ isRight: false, waitMs: waitBefore(tried, deps.nowMs()) });
  }
  db.immediately(() => db.run('UPDATE staff_pin SET wrong_tries = 0 WHERE staff_id = ?', staffId));
  return ok({ isRight: true, waitMs: 0 });
}

/** A clock that went back does not make the wait longer than it was. */
function waitBefore(row: Pick<PinRow, 'wrongTries' | 'triedAtMs'>, nowMs: number): number {
  if (row.wrongTries < freeTries) return 0;
  const fullMs = Math.min(waitMsMax, waitMsMin * 2 ** Math.min(row.wrongTries - freeTries, 20));
  return Math.min(fullMs, Math.max(0, row.triedAtMs + fullMs - nowMs));
}

function hashOf(pin: string, salt: string): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    scrypt(pin, Buffer.from(salt, 'base64'), hashBytes, cost, (error, key) => {
      if (error === null) resolve(key);
      else reject(error);
    });
  });
}
