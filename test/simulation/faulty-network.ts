/**
 * The line between one simulated till and the centre. Requests really reach the real centre; what
 * happens on the way follows from the seed: lost, answered in vain, sent twice (the second time
 * perhaps hours later), out of order, cut in the middle of the request or of the answer, as slow as
 * it may be, answered by somebody else, or nobody there for weeks.
 */
import {
  type CentreWire,
  WireFailure,
  type WireRequest,
  type WireResponse,
} from '../../desktop/main/sync/centre-wire.ts';
import type { Random } from '../../server/twin/random.ts';
import type { VirtualTime } from './virtual-time.ts';

export type NetworkFault =
  | 'request-lost'
  | 'answer-lost'
  | 'doubled'
  | 'doubled-late'
  | 'arrives-late'
  | 'cut'
  | 'answer-cut'
  | 'slow'
  | 'portal'
  | 'overloaded'
  | 'no-line';

export type Network = {
  readonly wireOf: (till: string) => CentreWire;
  /** From now on nothing goes wrong any more. */
  readonly heal: () => void;
  readonly setCentreUp: (isUp: boolean) => void;
  readonly setLineUp: (till: string, isUp: boolean) => void;
  readonly faultCount: () => number;
  /** Requests that a till has sent so far, whatever became of them. */
  readonly sentBy: (till: string) => number;
};

export type NetworkParts = {
  readonly time: VirtualTime;
  readonly random: Random;
  /** Hands a request to the real centre and waits for its real answer. */
  readonly deliver: (till: string, request: WireRequest) => Promise<WireResponse>;
  readonly trace: (text: string) => void;
  /** Whether arrivals close together are handed over at once; else in the order of the seed. */
  readonly isConcurrent: boolean;
};

type Passage = {
  readonly till: string;
  readonly request: WireRequest;
  readonly answer: (response: WireResponse) => void;
  readonly fail: (why: string) => void;
};

const timeoutMs = 30_000;
/** Nearly given up. */
const slowMs = 29_000;
const hourMs = 3_600_000;
const faultWeights: readonly (readonly [NetworkFault, number])[] = [
  ['request-lost', 0.05],
  ['answer-lost', 0.06],
  ['doubled', 0.05],
  ['doubled-late', 0.04],
  ['arrives-late', 0.03],
  ['cut', 0.03],
  ['answer-cut', 0.03],
  ['slow', 0.03],
  ['portal', 0.02],
  ['overloaded', 0.02],
];

export function createNetwork(parts: NetworkParts): Network {
  let isHealed = false;
  let isCentreUp = true;
  let faults = 0;
  const sentByTill = new Map<string, number>();
  const linesDown = new Set<string>();
  const rollFault = (till: string): NetworkFault | undefined => {
    const isDown = !isCentreUp || linesDown.has(till);
    const fault = isDown ? 'no-line' : isHealed ? undefined : faultOf(parts.random.unit());
    return fault;
  };
  return {
    wireOf: (till) => ({
      send: (request) => {
        const fault = rollFault(till);
        if (fault !== undefined) faults += 1;
        sentByTill.set(till, (sentByTill.get(till) ?? 0) + 1);
        return sent(parts, till, request, fault);
      },
      listen: (_request, on) => listened(parts, on, () => rollFault(till) !== 'no-line'),
    }),
    heal: () => {
      isHealed = true;
      isCentreUp = true;
      linesDown.clear();
    },
    setCentreUp: (isUp) => {
      isCentreUp = isUp;
    },
    setLineUp: (till, isUp) => {
      if (isUp) linesDown.delete(till);
      else linesDown.add(till);
    },
    faultCount: () => faults,
    sentBy: (till) => sentByTill.get(till) ?? 0,
  };
}

function faultOf(draw: number): NetworkFault | undefined {
  let sum = 0;
  return faultWeights.find(([, weight]) => {
    sum += weight;
    return draw < sum;
  })?.[0];
}

function sent(
  parts: NetworkParts,
  till: string,
  request: WireRequest,
  fault: NetworkFault | undefined,
): Promise<WireResponse> {
  const { promise, resolve, reject } = Promise.withResolvers<WireResponse>();
  const passage: Passage = {
    till,
    request,
    answer: resolve,
    fail: (why) => reject(new WireFailure(why)),
  };
  parts.trace(`${till} ${request.method} ${pathOf(request)} ${fault ?? 'well'}`);
  ways[fault ?? 'well'](parts, passage, parts.random.between(20, 900));
  return promise;
}

type Way = (parts: NetworkParts, passage: Passage, latencyMs: number) => void;

const ways: Readonly<Record<NetworkFault | 'well', Way>> = {
  well: (parts, passage, latencyMs) => arrive(parts, passage, latencyMs, passage.answer),
  'no-line': (parts, passage, latencyMs) => later(parts, latencyMs, () => passage.fail('no line')),
  'request-lost': (parts, passage) => giveUp(parts, passage),
  'answer-lost': (parts, passage, latencyMs) => {
    arrive(parts, passage, latencyMs, unheard);
    giveUp(parts, passage);
  },
  'arrives-late': (parts, passage) => {
    arrive(parts, passage, parts.random.between(timeoutMs, 3 * hourMs), unheard);
    giveUp(parts, passage);
  },
  doubled: (parts, passage, latencyMs) => {
    arrive(parts, passage, latencyMs, passage.answer);
    arrive(parts, passage, latencyMs + parts.random.between(0, 30), unheard);
  },
  'doubled-late': (parts, passage, latencyMs) => {
    arrive(parts, passage, latencyMs, passage.answer);
    arrive(parts, passage, parts.random.between(1_000, 5 * hourMs), unheard);
  },
  cut: (parts, passage, latencyMs) => {
    const request = cutShort(passage.request, parts.random);
    arrive(parts, { ...passage, request }, latencyMs, () => passage.fail('cut'));
  },
  'answer-cut': (parts, passage, latencyMs) =>
    arrive(parts, passage, latencyMs, (response) => {
      const body = response.body.subarray(0, Math.floor(response.body.length / 2));
      passage.answer({ ...response, body });
    }),
  slow: (parts, passage) => arrive(parts, passage, slowMs, passage.answer),
  portal: (parts, passage, latencyMs) =>
    later(parts, latencyMs, () => passage.answer(portalAnswer)),
  overloaded: (parts, passage, latencyMs) =>
    later(parts, latencyMs, () => passage.answer(overloadedAnswer)),
};

function giveUp(parts: NetworkParts, passage: Passage): void {
  later(parts, timeoutMs, () => passage.fail('timed out'));
}

function unheard(): void {}

/** A wireless network that wants a sign-in answers everything with its own page. */
const portalAnswer: WireResponse = {
  status: 200,
  headers: { 'content-type': 'text/html; charset=utf-8' },
  body: Buffer.from('<!doctype html><title>Đăng nhập Wi-Fi</title>'),
};
const overloadedAnswer: WireResponse = {
  status: 503,
  headers: { 'content-type': 'text/plain', 'retry-after': '40' },
  body: Buffer.from('upstream overloaded'),
};

function arrive(
  parts: NetworkParts,
  passage: Passage,
  delayMs: number,
  answered: (response: WireResponse) => void,
): void {
  const { till, request } = passage;
  // Drawn before: which of several real answers comes first is not the seed's.
  const backMs = parts.random.between(10, 600);
  const run = async () => {
    const response = await parts.deliver(till, request);
    return () => later(parts, backMs, () => answered(response));
  };
  parts.time.after(delayMs, { run, isConcurrent: parts.isConcurrent });
}

function later(parts: NetworkParts, delayMs: number, run: () => void): void {
  parts.time.after(delayMs, { run, isConcurrent: false });
}

/** The connection broke in the middle: the centre gets the beginning of the body. */
function cutShort(request: WireRequest, random: Random): WireRequest {
  if (request.body === undefined || request.body.length < 2) return request;
  return { ...request, body: request.body.subarray(0, random.between(1, request.body.length - 1)) };
}

/** A stream that opens when there is a line, sometimes has news, and ends after a while. */
function listened(
  parts: NetworkParts,
  on: Parameters<CentreWire['listen']>[1],
  hasLine: () => boolean,
): () => void {
  const { random } = parts;
  const cancels: (() => void)[] = [];
  let isOpen = true;
  const plan = (delayMs: number, run: () => void) => {
    cancels.push(parts.time.after(delayMs, { run, isConcurrent: false }));
  };
  const end = () => {
    if (!isOpen) return;
    isOpen = false;
    for (const cancel of cancels) cancel();
    on.ended();
  };
  if (hasLine()) {
    plan(random.between(50, 800), on.opened);
    plan(random.between(60_000, 6 * hourMs), on.news);
    plan(random.between(60_000, 12 * hourMs), end);
  } else plan(random.between(10, 2_000), end);
  return () => {
    isOpen = false;
    for (const cancel of cancels) cancel();
  };
}

function pathOf(request: WireRequest): string {
  return new URL(request.url).pathname;
}
