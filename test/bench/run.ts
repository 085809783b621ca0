/**
 * `npm run bench -- [name…] [--quick]`: runs the named measurements, all without a name, and prints
 * one JSON line per figure. Every measurement is a module beside this file.
 */
import type { Figure, Measure } from './figure.ts';

const names = [
  'till-sale',
  'slip',
  'search',
  'scanner-corpus',
  'cold-start',
  'counter',
  'wire-bytes',
  'ingest',
  'regulator-queries',
  'sale-to-chart',
  'verify',
  'seal',
  'herd',
  'rebirth',
] as const;

await run(process.argv.slice(2));

async function run(words: readonly string[]): Promise<void> {
  const isQuick = words.includes('--quick');
  const wanted = words.filter((word) => word !== '--quick');
  const unknown = wanted.filter((word) => !names.some((name) => name === word));
  if (unknown.length > 0) {
    process.stderr.write(
      `No such measurement: ${unknown.join(', ')}. Known: ${names.join(', ')}\n`,
    );
    process.exitCode = 2;
    return;
  }
  for (const name of wanted.length === 0 ? names : wanted) {
    const measure = await measurementOf(name);
    const figures = await measure({ isQuick });
    for (const figure of figures) process.stdout.write(`${lineOf(figure)}\n`);
  }
}

async function measurementOf(name: string): Promise<Measure> {
  const module: unknown = await import(new URL(`./${name}.ts`, import.meta.url).href);
  if (!isMeasurement(module)) throw new Error(`bench/${name}.ts exports no function "measure"`);
  return module.measure;
}

function isMeasurement(module: unknown): module is { readonly measure: Measure } {
  return (
    typeof module === 'object' &&
    module !== null &&
    'measure' in module &&
    typeof module.measure === 'function'
  );
}

function lineOf({ name, value, unit, floor, ratio }: Figure): string {
  return JSON.stringify({ name, value, unit, floor, ratio });
}
