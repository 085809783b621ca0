import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Build } from './stale-build.ts';

export const projectDir = path.resolve(import.meta.dirname, '../..');

export type Program = { readonly file: string; readonly args: readonly string[] };

/** What a person sees is built once; everything else runs from source. */
export const builds: readonly Build[] = [
  {
    script: 'desktop/build.ts',
    page: 'out/renderer/index.html',
    sources: ['desktop', 'shared', 'package-lock.json'],
  },
  {
    script: 'server/build.ts',
    page: 'out/console/index.html',
    sources: ['server/console', 'server/build.ts', 'shared', 'package-lock.json'],
  },
];

export const centreProgram: Program = nodeProgram('server/twin/main.ts');
export const counterHostProgram: Program = nodeProgram('desktop/main/counter-host-main.ts');

export function nodeProgram(script: string): Program {
  return { file: process.execPath, args: [path.join(projectDir, script)] };
}

/**
 * Electron with the till in it, on the same data as the counter host; undefined where its binary was
 * never downloaded.
 */
export function electronProgram(dataDir: string): Program | undefined {
  const folder = path.join(projectDir, 'node_modules/electron');
  const name = path.join(folder, 'path.txt');
  if (!existsSync(name)) return undefined;
  const file = path.join(folder, 'dist', readFileSync(name, 'utf8').trim());
  return existsSync(file)
    ? { file, args: [projectDir, `--user-data-dir=${path.resolve(dataDir)}`] }
    : undefined;
}
