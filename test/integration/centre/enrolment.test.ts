import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Centre } from '../../../server/start-centre.ts';
import { Problem } from '../../../shared/contract/problem.ts';
import { EnrolmentAnswer } from '../../../shared/contract/sync-api.ts';
import { CalendarDate } from '../../../shared/model/calendar.ts';
import type { Facility } from '../../../shared/model/facility.ts';
import { aFacility } from '../../support/builders.ts';
import {
  issueTestCode,
  registerTestFacility,
  startTestCentre,
  type TestCentre,
} from '../../support/test-centre.ts';
import { newKey, postEnrolment } from '../../support/test-device.ts';

let running: TestCentre;
let centre: Centre;

beforeAll(async () => {
  running = await startTestCentre();
  centre = running.centre;
});

afterAll(async () => running.close());

async function aCode(parts: Partial<Facility> = {}) {
  const facility = await registerTestFacility(centre, parts);
  return { facility, code: await issueTestCode(centre, facility) };
}

async function refusalOf(response: Response): Promise<string> {
  return Problem.parse(await response.json()).type;
}

async function enrolled(code: string, publicKey = newKey().publicKey): Promise<EnrolmentAnswer> {
  const response = await postEnrolment(centre.url, { code, publicKey });
  expect(response.status).toBe(200);
  return EnrolmentAnswer.parse(await response.json());
}

describe('an enrolment code', () => {
  test('opens a till, however it is typed', async () => {
    const { facility, code } = await aCode();
    expect(code).toMatch(/^[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}$/);
    const typed = ` ${code.toLowerCase().replaceAll('-', ' ').replaceAll('0', 'o').replaceAll('1', 'l')}`;
    const answer = await enrolled(typed);
    expect(answer).toMatchObject({ shortCode: 'A1', facility });
  });

  test('gives the same till again to the same key, since an answer may be lost', async () => {
    const { code } = await aCode();
    const { publicKey } = newKey();
    const answers = await Promise.all([enrolled(code, publicKey), enrolled(code, publicKey)]);
    answers.push(await enrolled(code, publicKey));
    expect(new Set(answers.map((answer) => answer.tillId)).size).toBe(1);
  });

  test('is used up for any other key', async () => {
    const { code } = await aCode();
    await enrolled(code);
    const again = await postEnrolment(centre.url, { code, publicKey: newKey().publicKey });
    expect([again.status, await refusalOf(again)]).toEqual([409, 'code-used']);
  });

  test('mistyped in one character is found out', async () => {
    const { code } = await aCode();
    const wrong = code.replace(/.$/, (last) => (last === '7' ? '8' : '7'));
    const response = await postEnrolment(centre.url, {
      code: wrong,
      publicKey: newKey().publicKey,
    });
    expect([response.status, await refusalOf(response)]).toEqual([404, 'not-found']);
  });

  test('expires after seven days, not before', async () => {
    const [early, late] = [await aCode(), await aCode()];
    const issuedAtMs = running.clock.nowMs;
    running.clock.nowMs = issuedAtMs + 7 * 86_400_000 - 1;
    await enrolled(early.code);
    running.clock.nowMs += 1;
    const { publicKey } = newKey();
    const response = await postEnrolment(centre.url, { code: late.code, publicKey });
    running.clock.nowMs = issuedAtMs;
    expect([response.status, await refusalOf(response)]).toEqual([410, 'code-expired']);
  });

  test('that was revoked opens nothing', async () => {
    const { facility, code } = await aCode();
    await centre.pool.query('UPDATE enrolment_code SET revoked_at = now() WHERE facility_id = $1', [
      facility.id,
    ]);
    const response = await postEnrolment(centre.url, { code, publicKey: newKey().publicKey });
    expect([response.status, await refusalOf(response)]).toEqual([410, 'code-expired']);
  });

  test('is nowhere stored as it was issued', async () => {
    const { code } = await aCode();
    const { rows } = await centre.pool.query(
      'SELECT enrolment_code::text AS row FROM enrolment_code',
    );
    const stored = JSON.stringify(rows).toUpperCase();
    expect(stored).not.toContain(code.replaceAll('-', ''));
  });
});

describe('a facility', () => {
  test('has one till that writes its stock; a replacement gets the next short code', async () => {
    const { facility, code } = await aCode();
    const second = await issueTestCode(centre, facility);
    const first = await enrolled(code);
    const { publicKey } = newKey();
    const refused = await postEnrolment(centre.url, { code: second, publicKey });
    expect([refused.status, await refusalOf(refused)]).toEqual([409, 'facility-has-till']);
    await centre.pool.query(`UPDATE till SET state = 'revoked' WHERE id = $1`, [first.tillId]);
    expect((await enrolled(second, publicKey)).shortCode).toBe('A2');
  });

  test('gets one till from two codes redeemed at once', async () => {
    const { facility, code } = await aCode();
    const other = await issueTestCode(centre, facility);
    const responses = await Promise.all(
      [code, other].map((one) =>
        postEnrolment(centre.url, { code: one, publicKey: newKey().publicKey }),
      ),
    );
    expect(responses.map((response) => response.status).sort()).toEqual([200, 409]);
  });

  test.each([
    ['suspended', { status: 'suspended', validUntil: null }],
    ['expired yesterday', { status: 'valid', validUntil: CalendarDate.parse('2026-11-21') }],
  ] as const)('with a licence that is %s enrols nothing', async (_name, change) => {
    const { facility, code } = await aCode();
    const licence = { ...aFacility().licence, ...change };
    await centre.pool.query(
      'UPDATE facility SET licence_status = $2, licence_valid_until = $3 WHERE id = $1',
      [facility.id, licence.status, licence.validUntil],
    );
    const response = await postEnrolment(centre.url, { code, publicKey: newKey().publicKey });
    expect([response.status, await refusalOf(response)]).toEqual([409, 'licence-not-valid']);
  });

  test('whose licence ends today still enrols', async () => {
    const licence = { ...aFacility().licence, validUntil: CalendarDate.parse('2026-11-22') };
    const { code } = await aCode({ licence });
    await enrolled(code);
  });
});

test('a till of a later protocol is told so before its code is used', async () => {
  const { code } = await aCode();
  const { publicKey } = newKey();
  const response = await postEnrolment(centre.url, { code, publicKey, protocol: 9_999 });
  expect([response.status, await refusalOf(response)]).toEqual([426, 'unknown-protocol']);
  await enrolled(code, publicKey);
});

test('a program version with U+0000 is refused, not a fault', async () => {
  const { code } = await aCode();
  const response = await fetch(`${centre.url}/v1/enrolments`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      code,
      publicKey: newKey().publicKey,
      protocol: 1,
      programVersion: 'a\u0000b',
    }),
  });
  expect([response.status, await refusalOf(response)]).toEqual([400, 'bad-request']);
});

test('a province enrols its shops at once from one address', async () => {
  const codes: string[] = [];
  for (let shop = 0; shop < 60; shop += 1) codes.push((await aCode()).code);
  const answers = await Promise.all(codes.map((code) => enrolled(code)));
  expect(new Set(answers.map(({ tillId }) => tillId)).size).toBe(codes.length);
});

test('guessing codes is slowed down', async () => {
  const statuses = new Set<number>();
  for (let tries = 0; tries < 30; tries += 1) {
    const response = await postEnrolment(centre.url, {
      code: 'AAAA-AAAA-AAAA',
      publicKey: newKey().publicKey,
    });
    statuses.add(response.status);
  }
  expect([...statuses]).toEqual([404, 429]);
});
