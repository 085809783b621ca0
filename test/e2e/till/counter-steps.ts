import { AxeBuilder } from '@axe-core/playwright';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import type { Counter } from '../../support/seed-till.ts';

/** A counter's screens in a new browser of their own, ready to type in. */
export async function openScreens(
  browser: Browser,
  counter: Counter,
  options: BrowserContextOptions & { readonly path?: string } = {},
): Promise<Page> {
  const { path = '', ...rest } = options;
  const context = await browser.newContext({ viewport: { width: 1366, height: 768 }, ...rest });
  const page = await context.newPage();
  page.setDefaultTimeout(10_000);
  await page.goto(counter.url + path);
  return page;
}

/** Types as a person does: one key after the other, without waiting for the screen. */
export async function press(page: Page, ...keys: readonly string[]): Promise<void> {
  for (const key of keys) await page.keyboard.press(key);
}

const secondsPerKey = 0.005;

/**
 * As a wedge scanner types: each key carries the moment at which the keyboard sent it, so that a
 * busy machine makes no gaps.
 */
export async function scan(page: Page, code: string): Promise<void> {
  const session = await page.context().newCDPSession(page);
  const startedAt = Date.now() / 1_000;
  const strokes = [...code, 'Enter'].flatMap((key, index) =>
    (['keyDown', 'keyUp'] as const).map((type) => ({
      ...{ type, key, code: placeOf(key), timestamp: startedAt + index * secondsPerKey },
      ...(type === 'keyDown' ? { text: key === 'Enter' ? '\r' : key } : {}),
      windowsVirtualKeyCode: key === 'Enter' ? 13 : (key.toUpperCase().codePointAt(0) ?? 0),
    })),
  );
  await Promise.all(strokes.map((stroke) => session.send('Input.dispatchKeyEvent', stroke)));
  await session.detach();
}

/** Where a key lies on the keyboard. */
function placeOf(key: string): string {
  if (/^[a-z]$/i.test(key)) return `Key${key.toUpperCase()}`;
  return /^\d$/.test(key) ? `Digit${key}` : key === 'Enter' ? key : '';
}

/** Searches and takes the first result; the new line is on screen when this returns. */
export async function addDrug(page: Page, text: string, name: string): Promise<void> {
  await page.getByRole('combobox').fill(text);
  await page.keyboard.press('Enter');
  await lineOf(page, name).waitFor();
}

/** The line of the sale that holds this drug; its reason, if it has one, is a row of its own. */
export function lineOf(page: Page, name: string) {
  return page.getByRole('row', { name: new RegExp(`Chọn dòng \\d+: ${name}`) });
}

/** WCAG 2.2 A and AA findings that keep somebody from working. */
export async function seriousFindings(page: Page): Promise<readonly string[]> {
  // One frame, and only what is wrong: looking for the rest takes most of the time.
  const { violations } = await new AxeBuilder({ page })
    .setLegacyMode(true)
    .options({ resultTypes: ['violations'] })
    .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'])
    .analyze();
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.target.join(' ')}`));
}
