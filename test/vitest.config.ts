import path from 'node:path';
import { defineConfig } from 'vitest/config';
import { PlainReporter } from './support/plain-reporter.ts';

const root = path.resolve(import.meta.dirname, '..');

/**
 * One project per kind of proof. Simulation and crash points use both cores by themselves: they run
 * one file at a time and after everything else.
 */
export default defineConfig({
  root,
  test: {
    reporters: ['default', new PlainReporter()],
    projects: [
      fast('unit'),
      fast('property'),
      fast('contract'),
      fast('migration'),
      fast('tidy'),
      slow('integration', { testTimeoutMs: 30_000 }),
      slow('e2e', { testTimeoutMs: 60_000 }),
      slow('simulation', { testTimeoutMs: 180_000, runsAlone: 1 }),
      slow('crash', { testTimeoutMs: 600_000, runsAlone: 2 }),
    ],
  },
});

function fast(name: string) {
  return {
    root,
    test: { name, include: [`test/${name}/**/*.test.{ts,tsx}`], testTimeout: 20_000 },
  };
}

function slow(
  name: string,
  { testTimeoutMs, runsAlone = 0 }: { testTimeoutMs: number; runsAlone?: number },
) {
  return {
    root,
    test: {
      name,
      include: [`test/${name}/**/*.test.{ts,tsx}`],
      pool: 'forks' as const,
      fileParallelism: runsAlone === 0,
      sequence: { groupOrder: runsAlone },
      maxWorkers: 2,
      testTimeout: testTimeoutMs,
      hookTimeout: 120_000,
      globalSetup: ['test/support/postgres.ts'],
    },
  };
}
