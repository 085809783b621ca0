import type { Result } from '../../../shared/base/result.ts';
import type { TillAnswer, TillInput, TillProblem } from '../../../shared/contract/till-api.ts';
import {
  decideDisposal,
  decideQuarantine,
  decideRelease,
} from '../../../shared/rules/quarantine.ts';
import { lotsNamedBy } from '../db/stock.ts';
import { type CommandContext, recordOnce } from './record-once.ts';

/** Sets goods apart from the shelf. */
export function quarantineLots(
  context: CommandContext,
  input: TillInput<'stock.quarantine'>,
): Result<TillAnswer<'stock.quarantine'>, TillProblem> {
  return recordOnce(context, 'stock.quarantine', input, ({ db, today, append }) => {
    const quarantined = decideQuarantine({ today, lots: lotsNamedBy(db, input.lines) }, input);
    return quarantined.ok ? append('LotQuarantined.v1', quarantined.value) : quarantined;
  });
}

/** Puts goods that were set apart back on the shelf. */
export function releaseLots(
  context: CommandContext,
  input: TillInput<'stock.release'>,
): Result<TillAnswer<'stock.release'>, TillProblem> {
  return recordOnce(context, 'stock.release', input, ({ db, today, append }) => {
    const released = decideRelease({ today, lots: lotsNamedBy(db, input.lines) }, input);
    return released.ok ? append('LotReleased.v1', released.value) : released;
  });
}

/** Writes off what was destroyed. */
export function disposeOfLots(
  context: CommandContext,
  input: TillInput<'stock.dispose'>,
): Result<TillAnswer<'stock.dispose'>, TillProblem> {
  return recordOnce(context, 'stock.dispose', input, ({ db, today, append }) => {
    const disposed = decideDisposal({ today, lots: lotsNamedBy(db, input.lines) }, input);
    return disposed.ok ? append('LotDisposed.v1', disposed.value) : disposed;
  });
}
