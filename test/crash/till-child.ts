/**
 * The till as a program under test: the real world of the counter host, driven by lines on standard
 * input (`{"name", "input"}`), each answered by one line when, and only when, the till has answered.
 * Waiting takes a fiftieth of its time, so that what the till does at rest (moving the log into the
 * database, trying again) happens within the script. Ends in order when the input ends.
 */
import process from 'node:process';
import { createInterface } from 'node:readline';
import { z } from 'zod';
import { jsonLog, productionDeps } from '../../desktop/main/production-deps.ts';
import { createTill } from '../../desktop/main/till.ts';
import type { TillReply } from '../../shared/contract/till-api.ts';

const Line = z.object({ name: z.string(), input: z.unknown() });
const hurry = 50;
const restMs = 2_000;

const [dataDir = ''] = process.argv.slice(2);
// Without backups: they come by the clock, somewhere else in every life.
const { backupDir: _, ...deps } = productionDeps({
  dataDir,
  programVersion: '0.0.0-test',
  host: 'counter-host',
  log: jsonLog('silent'),
});
const till = createTill({
  ...deps,
  timers: {
    ...deps.timers,
    after: (delayMs, run) => deps.timers.after(delayMs / hurry, run),
    // The script is over long before midnight; planning for it takes a tenth of each short life.
    schedule: () => () => undefined,
  },
});
say({ started: till.fault()?.code ?? null });
for await (const line of createInterface({ input: process.stdin })) {
  const { name, input } = Line.parse(JSON.parse(line));
  if (name === 'rest') say(await rested());
  else say(await till.invoke(name, input));
}
await till.close();

/** Long enough on the hurried clock for everything that waits for a quiet moment. */
function rested(): Promise<TillReply> {
  return new Promise((resolve) => {
    deps.timers.after(restMs / hurry, () => resolve({ ok: true, value: null }));
  });
}

function say(answer: unknown): void {
  process.stdout.write(`${JSON.stringify(answer)}\n`);
}
