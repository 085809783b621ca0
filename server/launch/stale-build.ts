import { readdirSync, statSync } from 'node:fs';
import path from 'node:path';

/** One user interface: the page it is built to, and what it is built from. */
export type Build = {
  readonly page: string;
  readonly sources: readonly string[];
  readonly script: string;
};

/** True when the built page is missing or older than anything it is built from. */
export function isStale(build: Build, root: string): boolean {
  const builtMs = modifiedMs(path.join(root, build.page));
  if (builtMs === undefined) return true;
  return build.sources.some((source) => newestMs(path.join(root, source)) > builtMs);
}

function newestMs(place: string): number {
  const stat = statSync(place, { throwIfNoEntry: false });
  if (stat === undefined) return 0;
  if (!stat.isDirectory()) return stat.mtimeMs;
  const entries = readdirSync(place, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .reduce((newest, entry) => {
      const fileMs = modifiedMs(path.join(entry.parentPath, entry.name)) ?? 0;
      return Math.max(newest, fileMs);
    }, 0);
}

function modifiedMs(file: string): number | undefined {
  return statSync(file, { throwIfNoEntry: false })?.mtimeMs;
}
