import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { getSetting } from '../../../desktop/main/db/sync-state.ts';
import { certificateText } from '../../../shared/sync/batch.ts';
import { aFacility, aTillId } from '../../support/builders.ts';
import { answerJson, CentreDouble } from '../../support/centre-double.ts';
import { SyncTill } from '../../support/sync-till.ts';

let centre: CentreDouble;
let till: SyncTill;
const command = { centreUrl: ' https://centre.example/ ', code: 'ABCD-EFGH-JKLM' };

beforeEach(() => {
  centre = new CentreDouble();
  till = new SyncTill(centre.wire);
});
afterEach(() => till.close());

describe('enrolment', () => {
  test.each([
    ['not-found', 404, 'unknown-code'],
    ['bad-request', 400, 'unknown-code'],
    ['code-used', 409, 'used-code'],
    ['code-expired', 410, 'expired-code'],
    ['facility-has-till', 409, 'facility-has-till'],
    ['licence-not-valid', 409, 'licence-not-valid'],
    ['unknown-protocol', 426, 'unknown-protocol'],
  ])('refused by the centre with %s is refused here', async (type, status, reason) => {
    centre.mishaps.push(answerJson(status, { type, status, detail: '' }));
    expect(await till.sync.enrol(command)).toEqual({
      ok: false,
      error: { type: 'EnrolmentRefused', reason },
    });
    expect(till.sync.status().state).toBe('not-enrolled');
  });

  test('a portal or a dead line is an unreachable centre', async () => {
    centre.mishaps.push('lost-request', { status: 200, headers: {}, body: Buffer.from('<html>') });
    const dead = await till.sync.enrol(command);
    const portal = await till.sync.enrol(command);
    expect([dead, portal]).toMatchObject([
      { ok: false, error: { type: 'CentreUnreachable' } },
      { ok: false, error: { type: 'CentreUnreachable' } },
    ]);
  });

  test('gives the till its name, its facility and the key of the centre', async () => {
    expect(await till.sync.enrol(command)).toMatchObject({ ok: true });
    expect(getSetting(till.db, 'identity')).toEqual({
      tillId: aTillId,
      shortCode: 'A1',
      centreUrl: 'https://centre.example',
      centrePublicKey: centre.publicKey,
      publicKey: centre.devicePublicKey,
      certificate: centre.sign(
        certificateText({
          till: aTillId,
          facilityId: aFacility().id,
          publicKey: centre.devicePublicKey ?? '',
        }),
      ),
    });
    expect(getSetting(till.db, 'facility')).toEqual(aFacility());
  });

  test('stores the key before it asks, so a lost answer is repeated with the same key', async () => {
    centre.mishaps.push('lost-answer');
    expect(await till.sync.enrol(command)).toMatchObject({
      ok: false,
      error: { type: 'CentreUnreachable' },
    });
    const key = till.storedKey;
    expect(key).toBeDefined();
    await till.restart();
    expect(await till.sync.enrol(command)).toMatchObject({ ok: true });
    expect(till.storedKey).toEqual(key);
  });

  test('typed twice at once asks once', async () => {
    const both = await Promise.all([till.sync.enrol(command), till.sync.enrol(command)]);
    expect(both).toMatchObject([{ ok: true }, { ok: true }]);
    expect(centre.paths.filter((path) => path === 'POST /v1/enrolments')).toHaveLength(1);
  });

  test('happens once', async () => {
    await till.sync.enrol(command);
    expect(await till.sync.enrol(command)).toEqual({
      ok: false,
      error: { type: 'AlreadyEnrolled' },
    });
  });

  test('a key that cannot be read is never replaced', async () => {
    till.storedKey = Uint8Array.from([1, 2, 3]);
    expect(await till.sync.enrol(command)).toMatchObject({
      ok: false,
      error: { type: 'Fault', code: 'key-store' },
    });
    expect(till.storedKey).toEqual(Uint8Array.from([1, 2, 3]));
    expect(centre.paths).toEqual([]);
  });
});

describe('an enrolled till whose key is gone', () => {
  test('says so, and goes on by hand once the key is back', async () => {
    await till.enrol();
    till.declareStock();
    await till.sync.now();
    const key = till.storedKey;
    till.storedKey = undefined;
    await till.restart();
    till.sell();
    await till.sync.now();
    expect(till.sync.status()).toMatchObject({
      state: 'problem',
      problem: { type: 'not-authentic' },
      pendingEvents: 1,
    });
    till.storedKey = key;
    await till.sync.now();
    expect(till.sync.status()).toMatchObject({ state: 'agreed', agreedEvents: 2 });
  });
});
