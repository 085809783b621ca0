/**
 * Takes the console's pictures for the README: a demonstration country on a clock that stands still,
 * so that the next pictures differ from these only where the console does.
 * Needs the built console (`npm run build`) and Chromium.
 */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Browser } from 'playwright-core';
import { type Centre, startCentre } from '../../../server/start-centre.ts';
import { startDemonstration } from '../../../server/twin/demonstration.ts';
import { demonstrationSignIns } from '../../../server/twin/demonstration-accounts.ts';
import { launchChromium } from '../../support/chromium.ts';
import { settled } from '../../support/console-browser.ts';

const nowMs = Date.parse('2026-11-22T14:32:00+07:00');
const facilityCount = 640;
const pictures = path.resolve(import.meta.dirname, '../../golden/pictures');

type Picture = {
  readonly name: string;
  readonly address: string;
  readonly scheme: 'light' | 'dark';
  readonly size?: { readonly width: number; readonly height: number };
};
const laptop = { width: 1366, height: 768 };
const office = { width: 1920, height: 1080 };

const dataDir = mkdtempSync(path.join(tmpdir(), 'mang-thuoc-pictures-'));
const centre = await startCentre({ port: 0, host: '127.0.0.1', dataDir, nowMs: () => nowMs });
try {
  await growCountry(centre);
  const browser = await launchChromium();
  try {
    await takePictures(browser, centre);
  } finally {
    await browser.close();
  }
} finally {
  await centre.close();
  rmSync(dataDir, { recursive: true, force: true });
}

async function growCountry(at: Centre): Promise<void> {
  const country = await startDemonstration(
    at,
    { seed: 'pictures', facilityCount, isLive: false },
    { progress: () => {}, newcomer: () => {}, failed: () => {} },
  );
  await country?.told;
  await country?.close();
}

async function takePictures(browser: Browser, at: Centre): Promise<void> {
  mkdirSync(pictures, { recursive: true });
  const [national] = demonstrationSignIns;
  const context = await browser.newContext({ baseURL: at.url, locale: 'vi-VN' });
  const { name, password } = national ?? { name: '', password: '' };
  await context.request.post('/api/session', { data: { name, password } });
  const page = await context.newPage();
  await page.clock.setFixedTime(nowMs);
  for (const picture of await picturesOf(at)) {
    await page.setViewportSize(picture.size ?? laptop);
    await page.emulateMedia({ colorScheme: picture.scheme, reducedMotion: 'reduce' });
    await page.goto(picture.address);
    await settled(page);
    await page.evaluate(() => document.fonts.ready);
    await page.screenshot({ path: path.join(pictures, `console-${picture.name}.png`) });
  }
}

async function picturesOf(at: Centre): Promise<readonly Picture[]> {
  const { rows: lots } = await at.pool.query<{ drug: string; lot: string }>(
    'SELECT drug, lot FROM facility_stock GROUP BY drug, lot ORDER BY count(*) DESC, lot LIMIT 1',
  );
  const { rows: facilities } = await at.pool.query<{ id: string }>(
    "SELECT facility_id AS id FROM facility_day WHERE facility_id IN (SELECT id FROM facility WHERE province = '96') GROUP BY facility_id ORDER BY sum(sold_units) DESC LIMIT 1",
  );
  const { drug = '', lot = '' } = lots[0] ?? {};
  const drugAddress = `/drugs/${encodeURIComponent(drug)}`;
  const lotAddress = `/lots/${encodeURIComponent(drug)}/${encodeURIComponent(lot)}`;
  return [
    { name: 'overview-light', address: '/', scheme: 'light' },
    { name: 'overview-dark', address: '/?scheme=34', scheme: 'dark', size: office },
    { name: 'drug-light', address: drugAddress, scheme: 'light' },
    { name: 'lot-light', address: lotAddress, scheme: 'light', size: office },
    { name: 'facilities-light', address: '/facilities?state=silent', scheme: 'light' },
    { name: 'facility-dark', address: `/facilities/${facilities[0]?.id}`, scheme: 'dark' },
  ];
}
