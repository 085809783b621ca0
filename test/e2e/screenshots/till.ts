/**
 * `node test/e2e/screenshots/till.ts`: takes the pictures of the till again, from a real till with a
 * demonstration shop, into test/golden/pictures/. Build first.
 */
import path from 'node:path';
import type { Page } from 'playwright-core';
import { launchChromium } from '../../support/chromium.ts';
import { type Counter, openCounter } from '../../support/seed-till.ts';
import { addDrug, openScreens, press } from '../till/counter-steps.ts';

const folder = path.resolve(import.meta.dirname, '../../golden/pictures');
type Basket = readonly (readonly [text: string, name: string, quantity: string])[];
const basket: Basket = [
  ['paracetamol 500', 'Paracetamol 500 mg', '20'],
  ['ibuprofen', 'Ibuprofen', '10'],
  ['oresol 4', 'Oresol 4,1 g', '6'],
  ['vitamin c 500', 'Vitamin C 500 mg', '10'],
];
const browser = await launchChromium();

for (const scheme of ['light', 'dark'] as const) {
  const counter = await openCounter();
  const page = await openScreens(browser, counter, { colorScheme: scheme });
  const take = async (name: string) => {
    await page.evaluate(() => document.fonts.ready);
    await page.screenshot({ path: path.join(folder, `till-${name}-${scheme}.png`) });
  };
  await takeAll(page, counter, take);
  await page.context().close();
  await counter.close();
}
await browser.close();

async function takeAll(
  page: Page,
  counter: Counter,
  take: (name: string) => Promise<void>,
): Promise<void> {
  await page.getByRole('combobox').fill('para');
  await page.getByRole('option').first().waitFor();
  await take('search');
  await page.getByRole('combobox').fill('');
  for (const [text, name, quantity] of basket) {
    await addDrug(page, text, name);
    await page.keyboard.type(quantity);
    await press(page, 'Enter');
  }
  await page.getByText('VC05').waitFor();
  await take('sell');
  await press(page, 'F9');
  await page.getByLabel('Khách đưa').fill('100.000');
  await take('payment');
  await press(page, 'Enter');
  await page.getByRole('heading', { name: 'Tiền thối lại' }).waitFor();
  await take('change');
  await press(page, 'Alt+3');
  await page.getByRole('button', { name: 'Thẻ kho Paracetamol 500 mg' }).first().click();
  await page
    .getByRole('row', { name: /Tồn đầu kỳ/ })
    .first()
    .waitFor();
  await take('stock-card');
  await page.goto(`${counter.url}#/history`);
  await page.getByRole('cell', { name: 'A1-1' }).click();
  await page.getByRole('heading', { name: 'Phiếu bán A1-1' }).waitFor();
  await take('history');
  await press(page, 'Alt+5');
  await page.getByRole('heading', { name: 'So sổ' }).waitFor();
  await take('sync');
}
