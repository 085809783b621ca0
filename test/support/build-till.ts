import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';

const root = path.resolve(import.meta.dirname, '../..');
const built = ['out/main/main.js', 'out/preload/preload.cjs', 'out/renderer/index.html'];

/** Builds the till unless what is built is newer than every source: tests never see an old one. */
export async function buildTillOnce(): Promise<void> {
  const builtMs = Math.min(...built.map((file) => modifiedMs(path.join(root, file))));
  const sourceMs = Math.max(...['desktop', 'shared'].map((folder) => newestMs(folder)));
  if (builtMs >= sourceMs) return;
  execFileSync(process.execPath, [path.join(root, 'desktop/build.ts')], { cwd: root });
}

function newestMs(folder: string): number {
  return readdirSync(path.join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .reduce(
      (newest, entry) => Math.max(newest, modifiedMs(path.join(entry.parentPath, entry.name))),
      0,
    );
}

function modifiedMs(file: string): number {
  return existsSync(file) ? statSync(file).mtimeMs : 0;
}
