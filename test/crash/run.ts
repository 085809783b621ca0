/**
 * `npm run crash-points -- [--all] [--seed S]`: kills till and centre at their write calls, cuts the
 * power, fills the disk, kills the database. Without `--all` a part of the points, as every change
 * takes it. Exit status 0 only if everything held.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { startEmbeddedDatabase } from '../../server/db/embedded.ts';
import { makeSimulationFolder } from '../simulation/simulation-folder.ts';
import {
  cutPower,
  killCentre,
  killDatabase,
  killTill,
  openWorkshop,
  someExtent,
  troubleCommands,
  troubleStarts,
  wholeExtent,
} from './crash-suite.ts';
import type { CrashReport } from './till-points.ts';

const violationsShownMax = 20;
const { values } = parseArgs({
  options: { all: { type: 'boolean', default: false }, seed: { type: 'string', default: '1' } },
});

await run({
  extent: values.all ? wholeExtent : someExtent,
  seed: z.coerce.number().parse(values.seed),
});

async function run({
  extent,
  seed,
}: {
  readonly extent: typeof wholeExtent;
  readonly seed: number;
}): Promise<void> {
  const folder = makeSimulationFolder();
  // The database runs as another user, and its files are to meet a real disk.
  const databaseFolder = mkdtempSync(path.join(tmpdir(), 'mang-thuoc-crash-'));
  const reports: CrashReport[] = [];
  try {
    const workshop = await openWorkshop(folder);
    reports.push(tell(await killTill(workshop, extent)));
    reports.push(tell(await cutPower(workshop, extent, { seed })));
    reports.push(tell(await troubleCommands(workshop)));
    reports.push(tell(await troubleStarts(workshop, extent)));
    const database = await startEmbeddedDatabase({
      dataDir: path.join(databaseFolder, 'centre'),
      log: { info: () => {}, warn: () => {}, error: () => {} },
      report: () => {},
      isThrowAway: true,
    });
    try {
      reports.push(tell(await killCentre(workshop, extent, database.databaseUrl)));
    } finally {
      await database.stop();
    }
    const kills = { ...workshop, folder: databaseFolder };
    reports.push(tell(await killDatabase(kills, extent)));
  } finally {
    rmSync(folder, { recursive: true, force: true });
    rmSync(databaseFolder, { recursive: true, force: true });
  }
  const total = (count: (report: CrashReport) => number) =>
    reports.reduce((all, report) => all + count(report), 0);
  const violations = total((report) => report.violations.length);
  process.exitCode = violations === 0 ? 0 : 1;
  process.stdout.write(
    `write calls ${total(({ calls }) => calls)}, points ${total(({ points }) => points)}, ` +
      `checks ${total(({ checks }) => checks)}, violations ${violations}\n`,
  );
}

function tell(report: CrashReport): CrashReport {
  const { what, calls, points, acknowledged, checks, violations } = report;
  process.stdout.write(
    `${what}: ${calls} write calls, ${points} points, ${acknowledged} acknowledgements at stake, ` +
      `${checks} checks, ${violations.length} violations\n`,
  );
  for (const violation of violations.slice(0, violationsShownMax)) {
    process.stdout.write(`  ${violation}\n`);
  }
  return report;
}
