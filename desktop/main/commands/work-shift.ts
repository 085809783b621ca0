import { ok, type Result } from '../../../shared/base/result.ts';
import type { TillAnswer, TillInput, TillProblem } from '../../../shared/contract/till-api.ts';
import { decideCloseShift, decideOpenShift } from '../../../shared/rules/shift.ts';
import { drawerEntries, lastShiftNumber, openShift } from '../db/shifts.ts';
import { type CommandContext, recordOnce } from './record-once.ts';

/** Opens a shift with the change in the drawer. */
export function openShiftNow(
  context: CommandContext,
  input: TillInput<'shifts.open'>,
): Result<TillAnswer<'shifts.open'>, TillProblem> {
  return recordOnce(context, 'shifts.open', input, ({ db, append }) => {
    const state = { open: openShift(db), lastNumber: lastShiftNumber(db) };
    const opened = decideOpenShift(state, input);
    if (!opened.ok) return opened;
    const document = append('ShiftOpened.v1', opened.value);
    return document.ok ? ok({ ...document.value, number: opened.value.number }) : document;
  });
}

/** Closes the shift with what was counted: its Z report is this event. */
export function closeShiftNow(
  context: CommandContext,
  input: TillInput<'shifts.close'>,
): Result<TillAnswer<'shifts.close'>, TillProblem> {
  return recordOnce(context, 'shifts.close', input, ({ db, append }) => {
    const found = openShift(db);
    const entries = found === undefined ? [] : drawerEntries(db, found.seq);
    const closed = decideCloseShift({ open: withoutSeq(found), entries }, input);
    if (!closed.ok) return closed;
    const document = append('ShiftClosed.v1', closed.value);
    return document.ok ? ok({ ...document.value, figures: closed.value }) : document;
  });
}

function withoutSeq(shift: ReturnType<typeof openShift>) {
  if (shift === undefined) return undefined;
  const { seq: _, ...open } = shift;
  return open;
}
