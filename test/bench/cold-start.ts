import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { statSync } from 'node:fs';
import path from 'node:path';
import { builtTill } from './built-till.ts';
import { type BenchOptions, type Figure, figure, figureOverFloor, percentile } from './figure.ts';
import { fullSize, quickSize } from './till-sale.ts';

/**
 * From starting the program to its first answered search: 50,000 products, 100,000 past sales, every
 * page of the database checked. Floor: a Node process that does nothing.
 */
export async function measure({ isQuick }: BenchOptions): Promise<readonly Figure[]> {
  const { dataDir } = builtTill(isQuick ? quickSize : fullSize);
  const rounds = isQuick ? 1 : 5;
  const startsMs: number[] = [];
  const floorsMs: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    startsMs.push(await startMs(path.dirname(dataDir)));
    floorsMs.push(await bareNodeMs());
  }
  return [
    figureOverFloor('till ready (cold start to first search), median', {
      value: percentile(startsMs, 50),
      floor: percentile(floorsMs, 50),
      unit: 'ms',
    }),
    figure('till ready (cold start to first search), slowest', Math.max(...startsMs), 'ms'),
    figure('till database', statSync(path.join(dataDir, 'till.db')).size / 2 ** 20, 'MiB'),
  ];
}

async function startMs(dataDir: string): Promise<number> {
  const program = path.resolve(import.meta.dirname, '../../desktop/main/counter-host-main.ts');
  const beganMs = performance.now();
  const child = spawn(process.execPath, [program], {
    env: { ...process.env, DATA_DIR: dataDir, TILL_PORT: '0' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  try {
    const url = await addressOf(child);
    const response = await fetch(new URL('rpc/drugs.search', url), {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ text: 'para' }),
    });
    const reply: unknown = await response.json();
    if (!JSON.stringify(reply).startsWith('{"ok":true')) {
      throw new Error(`The till did not answer: ${JSON.stringify(reply)}`);
    }
    return performance.now() - beganMs;
  } finally {
    const ended = once(child, 'exit');
    child.kill('SIGTERM');
    await ended;
  }
}

/** Where a counter host that was just started says it serves. */
export async function addressOf(child: ChildProcess): Promise<string> {
  let output = '';
  for await (const chunk of child.stdout ?? []) {
    output += String(chunk);
    const url = /http:\S+/.exec(output)?.[0];
    if (url !== undefined && output.includes('\n')) return url;
  }
  throw new Error('The till ended before it was ready');
}

async function bareNodeMs(): Promise<number> {
  const beganMs = performance.now();
  await once(spawn(process.execPath, ['-e', '0'], { stdio: 'ignore' }), 'exit');
  return performance.now() - beganMs;
}
