/**
 * What waits and what differs in a sample country: records that came in through the real ingest, at
 * a till whose past is the country's; comparisons and nightly reports by SQL.
 */
import { makeAgreementReport } from '../../server/supervision/agreement-report.ts';
import type { EnrolmentAnswer } from '../../shared/contract/sync-api.ts';
import { aSale } from './builders.ts';
import { sampleTillId } from './sample-country.ts';
import type { TestConsole } from './test-console.ts';
import { deviceOf, newKey, postBatch, type TestDevice } from './test-device.ts';

export const parkedTill = sampleTillId(65);
const nights = 14;
const at = '2026-11-22T06:58:00+07:00';
const waitedMs = 5 * 3_600_000;

/** Three records wait at one till, one facility differs, and two weeks of nights were reported. */
export async function seedSampleClinic({ centre, clock }: TestConsole): Promise<void> {
  const { pool } = centre;
  const { nowMs } = clock;
  const device = await deviceOfSampleTill(centre);
  device.sell(1);
  const sale = aForeignSale('hộp xanh 500');
  const { id } = JSON.parse(device.append({ ...sale, at }).line) as { id: string };
  const { lines, totalVnd } = sale.data;
  const voided = lines.map(({ amountVnd, picks }) => ({ drug: 'DEMO-1', amountVnd, picks }));
  const aVoid = {
    saleId: id,
    slip: sale.data.slip,
    reason: 'Khách đổi ý',
    lines: voided,
    totalVnd,
  };
  device.append({ type: 'SaleVoided.v1', data: aVoid, at });
  device.append({ type: 'PrescriptionDispensed.v2', data: { prescription: 'DT-0001' }, at });
  clock.nowMs -= waitedMs;
  const { status } = await postBatch(device, { from: 2 });
  clock.nowMs = nowMs;
  if (status !== 200) throw new Error(`The sample's own batch was answered with ${status}`);
  const now = new Date(nowMs);
  await pool.query(comparedSql, [now]);
  await pool.query(`UPDATE agreement SET state = 'different', first_seq = 2 WHERE till_id = $1`, [
    parkedTill,
  ]);
  await makeAgreementReport(pool, nowMs);
  await pool.query(earlierNightsSql, [nights]);
}

/** The till goes on from its one acknowledged event, with a key that somebody holds. */
async function deviceOfSampleTill(centre: TestConsole['centre']): Promise<TestDevice> {
  const { privateKey, publicKey } = newKey();
  await centre.pool.query('UPDATE till SET public_key = $2 WHERE id = $1', [
    parkedTill,
    Buffer.from(publicKey, 'base64'),
  ]);
  const enrolment = { tillId: parkedTill } as EnrolmentAnswer;
  const past = [{ seq: 1, line: '', hash: 'a'.repeat(64) }];
  return deviceOf({ url: centre.url, enrolment, privateKey }, past);
}

/** A sale whose drug is named by a text that is no drug code. */
function aForeignSale(code: string) {
  const sale = aSale({ units: 3, slip: 'A1-2' });
  if (sale.type !== 'SaleCompleted.v1') throw new Error('aSale builds a sale');
  const lines = sale.data.lines.map((line) => ({ ...line, drug: code }));
  return { type: sale.type, data: { ...sale.data, lines } };
}

/** Every till that reported was compared; one in fifteen is left out, one waits for its records. */
const comparedSql = `
  INSERT INTO agreement (till_id, state, since, compared_at, compared_seq, waiting_events)
  SELECT id, CASE WHEN row_number() OVER (ORDER BY id) % 40 = 3 THEN 'waiting' ELSE 'agreed' END,
    $1::timestamptz - interval '6 days', last_contact_at, acked_seq,
    CASE WHEN row_number() OVER (ORDER BY id) % 40 = 3 THEN 2 ELSE 0 END
  FROM till WHERE right(id::text, 1) <> '7'`;
const earlierNightsSql = `
  INSERT INTO agreement_report (day, province, made_at, agreed, waiting, differing, unknown)
  SELECT day - back, province, made_at - back * interval '1 day', agreed - more, waiting,
    differing + more, unknown
  FROM agreement_report, generate_series(1, $1::integer) AS back,
    LATERAL (SELECT CASE WHEN province < '03' THEN least(agreed, back % 3) ELSE 0 END AS more) AS earlier`;
