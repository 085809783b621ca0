import { Readable } from 'node:stream';
import axios, { isAxiosError } from 'axios';
import { limits } from '../../../shared/base/limits.ts';
import {
  type CentreWire,
  type StreamEvents,
  WireFailure,
  type WireRequest,
  type WireResponse,
} from './centre-wire.ts';
import { newsReader } from './news-reader.ts';

export type WireLimits = {
  /** Until the first byte of the answer, and between any two after it. */
  readonly silenceMsMax: number;
  readonly exchangeMsMax: number;
  readonly streamSilenceMsMax: number;
};

const defaultLimits: WireLimits = {
  silenceMsMax: limits.requestTimeoutMs,
  exchangeMsMax: limits.exchangeTimeoutMs,
  streamSilenceMsMax: limits.streamSilenceMsMax,
};

/**
 * The wire of the program. It follows no redirect: a captive portal answers with one, and a signed
 * journal must never travel to a host that nobody chose.
 */
export function createAxiosWire(wireLimits: WireLimits = defaultLimits): CentreWire {
  return {
    send: (request) => send(request, wireLimits),
    listen: (request, on) => listen(request, on, wireLimits),
  };
}

async function send(request: WireRequest, wireLimits: WireLimits): Promise<WireResponse> {
  const deadline = AbortSignal.timeout(wireLimits.exchangeMsMax);
  const signal = AbortSignal.any(request.signal ? [request.signal, deadline] : [deadline]);
  try {
    const answer = await open(request, signal, wireLimits.silenceMsMax);
    const chunks: Buffer[] = [];
    let bytes = 0;
    await readChunks(answer.body, wireLimits.silenceMsMax, (chunk) => {
      bytes += chunk.length;
      if (bytes > (request.answerBytesMax ?? limits.answerBytesMax)) {
        throw new WireFailure(`an answer of more than ${bytes} bytes`, 'TooLarge');
      }
      chunks.push(chunk);
    });
    return { status: answer.status, headers: answer.headers, body: Buffer.concat(chunks) };
  } catch (error) {
    throw asWireFailure(error);
  }
}

function listen(request: WireRequest, on: StreamEvents, wireLimits: WireLimits): () => void {
  const closing = new AbortController();
  const signal = AbortSignal.any(
    request.signal ? [request.signal, closing.signal] : [closing.signal],
  );
  const reading = async (): Promise<void> => {
    const answer = await open(request, signal, wireLimits.silenceMsMax);
    const isStream = answer.headers['content-type']?.startsWith('text/event-stream') === true;
    if (answer.status !== 200 || !isStream) {
      answer.body.destroy();
      return;
    }
    on.opened();
    const read = newsReader(on.news);
    await readChunks(answer.body, wireLimits.streamSilenceMsMax, read);
  };
  const end = (): void => {
    if (!signal.aborted) on.ended();
  };
  // However a stream ends, the listener only needs to know that it did: it opens another one.
  reading().then(end, end);
  return () => closing.abort();
}

type OpenAnswer = Omit<WireResponse, 'body'> & { readonly body: Readable };

async function open(
  request: WireRequest,
  signal: AbortSignal,
  timeoutMs: number,
): Promise<OpenAnswer> {
  const response = await axios.request<unknown>({
    adapter: 'http',
    method: request.method,
    url: request.url,
    headers: { ...request.headers },
    ...(request.body === undefined ? {} : { data: Buffer.from(request.body) }),
    signal,
    timeout: timeoutMs,
    maxRedirects: 0,
    ...(isOnThisMachine(request.url) ? { proxy: false } : {}),
    maxBodyLength: limits.batchInflatedBytesMax,
    responseType: 'stream',
    validateStatus: () => true,
  });
  if (!(response.data instanceof Readable)) throw new WireFailure('an answer without a body');
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(response.headers)) {
    if (typeof value === 'string') headers[name.toLowerCase()] = value;
  }
  return { status: response.status, headers, body: response.data };
}

/** A proxy named in the environment is for the outside; it cannot reach this machine's loopback. */
function isOnThisMachine(url: string): boolean {
  return /^https?:\/\/(127\.|localhost[:/]|\[::1\])/.test(url);
}

/** Reads to the end; a pause longer than `silenceMsMax` is taken for a dead line. */
async function readChunks(
  body: Readable,
  silenceMsMax: number,
  onChunk: (chunk: Buffer) => void,
): Promise<void> {
  const fallSilent = () => body.destroy(new WireFailure(`silent for ${silenceMsMax} ms`));
  const silence = setTimeout(fallSilent, silenceMsMax);
  try {
    for await (const chunk of body) {
      silence.refresh();
      onChunk(Buffer.isBuffer(chunk) ? chunk : Buffer.from(String(chunk)));
    }
  } finally {
    clearTimeout(silence);
    body.destroy();
  }
}

function asWireFailure(error: unknown): WireFailure {
  if (error instanceof WireFailure) return error;
  if (isAxiosError(error)) return new WireFailure(error.code ?? error.message);
  return new WireFailure(error instanceof Error ? error.message : 'the line failed');
}
