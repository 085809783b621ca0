/** Bytes that come in on their own, read one at a time by whoever waits for them. */
export type IncomingBytes = {
  readonly add: (bytes: Uint8Array) => void;
  readonly end: () => void;
  readonly read: (timeoutMs: number) => Promise<number | undefined>;
  readonly drain: () => void;
};

/** More than any printer says without being asked. */
const keptMax = 1_024;

export function createIncomingBytes(): IncomingBytes {
  let kept: number[] = [];
  let isEnded = false;
  let waiting: ((byte: number | undefined) => void) | undefined;
  const answer = (byte: number | undefined) => {
    const resolve = waiting;
    waiting = undefined;
    resolve?.(byte);
  };
  return {
    add: (bytes) => {
      kept = [...kept, ...bytes].slice(-keptMax);
      if (waiting !== undefined) answer(kept.shift());
    },
    end: () => {
      isEnded = true;
      answer(undefined);
    },
    read: (timeoutMs) => {
      if (kept.length > 0) return Promise.resolve(kept.shift());
      if (isEnded) return Promise.resolve(undefined);
      return new Promise((resolve) => {
        const timer = setTimeout(() => answer(undefined), timeoutMs);
        waiting = (byte) => {
          clearTimeout(timer);
          resolve(byte);
        };
      });
    },
    drain: () => {
      kept = [];
    },
  };
}
