import type { StaffAct } from '../../../shared/model/staff-act.ts';

/** Who calls, as the session of their counter says; what a screen says does not count. */
export type Caller = {
  /** The counter: a window of the program, or a page that the counter host has named. */
  readonly counter: string;
  /** Stands in the envelope of every fact of this call. */
  readonly by: string;
  /** Took the responsibility with their PIN for what `by` may not do alone. */
  readonly approvedBy?: string;
  /** Whether they may do something beside this call, alone. */
  readonly may: (act: StaffAct) => boolean;
};

/** The program's own window, and whoever holds the till in its own process. */
export const ownCounter = 'own';
