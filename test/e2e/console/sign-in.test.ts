import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { limits } from '../../../shared/base/limits.ts';
import {
  type ConsoleBrowser,
  consoleAccounts,
  openConsoleBrowser,
  seriousFindings,
} from '../../support/console-browser.ts';
import { testPassword } from '../../support/test-console.ts';

describe('signing in', () => {
  let browser: ConsoleBrowser;
  beforeAll(async () => {
    browser = await openConsoleBrowser();
  });
  afterEach(() => browser.closePages());
  afterAll(() => browser.close());

  test('stands in place of the view that was asked for, and gives way to it', async () => {
    const page = await browser.open('/facilities?state=silent&scheme=34');
    await page.getByRole('heading', { name: 'Đăng nhập' }).waitFor();
    expect(await seriousFindings(page)).toEqual([]);
    await page.getByLabel('Tên đăng nhập').fill(consoleAccounts.national.name);
    await page.getByLabel('Mật khẩu', { exact: true }).fill(testPassword);
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Cơ sở', exact: true }).waitFor();
    expect(new URL(page.url()).search).toBe('?state=silent&scheme=34');
  });

  test('says that name or password is wrong, then that the account is locked and until when', async () => {
    const page = await browser.open('/');
    const submit = page.getByRole('button', { name: 'Đăng nhập' });
    await page.getByLabel('Tên đăng nhập').fill('nobody-of-this-name');
    for (let attempt = 0; attempt < limits.signInFailuresMax; attempt += 1) {
      await page.getByLabel('Mật khẩu', { exact: true }).fill('wrong-password');
      const answered = page.waitForResponse((response) => response.url().endsWith('/api/session'));
      await submit.click();
      await answered;
      await page.getByRole('alert').getByText('không đúng').waitFor();
    }
    await page.getByLabel('Mật khẩu', { exact: true }).fill('wrong-password');
    await submit.click();
    await page
      .getByRole('alert')
      .getByText(/tạm khoá.*thử lại sau 12:\d\d/)
      .waitFor();
  });

  test('ends by signing out, and the next page asks again', async () => {
    const page = await browser.open('/alerts', { account: 'national' });
    await page.getByRole('heading', { name: 'Cảnh báo', exact: true }).waitFor();
    await page.getByTitle(consoleAccounts.national.name).click();
    await page.getByRole('menuitem', { name: 'Đăng xuất' }).click();
    await page.getByRole('heading', { name: 'Đăng nhập' }).waitFor();
    await page.goto('/drugs');
    await page.getByRole('heading', { name: 'Đăng nhập' }).waitFor();
  });

  test('a session that ended elsewhere brings the form, and afterwards the same page', async () => {
    const page = await browser.open('/drugs', { account: 'national' });
    await page.getByText('Bán nhiều nhất').waitFor();
    await page.context().clearCookies();
    await page.getByLabel('Tìm thuốc').fill('mau so 12');
    await page.getByRole('heading', { name: 'Đăng nhập' }).waitFor();
    await page.getByLabel('Tên đăng nhập').fill(consoleAccounts.national.name);
    await page.getByLabel('Mật khẩu', { exact: true }).fill(testPassword);
    await page.keyboard.press('Enter');
    await page.getByRole('link', { name: 'Thuốc mẫu số 12' }).waitFor();
  });
});
