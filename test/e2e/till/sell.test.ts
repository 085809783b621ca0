import type { Browser, Page } from 'playwright-core';
import { beforeEach, expect, test } from 'vitest';
import type { Counter } from '../../support/seed-till.ts';
import { addDrug, lineOf, openScreens, press, scan, seriousFindings } from './counter-steps.ts';
import { countersForTests } from './counters-for-tests.ts';

const screens = countersForTests();
let counter: Counter;
let page: Page;
let browser: Browser;

beforeEach(async () => {
  ({ browser, counter, page } = screens.current());
  await page.getByRole('combobox').waitFor();
});

test('para, Enter, 20, Enter, F9, Enter: sold, without waiting for the screen', async () => {
  await press(page, 'p', 'a', 'r', 'a', 'Enter', '2', '0', 'Enter', 'F9', 'Enter');
  await page.getByText('Phiếu A1-1 · tổng 10.000 ₫ · khách đưa 10.000 ₫').waitFor();
  const { rows } = await counter.ask('sales.list', {});
  expect(rows).toMatchObject([{ slip: 'A1-1', totalVnd: 10_000, lineCount: 1 }]);
});

test('shows the change large and is at once ready for the next customer', async () => {
  await addDrug(page, 'ceparol', 'Ceparol Extra');
  await press(page, 'F9');
  await page.getByLabel('Khách đưa').fill('100000');
  await page.getByRole('dialog').getByText('98.750 ₫').waitFor();
  await press(page, 'Enter');
  await page.getByRole('heading', { name: 'Tiền thối lại' }).waitFor();
  await page.getByText('98.750 ₫').waitFor();
  await page.keyboard.type('oresol 4');
  await press(page, 'Enter');
  await lineOf(page, 'Oresol 4,1 g').waitFor();
  await page.getByRole('link', { name: /Đơn trước A1-1/ }).waitFor();
});

test('understands a number in the line’s unit and a number with a unit', async () => {
  await addDrug(page, 'para', 'Paracetamol 500 mg');
  for (const [typed, shown, amount] of [
    ['20', '20viên', '10.000 ₫'],
    ['2v', '2vỉ', '10.000 ₫'],
    ['1 hop', '1hộp', '48.000 ₫'],
    ['3vie', '3viên', '1.500 ₫'],
  ] as const) {
    await page.keyboard.type(typed);
    await page.getByText(/^Enter: đặt/).waitFor();
    await press(page, 'Enter');
    await lineOf(page, 'Paracetamol').getByText(amount).last().waitFor();
    const stepper = lineOf(page, 'Paracetamol').getByRole('cell').nth(2);
    expect((await stepper.innerText()).replace(/[\s−+]/g, '')).toBe(shown);
  }
});

test('a number that is no quantity adds nothing, stays and is explained', async () => {
  await addDrug(page, 'para', 'Paracetamol 500 mg');
  const box = page.getByRole('combobox');
  for (const typed of ['1.5', '1,5', '-3', '0', '+2']) {
    await page.keyboard.type(typed);
    await press(page, 'Enter');
    await page.getByText('Số lượng phải là số nguyên từ 1', { exact: false }).waitFor();
    expect(await box.inputValue()).toBe(typed);
  }
  await page.keyboard.type('20');
  await press(page, 'Enter');
  await lineOf(page, 'Paracetamol').getByText('10.000 ₫').last().waitFor();
  expect(await page.getByRole('row', { name: /Chọn dòng/ }).count()).toBe(1);
});

test('takes the lot that expires first, and the next when it is empty', async () => {
  await addDrug(page, 'paracetamol 500', 'Paracetamol 500 mg');
  await lineOf(page, 'Paracetamol').getByText('A123 · 20/06/2027').waitFor();
  await page.keyboard.type('450');
  await press(page, 'Enter');
  await lineOf(page, 'Paracetamol').getByText('400 viên từ lô A123 · 20/06/2027').waitFor();
  await lineOf(page, 'Paracetamol').getByText('50 viên từ lô B204 · 04/06/2028').waitFor();
});

test('F4 chooses another lot only with a reason, which goes into the books', async () => {
  await addDrug(page, 'paracetamol 500', 'Paracetamol 500 mg');
  await press(page, 'F4');
  const dialog = page.getByRole('dialog', { name: /Chọn lô cho Paracetamol/ });
  await dialog.getByText('B204').click();
  await dialog.getByRole('button', { name: 'Dùng lô này' }).click();
  await dialog.getByText('Ghi lý do để dùng lô này.').waitFor();
  await dialog.getByRole('button', { name: 'Hộp đang bán dở' }).click();
  await dialog.getByRole('button', { name: 'Dùng lô này' }).click();
  await lineOf(page, 'Paracetamol').getByText('B204 · 04/06/2028').waitFor();
  await press(page, 'F9', 'Enter');
  await page.getByText('Khách trả đủ, không phải thối').waitFor();
  const { rows } = await counter.ask('sales.list', {});
  const sale = await counter.ask('sales.get', { id: rows[0]?.id ?? '' });
  expect(sale?.sale.lines).toMatchObject([
    { lotReason: 'Hộp đang bán dở', picks: [{ lot: 'B204', units: 1 }] },
  ]);
});

test('a line that asks for more than there is says so and offers what there is', async () => {
  await addDrug(page, 'vitamin c 500', 'Vitamin C 500 mg');
  await page.keyboard.type('15');
  await press(page, 'Enter');
  await page
    .getByText('Cần 15 viên nhưng chỉ còn 10 viên Vitamin C 500 mg bán được.', { exact: false })
    .waitFor();
  await press(page, 'F9');
  await page.getByText('Dòng 1 chưa bán được: xem lý do ở dòng đó.').waitFor();
  expect(await page.getByRole('dialog').count()).toBe(0);
  await page.getByRole('button', { name: 'Bán 10 viên' }).click();
  await lineOf(page, 'Vitamin C').getByText('VC05').waitFor();
  await press(page, 'F9', 'Enter');
  await page.getByText('Phiếu A1-1 · tổng 4.500 ₫', { exact: false }).waitFor();
});

test('two lines of one drug share its stock in their order', async () => {
  await addDrug(page, 'vitamin c 500', 'Vitamin C 500 mg');
  await page.keyboard.type('8');
  await press(page, 'Enter', 'F4');
  const dialog = page.getByRole('dialog');
  await dialog.getByText('VC05').click();
  await dialog.getByRole('button', { name: 'Hộp đang bán dở' }).click();
  await dialog.getByRole('button', { name: 'Dùng lô này' }).click();
  await page.getByRole('combobox').fill('vitamin c 500');
  await press(page, 'Enter');
  await page.keyboard.type('5');
  await press(page, 'Enter');
  await page.getByText(/Cần 5\sviên nhưng chỉ còn 2\sviên/).waitFor();
});

test('an expired lot is never sold', async () => {
  await addDrug(page, 'oresol cam', 'Oresol cam 20,5 g');
  await page
    .getByText('Cả 40 gói Oresol cam 20,5 g còn lại đã hết hạn nên không được bán.', {
      exact: false,
    })
    .waitFor();
  await press(page, 'F4');
  await page.getByText('Đã hết hạn 10/11/2026, không được bán').waitFor();
  expect(await page.getByRole('radio', { name: /OR01/ }).isDisabled()).toBe(true);
});

test('a missing price is set in the line itself and the sale goes on', async () => {
  await addDrug(page, 'loratadin 10', 'Loratadin 10 mg');
  await page.getByText('Chưa có giá bán cho 1 viên Loratadin 10 mg.', { exact: false }).waitFor();
  await page.getByLabel('Giá bán 1 viên').fill('700');
  await press(page, 'Enter');
  await page
    .getByText('Giá 700 ₫ của Loratadin 10 mg cao hơn giá kê khai 600 ₫.', { exact: false })
    .waitFor();
  await page.getByLabel('Giá bán 1 viên').fill('550');
  await press(page, 'Enter');
  await lineOf(page, 'Loratadin').getByText('550 ₫').first().waitFor();
  await press(page, 'F9', 'Enter');
  await page.getByText('Phiếu A1-1 · tổng 550 ₫', { exact: false }).waitFor();
});

test('F3 changes the unit, F8 removes, undo brings back', async () => {
  await addDrug(page, 'paracetamol 500', 'Paracetamol 500 mg');
  await press(page, 'F3');
  await lineOf(page, 'Paracetamol').getByText('5.000 ₫').first().waitFor();
  await press(page, 'F8');
  await page.getByText('Đã xoá Paracetamol 500 mg').waitFor();
  expect(await lineOf(page, 'Paracetamol').count()).toBe(0);
  await press(page, 'Control+z');
  await lineOf(page, 'Paracetamol').getByText('5.000 ₫').first().waitFor();
});

test('a scan lands as a line wherever the cursor is, and repeats count up', async () => {
  await page.getByRole('button', { name: 'Phím' }).first().focus();
  await scan(page, '9520000005023');
  await lineOf(page, 'Amoxicilin 500 mg').waitFor();
  await scan(page, '9520000005023');
  await lineOf(page, 'Amoxicilin 500 mg').getByText('2.400 ₫').waitFor();
  await scan(page, '8930000000001');
  await page.getByText('Chưa có thuốc nào mang mã vạch 8930000000001.', { exact: false }).waitFor();
});

test('F6 enters a prescription, a doubled active is weighed by a pharmacist, and both are in the books', async () => {
  for (const [text, name] of [
    ['amoxicilin 500', 'Amoxicilin 500 mg'],
    ['paracetamol 500', 'Paracetamol 500 mg'],
    ['ceparol', 'Ceparol Extra'],
  ] as const) {
    await addDrug(page, text, name);
  }
  await page.getByText('Amoxicilin 500 mg chỉ bán khi có đơn thuốc.', { exact: false }).waitFor();
  await press(page, 'F6');
  await page.getByLabel('Mã hoặc số đơn').fill('96001K3P9X7Z-C');
  await page.getByLabel('Nơi kê đơn').fill('Bệnh viện Đa khoa Cà Mau');
  await page.getByLabel('Người kê đơn').fill('BS. Minh');
  await page.getByLabel('Người bệnh', { exact: true }).fill('Trần Thị Hoa');
  await page.getByLabel('Số lượng kê').fill('3');
  expect(await seriousFindings(page)).toEqual([]);
  await press(page, 'F9');
  await page.getByLabel(/Lý do của dược sĩ/).fill('Đã dặn tổng liều');
  // Another customer comes first: what was written beside the cart is set aside with it.
  await press(page, 'F5');
  await page.getByText('1 đơn giữ').waitFor();
  await press(page, 'F5');
  await page.getByRole('dialog').getByText('Amoxicilin', { exact: false }).waitFor();
  await press(page, 'Enter');
  await page.getByText('96001k3p9x7z-c', { exact: false }).waitFor();
  await press(page, 'F9', 'Enter');
  await page.getByText('Phiếu A1-1', { exact: false }).waitFor();
  const { rows } = await counter.ask('sales.list', {});
  const { sale } = (await counter.ask('sales.get', { id: rows[0]?.id ?? '' })) ?? {};
  expect(sale).toMatchObject({
    prescriptionCode: '96001k3p9x7z-c',
    safety: { weighed: [{ rule: 'paracetamol', reason: 'Đã dặn tổng liều' }] },
  });
  await press(page, 'Shift+F6');
  await page.getByText('còn 2 / 3').waitFor();
});

test('a scanned pack is sold from the lot on it, and one that must not be sold is refused in words', async () => {
  const [found] = await counter.ask('drugs.search', { text: 'amoxicilin', limit: 1 });
  const later = (await counter.ask('stock.lots', { drug: found?.code ?? '' })).at(-1);
  if (later === undefined) throw new Error('There is amoxicilin on the shelf');
  const expiry = later.expiresOn.slice(2).replaceAll('-', '');
  await scan(page, `010952000000502317${expiry}10${later.lot}`);
  await lineOf(page, 'Amoxicilin 500 mg').waitFor();
  await page.getByText('Máy quét đọc từ hộp', { exact: false }).waitFor();
  await scan(page, '01095200000050231728063010NOSUCH');
  await page
    .getByRole('alert')
    .getByText('Lô NOSUCH của Amoxicilin 500 mg chưa có trong sổ', { exact: false })
    .waitFor();
  await scan(page, '01095200000050231725063010OLD1');
  await page
    .getByRole('alert')
    .getByText('Lô OLD1 của Amoxicilin 500 mg hết hạn', { exact: false })
    .waitFor();
  expect(await page.getByRole('row', { name: /Chọn dòng/ }).count()).toBe(1);
});

test('an unknown code is learnt with the drug that is picked next, and the next scan knows it', async () => {
  await scan(page, '9506000134352');
  await page.getByText('máy này sẽ nhớ mã 9506000134352 là thuốc đó', { exact: false }).waitFor();
  await addDrug(page, 'oresol', 'Oresol');
  await page.getByText('Từ nay mã 9506000134352 là Oresol', { exact: false }).waitFor();
  await scan(page, '9506000134352');
  await page.getByRole('row', { name: /Chọn dòng 1: Oresol/ }).waitFor();
  expect(await counter.ask('drugs.byBarcode', { barcode: '9506000134352' })).toMatchObject({
    name: expect.stringContaining('Oresol'),
  });
});

test('a scan into the payment box adds the drug instead of changing the sum', async () => {
  await addDrug(page, 'para', 'Paracetamol 500 mg');
  await press(page, 'F9');
  await page.getByRole('dialog').waitFor();
  await scan(page, '9520000005023');
  await lineOf(page, 'Amoxicilin 500 mg').waitFor();
  expect((await counter.ask('sales.list', {})).rows).toEqual([]);
});

test('the cart survives a reload', async () => {
  await addDrug(page, 'para', 'Paracetamol 500 mg');
  await page.keyboard.type('7');
  await press(page, 'Enter');
  await lineOf(page, 'Paracetamol').getByText('3.500 ₫').waitFor();
  await page.reload();
  await lineOf(page, 'Paracetamol').getByText('3.500 ₫').waitFor();
});

test('a price changed meanwhile is shown to the customer before it is charged', async () => {
  await addDrug(page, 'para', 'Paracetamol 500 mg');
  await lineOf(page, 'Paracetamol').getByText('A123').waitFor();
  await press(page, 'F9');
  await page.getByRole('dialog').getByText('500 ₫').first().waitFor();
  await page.route('**/rpc/drugs.get', (route) => route.fulfill({ json: staleProduct(550) }));
  await counter.ask('prices.set', {
    commandId: crypto.randomUUID(),
    drug: 'DEMO-00101',
    unit: 'viên',
    priceVnd: 560,
  });
  await press(page, 'Enter');
  await page.getByText('Giá vừa thay đổi: tổng mới là 560 ₫', { exact: false }).waitFor();
  expect((await counter.ask('sales.list', {})).rows).toEqual([]);

  function staleProduct(priceVnd: number) {
    return {
      ok: true,
      value: {
        code: 'DEMO-00101',
        name: 'Paracetamol 500 mg',
        units: [{ name: 'viên', factor: 1 }],
        pricesVnd: { viên: priceVnd },
        ceilingPriceVnd: null,
        isPrescription: false,
      },
    };
  }
});

test('a lost answer is retried under the same name: one sale, not two', async () => {
  await addDrug(page, 'para', 'Paracetamol 500 mg');
  await lineOf(page, 'Paracetamol').getByText('A123').waitFor();
  await page.route(
    '**/rpc/sales.complete',
    async (route) => {
      await route.fetch();
      await route.abort();
    },
    { times: 1 },
  );
  await press(page, 'F9', 'Enter');
  await page
    .getByText('chưa biết lần vừa rồi đã ghi chưa. Thử lại: chương trình không ghi hai lần.', {
      exact: false,
    })
    .waitFor();
  await press(page, 'Enter');
  await page.getByText('Khách trả đủ, không phải thối').waitFor();
  expect((await counter.ask('sales.list', {})).rows).toHaveLength(1);
});

test('two counters selling the last box: one sells, the other is told', async () => {
  const other = await openScreens(browser, counter);
  for (const shown of [page, other]) {
    await shown.getByRole('combobox').fill('vitamin c 500');
    await shown.keyboard.press('Enter');
    await lineOf(shown, 'Vitamin C').waitFor();
    await shown.keyboard.type('10');
    await shown.keyboard.press('Enter');
    await lineOf(shown, 'Vitamin C').getByText('4.500 ₫').waitFor();
  }
  await press(page, 'F9', 'Enter');
  await page.getByText('Phiếu A1-1', { exact: false }).waitFor();
  await other.getByText('Vitamin C 500 mg đã hết hàng.', { exact: false }).waitFor();
  await other.context().close();
});

test('two lines in cash take eight keys beyond the search texts', async () => {
  let keys = 0;
  const pressed = async (...wanted: readonly string[]) => {
    keys += wanted.length;
    await press(page, ...wanted);
  };
  await page.keyboard.type('paracetamol 500');
  await pressed('Enter', '2', 'Enter');
  await page.keyboard.type('oresol 4');
  await pressed('Enter', '6', 'Enter', 'F9', 'Enter');
  await page.getByText('Phiếu A1-1 · tổng 10.000 ₫', { exact: false }).waitFor();
  const { rows } = await counter.ask('sales.list', {});
  expect([rows[0]?.lineCount, keys]).toEqual([2, 8]);
});

test('a number of a unit that the line lacks is refused in words, and adds nothing', async () => {
  await addDrug(page, 'paracetamol 500', 'Paracetamol 500 mg');
  await page.keyboard.type('2x');
  await press(page, 'Enter');
  await page.getByText('không có đơn vị “x”', { exact: false }).waitFor();
  await page.getByRole('combobox').fill('1v+3');
  await press(page, 'Enter');
  await lineOf(page, 'Paracetamol').getByText('5.000 ₫').first().waitFor();
  expect(await page.getByRole('row', { name: /Chọn dòng/ }).count()).toBe(2);
});

test('a sale set aside outlives its browser, and one counter takes it up', async () => {
  await addDrug(page, 'paracetamol 500', 'Paracetamol 500 mg');
  await press(page, 'F5');
  await page.getByText('Sẵn sàng cho khách tiếp theo').waitFor();
  const other = await openScreens(browser, counter);
  await page.context().close();
  await other.getByText('1 đơn giữ').waitFor();
  await press(other, 'F5', 'Enter');
  await lineOf(other, 'Paracetamol').getByText('A123').waitFor();
  const late = await openScreens(browser, counter);
  await late.getByRole('combobox').waitFor();
  await press(late, 'F5');
  await late.getByText('Đang mở ở quầy khác').waitFor();
  await press(other, 'F9', 'Enter');
  await other.getByText('Phiếu A1-1', { exact: false }).waitFor();
  await Promise.all([other.context().close(), late.context().close()]);
});

test('a part by VietQR, then an exchange that pays with what came back', async () => {
  const account = { bankBin: '970436', number: '0123456789', holder: 'NHA THUOC AN BINH' };
  await counter.ask('settings.change', {
    payment: { account, counterAccounts: {}, cashRoundingVnd: 500 },
  });
  await addDrug(page, 'paracetamol 500', 'Paracetamol 500 mg');
  await page.keyboard.type('20');
  await press(page, 'Enter', 'F9');
  await page.getByLabel('Khách đưa').fill('4000');
  await press(page, 'F10');
  await page.getByRole('img', { name: 'Mã VietQR 6.000 ₫' }).waitFor();
  await press(page, 'F9');
  await page.getByText('Phiếu A1-1', { exact: false }).waitFor();
  await press(page, 'F7');
  await page.getByRole('button', { name: /^A1-1 / }).waitFor();
  await press(page, 'Enter');
  await page.getByLabel('Trả lại Paracetamol 500 mg').fill('1v');
  await page.getByRole('button', { name: 'Mua nhầm' }).click();
  await page.getByRole('button', { name: 'Đổi lấy hàng khác' }).click();
  await addDrug(page, 'oresol 4', 'Oresol 4,1 g');
  await page.keyboard.type('4');
  await press(page, 'Enter', 'F9', 'Enter');
  await page.getByText('Phiếu A1-2 · tổng 1.000 ₫', { exact: false }).waitFor();
  const { rows } = await counter.ask('sales.list', {});
  const [exchanged, first] = await Promise.all(
    rows.map(({ id }) => counter.ask('sales.get', { id })),
  );
  expect(first?.sale.payment.parts).toEqual([
    { method: 'cash', amountVnd: 4_000 },
    { method: 'vietqr', amountVnd: 6_000 },
  ]);
  expect(exchanged?.sale.exchange).toMatchObject({ slip: 'A1-1', creditVnd: 5_000 });
  expect(first?.returns).toMatchObject([{ creditVnd: 5_000, exchangeSaleId: exchanged?.row.id }]);
});
