import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { beforeEach, expect, test } from 'vitest';
import { type Counter, enrolmentCode, openCounter } from '../../support/seed-till.ts';
import { lineOf, openScreens, press, seriousFindings } from './counter-steps.ts';
import { countersForTests } from './counters-for-tests.ts';

const screens = countersForTests({ isNew: true });
let counter: Counter;
let page: Page;

beforeEach(async () => {
  ({ counter, page } = screens.current());
  await page.getByLabel('Mã đăng ký').waitFor();
});

async function enrol(code = enrolmentCode): Promise<void> {
  await page.getByLabel('Mã đăng ký').fill(code);
  await page.getByLabel('Địa chỉ trung tâm').fill('trungtam.example.vn');
  await press(page, 'Enter');
}

test('from the box to the first sale: enrol, catalogue, count a shelf, sell', async () => {
  await enrol();
  await page.getByText('Danh mục đã sẵn sàng: 451 thuốc.').waitFor();
  await press(page, 'F9');
  await page.keyboard.type('para');
  await press(page, 'Enter');
  await page.getByLabel('Số lô: Paracetamol').waitFor();
  for (const typed of ['a1', '0627', '3h', '']) {
    await page.keyboard.type(typed);
    await press(page, 'Enter');
  }
  await press(page, 'F9');
  await page.getByRole('heading', { name: 'Quầy đã sẵn sàng' }).waitFor();
  await press(page, 'Enter');
  await press(page, 'p', 'a', 'r', 'a', 'Enter');
  const line = lineOf(page, 'Paracetamol');
  await line.waitFor();
  await page.getByLabel('Giá bán 1 viên').fill('500');
  await press(page, 'Enter');
  await line.getByText('A1 · 30/06/2027').waitFor();
  await press(page, '2', '0', 'Enter', 'F9', 'Enter');
  await page.getByText('Phiếu A1-1 · tổng 10.000 ₫', { exact: false }).waitFor();
});

test('says in a sentence why a code is refused, and keeps what was typed', async () => {
  await enrol('WRONG-CODE');
  await page
    .getByText('Trung tâm không biết mã này. Kiểm tra từng chữ, hoặc xin Sở Y tế mã mới.')
    .waitFor();
  expect(await page.getByLabel('Mã đăng ký').inputValue()).toBe('WRONG-CODE');
});

test('says that the centre is out of reach, and the same code works afterwards', async () => {
  counter.centre.isDown = true;
  await enrol();
  await page.getByText('Chưa nối được trung tâm. Không mất gì;', { exact: false }).waitFor();
  counter.centre.isDown = false;
  await press(page, 'Enter');
  await page.getByText('Danh mục đã sẵn sàng', { exact: false }).waitFor();
});

test('names the box that is empty before anything is sent', async () => {
  await press(page, 'Enter');
  await page.getByText('Nhập mã đăng ký.').waitFor();
  await page.getByText('Nhập địa chỉ bắt đầu bằng https:// hoặc http://.').waitFor();
  expect(counter.centre.paths).toEqual([]);
});

test('is resumed where it was left, and the count can be put off', async () => {
  await enrol();
  await page.getByText('Danh mục đã sẵn sàng', { exact: false }).waitFor();
  await page.goto(`${counter.url}#/sell`);
  await page.reload();
  await page.getByRole('heading', { name: 'Trên kệ đang có những gì?' }).waitFor();
  await page.getByRole('button', { name: 'Bỏ qua, để sau' }).click();
  await page.getByRole('button', { name: 'Bán đơn đầu tiên' }).click();
  await page.getByText('Sẵn sàng cho khách tiếp theo').waitFor();
  await page.reload();
  await page.getByText('Sẵn sàng cho khách tiếp theo').waitFor();
});

test('a lost disk: the books come back from a backup, and sell when the centre was heard', async () => {
  const dataDir = mkdtempSync(path.join(tmpdir(), 'counter-'));
  const before = await openCounter({ dataDir });
  await before.ask('backup.run', {});
  const price = { drug: 'DEMO-00101', unit: 'viên', priceVnd: 600 };
  await before.ask('prices.set', { commandId: crypto.randomUUID(), ...price });
  await before.ask('sync.now', {});
  await before.close();
  for (const name of readdirSync(dataDir).filter((file) => file.startsWith('till.'))) {
    rmSync(path.join(dataDir, name));
  }
  const { centre } = before;
  centre.isDown = true;
  const after = await openCounter({ dataDir, isNew: true, centre });
  const screen = await openScreens(screens.current().browser, after);
  try {
    await screen.getByRole('button', { name: 'Khôi phục từ bản sao lưu' }).press('Enter');
    await screen.getByRole('row', { name: /A1.*backups/ }).waitFor();
    expect(await seriousFindings(screen)).toEqual([]);
    await screen.getByRole('button', { name: /^Khôi phục bản / }).press('Enter');
    await screen.getByText('Hãy nối mạng: quầy tự lấy về', { exact: false }).waitFor();
    centre.isDown = false;
    await screen.getByRole('button', { name: 'Thử lại' }).press('Enter');
    await screen.getByText('trung tâm đã giao lại 1 chứng từ', { exact: false }).waitFor();
    expect(await screen.getByText('chưa bán được').count()).toBe(0);
    expect(await seriousFindings(screen)).toEqual([]);
    expect(await after.ask('sync.status', {})).toMatchObject({ lastSeq: 17 });
  } finally {
    await screen.context().close();
    await after.close();
    rmSync(dataDir, { recursive: true, force: true });
  }
});
