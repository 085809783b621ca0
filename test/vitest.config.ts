import path from 'node:path';
import { defineConfig } from 'vitest/config';
import { PlainReporter } from './support/plain-reporter.ts';

const root = path.resolve(import.meta.dirname, '..');

/** One project per kind of proof; the slow ones run one file at a time on two cores. */
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
      slow('integration', { testTimeoutMs: 30_000, globalSetup: ['test/support/postgres.ts'] }),
      slow('simulation', { testTimeoutMs: 180_000, globalSetup: ['test/support/postgres.ts'] }),
      slow('crash', { testTimeoutMs: 600_000, globalSetup: ['test/support/postgres.ts'] }),
      slow('e2e', { testTimeoutMs: 60_000, globalSetup: ['test/support/postgres.ts'] }),
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
  { testTimeoutMs, globalSetup }: { testTimeoutMs: number; globalSetup: string[] },
) {
  return {
    root,
    test: {
      name,
      include: [`test/${name}/**/*.test.{ts,tsx}`],
      pool: 'forks' as const,
      fileParallelism: name === 'integration',
      maxWorkers: 2,
      testTimeout: testTimeoutMs,
      hookTimeout: 120_000,
      globalSetup,
    },
  };
}
