/**
 * A country made by SQL alone, for questions whose speed depends on how much there is: facilities
 * spread over the 63 provinces, one till each, opening stock, thirty days of sales with some voids.
 * Every derived table is added up from the movements here, without the centre's own roll-up, so it
 * is also a second opinion about what the questions must answer.
 */

import { publishDrugs } from '../../server/catalogue/publish.ts';
import { ensurePartitions } from '../../server/db/partitions.ts';
import { inTransaction, type Pool } from '../../server/db/pool.ts';
import { insertFacilities } from '../../server/facilities/facility-table.ts';
import { limits } from '../../shared/base/limits.ts';
import { provinces63 } from '../../shared/model/area.ts';
import { businessDateOf, instantOfMs } from '../../shared/model/calendar.ts';
import type { Drug } from '../../shared/model/drug.ts';
import { aDrug, aFacility } from './builders.ts';

export type SampleCountry = {
  readonly facilities: number;
  readonly drugs: number;
  readonly days: number;
  readonly salesPerDay: number;
};

const linesPerSale = 2;
const drugsPerFacility = 60;

export function sampleFacilityId(index: number): string {
  return `0198f000-0000-7000-8000-${String(index).padStart(12, '0')}`;
}

export function sampleTillId(index: number): string {
  return `0198f111-0000-7000-8000-${String(index).padStart(12, '0')}`;
}

export function sampleDrugCode(index: number): string {
  return `SAMPLE-${index}`;
}

/** Every 10th facility never enrolled, every 10th but one fell silent three days ago. */
export async function seedSampleCountry(
  pool: Pool,
  country: SampleCountry,
  nowMs: number,
): Promise<void> {
  await ensurePartitions(pool, nowMs);
  await seedDrugs(pool, country, nowMs);
  await seedFacilities(pool, country, nowMs);
  const today = businessDateOf(instantOfMs(nowMs));
  await pool.query(tillsSql, [country.facilities, new Date(nowMs)]);
  const drugs = [country.facilities, country.drugs, drugsPerFacility];
  await pool.query(openingSql, [...drugs, today, country.days]);
  await pool.query(salesSql, [...drugs, today, country.days, country.salesPerDay, linesPerSale]);
  for (const sql of derivedSql) await pool.query(sql);
  await pool.query(latestSql);
  await pool.query(alertsSql, [country.facilities, new Date(nowMs)]);
  await pool.query('VACUUM ANALYZE');
}

async function seedDrugs(pool: Pool, { drugs }: SampleCountry, nowMs: number): Promise<void> {
  const entries = Array.from(
    { length: drugs },
    (_, index): Drug => aDrug({ code: sampleDrugCode(index), name: `Thuốc mẫu số ${index}` }),
  );
  await inTransaction(pool, (transaction) => publishDrugs(transaction, { drugs: entries }, nowMs));
}

async function seedFacilities(pool: Pool, country: SampleCountry, nowMs: number): Promise<void> {
  const kinds = ['drug-counter', 'pharmacy', 'drug-counter', 'health-station-cabinet'] as const;
  for (let start = 0; start < country.facilities; start += limits.pageRowsMax) {
    const count = Math.min(limits.pageRowsMax, country.facilities - start);
    const page = Array.from({ length: count }, (_, offset) => {
      const index = start + offset;
      const province = provinces63[index % provinces63.length]?.code ?? '01';
      return aFacility({
        id: sampleFacilityId(index),
        code: `${province}-${String(index).padStart(6, '0')}`,
        name: `Quầy thuốc số ${index}`,
        kind: kinds[index % kinds.length] ?? 'pharmacy',
        province,
      });
    });
    await insertFacilities(pool, page, nowMs);
  }
}

const id = (prefix: string, index: string) =>
  `('${prefix}-0000-7000-8000-' || lpad((${index})::text, 12, '0'))::uuid`;
const facilityId = id('0198f000', 'f');
const tillId = id('0198f111', 'f');

const tillsSql = `
  INSERT INTO till (id, facility_id, short_code, public_key, state, enrolled_at, program_version,
    protocol, acked_seq, acked_hash, last_batch_at, last_contact_at)
  SELECT ${tillId}, ${facilityId}, 'A1', decode(lpad(to_hex(f), 64, '0'), 'hex'), 'active',
    $2::timestamptz - interval '40 days', '0.1.0', 1, 1, repeat('a', 64), reported, reported
  FROM generate_series(0, $1::integer - 1) AS f,
    LATERAL (SELECT $2::timestamptz - CASE WHEN f % 10 = 1 THEN interval '3 days'
      ELSE interval '5 minutes' END AS reported) AS contact
  WHERE f % 10 <> 0`;

const shelf = `
  generate_series(0, $1::integer - 1) AS f`;
const drugOf = (number: string) => `'SAMPLE-' || ((f * 7 + ${number}) % $2::integer)`;
const lotOf = (number: string) => `'L' || ((f * 7 + ${number}) % $2::integer) || '-' || (f % 3)`;

const columns = `(till_id, seq, line, day, facility_id, drug, lot, expires_on, kind, units,
  amount_vnd, at, received_at)`;

const openingSql = `
  INSERT INTO movement ${columns}
  SELECT ${tillId}, 1, n + 1, opened, ${facilityId}, ${drugOf('n')}, ${lotOf('n')},
    DATE '2028-01-01', 1, 100000, 0, opened + interval '1 hour', opened + interval '1 hour'
  FROM ${shelf}, generate_series(0, $3::integer - 1) AS n,
    LATERAL (SELECT $4::date - $5::integer AS opened) AS first_day
  WHERE f % 10 <> 0`;

/** Every 50th sale is a void of as much. */
const salesSql = `
  INSERT INTO movement ${columns}
  SELECT ${tillId}, 2 + d * $6::integer + s, l, day, ${facilityId}, ${drugOf('n')}, ${lotOf('n')},
    DATE '2028-01-01', CASE WHEN s % 50 = 49 THEN 4 ELSE 3 END,
    CASE WHEN s % 50 = 49 THEN u ELSE -u END, u * 500, sold_at, sold_at + interval '2 seconds'
  FROM ${shelf}, generate_series(0, $5::integer - 1) AS d,
    generate_series(0, $6::integer - 1) AS s, generate_series(1, $7::integer) AS l,
    LATERAL (SELECT $4::date - $5::integer + 1 + d AS day,
      abs(hashint8(f::bigint * 1000003 + d * 10007 + s * 101 + l)::bigint) % $3::integer AS n) AS at_day,
    LATERAL (SELECT 1 + (n + s + d) % 20 AS u,
      day + interval '1 hour' + (s * 12) * interval '1 minute' AS sold_at) AS sale
  WHERE f % 10 <> 0 AND NOT (f % 10 = 1 AND d >= $5::integer - 3)`;

const derivedSql = [
  `INSERT INTO facility_stock
   SELECT facility_id, drug, lot, expires_on, sum(units),
     coalesce(sum(units) FILTER (WHERE kind = 1), 0),
     coalesce(sum(units) FILTER (WHERE kind = 2), 0),
     coalesce(-sum(units) FILTER (WHERE kind = 3), 0),
     coalesce(sum(units) FILTER (WHERE kind = 4), 0), max(at)
   FROM movement GROUP BY facility_id, drug, lot, expires_on`,
  `INSERT INTO area_day_drug
   SELECT m.drug, f.province, m.day, f.kind, m.kind, sum(m.units), sum(m.amount_vnd)
   FROM movement AS m JOIN facility AS f ON f.id = m.facility_id
   GROUP BY m.drug, f.province, m.day, f.kind, m.kind`,
  `INSERT INTO area_drug_stock
   SELECT drug, province, facility_kind, sum(units) FROM area_day_drug
   GROUP BY drug, province, facility_kind`,
  `INSERT INTO facility_day
   SELECT facility_id, day, count(DISTINCT seq) FILTER (WHERE kind = 3),
     coalesce(-sum(units) FILTER (WHERE kind IN (3, 4)), 0),
     coalesce(sum(units) FILTER (WHERE kind = 2), 0),
     coalesce(sum(CASE kind WHEN 3 THEN amount_vnd WHEN 4 THEN -amount_vnd ELSE 0 END), 0)
   FROM movement GROUP BY facility_id, day`,
  `INSERT INTO area_day
   SELECT f.province, d.day, f.kind, sum(d.sale_count), sum(d.sold_units), sum(d.received_units),
     sum(d.amount_vnd)
   FROM facility_day AS d JOIN facility AS f ON f.id = d.facility_id
   GROUP BY f.province, d.day, f.kind`,
];

const latestSql = `
  INSERT INTO latest_sale
  SELECT DISTINCT ON (m.till_id, m.seq) m.till_id, m.seq, m.facility_id, f.province, m.at,
    m.received_at, 2, 2, m.amount_vnd
  FROM movement AS m JOIN facility AS f ON f.id = m.facility_id
  WHERE m.kind = 3 AND m.day = (SELECT max(day) FROM movement)
  ORDER BY m.till_id, m.seq, m.line`;

const alertsSql = `
  INSERT INTO alert (id, kind, facility_id, province, till_id, seq, drug, lot, detail, cause,
    raised_at)
  SELECT ${id('0198f222', 'f')}, 'price-above-ceiling', facility.id, facility.province,
    ${tillId}, 2, 'SAMPLE-1', NULL, '{"slip": "A1-1"}', 'sample ' || f,
    $2::timestamptz - f * interval '1 minute'
  FROM ${shelf} JOIN facility ON facility.id = ${facilityId} WHERE f % 5 = 2`;
