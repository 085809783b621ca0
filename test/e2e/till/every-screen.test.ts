import type { Page } from 'playwright-core';
import { beforeEach, expect, test } from 'vitest';
import { aTillId } from '../../support/builders.ts';
import type { Counter } from '../../support/seed-till.ts';
import { addDrug, lineOf, press, seriousFindings } from './counter-steps.ts';
import { countersForTests } from './counters-for-tests.ts';

const screens = countersForTests();
let counter: Counter;
let page: Page;

beforeEach(async () => {
  ({ counter, page } = screens.current());
  await page.getByRole('combobox').waitFor();
});

test('the pill tells the truth: agreed, offline with what is safe here, agreed again', async () => {
  await page.getByText('Đã đồng bộ 14:32 · đã khớp').waitFor();
  counter.centre.isDown = true;
  await addDrug(page, 'oresol 4', 'Oresol 4,1 g');
  await press(page, 'F9', 'Enter');
  await page.getByText('Mất mạng từ 14:32 · 1 đơn an toàn trên máy này').waitFor();
  await page.getByRole('link', { name: /Mất mạng/ }).click();
  await page.getByText('1 chứng từ nằm an toàn trên máy này', { exact: false }).waitFor();
  counter.centre.isDown = false;
  await press(page, 'F9');
  await page.getByText('Sổ của quầy và của trung tâm khớp nhau').waitFor();
  expect(counter.centre.head.seq).toBe(17);
});

test('a difference between the books is named lot by lot', async () => {
  counter.centre.wrongUnits.set('DEMO-00101|A123|2027-06-20', 5);
  await press(page, 'Alt+5', 'F9');
  await page.getByText('Có một việc cần người xem').waitFor();
  await page
    .getByRole('row', { name: /Paracetamol 500 mg A123 · 20\/06\/2027 400 405 -5/ })
    .waitFor();
});

test('what the centre asks stands on the screen in its words, and goes when it is settled', async () => {
  const { centre } = counter;
  const notice = {
    seq: 3,
    reason: 'UnknownDrugCode',
    note: 'Hộp xanh 500 là thuốc nào?',
    askedAt: '2026-11-22T14:30:00+07:00',
  };
  const change = (value: unknown) => ({
    position: (centre.changes.at(-1)?.position ?? 0) + 1,
    kind: 'clinic',
    key: `${aTillId}/3`,
    value,
  });
  centre.changes = [...centre.changes, change(notice)];
  await press(page, 'Alt+5', 'F9');
  const asked = page.getByText('Lời nhắn: Hộp xanh 500 là thuốc nào?');
  await asked.waitFor();
  await page.getByText('Chứng từ số 3, đặt giá: có tên thuốc').waitFor();
  expect(await seriousFindings(page)).toEqual([]);
  centre.changes = [...centre.changes, change(null)];
  await press(page, 'F9');
  await asked.waitFor({ state: 'detached' });
});

test('a rebuild from the journal says what it did', async () => {
  await press(page, 'Alt+5');
  await page.getByRole('button', { name: 'Tính lại' }).click();
  await page.getByText('Đã đọc lại 16 chứng từ, 14 lần nhập xuất: đúng như trước.').waitFor();
});

test('the language changes at once, names and figures stay as they are', async () => {
  await addDrug(page, 'para', 'Paracetamol 500 mg');
  await press(page, 'Alt+l');
  await page.getByRole('button', { name: 'Take cash' }).waitFor();
  await page.getByText('Synced 14:32 · agreed').waitFor();
  await page.getByText('500 ₫').first().waitFor();
  expect(await page.locator('html').getAttribute('lang')).toBe('en');
  await page.reload();
  await page.getByRole('button', { name: 'Take cash' }).waitFor();
  await page.getByRole('button', { name: 'Tiếng Việt' }).click();
  await page.getByRole('button', { name: 'Thu tiền mặt' }).waitFor();
});

test('the colours follow the computer until a person chooses', async () => {
  const background = () =>
    page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
  expect(await background()).toBe('rgb(243, 245, 244)');
  await page.emulateMedia({ colorScheme: 'dark' });
  await expect.poll(background).toBe('rgb(13, 18, 16)');
  await page.getByRole('button', { name: 'Màu: Theo máy' }).click();
  await expect.poll(background).toBe('rgb(243, 245, 244)');
  await page.reload();
  await page.getByRole('button', { name: 'Màu: Sáng' }).click();
  await expect.poll(background).toBe('rgb(13, 18, 16)');
});

test('F1 shows every key, and Esc gives the search box back', async () => {
  await press(page, 'F1');
  const sheet = page.getByRole('dialog', { name: 'Phím tắt' });
  for (const meaning of ['Bảng phím tắt', 'Đổi đơn vị của dòng đang chọn', 'Bỏ cả đơn đang bán']) {
    await sheet.getByText(meaning).waitFor();
  }
  await press(page, 'Escape');
  expect(await sheet.count()).toBe(0);
  expect(await page.getByRole('combobox').evaluate((box) => box === document.activeElement)).toBe(
    true,
  );
});

test('a lost main computer is told, and the screen finds it again by itself', async () => {
  const plugIn = await counter.unplug();
  await page.getByText('Mất liên lạc với máy chính của quầy').waitFor();
  await plugIn();
  await page.getByText('Đã đồng bộ 14:32 · đã khớp').waitFor();
  await expect.poll(() => page.getByText('Mất liên lạc').count()).toBe(0);
});

test.for(['light', 'dark'] as const)('selling has no serious finding in %s', async (scheme) => {
  await page.emulateMedia({ colorScheme: scheme });
  const findings = new Findings();
  await addDrug(page, 'vitamin c 500', 'Vitamin C 500 mg');
  await page.keyboard.type('15');
  await press(page, 'Enter');
  await addDrug(page, 'loratadin 10', 'Loratadin 10 mg');
  await page.getByRole('button', { name: 'Bán 10 viên' }).waitFor();
  await findings.look('sell');
  await page.getByRole('combobox').fill('amox');
  await page.getByRole('option').first().waitFor();
  await findings.look('search');
  await press(page, 'Escape', 'F4');
  await page.getByRole('dialog').waitFor();
  await findings.look('lot');
  await press(page, 'Escape', 'Shift+F8');
  await addDrug(page, 'para', 'Paracetamol 500 mg');
  await press(page, 'F9');
  await page.getByRole('dialog').waitFor();
  await findings.look('payment');
  await press(page, 'Enter');
  await page.getByRole('heading', { name: 'Tiền thối lại' }).waitFor();
  await findings.look('done');
  expect(findings.found).toEqual([]);
});

test.for(['light', 'dark'] as const)('no other screen has one in %s', async (scheme) => {
  await page.emulateMedia({ colorScheme: scheme });
  const findings = new Findings();
  await addDrug(page, 'para', 'Paracetamol 500 mg');
  await press(page, 'F9', 'Enter', 'F1');
  await findings.look('keys');
  await press(page, 'Escape', 'Alt+2');
  await page.getByRole('combobox').fill('omeprazol');
  await press(page, 'Enter');
  await page.getByLabel('Hạn dùng: Omeprazol 20 mg').fill('10/2026');
  await findings.look('receive');
  await press(page, 'Alt+3');
  await page.getByRole('button', { name: 'Thẻ kho Paracetamol 500 mg' }).first().click();
  await page
    .getByRole('row', { name: /Tồn đầu kỳ/ })
    .first()
    .waitFor();
  await findings.look('stock');
  await page.goto(`${counter.url}#/stock?view=expiring`);
  await page.getByRole('row', { name: /Cefuroxim/ }).waitFor();
  await findings.look('expiring');
  await press(page, 'Alt+4');
  await page.getByRole('cell', { name: 'A1-1' }).waitFor();
  await press(page, 'ArrowDown');
  await page.getByRole('heading', { name: 'Phiếu bán A1-1' }).waitFor();
  await findings.look('history');
  await press(page, 'Alt+5');
  await page.getByRole('heading', { name: 'So sổ' }).waitFor();
  await findings.look('sync');
  await page.goto(`${counter.url}#/setup?step=opening`);
  await page.getByRole('heading', { name: 'Trên kệ đang có những gì?' }).waitFor();
  await findings.look('opening');
  expect(findings.found).toEqual([]);
});

test('two people take turns with one key and a PIN; one approves what the other may not', async () => {
  const findings = new Findings();
  const command = () => ({ commandId: crypto.randomUUID() });
  const mai = { staffId: 'NV01', name: 'Mai', role: 'seller', certificateNumber: '' } as const;
  await counter.ask('staff.setPin', { ...command(), staffId: 'DS01', pin: '2580' });
  await counter.ask('staff.change', { ...command(), ...mai, isOnDuty: true, isEmployed: true });
  await counter.ask('staff.setPin', { ...command(), staffId: 'NV01', pin: '9753' });
  await page.getByRole('heading', { name: 'Quầy đang khoá' }).waitFor();
  await findings.look('lock');
  await page.getByRole('button', { name: 'Mai' }).click();
  await page.keyboard.type('9753');
  await press(page, 'Enter');
  await page.getByRole('link', { name: /^Mai/ }).waitFor();
  await addDrug(page, 'oresol 4', 'Oresol 4,1 g');
  await press(page, 'Control+l');
  await page.getByLabel('Mã PIN của Mai').waitFor();
  await press(page, 'ArrowDown');
  await page.keyboard.type('2580');
  await press(page, 'Enter');
  await page.getByRole('link', { name: /^DS. Lan/ }).waitFor();
  await lineOf(page, 'Oresol 4,1 g').waitFor();
  await press(page, 'F12');
  await page.getByLabel('Mã PIN của Mai').waitFor();
  await page.keyboard.type('1111');
  await press(page, 'Enter');
  await page.getByText('Sai mã PIN. Thử lại.').waitFor();
  await page.keyboard.type('9753');
  await press(page, 'Enter');
  await page.getByRole('link', { name: /^Mai/ }).waitFor();
  await press(page, 'F9', 'Enter');
  await page.getByRole('heading', { name: 'Tiền thối lại' }).waitFor();
  expect((await counter.ask('sales.list', {})).rows).toMatchObject([{ by: 'NV01' }]);
  await press(page, 'Alt+7');
  await page.getByText('Dành cho chủ nhà thuốc', { exact: false }).first().waitFor();
  await findings.look('people');
  await press(page, 'Alt+4');
  await page.getByRole('cell', { name: 'A1-1' }).waitFor();
  await press(page, 'ArrowDown');
  await page.getByRole('heading', { name: 'Phiếu bán A1-1' }).waitFor();
  await page.getByRole('button', { name: /Huỷ phiếu/ }).click();
  await page.getByRole('dialog').getByRole('textbox').fill('khách đổi ý');
  await press(page, 'F9');
  await page.getByRole('dialog', { name: 'Nhờ người có quyền duyệt' }).waitFor();
  await findings.look('approval');
  await page.keyboard.type('2580');
  await press(page, 'Enter');
  await expect
    .poll(async () => (await counter.ask('sales.list', {})).rows)
    .toMatchObject([{ isVoided: true }]);
  expect(findings.found).toEqual([]);
});

test.for([
  [390, 844],
  [1024, 640],
] as const)('nothing is cut off sideways at %i × %i', async ([width, height]) => {
  await page.setViewportSize({ width, height });
  await addDrug(page, 'vitamin c 500', 'Vitamin C 500 mg');
  for (const path of ['sell', 'receive', 'stock', 'history', 'sync', 'people']) {
    await page.goto(`${counter.url}#/${path}`);
    await page.getByRole('heading', { level: 1 }).waitFor({ state: 'attached' });
    const overflow = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    expect({ path, overflow }).toEqual({ path, overflow: 0 });
  }
});

/** What the accessibility checker found, with the screen it was found on. */
class Findings {
  readonly found: string[] = [];

  async look(screen: string): Promise<void> {
    const serious = await seriousFindings(page);
    this.found.push(...serious.map((finding) => `${screen}: ${finding}`));
  }
}
