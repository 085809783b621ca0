import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { scan } from '../e2e/till/counter-steps.ts';
import { buildTillOnce } from '../support/build-till.ts';
import { launchChromium } from '../support/chromium.ts';
import { type BuiltTill, builtTill, shelfDrug } from './built-till.ts';
import { addressOf } from './cold-start.ts';
import { type BenchOptions, type Figure, figure, percentile } from './figure.ts';
import { fullSize, quickSize } from './till-sale.ts';

/** A slow shop computer: the browser gets a quarter of this machine's processor. */
const throttling = 4;
const linesOfSale = 12;

/**
 * The selling screen of a shop with 50,000 products and 100,000 past sales, in a slowed browser: from
 * the last key of a scan to the painted line, from a typed key to the painted letter and to the
 * painted results; and what the till and the page hold in memory afterwards.
 */
export async function measure({ isQuick }: BenchOptions): Promise<readonly Figure[]> {
  const built = builtTill(isQuick ? quickSize : fullSize);
  await buildTillOnce();
  const till = startTill(path.dirname(built.dataDir));
  const browser = await launchChromium();
  try {
    const context = await browser.newContext({ viewport: { width: 1366, height: 768 } });
    const page = await context.newPage();
    await page.goto(await addressOf(till));
    await page.getByRole('combobox').waitFor();
    const devtools = await context.newCDPSession(page);
    await devtools.send('Emulation.setCPUThrottlingRate', { rate: throttling });
    await installStopwatch(page);
    const lineMs = await timeScans(page, built, isQuick ? 1 : 12);
    const { letterMs, resultsMs } = await timeTyping(page, isQuick ? 1 : 5);
    await devtools.send('HeapProfiler.collectGarbage');
    const { usedSize } = await devtools.send('Runtime.getHeapUsage');
    return [
      figure('scan to painted line, p50', percentile(lineMs, 50), 'ms'),
      figure('scan to painted line, p95', percentile(lineMs, 95), 'ms'),
      figure('key to painted letter, p95', percentile(letterMs, 95), 'ms'),
      figure('key to painted results, p95', percentile(resultsMs, 95), 'ms'),
      figure('memory of the till program', residentMib(till), 'MiB'),
      figure('memory of the page (heap)', usedSize / 2 ** 20, 'MiB'),
    ];
  } finally {
    await browser.close();
    const ended = once(till, 'exit');
    till.kill('SIGTERM');
    await ended;
  }
}

function startTill(dataDir: string): ChildProcess {
  const program = path.resolve(import.meta.dirname, '../../desktop/main/counter-host-main.ts');
  return spawn(process.execPath, [program], {
    env: { ...process.env, DATA_DIR: dataDir, TILL_PORT: '0' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
}

type Stopwatch = {
  /** Milliseconds from the last key to the paint in which `selector` is there `count` times. */
  readonly painted: (selector: string, count: number) => Promise<number>;
  /** The same until the paint behind the next change of a text box. */
  readonly typed: () => Promise<number>;
  /** Begins to wait before the key is sent, … */
  readonly start: (waiting: Promise<number>) => void;
  /** … and gives what came of it. */
  readonly stop: () => Promise<number>;
};
declare global {
  interface Window {
    stopwatch?: Stopwatch;
  }
}

/** A paint has happened when the task behind the next animation frame runs. */
async function installStopwatch(page: Page): Promise<void> {
  await page.evaluate(() => {
    let keyAtMs = 0;
    const remember = (event: KeyboardEvent) => {
      keyAtMs = event.timeStamp;
    };
    window.addEventListener('keydown', remember, { capture: true });
    const whenPainted = (resolve: (ms: number) => void) =>
      requestAnimationFrame(() => {
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = () => resolve(performance.now() - keyAtMs);
        port2.postMessage(null);
      });
    const typed = () =>
      new Promise<number>((resolve) => {
        window.addEventListener('input', () => whenPainted(resolve), { once: true });
      });
    const painted = (selector: string, count: number) =>
      new Promise<number>((resolve) => {
        const isThere = () => document.querySelectorAll(selector).length >= count;
        const observer = new MutationObserver(() => {
          if (!isThere()) return;
          observer.disconnect();
          whenPainted(resolve);
        });
        const everything = { childList: true, subtree: true, attributes: true };
        observer.observe(document.body, { ...everything, characterData: true });
      });
    let running = Promise.resolve(0);
    const start = (waiting: Promise<number>) => {
      running = waiting;
    };
    window.stopwatch = { painted, typed, start, stop: () => running };
  });
}

/** Sales of twelve scanned lines each; the first warms up and does not count. */
async function timeScans(page: Page, built: BuiltTill, sales: number): Promise<readonly number[]> {
  const times: number[] = [];
  for (let sale = 0; sale <= sales; sale += 1) {
    for (let line = 0; line < linesOfSale; line += 1) {
      const { aliases } = shelfDrug(built, sale * linesOfSale + line);
      await page.evaluate((count) => {
        const line = window.stopwatch?.painted('tbody > tr[aria-current]', count);
        if (line !== undefined) window.stopwatch?.start(line);
      }, line + 1);
      await scan(page, aliases[0]?.value ?? '');
      const ms = await page.evaluate(() => window.stopwatch?.stop() ?? 0);
      if (sale > 0) times.push(ms);
    }
    await page.keyboard.press('Shift+F8');
    await page.locator('tbody > tr[aria-current]').first().waitFor({ state: 'detached' });
  }
  return times;
}

const typed = ['paracemol', 'cexi 500', 'amoxicilin', 'vitamin c', 'lotadex 20'] as const;

async function timeTyping(page: Page, rounds: number) {
  const box = page.getByRole('combobox');
  const letterMs: number[] = [];
  const resultsMs: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    for (const text of typed) {
      await box.fill('');
      for (const letter of text) {
        await page.evaluate(() => window.stopwatch?.start(window.stopwatch.typed()));
        await page.keyboard.press(letter === ' ' ? 'Space' : letter);
        letterMs.push(await page.evaluate(() => window.stopwatch?.stop() ?? 0));
      }
      await box.fill('');
      await page.evaluate(() =>
        window.stopwatch?.start(window.stopwatch.painted('[role="option"]', 1)),
      );
      await page.keyboard.press(text.slice(0, 1));
      resultsMs.push(await page.evaluate(() => window.stopwatch?.stop() ?? 0));
    }
  }
  return { letterMs, resultsMs };
}

/** Resident memory of the process, as the kernel counts it. */
function residentMib({ pid }: ChildProcess): number {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  return Number(/^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1] ?? Number.NaN) / 1_024;
}
