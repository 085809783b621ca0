import type { Browser, Page } from 'playwright-core';
import { beforeEach, expect, test } from 'vitest';
import type { Counter } from '../../support/seed-till.ts';
import { addDrug, lineOf, openScreens, press, scan } from './counter-steps.ts';
import { countersForTests } from './counters-for-tests.ts';

const screens = countersForTests();
let counter: Counter;
let page: Page;
let browser: Browser;

beforeEach(async () => {
  ({ browser, counter, page } = screens.current());
  await page.getByRole('combobox').waitFor();
});

test('goods are received by keys alone, priced, and sold', async () => {
  await press(page, 'Alt+2');
  await page.getByLabel('Nhà cung cấp').fill('Dược Hậu Giang');
  await press(page, 'F2');
  await page.keyboard.type('loratadin 10');
  await press(page, 'Enter');
  await page.getByLabel('Số lô: Loratadin 10 mg').waitFor();
  for (const typed of ['lr99', '0628', '2h', '38.000']) {
    await page.keyboard.type(typed);
    await press(page, 'Enter');
  }
  expect(await page.getByLabel('Hạn dùng: Loratadin 10 mg').inputValue()).toBe('30/06/2028');
  await page.getByText('= 200 viên').waitFor();
  await press(page, 'F9');
  await page.getByText('Đã nhập 1 dòng, 76.000 ₫. Hàng đã vào tồn kho.').waitFor();
  await page.getByLabel('Giá bán 1 viên Loratadin 10 mg').fill('550');
  await press(page, 'Enter');
  await page.getByText('Đã đặt giá 1 viên: 550 ₫').waitFor();
  await press(page, 'Alt+1');
  await addDrug(page, 'loratadin 10', 'Loratadin 10 mg');
  await press(page, 'F9', 'Enter');
  await page.getByText('Phiếu A1-1 · tổng 550 ₫', { exact: false }).waitFor();
});

test('a scanned pack fills in its lot and expiry, and typing goes on with the quantity', async () => {
  await press(page, 'Alt+2');
  await page.getByLabel('Nhà cung cấp').fill('Dược Hậu Giang');
  await scan(page, '01095200000050231728063010LR99');
  await page.getByLabel('Số lô: Amoxicilin 500 mg').waitFor();
  await page.keyboard.type('30');
  expect(await page.getByLabel('Số lô: Amoxicilin 500 mg').inputValue()).toBe('LR99');
  expect(await page.getByLabel('Hạn dùng: Amoxicilin 500 mg').inputValue()).toBe('30/06/2028');
  expect(await page.getByLabel('Số lượng: Amoxicilin 500 mg').inputValue()).toBe('30');
});

test('expired goods are stopped at the door, and an unfinished receipt survives a reload', async () => {
  await press(page, 'Alt+2');
  await page.getByRole('combobox').fill('omeprazol');
  await press(page, 'Enter');
  await page.getByLabel('Hạn dùng: Omeprazol 20 mg').fill('10/2026');
  await page
    .getByText('Đã hết hạn: trả lại nhà cung cấp, không nhập vào kho.', { exact: false })
    .waitFor();
  await press(page, 'F9');
  await page.getByText('Dòng 1 còn ô chưa đúng.').waitFor();
  await page.getByText('Gõ số lô như in trên hộp.').waitFor();
  await page.reload();
  expect(await page.getByLabel('Hạn dùng: Omeprazol 20 mg').inputValue()).toContain('10/2026');
});

test('stock is found without diacritics, and its card shows every movement', async () => {
  await press(page, 'Alt+3');
  await page.getByText('14 lô có hàng').waitFor();
  await page.getByLabel('Tìm trong tồn kho').fill('PARACETAMOL 500');
  await page.getByText('3 lô có hàng').waitFor();
  await page.getByRole('button', { name: 'Thẻ kho Paracetamol 500 mg' }).first().click();
  const card = page.getByRole('complementary', { name: 'Thẻ kho' });
  await card.getByRole('row', { name: /Tồn đầu kỳ.*B204.*\+840.*1\.240/ }).waitFor();
  await card.getByRole('link', { name: /A123/ }).click();
  await card.getByRole('row', { name: /A123.*\+400.*400/ }).waitFor();
  expect(await card.getByRole('row', { name: /B204/ }).count()).toBe(0);
  await press(page, 'Escape');
  expect(await card.count()).toBe(0);
});

test('a price is set from the stock card', async () => {
  await press(page, 'Alt+3');
  await page.getByRole('button', { name: 'Thẻ kho Omeprazol 20 mg' }).click();
  await page.getByLabel('Giá bán 1 vỉ').fill('8.500');
  await press(page, 'Enter');
  await page.getByText('Đã đặt giá 1 vỉ: 8.500 ₫').waitFor();
  expect((await counter.ask('drugs.get', { code: 'DEMO-00418' }))?.pricesVnd).toEqual({
    viên: 850,
    vỉ: 8_500,
  });
});

test('what soon expires stands in the header and on its own list with its cost', async () => {
  await page.getByRole('link', { name: '3 lô sắp hết hạn' }).click();
  await page.getByText('Giá vốn của hàng sắp hết hạn: 538.000 ₫').waitFor();
  await page.getByRole('row', { name: /Oresol cam 20,5 g.*Đã hết hạn/ }).waitFor();
  await page.getByRole('button', { name: 'Trong vòng 30 ngày' }).click();
  await page.getByRole('row', { name: /Cefuroxim 250 mg.*22 ngày/ }).waitFor();
  await expect.poll(() => page.getByRole('row', { name: /Amoxicilin/ }).count()).toBe(0);
});

test('a sale is voided with a reason, and its goods are back in their lot', async () => {
  await addDrug(page, 'paracetamol 500', 'Paracetamol 500 mg');
  await page.keyboard.type('20');
  await press(page, 'Enter', 'F9', 'Enter');
  await page.getByRole('link', { name: 'Xem phiếu' }).click();
  const slip = page.getByRole('complementary', { name: 'Số phiếu' });
  await slip.getByText('Lô A123 · HD 20/06/2027 · 20 viên').waitFor();
  await press(page, 'F8');
  await page.getByRole('dialog').getByRole('button', { name: 'Huỷ phiếu này' }).click();
  await page.getByText('Ghi lý do để huỷ phiếu.').waitFor();
  await page.getByRole('button', { name: 'Bấm nhầm thuốc' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Huỷ phiếu này' }).click();
  await slip.getByText('Phiếu đã huỷ: Bấm nhầm thuốc').waitFor();
  await page.getByRole('row', { name: /A1-1.*Đã huỷ/ }).waitFor();
  const lots = await counter.ask('stock.lots', { drug: 'DEMO-00101' });
  expect(lots.map((lot) => [lot.lot, lot.onHandUnits])).toEqual([
    ['A123', 400],
    ['B204', 840],
  ]);
});

test('history is searched by slip and by day, and says when nothing matches', async () => {
  for (let sale = 1; sale <= 2; sale += 1) {
    await addDrug(page, 'oresol 4', 'Oresol 4,1 g');
    await press(page, 'F9', 'Enter');
    await page.getByText(`Phiếu A1-${sale}`, { exact: false }).waitFor();
  }
  await press(page, 'Alt+4');
  await page.getByText('Trong ngày 22/11/2026 · 2 phiếu').waitFor();
  await page.getByLabel('Tìm theo số phiếu').fill('A1-2');
  await expect.poll(() => page.getByRole('row').count()).toBe(2);
  await page.getByLabel('Tìm theo số phiếu').fill('');
  await page.getByRole('button', { name: 'Ngày trước' }).click();
  await page.getByText('Không có phiếu nào khớp').waitFor();
  expect(await page.getByLabel('Ngày', { exact: true }).inputValue()).toBe('21/11/2026');
  await page.getByRole('link', { name: 'Xem mọi phiếu' }).click();
  await expect.poll(() => page.getByRole('row').count()).toBe(3);
});

test('a counter elsewhere in the shop sees the sale at once', async () => {
  const other = await openScreens(browser, counter, { path: '#/history' });
  await other.getByText('Chưa có phiếu bán nào').waitFor();
  await addDrug(page, 'oresol 4', 'Oresol 4,1 g');
  await press(page, 'F9', 'Enter');
  await other.getByRole('cell', { name: 'A1-1' }).waitFor();
  await other.context().close();
});

test('selling more boxes than a drug has of any lot is refused for the unit it is sold in', async () => {
  await addDrug(page, 'ceparol extra', 'Ceparol Extra');
  await page.keyboard.type('40v');
  await press(page, 'Enter');
  await page.getByText(/Cần 480\sviên nhưng chỉ còn 432\sviên Ceparol Extra/).waitFor();
  await page.getByRole('button', { name: 'Bán 36 vỉ' }).click();
  await lineOf(page, 'Ceparol').getByText('540.000 ₫').waitFor();
});
