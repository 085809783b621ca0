/**
 * One HTTP exchange with the centre, as bytes: what travels and nothing else. The program sends with
 * axios (centre-wire-axios.ts); the simulation puts drops, doubles and delays here.
 */
export type CentreWire = {
  /** Rejects with `WireFailure` when no complete answer came. */
  readonly send: (request: WireRequest) => Promise<WireResponse>;
  /**
   * Server-sent events: `opened` when the stream stands, `news` per event, `ended` exactly once
   * unless it was closed from here. @returns a function that closes the stream.
   */
  readonly listen: (request: WireRequest, on: StreamEvents) => () => void;
};

export type StreamEvents = {
  readonly opened: () => void;
  readonly news: () => void;
  readonly ended: () => void;
};

export type WireRequest = {
  readonly method: 'GET' | 'POST';
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: Uint8Array;
  readonly signal?: AbortSignal;
  /** Of the decompressed answer; `limits.answerBytesMax` where nothing is said. */
  readonly answerBytesMax?: number;
};

export type WireResponse = {
  readonly status: number;
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
};

/** No complete answer; `TooLarge` when one came that nobody would read to its end. */
export class WireFailure extends Error {
  override readonly name = 'WireFailure';
  readonly kind: 'NoAnswer' | 'TooLarge';

  constructor(message: string, kind: 'NoAnswer' | 'TooLarge' = 'NoAnswer') {
    super(message);
    this.kind = kind;
  }
}
