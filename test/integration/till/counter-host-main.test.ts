import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { statSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { startLocalServer } from '../../support/local-server.ts';
import { aTemporaryFolder } from '../../support/test-till.ts';

describe('the counter host as a program', () => {
  test('prints its address, answers, and ends cleanly when asked', async () => {
    const dataDir = aTemporaryFolder();
    const program = start({ DATA_DIR: dataDir, TILL_PORT: '0' });
    const url = await program.address();
    const response = await fetch(new URL('rpc/status.get', url), {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{}',
    });
    expect(await response.json()).toMatchObject({
      ok: true,
      value: { host: 'counter-host', fault: null },
    });
    expect(await program.ended('SIGTERM')).toBe(0);
    expect(statSync(path.join(dataDir, 'till/till.db')).size).toBeGreaterThan(0);
  });

  test('says that its port is taken', async () => {
    const server = await startLocalServer();
    onTestFinished(server.close);
    const { port } = new URL(server.url);
    const program = start({ DATA_DIR: aTemporaryFolder(), TILL_PORT: port });
    expect(await program.ended()).toBe(1);
    expect(program.errors()).toContain(`port ${port} is taken`);
  });

  test('says that another program uses its data', async () => {
    const dataDir = aTemporaryFolder();
    const first = start({ DATA_DIR: dataDir, TILL_PORT: '0' });
    await first.address();
    const second = start({ DATA_DIR: dataDir, TILL_PORT: '0' });
    expect(await second.ended()).toBe(1);
    expect(second.errors()).toContain('another program already uses');
    expect(await first.ended('SIGINT')).toBe(0);
  });

  test('says which setting is wrong', async () => {
    const program = start({ DATA_DIR: aTemporaryFolder(), TILL_PORT: 'eighty' });
    expect(await program.ended()).toBe(1);
    expect(program.errors()).toContain('TILL_PORT');
  });
});

function start(environment: Readonly<Record<string, string>>) {
  const child = spawn(process.execPath, [path.resolve('desktop/main/counter-host-main.ts')], {
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const exited = once(child, 'exit');
  let output = '';
  let errors = '';
  child.stdout.on('data', (chunk: Buffer) => {
    output += chunk.toString();
  });
  child.stderr.on('data', (chunk: Buffer) => {
    errors += chunk.toString();
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  return {
    errors: () => errors,
    address: async (): Promise<string> => {
      while (!output.includes('\n')) {
        if (hasEnded(child)) throw new Error(`It ended: ${errors}`);
        await Promise.race([once(child.stdout, 'data'), exited]);
      }
      return /http:\S+/.exec(output)?.[0] ?? '';
    },
    ended: async (signal?: NodeJS.Signals): Promise<number | null> => {
      if (signal !== undefined) child.kill(signal);
      await exited;
      return child.exitCode;
    },
  };
}

function hasEnded(child: ChildProcess): boolean {
  return child.exitCode !== null || child.signalCode !== null;
}
