import { createHash, createPublicKey, verify } from 'node:crypto';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { publishDrugs, publishFacility } from '../../../server/catalogue/publish.ts';
import { inTransaction } from '../../../server/db/pool.ts';
import type { Centre } from '../../../server/start-centre.ts';
import { limits } from '../../../shared/base/limits.ts';
import { Problem } from '../../../shared/contract/problem.ts';
import type { Drug } from '../../../shared/model/drug.ts';
import {
  type FeedChange,
  FeedChanges,
  FeedPage,
  feedText,
  SnapshotHead,
} from '../../../shared/sync/feed.ts';
import { aDrug } from '../../support/builders.ts';
import { newDevice, startTestCentre, type TestCentre } from '../../support/test-centre.ts';
import { askCentre, newKey, type TestDevice } from '../../support/test-device.ts';

let running: TestCentre;
let centre: Centre;
let device: TestDevice;

beforeAll(async () => {
  running = await startTestCentre();
  centre = running.centre;
  device = await newDevice(centre);
});

afterAll(async () => running.close());

function publish(drugs: readonly Drug[], withdrawnCodes: readonly string[] = []): Promise<number> {
  return inTransaction(centre.pool, (transaction) =>
    publishDrugs(transaction, { drugs, withdrawnCodes }, running.clock.nowMs),
  );
}

async function pageAfter(after: number, by = device): Promise<FeedPage> {
  const response = await askCentre(by, { path: `/v1/sync/feed?after=${after}` });
  expect(response.status).toBe(200);
  return FeedPage.parse(await response.json());
}

/** Follows the feed to its end, proving each page. */
async function readAll(after: number, by = device): Promise<readonly FeedChange[]> {
  const changes: FeedChange[] = [];
  for (let cursor = after; ; ) {
    const page = await pageAfter(cursor, by);
    expect(createHash('sha256').update(page.changes).digest('hex')).toBe(page.digest);
    expect(isSigned(feedText(page), page.signature)).toBe(true);
    changes.push(...FeedChanges.parse(JSON.parse(page.changes)));
    cursor = page.next;
    if (!page.hasMore) return changes;
  }
}

function isSigned(text: string, signature: string): boolean {
  const x = Buffer.from(device.enrolment.centrePublicKey, 'base64').toString('base64url');
  const key = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' });
  return verify(null, Buffer.from(text), key, Buffer.from(signature, 'base64'));
}

async function headPosition(): Promise<number> {
  return (await pageAfter(0)).next > 0 ? lastPosition() : 0;
}

async function lastPosition(): Promise<number> {
  let cursor = 0;
  for (;;) {
    const page = await pageAfter(cursor);
    cursor = page.next;
    if (!page.hasMore) return cursor;
  }
}

describe('the feed', () => {
  test('brings every page in order, each proved', async () => {
    const from = await headPosition();
    const drugs = Array.from({ length: 2_300 }, (_, index) => aDrug({ code: `PAGE-${index}` }));
    await publish(drugs);
    const first = await pageAfter(from);
    expect(FeedChanges.parse(JSON.parse(first.changes))).toHaveLength(limits.feedPageChangesMax);
    const changes = await readAll(from);
    expect(changes.map((change) => change.key)).toEqual(drugs.map((drug) => drug.code));
    expect(changes[0]?.value).toEqual(drugs[0]);
  });

  test('sends nothing for a register that is published again', async () => {
    const drug = aDrug({ code: 'SAME' });
    await publish([drug]);
    const from = await lastPosition();
    expect(await publish([drug])).toBe(0);
    expect(await readAll(from)).toEqual([]);
  });

  test('sends only the newest version, and a tombstone for what was withdrawn', async () => {
    const from = await lastPosition();
    await publish([aDrug({ code: 'MOVING', name: 'One' }), aDrug({ code: 'GOING' })]);
    await publish([aDrug({ code: 'MOVING', name: 'Two' })], ['GOING']);
    const changes = await readAll(from);
    expect(changes).toMatchObject([
      { key: 'MOVING', value: { name: 'Two' } },
      { key: 'GOING', value: null },
    ]);
  });

  test('tells a facility its own entry and nobody else’s', async () => {
    const other = await newDevice(centre);
    const from = await lastPosition();
    const renamed = { ...device.enrolment.facility, name: 'Nhà thuốc Mới' };
    await inTransaction(centre.pool, (transaction) => publishFacility(transaction, renamed));
    expect(await readAll(from)).toMatchObject([
      { kind: 'facility', value: { name: renamed.name } },
    ]);
    expect(await readAll(from, other)).toEqual([]);
    expect((await pageAfter(from, other)).next).toBeGreaterThan(from);
  });

  test('skips nothing while many publish at once', async () => {
    const from = await lastPosition();
    const seen = new Map<string, unknown>();
    let isPublishing = true;
    const reading = (async () => {
      for (let cursor = from; ; ) {
        const wasPublishing = isPublishing;
        const page = await pageAfter(cursor);
        for (const change of FeedChanges.parse(JSON.parse(page.changes))) {
          seen.set(change.key, change.value);
        }
        if (!wasPublishing && page.next === cursor) return;
        cursor = page.next;
      }
    })();
    const published = Array.from({ length: 40 }, (_, index) => aDrug({ code: `RACE-${index}` }));
    await Promise.all(published.map((drug) => publish([drug])));
    isPublishing = false;
    await reading;
    expect([...seen.keys()].sort()).toEqual(published.map((drug) => drug.code).sort());
  });

  test('is told to signed tills only', async () => {
    const path = '/v1/sync/feed?after=0';
    const forged = await askCentre(device, { path, key: newKey().privateKey });
    expect([forged.status, Problem.parse(await forged.json()).type]).toEqual([
      401,
      'not-authentic',
    ]);
    const unsigned = await fetch(`${centre.url}${path}`);
    expect(unsigned.status).toBe(401);
    const moved = await askCentre(device, { path });
    expect(moved.headers.get('cache-control')).toBe('no-store');
  });

  test('refuses a cursor that is none', async () => {
    const response = await askCentre(device, { path: '/v1/sync/feed?after=-1' });
    expect([response.status, Problem.parse(await response.json()).type]).toEqual([
      400,
      'bad-request',
    ]);
  });
});

describe('the snapshot', () => {
  async function readSnapshot(by = device) {
    const response = await askCentre(by, { path: '/v1/sync/snapshot' });
    const bytes = Buffer.from(await response.arrayBuffer());
    const text = bytes[0] === 0x1f ? gunzipSync(bytes).toString('utf8') : bytes.toString('utf8');
    const lineEnd = text.indexOf('\n');
    const head = SnapshotHead.parse(JSON.parse(text.slice(0, lineEnd)));
    const body = text.slice(lineEnd + 1);
    expect(createHash('sha256').update(body).digest('hex')).toBe(head.digest);
    const signed = feedText({ ...head, after: 0, next: head.position });
    expect(isSigned(signed, head.signature)).toBe(true);
    const lines = body.split('\n').slice(0, -1);
    expect(lines).toHaveLength(head.count);
    const changes = lines.map((line) => JSON.parse(line) as FeedChange);
    return { head, changes, etag: response.headers.get('etag') ?? '' };
  }

  test('is the catalogue and the facility’s own entry; the feed goes on from it', async () => {
    const facility = device.enrolment.facility;
    await inTransaction(centre.pool, (transaction) => publishFacility(transaction, facility));
    await publish([aDrug({ code: 'BEFORE' })]);
    const { head, changes } = await readSnapshot();
    const keys = new Set(changes.map((change) => change.key));
    expect(keys.has('BEFORE') && keys.has(facility.id)).toBe(true);
    await publish([aDrug({ code: 'AFTER' })]);
    expect((await readAll(head.position)).map((change) => change.key)).toEqual(['AFTER']);
  });

  test('holds no drug that was withdrawn, and follows the catalogue', async () => {
    await publish([aDrug({ code: 'SHORT-LIVED' })]);
    const before = await readSnapshot();
    await publish([], ['SHORT-LIVED']);
    const after = await readSnapshot();
    const has = (found: typeof after) => found.changes.some(({ key }) => key === 'SHORT-LIVED');
    expect([has(before), has(after)]).toEqual([true, false]);
  });

  test('is not sent again to who has it', async () => {
    const { etag } = await readSnapshot();
    const again = await askCentre(device, {
      path: '/v1/sync/snapshot',
      headers: { 'if-none-match': etag },
    });
    expect(again.status).toBe(304);
  });
});

test('the stream says that there is news, to those it concerns', async () => {
  const other = await newDevice(centre);
  const heard = await Promise.all([device, other].map((one) => listen(one)));
  await Promise.all(heard.map((one) => one.until(1)));
  await inTransaction(centre.pool, (transaction) =>
    publishFacility(transaction, other.enrolment.facility),
  );
  await heard[1]?.until(2);
  await publish([aDrug({ code: 'NEWS' })]);
  await heard[0]?.until(2);
  await heard[1]?.until(3);
  expect(heard.map((one) => one.count())).toEqual([2, 3]);
  for (const one of heard) one.close();
});

async function listen(by: TestDevice) {
  const closing = new AbortController();
  const response = await askCentre(by, { path: '/v1/sync/stream', signal: closing.signal });
  expect(response.headers.get('content-type')).toBe('text/event-stream');
  let text = '';
  let waiting: (() => void)[] = [];
  const count = () => text.split('event: news\n').length - 1;
  const reading = (async () => {
    const decoder = new TextDecoder();
    for await (const chunk of response.body ?? []) {
      text += decoder.decode(chunk, { stream: true });
      for (const tell of waiting.splice(0)) tell();
    }
  })();
  reading.catch(() => undefined);
  return {
    count,
    close: () => closing.abort(),
    until: async (events: number) => {
      while (count() < events) {
        await new Promise<void>((resolve) => {
          waiting = [...waiting, resolve];
        });
      }
    },
  };
}
