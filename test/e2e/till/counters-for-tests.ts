import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach } from 'vitest';
import { buildTillOnce } from '../../support/build-till.ts';
import { launchChromium } from '../../support/chromium.ts';
import { type Counter, openCounter } from '../../support/seed-till.ts';
import { openScreens } from './counter-steps.ts';

type Screens = { readonly browser: Browser; readonly counter: Counter; readonly page: Page };

/** One browser for the file and, for each of its tests, a new counter with its screens open. */
export function countersForTests(options: Parameters<typeof openCounter>[0] = {}) {
  let browser: Browser;
  let screens: Screens;
  beforeAll(async () => {
    await buildTillOnce();
    browser = await launchChromium();
  });
  beforeEach(async () => {
    const counter = await openCounter(options);
    screens = { browser, counter, page: await openScreens(browser, counter) };
  });
  afterEach(async () => {
    await screens.page.context().close();
    await screens.counter.close();
  });
  afterAll(() => browser.close());
  return { current: (): Screens => screens };
}
