/**
 * The range of every change, run as a person runs it. `npm run simulate -- --seeds 10000` is the same
 * for a night.
 */
import { spawn } from 'node:child_process';
import path from 'node:path';
import { expect, test } from 'vitest';

const runner = path.join(import.meta.dirname, 'run.ts');

test('two hundred seeds: nothing is lost, doubled, forged or stuck', async () => {
  const { lines, code } = await simulate(['--seeds', '200', '--first-seed', '1']);
  const found = lines.filter((line) => !line.startsWith('seed ') || code !== 0);
  expect({ code, found: found.slice(0, -1) }).toEqual({ code: 0, found: [] });
  const [seeds = 0, events = 0, faults = 0, checks = 0, violations] = numbersOf(lines.at(-1));
  expect(violations).toBe(0);
  expect({ seeds: seeds >= 200, events: events > 8_000, faults: faults > 8_000 }).toEqual({
    seeds: true,
    events: true,
    faults: true,
  });
  expect(checks).toBeGreaterThan(400_000);
  process.stdout.write(`${lines.at(-1)}\n`);
}, 600_000);

test('the same seed gives the same run', async () => {
  const runs = [await simulate(['--seed', '14']), await simulate(['--seed', '14'])];
  const [first, second] = runs.map(({ lines }) => lines.find((line) => line.startsWith('seed 14')));
  expect(first).toMatch(/^seed 14: \d+ events/);
  expect(second).toBe(first);
});

test('planted bugs are caught', async () => {
  const plants = ['reported-before-sent', 'first-version-wins', 'no-sync-to-disk', 'fork-unseen'];
  const { lines, code } = await simulate(['--plant', plants.join(',')]);
  expect({ code, last: lines.at(-1)?.replace(/, seeds \d+$/, '') }).toEqual({
    code: 0,
    last: 'plants 4, caught 4, missed 0',
  });
});

/** Runs `npm run simulate`; what it says line by line, and how it ends. */
function simulate(
  options: readonly string[],
): Promise<{ readonly lines: readonly string[]; readonly code: number | null }> {
  const child = spawn(process.execPath, [runner, ...options], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let said = '';
  child.stdout.on('data', (piece: Buffer) => {
    said += piece.toString();
  });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => resolve({ lines: said.trimEnd().split('\n'), code }));
  });
}

function numbersOf(line = ''): readonly number[] {
  return (line.match(/\d+/g) ?? []).map(Number);
}
