import { createTill } from '../../desktop/main/till.ts';
import { ManualTime } from './manual-time.ts';
import { testDeps } from './till-parts.ts';

/**
 * A till in a process of its own, to be killed: sells one tablet after another and writes each
 * answer as a line, only after the till gave it.
 */
const [dataDir = '', firstCommand = '0'] = process.argv.slice(2);
const till = createTill({
  ...testDeps(dataDir, new ManualTime()),
  newId: () => crypto.randomUUID(),
});

for (let command = Number(firstCommand); ; command += 1) {
  const reply = await till.invoke('sales.complete', {
    commandId: `01980000-0000-7000-a000-${String(command).padStart(12, '0')}`,
    lines: [{ drug: 'DEMO-1', unit: 'viên', quantity: 1 }],
    payment: { method: 'cash', tenderedVnd: 500 },
    shownTotalVnd: 500,
  });
  const isWritten = process.stdout.write(`${JSON.stringify({ command, reply })}\n`);
  if (!isWritten) await new Promise((resolve) => process.stdout.once('drain', resolve));
}
