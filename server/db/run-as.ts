import { readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { CannotStart } from '../cannot-start.ts';

/** PostgreSQL refuses to run as root: the user it runs as instead. */
export type RunAs = { readonly uid: number; readonly gid: number };

const candidates = ['postgres', 'nobody', 'daemon'];

/** Undefined where this process is not root and may run the database itself. */
export function findRunAs(): RunAs | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const users = new Map(
    readFileSync('/etc/passwd', 'utf8')
      .split('\n')
      .map((line) => line.split(':'))
      .map(([name = '', , uid, gid]) => [name, { uid: Number(uid), gid: Number(gid) }]),
  );
  const user = candidates.map((name) => users.get(name)).find((found) => found !== undefined);
  if (user !== undefined) return user;
  throw new CannotStart(
    `PostgreSQL does not run as root and this machine has none of the users ${candidates.join(', ')}: start the centre as an ordinary user, or set DATABASE_URL.`,
  );
}

/** The first folder above `directory` that the user may not pass through, if there is one. */
export function closedFolderAbove(directory: string, user: RunAs): string | undefined {
  const folders: string[] = [];
  for (let folder = path.dirname(directory); ; folder = path.dirname(folder)) {
    folders.unshift(folder);
    if (folder === path.dirname(folder)) break;
  }
  return folders.find((folder) => !mayPass(folder, user));
}

function mayPass(folder: string, user: RunAs): boolean {
  const { uid, gid, mode } = statSync(folder);
  if (uid === user.uid) return (mode & 0o100) !== 0;
  if (gid === user.gid) return (mode & 0o010) !== 0;
  return (mode & 0o001) !== 0;
}
