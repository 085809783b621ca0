/** The till in a process of its own (till-child.ts), spoken to line by line. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import process from 'node:process';
import { createInterface } from 'node:readline';
import { z } from 'zod';
import type { TillReply } from '../../shared/contract/till-api.ts';
import type { FaultControl } from './fault-library.ts';

/** Both made once for all lives: bundle-till.ts, fault-library.ts. */
export type TillProgram = { readonly script: string; readonly library: string };

export type RunningTill = {
  /** The fault it opened with, null when it opened well; undefined when it ended before. */
  readonly started: string | null | undefined;
  /** Undefined when the till ended before it answered. */
  readonly ask: (name: string, input: unknown) => Promise<TillReply | undefined>;
  /** Lets it end in order. */
  readonly end: () => Promise<{
    readonly exitCode: number | null;
    readonly signal: NodeJS.Signals | null;
    /** What it wrote on standard error. */
    readonly words: string;
  }>;
};

/** The outer form of an answer. */
export const Reply = z.discriminatedUnion('ok', [
  z.object({ ok: z.literal(true), value: z.unknown() }),
  z.object({ ok: z.literal(false), error: z.looseObject({ type: z.string() }) }),
]);
const Started = z.object({ started: z.string().nullable() });

export async function startTill(parts: {
  readonly program: TillProgram;
  readonly dataDir: string;
  readonly control: FaultControl;
}): Promise<RunningTill> {
  const child = spawn(process.execPath, [parts.program.script, parts.dataDir], {
    stdio: ['pipe', 'pipe', 'pipe'],
    env: {
      ...process.env,
      NODE_COMPILE_CACHE: path.join(path.dirname(parts.program.script), 'compile-cache'),
      ...parts.control.environment,
    },
  });
  let words = '';
  child.stderr.on('data', (chunk: Buffer) => {
    words += chunk.toString('utf8');
  });
  // A killed till no longer reads what is said to it.
  child.stdin.on('error', () => undefined);
  const closed = once(child, 'close');
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const nextLine = async (): Promise<unknown> => {
    const line = await lines.next();
    return line.done === true ? undefined : JSON.parse(line.value);
  };
  const first = await nextLine();
  return {
    started: first === undefined ? undefined : Started.parse(first).started,
    ask: async (name, input) => {
      child.stdin.write(`${JSON.stringify({ name, input })}\n`);
      const line = await nextLine();
      // Safe: the child writes what `Till.invoke` gave; only its outer form matters here.
      return line === undefined ? undefined : (Reply.parse(line) as TillReply);
    },
    end: async () => {
      child.stdin.end();
      await closed;
      return { exitCode: child.exitCode, signal: child.signalCode, words };
    },
  };
}
