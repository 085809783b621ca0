/**
 * One HTTP exchange with the centre, as bytes: what travels and nothing else. The program sends with
 * axios (centre-wire-axios.ts); the simulation puts drops, doubles and delays here.
 */
export type CentreWire = {
  /** Rejects with `WireFailure` when no complete answer came. */
  readonly send: (request: WireRequest) => Promise<WireResponse>;
  /** Server-sent events; `onNews` per event. @returns a function that closes the stream. */
  readonly listen: (
    request: WireRequest,
    on: { readonly news: () => void; readonly ended: () => void },
  ) => () => void;
};

export type WireRequest = {
  readonly method: 'GET' | 'POST';
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: Uint8Array;
  readonly signal?: AbortSignal;
};

export type WireResponse = {
  readonly status: number;
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
};

export class WireFailure extends Error {
  override readonly name = 'WireFailure';
}
