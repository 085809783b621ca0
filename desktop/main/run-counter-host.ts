import path from 'node:path';
import process from 'node:process';
import { z } from 'zod';
import packageJson from '../../package.json' with { type: 'json' };
import { keptLog } from './care/kept-log.ts';
import { jsonLog, productionDeps } from './production-deps.ts';
import { createTill } from './till.ts';
import { startCounterHost } from './transport/counter-host.ts';

const Settings = z.object({
  TILL_PORT: z.coerce.number().int().min(0).max(65_535).default(4780),
  DATA_DIR: z.string().min(1).default('data'),
  LOG_LEVEL: z.enum(['silent', 'error', 'warn', 'info']).default('warn'),
});

/** Beside the sources when run as TypeScript: `npm run build` writes it there. */
const rendererDir = path.join(import.meta.dirname, '../../out/renderer');

/** Runs until it is asked to end. @returns the exit code. */
export async function runCounterHost(
  environment: Readonly<Record<string, string | undefined>>,
): Promise<number> {
  const settings = Settings.safeParse(environment);
  if (!settings.success) {
    say(`The till cannot start: ${z.prettifyError(settings.error)}`);
    return 1;
  }
  const { TILL_PORT: port, DATA_DIR, LOG_LEVEL } = settings.data;
  const dataDir = path.resolve(DATA_DIR, 'till');
  const kept = keptLog(path.join(dataDir, 'log'));
  const log = jsonLog(LOG_LEVEL, kept);
  const programVersion = packageJson.version;
  const till = createTill(
    productionDeps({ dataDir, programVersion, host: 'counter-host', log, kept, rendererDir }),
  );
  const fault = till.fault();
  if (fault?.code === 'database-in-use') {
    await till.close();
    say(`The till cannot start: another program already uses ${dataDir}. Close it first.`);
    return 1;
  }
  if (fault !== null) {
    say(`Selling is stopped (${fault.code}): ${fault.detail}. Nothing was deleted.`);
  }
  const host = await startCounterHost({ till, port, rendererDir, log });
  if (!host.ok) {
    await till.close();
    say(
      host.error.type === 'PortTaken'
        ? `The till cannot start: port ${port} is taken. Set TILL_PORT to another one.`
        : `The till cannot start: ${host.error.detail}`,
    );
    return 1;
  }
  process.stdout.write(`Till: ${host.value.url}\n`);
  await askedToEnd();
  await host.value.close();
  await till.close();
  return 0;
}

/** Ctrl-C, a service manager, or the parent that started us and is gone. */
function askedToEnd(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
      process.once(signal, () => resolve());
    }
    if (process.channel !== undefined) process.once('disconnect', () => resolve());
  });
}

function say(sentence: string): void {
  process.stderr.write(`${sentence}\n`);
}
