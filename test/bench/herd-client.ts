/** The tills of the herd, a process of their own: see herd.ts. */
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { Agent, type IncomingHttpHeaders, request } from 'node:http';
import process from 'node:process';
import { setTimeout as delay } from 'node:timers/promises';
import { z } from 'zod';
import { retryAfterMsOf } from '../../desktop/main/sync/centre-answer.ts';
import { type Random, randomOf } from '../../server/twin/random.ts';
import { syncApi, syncStreams } from '../../shared/contract/sync-api.ts';
import { retryDelayMs } from '../../shared/sync/backoff.ts';
import { BatchAnswer, requestText } from '../../shared/sync/batch.ts';
import { stockDigestText } from '../../shared/sync/digest.ts';
import { aLot } from '../support/builders.ts';
import {
  anOpening,
  enrolDevice,
  makeBatch,
  signText,
  type TestDevice,
} from '../support/test-device.ts';

export type HerdReport = {
  /** From a till's first try to its receipt, waiting included. */
  readonly uploadMs: readonly number[];
  /** Answers that no retry explains away, in words. */
  readonly visibleErrors: readonly string[];
  /** Tills without a receipt within their minute. */
  readonly gaveUp: number;
  /** 429 and 503 with Retry-After. */
  readonly putOff: number;
  /** Requests without an answer. */
  readonly brokenLines: number;
  readonly streams: number;
};

const Work = z.object({
  url: z.string(),
  codes: z.array(z.string()),
  windowMs: z.number(),
  seed: z.number(),
});
const salesPerDay = 60;
export const herdEventsPerTill = salesPerDay + 1;
const patienceMs = 60_000;
const enrolledAtOnce = 32;

type Herd = {
  readonly work: z.output<typeof Work>;
  readonly random: Random;
  readonly uploadMs: number[];
  readonly visibleErrors: string[];
  gaveUp: number;
  putOff: number;
  brokenLines: number;
  streams: number;
};
type Ready = { readonly device: TestDevice; readonly batch: ReturnType<typeof makeBatch> };

async function run(): Promise<void> {
  const [message] = await once(process, 'message');
  const work = Work.parse(message);
  const tills = await prepare(work);
  process.send?.('ready');
  await once(process, 'message');
  process.send?.(await runHerd(work, tills));
}

async function runHerd(work: Herd['work'], tills: readonly Ready[]): Promise<HerdReport> {
  const herd: Herd = {
    work,
    random: randomOf(`herd ${work.seed}`),
    uploadMs: [],
    visibleErrors: [],
    gaveUp: 0,
    putOff: 0,
    brokenLines: 0,
    streams: 0,
  };
  const agents: Agent[] = [];
  await Promise.all(
    tills.map(async (till) => {
      const agent = new Agent({ keepAlive: true });
      agents.push(agent);
      await delay(herd.random.unit() * work.windowMs);
      await comeBack(herd, till, agent);
    }),
  );
  for (const agent of agents) agent.destroy();
  const { uploadMs, visibleErrors, gaveUp, putOff, brokenLines, streams } = herd;
  return { uploadMs, visibleErrors, gaveUp, putOff, brokenLines, streams };
}

/** Enrolled, with a day of sales sealed and signed before the clock runs. */
async function prepare({ url, codes }: Herd['work']): Promise<readonly Ready[]> {
  const waiting = [...codes];
  const ready: Ready[] = [];
  await Promise.all(
    Array.from({ length: enrolledAtOnce }, async () => {
      for (let code = waiting.pop(); code !== undefined; code = waiting.pop()) {
        const device = await enrolDevice(url, code);
        device.append(anOpening(1_000));
        device.sell(salesPerDay, 2);
        ready.push({ device, batch: makeBatch(device) });
      }
    }),
  );
  return ready;
}

/** What a till does when its line works again. */
async function comeBack(herd: Herd, { device, batch }: Ready, agent: Agent): Promise<void> {
  void openStream(herd, device, agent);
  const startedMs = performance.now();
  const post = { method: 'POST', path: syncStreams.batches.path, ...batch };
  const text = await untilAnswered(herd, agent, post);
  if (text === undefined) {
    herd.gaveUp += 1;
    return;
  }
  const answer = BatchAnswer.parse(JSON.parse(text));
  if ('receipt' in answer && answer.receipt.ackedSeq === device.events.length) {
    herd.uploadMs.push(performance.now() - startedMs);
  } else {
    herd.visibleErrors.push(`a batch was judged ${answer.verdict}`);
  }
  await untilAnswered(herd, agent, signed(device, 'GET', `${syncApi.feed.path}?after=0`));
  const lots = [aLot({ onHandUnits: 1_000 - salesPerDay * 2 })];
  const stockDigest = createHash('sha256').update(stockDigestText(lots)).digest('hex');
  const head = device.events.at(-1);
  const question = { seq: head?.seq, headHash: head?.hash, stockDigest };
  const compared = await untilAnswered(
    herd,
    agent,
    signed(device, 'POST', syncApi.agreement.path, JSON.stringify(question)),
  );
  if (compared === undefined || !compared.includes('"agreed"')) {
    herd.visibleErrors.push(`stock is not agreed: ${compared}`);
  }
}

type Sent = {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array | string;
};

function signed(device: TestDevice, method: 'GET' | 'POST', path: string, body = ''): Sent {
  const bodySha256 = createHash('sha256').update(body).digest('hex');
  const text = requestText({ till: device.till, method, pathAndQuery: path, bodySha256 });
  return {
    method,
    path,
    headers: {
      'x-till': device.till,
      'x-signature': signText(device.privateKey, text),
      ...(body === '' ? {} : { 'content-type': 'application/json' }),
    },
    body,
  };
}

/** Tries as a till tries. @returns the answer, or undefined when its minute is over. */
async function untilAnswered(herd: Herd, agent: Agent, sent: Sent): Promise<string | undefined> {
  const deadlineMs = performance.now() + patienceMs;
  for (let failures = 1; performance.now() < deadlineMs; failures += 1) {
    const answer = await send(herd, agent, sent);
    if (answer?.status === 200) return answer.text;
    if (answer !== undefined && !isPutOff(answer)) {
      herd.visibleErrors.push(`${sent.path}: ${answer.status} ${answer.text.slice(0, 200)}`);
      return undefined;
    }
    if (answer === undefined) herd.brokenLines += 1;
    else herd.putOff += 1;
    const headers = new Map(Object.entries(answer?.headers ?? {}));
    const retryAfter = String(headers.get('retry-after') ?? '');
    const date = String(headers.get('date') ?? '');
    const askedMs = retryAfterMsOf({ 'retry-after': retryAfter, date });
    await delay(retryDelayMs(failures, herd.random.unit(), askedMs));
  }
  return undefined;
}

type Answer = {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
};

function isPutOff({ status, headers }: Answer): boolean {
  return (status === 429 || status === 503) && headers['retry-after'] !== undefined;
}

/** @returns undefined when the line broke. */
function send({ work }: Herd, agent: Agent, sent: Sent): Promise<Answer | undefined> {
  const { method, path, headers, body } = sent;
  return new Promise((resolve) => {
    const sending = request(
      `${work.url}${path}`,
      { method, agent, headers: { ...headers, 'content-length': Buffer.byteLength(body) } },
      (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('error', () => resolve(undefined));
        response.on('end', () => {
          const text = Buffer.concat(chunks).toString('utf8');
          resolve({ status: response.statusCode ?? 0, headers: response.headers, text });
        });
      },
    );
    sending.on('error', () => resolve(undefined));
    sending.end(body);
  });
}

/** Held open to the end: the next recall must reach every one of them. */
function openStream(herd: Herd, device: TestDevice, agent: Agent): Promise<void> {
  const { path, headers } = signed(device, 'GET', syncStreams.stream.path);
  return new Promise((resolve) => {
    const opening = request(`${herd.work.url}${path}`, { agent, headers }, (response) => {
      if (response.statusCode === 200) herd.streams += 1;
      else if (response.statusCode !== 429 && response.statusCode !== 503) {
        herd.visibleErrors.push(`stream: ${response.statusCode}`);
      }
      response.resume();
      response.on('error', () => undefined);
      resolve();
    });
    opening.on('error', () => {
      herd.brokenLines += 1;
      resolve();
    });
    opening.end();
  });
}

if (process.send !== undefined) await run();
