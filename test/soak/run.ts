/**
 * `npm run soak -- --minutes 30 --tills 200 [--seed S]`: real tills on real sockets over a bad line to
 * the real centre, which is killed now and then. A watchdog looks for what gets stuck or grows; at the
 * end the faults stop, everything must come to rest, and both sides are compared. Exit status 0 only if
 * everything held.
 */
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { soak } from './soak.ts';

const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '30' },
    tills: { type: 'string', default: '200' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
  },
});
const wanted = z
  .object({
    minutes: z.coerce.number().min(0.5).max(10_000),
    tills: z.coerce.number().int().min(1).max(2_000),
    seed: z.string(),
  })
  .parse(values);

const verdict = await soak(wanted, (line) => void process.stdout.write(`${line}\n`));
for (const [name, count] of Object.entries(verdict.faults)) {
  process.stdout.write(`  ${name}: ${count}\n`);
}
for (const violation of verdict.violations.slice(0, 40)) process.stdout.write(`✗ ${violation}\n`);
const faults = Object.values(verdict.faults).reduce((all, count) => all + count, 0);
process.stdout.write(
  `seed ${wanted.seed}: ${verdict.events} events, ${faults} faults, ${verdict.checks} checks, ` +
    `${verdict.violations.length} violations\n`,
);
process.exitCode = verdict.violations.length === 0 ? 0 : 1;
