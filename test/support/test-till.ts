import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { onTestFinished } from 'vitest';
import type { TillDb } from '../../desktop/main/db/till-db.ts';
import type { TillDeps } from '../../desktop/main/deps.ts';
import { createTill, openTill, type Till } from '../../desktop/main/till.ts';
import type {
  TillAnswer,
  TillCallName,
  TillProblem,
  TillRequest,
} from '../../shared/contract/till-api.ts';
import { ManualTime } from './manual-time.ts';
import { type PreparedParts, prepareDatabase, testDeps } from './till-parts.ts';

/** A real till on a real file, whose clock, ids and network belong to the test. */
export type TestTill = {
  readonly till: Till;
  readonly dataDir: string;
  readonly time: ManualTime;
  /** The answer; a refusal fails the test. */
  readonly ask: <Name extends TillCallName>(
    name: Name,
    input: TillRequest<Name>,
  ) => Promise<TillAnswer<Name>>;
  /** The refusal; an answer fails the test. */
  readonly refusal: <Name extends TillCallName>(
    name: Name,
    input: TillRequest<Name>,
  ) => Promise<TillProblem>;
  /** Closes and opens again on the same folder and clock. */
  readonly reopened: () => Promise<TestTill>;
};

type TestTillParts = PreparedParts & { readonly deps?: Partial<TillDeps> };

export async function aTestTill(parts: TestTillParts = {}): Promise<TestTill> {
  const dataDir = aTemporaryFolder();
  prepareDatabase(dataDir, parts);
  return openTestTill(dataDir, parts.deps);
}

/** Opens whatever is in a folder. */
export function openTestTill(
  dataDir: string,
  changes: Partial<TillDeps> = {},
  time = new ManualTime(),
): TestTill {
  const till = createTill({ ...testDeps(dataDir, time), ...changes });
  return around(till, { dataDir, time, changes });
}

/** A till over a connection that the test made, to take away what it needs. */
export function aTestTillOver(db: TillDb, dataDir: string): TestTill {
  const time = new ManualTime();
  return around(openTill(db, testDeps(dataDir, time)), { dataDir, time, changes: {} });
}

function around(
  till: Till,
  parts: { dataDir: string; time: ManualTime; changes: Partial<TillDeps> },
): TestTill {
  const { dataDir, time, changes } = parts;
  onTestFinished(() => till.close());
  return {
    till,
    dataDir,
    time,
    ask: async (name, input) => {
      const reply = await till.invoke(name, input);
      if (!reply.ok) throw new Error(`${name}: ${JSON.stringify(reply.error)}`);
      // Safe: the dispatcher's handlers are typed by the contract.
      return reply.value as TillAnswer<typeof name>;
    },
    refusal: async (name, input) => {
      const reply = await till.invoke(name, input);
      if (reply.ok) throw new Error(`${name} was answered: ${JSON.stringify(reply.value)}`);
      return reply.error;
    },
    reopened: async () => {
      await till.close();
      return openTestTill(dataDir, changes, time);
    },
  };
}

export function aTemporaryFolder(): string {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'till-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}
