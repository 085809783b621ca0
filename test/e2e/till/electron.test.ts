import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import type { TillWire } from '../../../shared/contract/till-api.ts';
import { buildTillOnce } from '../../support/build-till.ts';
import { launchTill, type TillProgram } from '../../support/electron-shim/launch-till.ts';
import { packTill } from '../../support/pack-till.ts';
import { centreWithCatalogue, seedTill } from '../../support/seed-till.ts';
import { serveCentre } from '../../support/serve-centre.ts';
import { seriousFindings } from './counter-steps.ts';

declare global {
  interface Window {
    /** What the preload script exposed. */
    readonly till?: TillWire;
  }
}

const userDataDir = mkdtempSync(path.join(tmpdir(), 'till-program-'));
const workDir = mkdtempSync(path.join(tmpdir(), 'till-packed-'));
let programDir: string;
let program: TillProgram;
let page: Page;

beforeAll(async () => {
  await buildTillOnce();
  // What a shop's computer gets, and nothing of this work tree.
  ({ programDir } = await packTill(workDir));
  await seedTill(path.join(userDataDir, 'till'));
  program = await launchTill({ userDataDir, programDir });
  page = program.page;
});

afterAll(async () => {
  await program.close();
  for (const folder of [userDataDir, workDir]) {
    rmSync(folder, { recursive: true, force: true, maxRetries: 10 });
  }
});

test('sells by keys alone: para, Enter, 20, Enter, F9, Enter', async () => {
  await page.getByRole('combobox').waitFor();
  for (const key of ['p', 'a', 'r', 'a', 'Enter', '2', '0', 'Enter', 'F9', 'Enter']) {
    await page.keyboard.press(key);
  }
  await page.getByText('Khách trả đủ, không phải thối').waitFor();
  await page.getByText('Phiếu A1-1 · tổng 10.000 ₫ · khách đưa 10.000 ₫').waitFor();
});

test('says that the centre is out of reach and the sale is safe here', async () => {
  await page.getByText(/Mất mạng từ \d\d:\d\d · 1 đơn an toàn trên máy này/).waitFor();
});

test('shows the page nothing but the two functions of the till', async () => {
  const seen = await page.evaluate(() => ({
    till: Object.keys(window.till ?? {}).sort(),
    require: typeof Reflect.get(globalThis, 'require'),
    process: typeof Reflect.get(globalThis, 'process'),
    isFrozen: Object.isFrozen(window.till),
  }));
  expect(seen).toEqual({
    till: ['invoke', 'subscribe'],
    require: 'undefined',
    process: 'undefined',
    isFrozen: true,
  });
});

test('answers junk from the page with a refusal and lives on', async () => {
  const replies = await page.evaluate(async () => [
    // Safe: the test sends what the types forbid.
    await window.till?.invoke('no.such' as 'status.get', {}),
    await window.till?.invoke('sales.complete', { lines: 'all' }),
  ]);
  expect(replies).toMatchObject([
    { ok: false, error: { type: 'UnknownCall' } },
    { ok: false, error: { type: 'BadInput' } },
  ]);
});

test('goes nowhere else and opens no window', async () => {
  const before = page.url();
  await page.evaluate(() => {
    window.location.href = 'https://elsewhere.example/';
    window.open('https://elsewhere.example/');
  });
  await expect.poll(() => program.pages().length).toBe(1);
  await page.getByRole('combobox').waitFor();
  expect(page.url()).toBe(before);
});

test('runs no script that is not its own', async () => {
  const ran = await page.evaluate(() => {
    const script = document.createElement('script');
    script.textContent = 'window.wasRun = true;';
    document.head.append(script);
    return Reflect.get(window, 'wasRun') === true;
  });
  expect(ran).toBe(false);
});

test('refuses a second copy on the same data', async () => {
  await expect(launchTill({ userDataDir, programDir })).rejects.toThrow(/ended with 3/);
  await page.getByRole('combobox').waitFor();
});

test('has no serious accessibility finding', async () => {
  expect(await seriousFindings(page)).toEqual([]);
});

test('after a power cut the sale is there', async () => {
  await program.kill();
  program = await launchTill({ userDataDir, programDir });
  page = program.page;
  await page.getByRole('combobox').waitFor();
  await page.keyboard.press('Alt+4');
  await page.getByRole('cell', { name: 'A1-1' }).waitFor();
});

test('a new program enrols, fetches the catalogue, is ready to sell, and keeps its key sealed', async () => {
  const centre = centreWithCatalogue();
  const served = await serveCentre(centre);
  const freshDir = mkdtempSync(path.join(tmpdir(), 'till-new-'));
  const fresh = await launchTill({ userDataDir: freshDir, programDir });
  onTestFinished(async () => {
    await served.close();
    rmSync(freshDir, { recursive: true, force: true });
  });
  await fresh.page.getByLabel('Mã đăng ký').fill('abcd-efgh-jklm');
  await fresh.page.getByLabel('Địa chỉ trung tâm').fill(served.url);
  await fresh.page.keyboard.press('Enter');
  await fresh.page.getByText('Danh mục đã sẵn sàng: 451 thuốc.').waitFor();
  await fresh.page.keyboard.press('F9');
  await fresh.page.getByRole('button', { name: 'Bỏ qua, để sau' }).click();
  await fresh.page.getByRole('button', { name: 'Bán đơn đầu tiên' }).click();
  await fresh.page.getByRole('combobox').waitFor();
  expect(await fresh.close()).toBe(0);
  const stored = readFileSync(path.join(freshDir, 'till/device.key'));
  // A PKCS#8 key in the clear is a DER sequence, which begins with 0x30.
  expect(stored[0]).not.toBe(0x30);
});
