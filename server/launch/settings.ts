import { z } from 'zod';

const Port = z.coerce.number().int().min(0).max(65_535);

/** The part of the environment that the launcher itself needs; the rest is handed on. */
const Settings = z.object({
  PORT: Port.default(4_700),
  TILL_PORT: Port.default(4_780),
  DATA_DIR: z.string().min(1).default('data'),
  DEMO: z.string().default('1'),
});
export type Settings = z.output<typeof Settings>;

/** @returns a sentence when something in the environment cannot be used. */
export function readSettings(environment: NodeJS.ProcessEnv): Settings | string {
  const given = Object.entries(environment).filter(([, value]) => value !== '');
  const settings = Settings.safeParse(Object.fromEntries(given));
  if (settings.success) return settings.data;
  const issue = settings.error.issues[0];
  const name = issue?.path.join('.') ?? '';
  return `Không dùng được / cannot use ${name}=${environment[name] ?? ''}: ${issue?.message ?? ''}`;
}
