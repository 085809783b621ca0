import type { TillNews, TillReply } from '../../../shared/contract/till-api.ts';

/** What every screen of a till comes down to, over whichever transport. */
export type TillCalls = {
  /**
   * Parses, dispatches, answers; never throws.
   * @param counter where the call comes from; the till's own window unless told.
   */
  readonly invoke: (name: string, input: unknown, counter?: string) => Promise<TillReply>;
  readonly subscribe: (listener: (news: TillNews) => void) => () => void;
};
