import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { verifyExportFile } from '../../server/verify/read-export.ts';
import { countedText } from '../../shared/sync/journal-export.ts';
import { type BenchOptions, type Figure, figure, figureOverFloor } from './figure.ts';
import { salesPerYear, yearExport } from './year-of-sales.ts';

/**
 * A year of one shop verified from its file, as `npm run verify` does it: unpacking, the whole chain,
 * every signature in it, every event read and added up. The floor is one SHA-256 over the same bytes.
 */
export async function measure({ isQuick }: BenchOptions): Promise<readonly Figure[]> {
  const sales = isQuick ? 2_000 : salesPerYear;
  const folder = mkdtempSync(path.join(tmpdir(), 'bench-verify-'));
  try {
    const file = path.join(folder, 'year.so.gz');
    const text = yearExport(sales).map(countedText).join('');
    writeFileSync(file, gzipSync(text));
    const floorStart = performance.now();
    createHash('sha256').update(text).digest();
    const floor = performance.now() - floorStart;
    const start = performance.now();
    const cpuStart = process.cpuUsage();
    const report = await verifyExportFile(file);
    const wallMs = performance.now() - start;
    const cpu = process.cpuUsage(cpuStart);
    const [till] = report.ok ? report.value.tills : [];
    if (!report.ok || report.value.findings.length > 0 || till?.events !== sales) {
      throw new Error(`The year is not what it should be: ${JSON.stringify(report)}`);
    }
    return [
      figureOverFloor(`verify a journal of ${sales} sales`, { value: wallMs, floor, unit: 'ms' }),
      figure('processor time of it', (cpu.user + cpu.system) / 1_000, 'ms'),
      figure('bytes of the file per sale', statSync(file).size / sales, 'B'),
    ];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
