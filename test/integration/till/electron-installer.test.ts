import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test, vi } from 'vitest';
import { startLocalServer } from '../../support/local-server.ts';
import { aTemporaryFolder } from '../../support/test-till.ts';

const program = path.resolve(import.meta.dirname, '../../support/updating-program.ts');
const standIn = path.resolve(import.meta.dirname, '../../support/electron-shim/register.ts');

/** A new program that says that it was started, large enough to show progress. */
function newProgram(startedFile: string): Buffer {
  return Buffer.from(`#!/bin/sh\necho started > '${startedFile}'\nexit 0\n${'#'.repeat(300_000)}`);
}

async function anInstalledProgram() {
  const folder = aTemporaryFolder();
  const started = path.join(folder, 'started');
  const installed = path.join(folder, 'Mang-Thuoc.AppImage');
  writeFileSync(installed, 'the old program', { mode: 0o755 });
  const bytes = newProgram(started);
  const server = await startLocalServer();
  const file = {
    name: 'Mang-Thuoc-9.0.0.AppImage',
    arch: 'x64',
    bytes: bytes.length,
    sha512: createHash('sha512').update(bytes).digest('base64'),
  };
  const run = async (version: string) => {
    const wanted = JSON.stringify({
      baseUrl: `${server.url}/v1/updates/`,
      version,
      file,
      dataDir: folder,
    });
    const environment = {
      ...process.env,
      APPIMAGE: installed,
      ELECTRON_SHIM_PACKED: '1',
      XDG_CACHE_HOME: path.join(folder, 'cache'),
    };
    return new Promise<string>((resolve) => {
      execFile(
        process.execPath,
        ['--import', standIn, program, wanted, `--user-data-dir=${folder}`],
        { env: environment, timeout: 30_000 },
        (_error, printed, trouble) => resolve(printed + trouble),
      );
    });
  };
  return { folder, installed, started, server, bytes, run };
}

test('fetches the program that was signed for, takes its own place and starts it', async () => {
  const { installed, started, server, bytes, run } = await anInstalledProgram();
  server.answerWith((_request, response) => response.end(bytes));
  expect(await run('9.0.0')).toContain('{"step":"fetched","wasShown":true}');
  await vi.waitUntil(() => existsSync(started), { timeout: 10_000 });
  expect(readFileSync(installed)).toEqual(bytes);
  await server.close();
});

test('leaves its place to no other bytes, and to no older program', async () => {
  const { installed, server, bytes, run } = await anInstalledProgram();
  const changed = Buffer.concat([bytes.subarray(0, -1), Buffer.from('!')]);
  server.answerWith((_request, response) => response.end(changed));
  expect(await run('9.0.0')).toContain('{"step":"refused","name":"WrongFile"}');
  server.answerWith((_request, response) => response.end(bytes));
  expect(await run('0.0.1')).toContain('{"step":"refused","name":"WrongFile"}');
  expect(readFileSync(installed, 'utf8')).toBe('the old program');
  await server.close();
});
