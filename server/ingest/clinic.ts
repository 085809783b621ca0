/**
 * Looks after parked events: all of them are judged again when a program starts (it may know more
 * types and other rules), those with an unknown drug when the catalogue has moved, and one facility's
 * when somebody asks. One round at a time; what comes meanwhile is taken by the next.
 */
import type { Logger } from 'pino';
import type { ParkedReason } from '../../shared/rules/clinic.ts';
import type { Notices } from '../db/notices.ts';
import { inTransaction } from '../db/pool.ts';
import { checkFacility } from './check-facility.ts';
import { type RejudgeCause, type RejudgeDeps, rejudgeAll } from './rejudge.ts';
import type { RollUp } from './roll-up.ts';

export type Clinic = {
  /** Looks through the derived tables of a facility soon, and repairs them. */
  readonly examine: (facilityId: string) => void;
  /** Resolves when nothing is being judged. */
  readonly idle: () => Promise<void>;
  readonly stop: () => Promise<void>;
};

/** Several processes of one centre: one of them judges at a time. */
const clinicLock = 460_007;
const byCatalogue: readonly ParkedReason[] = ['UnknownDrugCode', 'WaitsForParked'];

type Round = { readonly cause: RejudgeCause; readonly reasons: readonly ParkedReason[] | null };

export function startClinic(
  deps: RejudgeDeps & {
    readonly notices: Notices;
    readonly rollUp: Pick<RollUp, 'wake'>;
    readonly log: Pick<Logger, 'info' | 'error'>;
  },
): Clinic {
  let waiting: Round | undefined;
  let working: Promise<void> | undefined;
  let isStopped = false;
  const toExamine = new Set<string>();

  function ask(round: Round): void {
    if (isStopped) return;
    // Everything includes the rest.
    if (waiting?.reasons !== null) waiting = round;
    begin();
  }

  function begin(): void {
    working ??= work().finally(() => {
      working = undefined;
      if ((waiting !== undefined || toExamine.size > 0) && !isStopped) begin();
    });
  }

  async function work(): Promise<void> {
    while (!isStopped) {
      const round = waiting;
      const [facilityId] = toExamine;
      waiting = undefined;
      if (round === undefined && facilityId === undefined) return;
      try {
        if (round !== undefined) await judge(round);
        if (facilityId === undefined) continue;
        toExamine.delete(facilityId);
        const { repaired } = await checkFacility(deps, { facilityId, askedBy: 'agreement' });
        deps.log.info({ facilityId, repaired }, 'derived tables looked through');
      } catch (error) {
        // Nothing is lost: what waits goes on waiting, and the next round, night or start takes it.
        deps.log.error({ err: error }, 'the clinic could not finish; it will try again');
      }
    }
  }

  async function judge(round: Round): Promise<void> {
    const { judged, released } = await judgeAlone(deps, round);
    if (judged > 0) deps.log.info({ judged, released, ...round }, 'parked events judged again');
    if (released > 0) deps.rollUp.wake(['alert']);
  }

  const stopListening = deps.notices.onFeed(({ audience }) => {
    if (typeof audience === 'string') ask({ cause: 'catalogue', reasons: byCatalogue });
  });
  ask({ cause: 'start', reasons: null });
  return {
    examine: (facilityId) => {
      toExamine.add(facilityId);
      if (!isStopped) begin();
    },
    idle: async () => {
      while (working !== undefined) await working;
    },
    stop: async () => {
      isStopped = true;
      stopListening();
      await working;
    },
  };
}

function judgeAlone(deps: RejudgeDeps, { cause, reasons }: Round) {
  return inTransaction(deps.pool, async (transaction) => {
    await transaction.query('SELECT pg_advisory_xact_lock($1)', [clinicLock]);
    return rejudgeAll(deps, cause, reasons);
  });
}
