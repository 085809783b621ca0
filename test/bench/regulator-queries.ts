/**
 * The regulator's questions over HTTP, as a browser asks them: signed in and compressed, one after
 * the other, on a country with as many facilities and movements as the demonstration has.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { v7 as uuidv7 } from 'uuid';
import { createAccount } from '../../server/accounts/accounts.ts';
import { startEmbeddedDatabase } from '../../server/db/embedded.ts';
import { type Centre, startCentre } from '../../server/start-centre.ts';
import { refreshShortages } from '../../server/supervision/refresh-shortages.ts';
import { provinces63 } from '../../shared/model/area.ts';
import {
  type SampleCountry,
  sampleDrugCode,
  sampleFacilityId,
  seedSampleCountry,
} from '../support/sample-country.ts';
import { type BenchOptions, type Figure, figure, percentile } from './figure.ts';

const nowMs = Date.parse('2026-11-22T12:00:00+07:00');
const password = 'mật-khẩu-đo-lường';
const log = { info: () => {}, warn: () => {}, error: () => {} };
const demonstration: SampleCountry = { facilities: 700, drugs: 300, days: 30, salesPerDay: 14 };
const quick: SampleCountry = { facilities: 126, drugs: 60, days: 5, salesPerDay: 5 };

export async function measure({ isQuick }: BenchOptions): Promise<readonly Figure[]> {
  const country = isQuick ? quick : demonstration;
  const dataDir = mkdtempSync(path.join(tmpdir(), 'mang-thuoc-bench-'));
  const database = await startEmbeddedDatabase({ dataDir, log, report: () => {} });
  try {
    const centre = await startCentre({
      port: 0,
      host: '127.0.0.1',
      databaseUrl: database.databaseUrl,
      dataDir,
      nowMs: () => nowMs,
      hasJobs: false,
    });
    try {
      await seedSampleCountry(centre.pool, country, nowMs);
      await refreshShortages(centre.pool, nowMs);
      return await measureQuestions(centre, country, isQuick ? 10 : 100);
    } finally {
      await centre.close();
    }
  } finally {
    await database.stop();
    rmSync(dataDir, { recursive: true, force: true });
  }
}

type Address = (round: number) => string;

/** Every round asks about another drug, lot, facility or area, as a person does. */
function questionsOf(country: SampleCountry): Readonly<Record<string, Address>> {
  const area = (round: number) => provinces63[round % provinces63.length]?.code ?? '01';
  const drug = (round: number) => sampleDrugCode((round * 7) % country.drugs);
  return {
    overview: () => '/api/overview',
    'overview of an area': (round) => `/api/overview?scheme=63&area=${area(round)}`,
    'drug by day': (round) => `/api/drugs/${drug(round)}/movement`,
    'drug by hour': (round) =>
      `/api/drugs/${drug(round)}/movement?bucket=hour&from=2026-11-16&to=2026-11-22`,
    'lot trace': (round) => {
      const facility = (round * 11) % country.facilities;
      const number = (facility * 7) % country.drugs;
      return `/api/lots/${sampleDrugCode(number)}/L${number}-${facility % 3}`;
    },
    'facility list': () => '/api/facilities?sort=alerts',
    'facility file': (round) =>
      `/api/facilities/${sampleFacilityId((round * 13) % country.facilities)}`,
    'facility book': (round) =>
      `/api/facilities/${sampleFacilityId((round * 13) % country.facilities)}/movements`,
  };
}

async function measureQuestions(
  centre: Centre,
  country: SampleCountry,
  rounds: number,
): Promise<readonly Figure[]> {
  const cookie = await signIn(centre);
  const figures: Figure[] = [
    figure('regulator: movements in the database', await movementsIn(centre), 'rows'),
  ];
  for (const [name, addressOf] of Object.entries(questionsOf(country))) {
    await timeOf(centre, cookie, addressOf(0));
    const durationsMs: number[] = [];
    for (let round = 0; round < rounds; round += 1) {
      durationsMs.push(await timeOf(centre, cookie, addressOf(round)));
    }
    figures.push(
      figure(`regulator: ${name} p95`, percentile(durationsMs, 95), 'ms'),
      figure(`regulator: ${name} p99`, percentile(durationsMs, 99), 'ms'),
    );
  }
  return figures;
}

async function timeOf(centre: Centre, cookie: string, address: string): Promise<number> {
  const startedAt = performance.now();
  const response = await fetch(`${centre.url}${address}`, { headers: { cookie } });
  const body = await response.arrayBuffer();
  // A lot of a facility that never enrolled is known to nobody: an answer too.
  if (!response.ok && response.status !== 404) {
    throw new Error(`${address}: HTTP ${response.status}, ${body.byteLength} bytes`);
  }
  return performance.now() - startedAt;
}

async function signIn(centre: Centre): Promise<string> {
  const account = { id: uuidv7(), name: 'do-luong', displayName: 'Đo lường', password };
  await createAccount(centre.pool, { ...account, scope: { kind: 'nation' }, nowMs });
  const response = await fetch(`${centre.url}/api/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ name: account.name, password }),
  });
  return (response.headers.get('set-cookie') ?? '').split(';')[0] ?? '';
}

async function movementsIn(centre: Centre): Promise<number> {
  const { rows } = await centre.pool.query('SELECT count(*) AS count FROM movement');
  return rows[0].count;
}
