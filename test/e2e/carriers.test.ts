import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type CounterHost, startCounterHost } from '../../desktop/main/transport/counter-host.ts';
import { publishDrugs, publishFacility } from '../../server/catalogue/publish.ts';
import { inTransaction } from '../../server/db/pool.ts';
import { buildTillOnce } from '../support/build-till.ts';
import { aDrug } from '../support/builders.ts';
import { launchChromium } from '../support/chromium.ts';
import { openRealTill, type RealTill, stockUp } from '../support/real-till.ts';
import { photograph, readablePhotos } from '../support/screen-photos.ts';
import { issueTestCode, registerTestFacility } from '../support/test-centre.ts';
import { startTestConsole, type TestConsole } from '../support/test-console.ts';
import { seriousFindings } from './till/counter-steps.ts';

const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };
/** Where the pictures of a look at the screens go, if anybody wants to look. */
const pictures = process.env['PICTURES'];
let running: TestConsole;
let till: RealTill;
let host: CounterHost;
let browser: Browser;

beforeAll(async () => {
  await buildTillOnce();
  running = await startTestConsole();
  const { centre } = running;
  await inTransaction(centre.pool, (transaction) =>
    publishDrugs(transaction, { drugs: [aDrug()] }, running.clock.nowMs),
  );
  const facility = await registerTestFacility(centre, { province: '96' });
  await inTransaction(centre.pool, (transaction) => publishFacility(transaction, facility));
  till = openRealTill();
  const code = await issueTestCode(centre, facility);
  await till.ask('setup.enrol', { centreUrl: centre.url, code });
  await till.ask('sync.now', {});
  await stockUp(till);
  await till.ask('sync.now', {});
  till.line.isDown = true;
  await till.sell(3);
  const rendererDir = path.resolve(import.meta.dirname, '../../out/renderer');
  const started = await startCounterHost({ till: till.till, port: 0, rendererDir, log: silent });
  if (!started.ok) throw new Error(started.error.detail);
  host = started.value;
  browser = await launchChromium();
});
afterAll(async () => {
  await browser.close();
  await host.close();
  await till.close();
  await running.close();
});

test('a day filmed from the till’s screen reaches the centre, and the answer comes back', async () => {
  const shop = await browser.newContext({ viewport: { width: 1366, height: 768 } });
  const counter = await shop.newPage();
  await counter.goto(host.url);
  await counter.getByRole('combobox').waitFor();
  await counter.keyboard.press('Alt+5');
  await counter.getByRole('button', { name: 'Hiện mã QR' }).click();
  const frames = await photographed(counter);
  expect(frames.length).toBeGreaterThanOrEqual(2);
  await look(counter, 'till-carry');
  expect(await seriousFindings(counter)).toEqual([]);

  const desk = await openDesk(
    await browser.newContext({ viewport: { width: 1920, height: 1080 } }),
  );
  const choose = desk.getByLabel('Chọn ảnh các khung');
  // One is missing at first, one comes twice, one is no code at all.
  const junk = {
    name: 'ảnh.png',
    mimeType: 'image/png',
    buffer: await counter.screenshot({ clip: corner }),
  };
  await choose.setInputFiles([...frames.slice(1), ...frames.slice(1, 2), junk]);
  await desk.getByText('1 ảnh không đọc được mã', { exact: false }).waitFor();
  await desk.getByText(`Còn thiếu khung 1 trong ${frames.length} khung.`).waitFor();
  expect(await seriousFindings(desk)).toEqual([]);
  await choose.setInputFiles(frames.slice(0, 1));
  await desk.getByText('Đã nhận thêm 3 sự kiện', { exact: false }).waitFor();
  await look(desk, 'console-carried');
  const [download] = await Promise.all([
    desk.waitForEvent('download'),
    desk.getByRole('button', { name: 'Lưu tệp trả lời' }).click(),
  ]);
  expect(download.suggestedFilename()).toMatch(/\.tra-loi\.gz$/);

  await counter
    .getByLabel('Nhận tệp từ USB')
    .last()
    .setInputFiles(await download.path());
  await counter.getByText('Trung tâm đã nhận thêm 3 chứng từ', { exact: false }).waitFor();
  await look(counter, 'till-acknowledged');
  expect(await till.ask('sync.status', {})).toMatchObject({ ackedSeq: 5, pendingEvents: 0 });
  const [journal] = await Promise.all([
    counter.waitForEvent('download'),
    counter.getByRole('button', { name: 'Xuất sổ cho thanh tra' }).click(),
  ]);
  expect(journal.suggestedFilename()).toMatch(/\.so\.gz$/);
});

test('pictures taken by hand are read: crooked, from the side, blurred, dim, small', async () => {
  const { screens, desk } = await framesAndDesk();
  const [first] = screens;
  if (first === undefined) throw new Error('The till shows frames');
  const taker = await browser.newPage();
  const taken: Picture[] = [];
  for (const photo of readablePhotos) {
    const name = `${photo.name}.jpg`;
    const buffer = await photograph(taker, first.buffer, photo);
    taken.push({ name, mimeType: 'image/jpeg', buffer });
    if (pictures !== undefined) writeFileSync(path.join(pictures, name), buffer);
  }
  // All of the first frame: the file never becomes whole, and what was not read is counted.
  await desk.getByLabel('Chọn ảnh các khung').setInputFiles(taken);
  await desk.getByText(`Còn thiếu khung 2`, { exact: false }).waitFor();
  expect(await desk.getByText('ảnh không đọc được mã', { exact: false }).allTextContents()).toEqual(
    [],
  );
});

test('frames held before a camera are read, and a missing camera is said', async () => {
  const { screens, desk } = await framesAndDesk();
  // This browser has none.
  await desk.getByRole('button', { name: 'Quay bằng máy ảnh' }).click();
  await desk
    .getByRole('alert')
    .getByText('Máy tính này không có máy ảnh', { exact: false })
    .waitFor();
  expect(await seriousFindings(desk)).toEqual([]);
  await look(desk, 'console-no-camera');

  const taker = await browser.newPage();
  const film: Buffer[] = [];
  const held = readablePhotos.filter(({ name }) => ['crooked', 'from the left'].includes(name));
  for (const screen of screens) {
    for (const photo of held) film.push(await photograph(taker, screen.buffer, photo));
  }
  const folder = mkdtempSync(path.join(tmpdir(), 'film-'));
  const file = path.join(folder, 'frames.mjpeg');
  // Each picture for a third of a second, as a hand holds still.
  writeFileSync(file, Buffer.concat(film.flatMap((picture) => Array(10).fill(picture))));
  const filming = await launchChromium([
    '--use-fake-ui-for-media-stream',
    '--use-fake-device-for-media-stream',
    `--use-file-for-fake-video-capture=${file}`,
  ]);
  try {
    const before = await filming.newContext({ viewport: { width: 1366, height: 768 } });
    const page = await openDesk(before);
    await page.getByRole('button', { name: 'Quay bằng máy ảnh' }).click();
    await page.getByText('trung tâm nay có đến sự kiện', { exact: false }).waitFor();
    // The file is whole: the camera is let go.
    await page.getByRole('button', { name: 'Quay bằng máy ảnh' }).waitFor();
    await look(page, 'console-camera');
  } finally {
    await filming.close();
    rmSync(folder, { recursive: true, force: true });
  }
});

type Picture = { readonly name: string; readonly mimeType: string; readonly buffer: Buffer };
let photographedFrames: readonly Picture[] | undefined;

/** Frames as they stand on the till's screen, and the page of the console that reads them. */
async function framesAndDesk() {
  const desk = await openDesk(await browser.newContext({ viewport: { width: 1366, height: 768 } }));
  if (photographedFrames !== undefined) return { screens: photographedFrames, desk };
  const counter = await browser.newPage({ viewport: { width: 1366, height: 768 } });
  await counter.goto(host.url);
  await counter.getByRole('combobox').waitFor();
  await till.sell(3);
  await counter.keyboard.press('Alt+5');
  await counter.getByRole('button', { name: 'Hiện mã QR' }).click();
  photographedFrames = await photographed(counter);
  return { screens: photographedFrames, desk };
}

async function openDesk(context: BrowserContext): Promise<Page> {
  const official = await running.userOf({ kind: 'area', scheme: '63', code: '96' });
  const [name = '', value = ''] = official.cookie.split('=');
  await context.addCookies([{ name, value, url: running.centre.url }]);
  const desk = await context.newPage();
  await desk.goto(`${running.centre.url}/carried`);
  return desk;
}

const corner = { x: 0, y: 0, width: 200, height: 120 };

/** A picture of each frame as it stands on the screen. */
async function photographed(page: Page) {
  const code = page.getByRole('img', { name: /^Khung \d+ \/ \d+$/ });
  await code.waitFor();
  await page.getByRole('button', { name: 'Dừng' }).click();
  const label = (await code.getAttribute('aria-label')) ?? '';
  const total = Number(/\/ (\d+)$/.exec(label)?.[1]);
  const framesByNumber = new Map<number, { name: string; mimeType: string; buffer: Buffer }>();
  for (let index = 0; index < total; index += 1) {
    const shown = (await code.getAttribute('aria-label')) ?? '';
    const number = Number(/^Khung (\d+)/.exec(shown)?.[1]);
    const buffer = await code.screenshot();
    framesByNumber.set(number, { name: `${number}.png`, mimeType: 'image/png', buffer });
    await page.getByRole('button', { name: 'Khung sau' }).click();
  }
  return [...framesByNumber].sort(([a], [b]) => a - b).map(([, frame]) => frame);
}

async function look(page: Page, name: string): Promise<void> {
  if (pictures === undefined) return;
  mkdirSync(pictures, { recursive: true });
  await page.screenshot({ path: path.join(pictures, `${name}.png`), fullPage: true });
}
