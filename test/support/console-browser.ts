/** The console in a real Chromium, served by a real centre on a country of its own. */
import { AxeBuilder } from '@axe-core/playwright';
import type { BrowserContext, Page } from 'playwright-core';
import { v7 as uuidv7 } from 'uuid';
import { createAccount } from '../../server/accounts/accounts.ts';
import { publishDrugs } from '../../server/catalogue/publish.ts';
import { inTransaction } from '../../server/db/pool.ts';
import type { Scope } from '../../shared/rules/scope.ts';
import { aDrug } from './builders.ts';
import { launchChromium } from './chromium.ts';
import { parkedTill, seedSampleClinic } from './sample-clinic.ts';
import { sampleDrugCode, sampleFacilityId, seedSampleCountry } from './sample-country.ts';
import {
  startTestConsole,
  type TestConsole,
  testNowMs,
  testPassword,
  testPasswordCost,
} from './test-console.ts';

export type PageOptions = {
  /** Signed in as this account; nobody when absent. */
  readonly account?: keyof typeof consoleAccounts;
  readonly colourScheme?: 'light' | 'dark';
  readonly width?: number;
  readonly height?: number;
};

export type ConsoleBrowser = {
  readonly console: TestConsole;
  /** A page in a browser of its own, at an address of the console. */
  readonly open: (address: string, options?: PageOptions) => Promise<Page>;
  /** Closes every page, so that those of one test do not slow down the next. */
  readonly closePages: () => Promise<void>;
  readonly close: () => Promise<void>;
};

export const consoleAccounts = {
  national: { name: 'quoc-gia', scope: { kind: 'nation' } },
  provincial: { name: 'ca-mau', scope: { kind: 'area', scheme: '63', code: '96' } },
} as const satisfies Record<string, { name: string; scope: Scope }>;

export const consolePlaces = {
  drug: sampleDrugCode(1),
  lot: 'L1-0',
  /** Reports; in Cà Mau, the last of the 63 provinces. */
  reporting: sampleFacilityId(62),
  silent: sampleFacilityId(1),
  neverEnrolled: sampleFacilityId(0),
  /** A sale that waits because its drug is called `hộp xanh 500`. */
  parked: { till: parkedTill, seq: 3 },
} as const;

export async function openConsoleBrowser(): Promise<ConsoleBrowser> {
  const console = await startTestConsole();
  const { pool } = console.centre;
  const country = { facilities: 189, drugs: 70, days: 30, salesPerDay: 3 };
  await seedSampleCountry(pool, country, testNowMs);
  await inTransaction(pool, (transaction) =>
    publishDrugs(transaction, { drugs: [aDrug()] }, testNowMs),
  );
  await seedSampleClinic(console);
  for (const { name, scope } of Object.values(consoleAccounts)) {
    const account = { id: uuidv7(), name, displayName: name, password: testPassword, scope };
    const passwordCost = testPasswordCost;
    await createAccount(pool, { ...account, passwordCost, nowMs: testNowMs });
  }
  const browser = await launchChromium();
  const contexts: BrowserContext[] = [];
  const closePages = async () => {
    for (const context of contexts.splice(0)) await context.close();
  };
  return {
    console,
    open: async (address, { account, colourScheme, width, height } = {}) => {
      const context = await browser.newContext({
        baseURL: console.centre.url,
        colorScheme: colourScheme ?? 'light',
        locale: 'vi-VN',
        viewport: { width: width ?? 1366, height: height ?? 768 },
        acceptDownloads: true,
      });
      contexts.push(context);
      const page = await context.newPage();
      await page.clock.setFixedTime(testNowMs);
      if (account !== undefined) {
        const data = { name: consoleAccounts[account].name, password: testPassword };
        await context.request.post('/api/session', { data });
      }
      await page.goto(address);
      return page;
    },
    closePages,
    close: async () => {
      await closePages();
      await browser.close();
      await console.close();
    },
  };
}

/** Waits until the page has its name and its figures, and every picture is drawn. */
export async function settled(page: Page): Promise<void> {
  await page.waitForFunction(() => {
    const isDrawn = (chart: Element) => chart.getAttribute('data-drawn') === 'true';
    return (
      document.querySelector('h1') !== null &&
      document.querySelector('.placeholder') === null &&
      [...document.querySelectorAll('.chart')].every(isDrawn)
    );
  });
}

/** What axe finds serious or critical, one line each; by some of its rules or by all. */
export async function seriousFindings(
  page: Page,
  rules: readonly string[] = [],
): Promise<readonly string[]> {
  // One frame, and only what is wrong: looking for the rest takes most of the time.
  const axe = new AxeBuilder({ page }).setLegacyMode(true).options({ resultTypes: ['violations'] });
  if (rules.length > 0) axe.withRules([...rules]);
  const { violations } = await axe.analyze();
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.target.join(' ')}`));
}
