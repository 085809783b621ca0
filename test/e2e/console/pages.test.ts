import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  type ConsoleBrowser,
  consolePlaces,
  openConsoleBrowser,
  seriousFindings,
  settled,
} from '../../support/console-browser.ts';

const { drug, lot, parked, reporting, silent } = consolePlaces;

/** Each page by an address of its own, and something that only it shows. */
const pages: readonly (readonly [string, string])[] = [
  ['/', 'cơ sở đã báo cáo trong 24 giờ qua'],
  ['/?scheme=34&area=91&colour=sales&days=table&measure=amount', 'An Giang'],
  ['/?map=table&mapSort=-units&colour=alerts', 'Doanh thu 7 ngày'],
  ['/drugs', 'Bán nhiều nhất'],
  ['/drugs?text=mau+so+12', 'Thuốc mẫu số 12'],
  [`/drugs/${drug}`, 'Tồn đầu + vào − ra = tồn cuối'],
  [`/drugs/${drug}?bucket=week&movement=table&areas=table&areaSort=-cover`, 'Tuần từ'],
  ['/lots', 'Nhập số lô để truy vết'],
  ['/lots?text=L1', 'L1-0'],
  [`/lots/${drug}/${lot}?scheme=34`, 'Từng cơ sở'],
  ['/facilities?kind=pharmacy&sort=alerts', 'Quầy thuốc số'],
  ['/facilities?state=silent', 'Im lặng'],
  [`/facilities/${reporting}`, 'Giấy chứng nhận đủ điều kiện kinh doanh dược'],
  [`/facilities/${silent}`, 'Máy không liên lạc'],
  [`/facilities/${reporting}?tab=stock`, 'L62-'],
  [`/facilities/${reporting}?tab=movements`, 'Bản ghi'],
  [`/facilities/${reporting}?tab=alerts`, 'Giá vượt giá kê khai'],
  [`/facilities/${reporting}?tab=enrolment`, 'Khoá đang dùng'],
  [`/facilities/${reporting}/edit`, 'Lưu hồ sơ'],
  ['/facilities/new', 'Số giấy chứng nhận'],
  ['/enrolment-codes', 'Chưa cấp mã nào'],
  ['/alerts?kind=price-above-ceiling&scheme=34', 'cao hơn giá kê khai'],
  ['/clinic?state=waiting', 'Tên thuốc chưa đối chiếu'],
  [`/clinic/${parked.till}/${parked.seq}`, 'Dòng gốc đã niêm phong'],
  ['/agreement', 'Chỗ lệch đầu tiên'],
  ['/catalogue', 'Chọn tệp CSV hoặc XLSX'],
  ['/audit', 'Đăng nhập'],
  ['/nowhere', 'Không có trang này'],
];

describe('every page', () => {
  let browser: ConsoleBrowser;
  let page: Page;
  const complaints: string[] = [];
  beforeAll(async () => {
    browser = await openConsoleBrowser();
    page = await browser.open('/', { account: 'national' });
    page.on('console', (message) => {
      if (message.type() === 'error') complaints.push(message.text());
    });
    page.on('pageerror', (error) => complaints.push(error.message));
  });
  afterAll(() => browser.close());

  test.each(pages)('%s hinders nobody and is the same after a reload', async (address, words) => {
    await page.goto(address);
    await settled(page);
    await page.getByText(words).filter({ visible: true }).first().waitFor();
    expect(new URL(page.url()).pathname).toBe(address.split('?')[0]);
    const inLight = await seriousFindings(page);
    await page.emulateMedia({ colorScheme: 'dark' });
    const inDark = await seriousFindings(page, ['color-contrast']);
    const before = await page.locator('main').innerText();

    await page.reload();
    await settled(page);
    await page.getByText(words).filter({ visible: true }).first().waitFor();
    const after = await page.locator('main').innerText();

    // What is left of the shop's laptop at 200 %.
    await page.setViewportSize({ width: 683, height: 384 });
    const overhangPx = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    await page.setViewportSize({ width: 1366, height: 768 });
    await page.emulateMedia({ colorScheme: 'light' });
    expect({ inLight, inDark, overhangPx, after, complaints: complaints.splice(0) }).toEqual({
      inLight: [],
      inDark: [],
      overhangPx: 0,
      after: before,
      complaints: [],
    });
  });
});
