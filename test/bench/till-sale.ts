import path from 'node:path';
import Database from 'better-sqlite3';
import { jsonLog, productionDeps } from '../../desktop/main/production-deps.ts';
import { createTill } from '../../desktop/main/till.ts';
import { type BuiltTill, builtTill, shelfDrug } from './built-till.ts';
import { type BenchOptions, type Figure, figure, figureOverFloor, percentile } from './figure.ts';

/**
 * A sale of three lines through the till's one door until it is on the disk, with 50,000 products and
 * 100,000 past sales. Floor: a bare SQLite insert of as many bytes with the same fsync, right after.
 */
export async function measure({ isQuick }: BenchOptions): Promise<readonly Figure[]> {
  const built = builtTill(isQuick ? quickSize : fullSize);
  const rounds = isQuick ? 50 : 1_000;
  const log = jsonLog('error');
  const { dataDir } = built;
  const deps = productionDeps({ dataDir, programVersion: 'bench', host: 'counter-host', log });
  const till = createTill(deps);
  const salesMs: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const command = saleCommand(built, round, deps.newId());
    const startMs = performance.now();
    const reply = await till.invoke('sales.complete', command);
    salesMs.push(performance.now() - startMs);
    if (!reply.ok) throw new Error(`The sale was refused: ${JSON.stringify(reply.error)}`);
    // A customer takes longer than this; without it no timer of the till would ever run.
    if (round % 20 === 0) await new Promise((resolve) => setTimeout(resolve, 0));
  }
  await till.close();
  const floorMs = bareInserts(path.join(dataDir, 'floor.db'), rounds);
  return [
    figureOverFloor('till sale of 3 lines, durable, p50', {
      value: percentile(salesMs, 50),
      floor: percentile(floorMs, 50),
      unit: 'ms',
    }),
    figureOverFloor('till sale of 3 lines, durable, p99', {
      value: percentile(salesMs, 99),
      floor: percentile(floorMs, 99),
      unit: 'ms',
    }),
    figure('till sale of 3 lines, durable, slowest', Math.max(...salesMs), 'ms'),
  ];
}

export const fullSize = { drugs: 50_000, sales: 100_000 };
export const quickSize = { drugs: 1_000, sales: 1_000 };

export function saleCommand(built: BuiltTill, round: number, commandId: string) {
  const lines = [0, 1, 2].map((offset) => ({
    drug: shelfDrug(built, round * 3 + offset).code,
    unit: 'viên',
    quantity: 2,
  }));
  return {
    commandId,
    lines,
    payment: { method: 'cash', tenderedVnd: 3_000 },
    shownTotalVnd: 3_000,
  };
}

/** About what one sale writes: its event, three movements, three lots, a sale and an answer. */
const bytesPerSale = 2_000;

function bareInserts(file: string, rounds: number): readonly number[] {
  const sqlite = new Database(file);
  sqlite.pragma('journal_mode = WAL');
  sqlite.pragma('synchronous = FULL');
  sqlite.exec('CREATE TABLE line (seq INTEGER PRIMARY KEY, line TEXT NOT NULL) STRICT');
  const insert = sqlite.prepare('INSERT INTO line (line) VALUES (?)');
  const line = 'x'.repeat(bytesPerSale);
  const insertsMs = Array.from({ length: rounds }, () => {
    const startMs = performance.now();
    insert.run(line);
    return performance.now() - startMs;
  });
  sqlite.close();
  return insertsMs;
}
