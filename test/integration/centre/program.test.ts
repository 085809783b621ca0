import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { CannotStart } from '../../../server/cannot-start.ts';
import { migrate } from '../../../server/db/migrate.ts';
import { createTestDatabase } from '../../support/database.ts';
import { startTestCentre } from '../../support/test-centre.ts';

const projectDir = path.resolve(import.meta.dirname, '../../..');
let ends: (() => unknown)[] = [];

afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
  ends = [];
});

function tempDir(): string {
  const dir = mkdtempSync(path.join(tmpdir(), 'mang-thuoc-program-'));
  ends.push(() => rmSync(dir, { recursive: true, force: true }));
  return dir;
}

type Program = {
  readonly child: ChildProcess;
  readonly output: () => string;
  readonly url: Promise<string>;
  readonly exited: Promise<number | null>;
};

/** The real program in a process of its own, on its embedded database. */
function startProgram(dataDir: string, port = 0): Program {
  const child = spawn(process.execPath, [path.join(projectDir, 'server/main.ts')], {
    env: { PATH: process.env['PATH'], DATA_DIR: dataDir, PORT: String(port), HOST: '127.0.0.1' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  const url = Promise.withResolvers<string>();
  const read = (chunk: Buffer) => {
    output += chunk.toString('utf8');
    const found = /answers on (http:\/\/\S+)/.exec(output)?.[1];
    if (found !== undefined) url.resolve(found);
  };
  child.stdout.on('data', read);
  child.stderr.on('data', read);
  const exited = new Promise<number | null>((resolve) => child.once('exit', resolve));
  ends.push(async () => {
    child.kill('SIGTERM');
    await exited;
  });
  void exited.then(() => url.reject(new Error(`The program ended: ${output}`)));
  url.promise.catch(() => undefined);
  return { child, output: () => output, url: url.promise, exited };
}

async function databaseProcessOf(dataDir: string): Promise<number> {
  const file = path.join(dataDir, 'postgres', 'cluster', 'postmaster.pid');
  return Number(readFileSync(file, 'utf8').split('\n')[0]);
}

const Health = z.object({ status: z.string(), database: z.string(), version: z.string() });
async function healthOf(url: string) {
  const response = await fetch(`${url}/healthz`);
  return { status: response.status, report: Health.parse(await response.json()) };
}

/** Whole programs and their databases start and stop here, on a machine that may be busy. */
const programTimeoutMs = 120_000;

describe('the program on its embedded database', { timeout: programTimeoutMs }, () => {
  /** One after another in one folder: each finds what the one before left. */
  const dataDir = mkdtempSync(path.join(tmpdir(), 'mang-thuoc-program-'));
  afterAll(() => rmSync(dataDir, { recursive: true, force: true }));

  test('starts in an empty folder, answers, and ends cleanly on SIGTERM', async () => {
    const program = startProgram(dataDir);
    const url = await program.url;
    expect(await healthOf(url)).toMatchObject({ status: 200, report: { status: 'ok' } });
    program.child.kill('SIGTERM');
    expect([await program.exited, program.output()]).toEqual([0, expect.anything()]);
    expect(existsSync(path.join(dataDir, 'postgres/cluster/postmaster.pid'))).toBe(false);
  });

  test('keeps what it has after kill -9 of everything, and of its database alone', async () => {
    const first = startProgram(dataDir);
    await first.url;
    const databaseProcess = await databaseProcessOf(dataDir);
    process.kill(databaseProcess, 'SIGSTOP');
    first.child.kill('SIGKILL');
    process.kill(databaseProcess, 'SIGKILL');
    await first.exited;

    const second = startProgram(dataDir);
    const url = await second.url;
    process.kill(await databaseProcessOf(dataDir), 'SIGKILL');
    await expect
      .poll(async () => (await healthOf(url)).status, { timeout: 60_000, interval: 20 })
      .toBe(503);
    await expect
      .poll(async () => (await healthOf(url)).status, { timeout: 60_000, interval: 20 })
      .toBe(200);
  });

  test('refuses a folder in which another centre is running', async () => {
    await startProgram(dataDir).url;
    const second = startProgram(dataDir);
    expect(await second.exited).toBe(1);
    expect(second.output()).toContain('Another centre is already running on this data folder');
  });

  test('says which port is taken, in one sentence', async () => {
    const other = createServer();
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
    ends.push(() => other.close());
    const address = other.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    const program = startProgram(tempDir(), port);
    expect(await program.exited).toBe(1);
    expect(program.output().trim().split('\n')).toEqual([
      expect.stringContaining(`Port ${port} is taken by another program`),
    ]);
  });
});

describe('a database of another program version', () => {
  test('that is newer is refused in words, and stays as it was', async () => {
    const database = await createTestDatabase();
    ends.push(database.drop);
    await database.pool.query(
      `INSERT INTO schema_migration (number, name, checksum)
       SELECT max(number) + 1, 'later.sql', 'x' FROM schema_migration`,
    );
    await expect(migrate(database.pool)).rejects.toThrow(CannotStart);
    await expect(migrate(database.pool)).rejects.toThrow(/newer than this program/);
  });

  test('whose shipped migration was edited is refused', async () => {
    const database = await createTestDatabase();
    ends.push(database.drop);
    await database.pool.query(`UPDATE schema_migration SET checksum = 'x' WHERE number = 1`);
    await expect(migrate(database.pool)).rejects.toThrow(/Migration 1 differs/);
  });
});

describe('every answer', () => {
  test('of a fault or refusal is a problem document with a request id', async () => {
    const running = await startTestCentre();
    ends.push(running.close);
    const { url } = running.centre;
    const response = await fetch(`${url}/api/nothing-here`);
    expect(response.headers.get('content-type')).toContain('application/problem+json');
    expect(await response.json()).toMatchObject({
      type: 'not-found',
      status: 404,
      requestId: response.headers.get('x-request-id'),
    });
    const broken = await fetch(`${url}/v1/enrolments`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{"code":',
    });
    expect([broken.status, await broken.json()]).toMatchObject([400, { type: 'bad-request' }]);
    const form = await fetch(`${url}/v1/enrolments`, {
      method: 'POST',
      headers: { 'content-type': 'text/plain' },
      body: '{}',
    });
    expect([form.status, await form.json()]).toMatchObject([415, { type: 'wrong-content-type' }]);
    const huge = await fetch(`${url}/v1/enrolments`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: `"${'x'.repeat(2 * 1024 * 1024)}"`,
    });
    expect([huge.status, await huge.json()]).toMatchObject([413, { type: 'too-large' }]);
    const foreign = await fetch(`${url}/api/session`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: 'https://elsewhere.example' },
      body: '{}',
    });
    expect([foreign.status, await foreign.json()]).toMatchObject([403, { type: 'cross-site' }]);
  });

  test('is described by the OpenAPI document', async () => {
    const running = await startTestCentre();
    ends.push(running.close);
    const response = await fetch(`${running.centre.url}/openapi.json`);
    const document = z
      .object({
        openapi: z.string(),
        paths: z.record(z.string(), z.record(z.string(), z.unknown())),
      })
      .parse(await response.json());
    expect(document.openapi).toBe('3.1.0');
    expect(document.paths['/v1/sync/batches']).toHaveProperty('post');
    expect(document.paths['/api/facilities/{id}']).toHaveProperty('put');
    const page = await fetch(`${running.centre.url}/healthz`);
    expect(page.headers.get('content-security-policy')).toContain("default-src 'none'");
  });
});
