import { createHash } from 'node:crypto';
import { z } from 'zod';
import { limits } from '../../../shared/base/limits.ts';
import { err, ok, type Result } from '../../../shared/base/result.ts';
import type { TillAnswer, TillInput, TillProblem } from '../../../shared/contract/till-api.ts';
import { tillApi } from '../../../shared/contract/till-api.ts';
import type { EventData, EventType } from '../../../shared/events/registry.ts';
import { businessDateOf, type CalendarDate, instantOfMs } from '../../../shared/model/calendar.ts';
import type { Facility } from '../../../shared/model/facility.ts';
import { appendEvent } from '../db/event-log.ts';
import { getSetting, mustCatchUp, type TillIdentity } from '../db/sync-state.ts';
import type { TillDb } from '../db/till-db.ts';
import type { TillDeps } from '../deps.ts';
import type { Caller } from '../session/caller.ts';

/** Commands that write a fact and may be sent again with the same `commandId`. */
export type RecordedCommand =
  | 'sales.complete'
  | 'sales.void'
  | 'stock.declareOpening'
  | 'stock.receive'
  | 'stock.count'
  | 'stock.quarantine'
  | 'stock.release'
  | 'stock.dispose'
  | 'recalls.acknowledge'
  | 'sales.return'
  | 'stock.returnToSupplier'
  | 'transfers.send'
  | 'transfers.receive'
  | 'prices.set'
  | 'stock.reportLoss'
  | 'shifts.open'
  | 'shifts.close'
  | 'products.define'
  | 'staff.change'
  | 'staff.setPin'
  | 'staff.setDuty';

export type CommandContext = {
  readonly db: TillDb;
  readonly deps: Pick<TillDeps, 'nowMs' | 'newId' | 'pinCost'>;
  /** Who acts, as the counter's session says. */
  readonly caller: Caller;
};

/** What a command works with inside its transaction. */
export type Recorder = {
  readonly db: TillDb;
  readonly identity: TillIdentity;
  readonly facility: Facility;
  readonly today: CalendarDate;
  /** Seals, stores and applies the fact; refuses one that is too large to travel. */
  readonly append: <Type extends EventType>(
    type: Type,
    data: EventData[Type] & { readonly lines?: readonly unknown[] },
  ) => Result<Document, TillProblem>;
};
export type Document = { readonly id: string; readonly seq: number };

/**
 * Load, decide, append, apply and remember the answer in ONE transaction. A repeated `commandId`
 * gets the first answer again and writes nothing; a refusal is not remembered, so the same command
 * may succeed later.
 */
export function recordOnce<Name extends RecordedCommand>(
  context: CommandContext,
  name: Name,
  input: TillInput<Name>,
  work: (recorder: Recorder) => Result<TillAnswer<Name>, TillProblem>,
): Result<TillAnswer<Name>, TillProblem> {
  const { db } = context;
  const inputHash = createHash('sha256').update(JSON.stringify(input)).digest('hex');
  // Before the transaction: a disk that cannot be written any more still knows what was done.
  const first = firstAnswer(db, { name, inputHash, commandId: input.commandId });
  if (first !== undefined) return first;
  return db.immediately(() => {
    const recorder = recorderOf(context);
    if (recorder === undefined) return err({ type: 'NotEnrolled' });
    // The next number may be taken at the centre: writing it again would be a second past.
    if (mustCatchUp(db)) return err({ type: 'NotCaughtUp' });
    const outcome = work(recorder);
    if (!outcome.ok) return outcome;
    db.run(
      'INSERT INTO command_answer (command_id, name, input_hash, answer) VALUES (?, ?, ?, ?)',
      input.commandId,
      name,
      inputHash,
      JSON.stringify(outcome.value),
    );
    return outcome;
  });
}

const AnswerRow = z.object({ name: z.string(), inputHash: z.string(), answer: z.string() });

function firstAnswer<Name extends RecordedCommand>(
  db: TillDb,
  command: { readonly name: Name; readonly commandId: string; readonly inputHash: string },
): Result<TillAnswer<Name>, TillProblem> | undefined {
  const row = db.one(
    AnswerRow,
    'SELECT name, input_hash AS inputHash, answer FROM command_answer WHERE command_id = ?',
    command.commandId,
  );
  if (row === undefined) return undefined;
  if (row.name !== command.name || row.inputHash !== command.inputHash) {
    return err({ type: 'BadInput', detail: 'commandId: already used for another command' });
  }
  // Safe: the answer was parsed by the schema that stands under exactly this name.
  return ok(tillApi[command.name].answer.parse(JSON.parse(row.answer)) as TillAnswer<Name>);
}

function recorderOf({ db, deps, caller }: CommandContext): Recorder | undefined {
  const identity = getSetting(db, 'identity');
  const facility = getSetting(db, 'facility');
  if (identity === null || facility === null) return undefined;
  const at = instantOfMs(deps.nowMs());
  const { by, approvedBy } = caller;
  return {
    db,
    identity,
    facility,
    today: businessDateOf(at),
    append: (type, data) => {
      const tooLarge = refuseTooLarge(data);
      if (tooLarge !== undefined) return err(tooLarge);
      const id = deps.newId();
      const approved = approvedBy === undefined ? data : { ...data, approvedBy };
      const fact = { till: identity.tillId, id, at, by, type, data: approved };
      const sealed = appendEvent(db, fact);
      return ok({ id, seq: sealed.seq });
    },
  };
}

/** Room for the envelope around the fact. */
const envelopeBytesMax = 1_024;

/** An event that no batch can carry would hold up every event behind it for ever (failures F6). */
function refuseTooLarge(data: { readonly lines?: readonly unknown[] }): TillProblem | undefined {
  const bytes = Buffer.byteLength(JSON.stringify(data));
  const bytesMax = limits.eventLineBytesMax - envelopeBytesMax;
  if (bytes <= bytesMax) return undefined;
  const lines = data.lines?.length ?? 1;
  const linesMax = Math.max(1, Math.floor((lines * bytesMax) / bytes));
  return { type: 'TooManyLines', lines, linesMax };
}
