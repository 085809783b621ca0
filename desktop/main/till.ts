import type { TillNews, TillReply } from '../../shared/contract/till-api.ts';

/** The till without a screen: what every host (Electron, counter host, simulation) holds. */
export type Till = {
  /** Parses, dispatches, answers; never throws. */
  readonly invoke: (name: string, input: unknown) => Promise<TillReply>;
  readonly subscribe: (listener: (news: TillNews) => void) => () => void;
  /** Stops timers and sync, closes the database. */
  readonly close: () => Promise<void>;
};
