import { createPublicKey, verify } from 'node:crypto';
import { gunzipSync, gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createCentreClient, enrolAtCentre } from '../../../desktop/main/sync/centre-client.ts';
import { createAxiosWire } from '../../../desktop/main/sync/centre-wire-axios.ts';
import { type DeviceKey, loadOrMakeDeviceKey } from '../../../desktop/main/sync/device-key.ts';
import { sha256Hex } from '../../../desktop/main/sync/sha256.ts';
import { limits } from '../../../shared/base/limits.ts';
import { err, ok } from '../../../shared/base/result.ts';
import { zeroHash } from '../../../shared/events/envelope.ts';
import { sealEvent } from '../../../shared/events/seal.ts';
import { BatchHeader, batchText, readBatch, requestText } from '../../../shared/sync/batch.ts';
import { nextBatch } from '../../../shared/sync/next-batch.ts';
import { aFacility, aSale, aTillId, hashLine, moment } from '../../support/builders.ts';
import { json, type LocalServer, startLocalServer } from '../../support/local-server.ts';

const at = moment('2026-11-22T14:32:05+07:00');
let server: LocalServer;
let closing: AbortController;

beforeEach(async () => {
  server = await startLocalServer();
  closing = new AbortController();
});
afterEach(async () => {
  closing.abort();
  await server.close();
});

function aKey(): DeviceKey {
  let stored: Uint8Array | undefined;
  const key = loadOrMakeDeviceKey({
    load: () => stored,
    save: (made) => {
      stored = made;
    },
  });
  if (!key.ok) throw new Error(key.error.detail);
  return key.value;
}

function aClient(options: { key?: DeviceKey; silenceMsMax?: number; centreUrl?: string } = {}) {
  const wire = createAxiosWire({
    silenceMsMax: options.silenceMsMax ?? 5_000,
    exchangeMsMax: 10_000,
    streamSilenceMsMax: 5_000,
  });
  return createCentreClient(
    { wire, centreUrl: options.centreUrl ?? server.url, signal: closing.signal },
    { till: aTillId, key: options.key ?? aKey() },
  );
}

function aBatch() {
  const head = { seq: 0, hash: zeroHash };
  const id = '01980000-0000-7000-8000-00000000000a';
  const event = sealEvent({ till: aTillId, head, id, at, by: 'DS01', fact: aSale() }, hashLine);
  const batch = nextBatch(head, [event], Buffer.byteLength);
  if (batch === undefined) throw new Error('One event makes a batch');
  return batch;
}

function isSigned(publicKey: string, text: string, signature: string): boolean {
  const x = Buffer.from(publicKey, 'base64').toString('base64url');
  const key = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' });
  return verify(null, Buffer.from(text), key, Buffer.from(signature, 'base64'));
}

const aHead = { ackedSeq: 0, ackedHash: zeroHash, serverTime: at };

describe('what travels up', () => {
  test('a batch is gzip of wire lines whose headers prove it', async () => {
    const key = aKey();
    server.answerWith(json(409, { verdict: 'gap', ...aHead }));
    expect(await aClient({ key }).pushBatch(aBatch())).toEqual(ok({ verdict: 'gap', ...aHead }));
    const request = server.requests[0];
    expect(request).toMatchObject({
      method: 'POST',
      url: '/v1/sync/batches',
      headers: { 'content-type': 'application/x-ndjson', 'content-encoding': 'gzip' },
    });
    const header = BatchHeader.parse({
      till: request?.headers['x-till'],
      firstSeq: request?.headers['x-first-seq'],
      lastSeq: request?.headers['x-last-seq'],
      prevHash: request?.headers['x-prev-hash'],
      headHash: request?.headers['x-head-hash'],
      protocol: request?.headers['x-protocol'],
      signature: request?.headers['x-signature'],
    });
    const body = gunzipSync(request?.body ?? Buffer.alloc(0)).toString('utf8');
    expect(body).not.toContain('"prev"');
    expect(readBatch(header, body, hashLine).ok).toBe(true);
    expect(isSigned(key.publicKey, batchText(header), header.signature)).toBe(true);
  });

  test('every other request is signed over method, path, query and body', async () => {
    const key = aKey();
    server.answerWith(json(200, { state: 'agreed', serverTime: at }));
    await aClient({ key }).agreement({ seq: 0, headHash: zeroHash, stockDigest: zeroHash });
    await aClient({ key }).feed(17);
    const [agreement, feed] = server.requests;
    const text = (method: string, pathAndQuery: string, body: Buffer) =>
      requestText({ till: aTillId, method, pathAndQuery, bodySha256: sha256Hex(body) });
    const signature = String(agreement?.headers['x-signature']);
    const body = agreement?.body ?? Buffer.alloc(0);
    expect(isSigned(key.publicKey, text('POST', '/v1/sync/agreement', body), signature)).toBe(true);
    const feedText = text('GET', '/v1/sync/feed?after=17', Buffer.alloc(0));
    expect(feed?.url).toBe('/v1/sync/feed?after=17');
    expect(isSigned(key.publicKey, feedText, String(feed?.headers['x-signature']))).toBe(true);
  });

  test('an enrolment carries the public key and no signature', async () => {
    const answer = {
      tillId: aTillId,
      shortCode: 'A1',
      facility: aFacility(),
      centrePublicKey: aKey().publicKey,
      certificate: `${'A'.repeat(86)}==`,
      serverTime: at,
      proof: { text: '{}', signature: aKey().sign('{}') },
      recovers: null,
    };
    server.answerWith(json(200, answer));
    const address = {
      wire: createAxiosWire(),
      centreUrl: `${server.url}/`,
      signal: closing.signal,
    };
    const request = { code: 'ABCD-EFGH-JKLM', publicKey: aKey().publicKey, programVersion: '1' };
    expect(await enrolAtCentre(address, request)).toEqual(ok(answer));
    expect(server.requests[0]?.url).toBe('/v1/enrolments');
    expect(server.requests[0]?.headers['x-signature']).toBeUndefined();
    expect(JSON.parse(server.requests[0]?.body.toString() ?? '')).toEqual({
      ...request,
      protocol: 1,
    });
  });
});

describe('what comes instead of an answer', () => {
  const unexpectedAnswers: readonly (readonly [
    string,
    Parameters<LocalServer['answerWith']>[0],
  ])[] = [
    [
      'the page of a captive portal',
      (_request, response) =>
        response.writeHead(200, { 'content-type': 'text/html' }).end('<html>Đăng nhập WiFi'),
    ],
    [
      'a redirect to another host',
      (_request, response) => response.writeHead(302, { location: 'http://portal.lan/' }).end(),
    ],
    ['a truncated document', json(200, '{"ackedSeq":3,"acked')],
    ['a document of another shape', json(200, { hello: 'world' })],
    ['the right document as text', json(200, aHead, { 'content-type': 'text/plain' })],
    [
      'bytes that are no UTF-8',
      (_request, response) => {
        response.writeHead(200, { 'content-type': 'application/json' });
        response.end(Buffer.from([0xff, 0xfe, 0x00]));
      },
    ],
    ['a status nobody defined', json(299, aHead)],
    ['network authentication required', json(511, { detail: 'sign in' })],
    [
      'a proxy that wants a password',
      (_request, response) =>
        response.writeHead(407, { 'content-type': 'text/html' }).end('<h1>Proxy</h1>'),
    ],
  ];
  test.each(unexpectedAnswers)('%s is an unexpected answer', async (_name, answer) => {
    server.answerWith(answer);
    expect(await aClient().head()).toMatchObject(err({ type: 'unexpected-answer' }));
  });

  test('a verdict under a status that is not its own is an unexpected answer', async () => {
    server.answerWith(json(200, { verdict: 'gap', ...aHead }));
    const pushed = await aClient().pushBatch(aBatch());
    expect(pushed).toMatchObject(err({ type: 'unexpected-answer' }));
  });

  test('an answer larger than allowed is cut off and unexpected', async () => {
    const bomb = gzipSync(Buffer.alloc(limits.answerBytesMax + 1, 0x20));
    server.answerWith((_request, response) => {
      response.writeHead(200, { 'content-type': 'application/json', 'content-encoding': 'gzip' });
      response.end(bomb);
    });
    expect(await aClient().head()).toMatchObject(err({ type: 'unexpected-answer' }));
  });

  test('a line cut inside the answer is no answer', async () => {
    server.answerWith((_request, response) => {
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': '500' });
      response.write('{"ackedSeq":');
      setImmediate(() => response.destroy());
    });
    expect(await aClient().head()).toMatchObject(err({ type: 'unreachable' }));
  });

  test('bad gzip is no answer', async () => {
    server.answerWith((_request, response) => {
      response.writeHead(200, { 'content-type': 'application/json', 'content-encoding': 'gzip' });
      response.end('this is no gzip');
    });
    expect(await aClient().head()).toMatchObject(err({ type: 'unreachable' }));
  });

  test('silence before and inside an answer ends in time', async () => {
    server.answerWith(() => undefined);
    expect(await aClient({ silenceMsMax: 50 }).head()).toMatchObject(err({ type: 'unreachable' }));
    server.answerWith((_request, response) => {
      response.writeHead(200, { 'content-type': 'application/json' });
      response.write('{"acked');
    });
    expect(await aClient({ silenceMsMax: 50 }).head()).toMatchObject(err({ type: 'unreachable' }));
  });

  test('nobody listening is no answer', async () => {
    await server.close();
    expect(await aClient().head()).toMatchObject(err({ type: 'unreachable' }));
  });

  test('closing the till ends a request under way', async () => {
    server.answerWith(() => closing.abort());
    expect(await aClient().head()).toEqual(err({ type: 'closed' }));
  });
});

describe('the centre cannot or will not', () => {
  test.each([
    [500, {}, 0],
    [503, { 'retry-after': '7' }, 7_000],
    [429, { 'retry-after': '2' }, 2_000],
    [429, { 'retry-after': '999999' }, limits.retryDelayMsMax],
    [429, { 'retry-after': 'soon' }, 0],
  ])('HTTP %i with %o is waited out', async (status, headers, retryAfterMs) => {
    server.answerWith(json(status, '<html>', { 'content-type': 'text/html', ...headers }));
    expect(await aClient().head()).toMatchObject(err({ type: 'busy', retryAfterMs }));
  });

  test('Retry-After as a date is read against the clock of the centre', async () => {
    server.answerWith(
      json(503, '', {
        date: 'Sun, 22 Nov 2037 07:00:00 GMT',
        'retry-after': 'Sun, 22 Nov 2037 07:00:20 GMT',
      }),
    );
    expect(await aClient().head()).toMatchObject(err({ type: 'busy', retryAfterMs: 20_000 }));
  });

  test('a problem document is a refusal with its type', async () => {
    const problem = { type: 'revoked', status: 403, detail: 'revoked on 2026-11-01' };
    server.answerWith(json(403, problem, { 'content-type': 'application/problem+json' }));
    expect(await aClient().head()).toEqual(err({ type: 'refused', problem }));
  });
});

describe('the snapshot', () => {
  const text = '{"snapshot":1}\nline\n';
  test('is the same with and without its compression undone on the way', async () => {
    server.answerWith((_request, response) => {
      response.writeHead(200, {
        'content-type': 'application/x-ndjson',
        'content-encoding': 'gzip',
      });
      response.end(gzipSync(text));
    });
    const undone = await aClient().snapshot();
    server.answerWith((_request, response) => {
      response.writeHead(200, { 'content-type': 'application/gzip' }).end(gzipSync(text));
    });
    const kept = await aClient().snapshot();
    expect(
      [undone, kept].map((answer) => answer.ok && Buffer.from(answer.value).toString()),
    ).toEqual([text, text]);
  });

  test('that cannot be unpacked is an unexpected answer', async () => {
    server.answerWith((_request, response) => {
      response.writeHead(200).end(gzipSync(text).subarray(0, 14));
    });
    expect(await aClient().snapshot()).toMatchObject(err({ type: 'unexpected-answer' }));
  });
});

describe('the stream', () => {
  test('tells of its opening, of news cut anywhere, and of its end', async () => {
    server.answerWith((_request, response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      response.write(': hello\n\neve');
      setImmediate(() => {
        response.write('nt: news\ndata: 1\n\nevent: other\ndata: 2\n\n');
        setImmediate(() => response.end('event: news\n\n'));
      });
    });
    const heard: string[] = [];
    await new Promise<void>((resolve) => {
      aClient().listen({
        opened: () => heard.push('opened'),
        news: () => heard.push('news'),
        ended: () => {
          heard.push('ended');
          resolve();
        },
      });
    });
    expect(heard).toEqual(['opened', 'news', 'news', 'ended']);
  });

  test('that is refused ends without having opened', async () => {
    server.answerWith(json(401, { type: 'not-authentic', status: 401, detail: '' }));
    const heard: string[] = [];
    await new Promise<void>((resolve) => {
      aClient().listen({
        opened: () => heard.push('opened'),
        news: () => heard.push('news'),
        ended: resolve,
      });
    });
    expect(heard).toEqual([]);
  });

  test('closed from here is closed at the centre, and says nothing more', async () => {
    const heard: string[] = [];
    await new Promise<void>((resolve) => {
      server.answerWith((_request, response) => {
        response.on('close', resolve);
        response.writeHead(200, { 'content-type': 'text/event-stream' });
        response.write('event: news\n\n');
      });
      const close = aClient().listen({
        opened: () => heard.push('opened'),
        news: () => close(),
        ended: () => heard.push('ended'),
      });
    });
    expect(heard).toEqual(['opened']);
  });
});
