import Database from 'better-sqlite3';

/**
 * Why the database cannot do its work: a fault, not a refusal. Nothing is recorded and nothing is
 * ever deleted because of one. `code` is what a screen has a sentence for and support asks for.
 */
export type DatabaseFault = { readonly code: DatabaseFaultCode; readonly detail: string };

export const databaseFaultCodes = [
  /** Another program holds this till's file. */
  'database-in-use',
  'database-read-only',
  /** Truncated, overwritten, or not a database at all. */
  'database-damaged',
  /** A stored event is not what its hash says. */
  'journal-damaged',
  /** Written by a later version of the program. */
  'database-newer',
  /** Of another program, or migrated by files that are not ours. */
  'database-foreign',
  'database-unreachable',
  'disk-full',
  'disk-error',
] as const;
export type DatabaseFaultCode = (typeof databaseFaultCodes)[number];

/** Carries a fault through code that cannot return it; `dispatch` turns it into an answer. */
export class DatabaseFaulted extends Error {
  override readonly name = 'DatabaseFaulted';
  readonly fault: DatabaseFault;

  constructor(fault: DatabaseFault) {
    super(`${fault.code}: ${fault.detail}`);
    this.fault = fault;
  }
}

/** The fault behind an exception, or undefined when the exception is a bug of ours. */
export function databaseFaultOf(error: unknown): DatabaseFault | undefined {
  if (error instanceof DatabaseFaulted) return error.fault;
  if (!(error instanceof Database.SqliteError)) return fileFaultOf(error);
  const code = codeBySqlite.find(([prefix]) => error.code.startsWith(prefix))?.[1];
  return code === undefined ? undefined : { code, detail: `${error.code}: ${error.message}` };
}

/** SQLite's result codes (sqlite.org/rescode.html); extended codes begin with the plain one. */
const codeBySqlite: readonly (readonly [prefix: string, code: DatabaseFaultCode])[] = [
  ['SQLITE_FULL', 'disk-full'],
  ['SQLITE_READONLY', 'database-read-only'],
  ['SQLITE_CORRUPT', 'database-damaged'],
  ['SQLITE_NOTADB', 'database-damaged'],
  ['SQLITE_IOERR', 'disk-error'],
  ['SQLITE_CANTOPEN', 'database-unreachable'],
  ['SQLITE_PERM', 'database-unreachable'],
  ['SQLITE_AUTH', 'database-unreachable'],
  ['SQLITE_BUSY', 'database-in-use'],
  ['SQLITE_LOCKED', 'database-in-use'],
];

function fileFaultOf(error: unknown): DatabaseFault | undefined {
  if (!(error instanceof Error) || !('code' in error) || typeof error.code !== 'string') {
    return undefined;
  }
  const code = codeByErrno.get(error.code);
  return code === undefined ? undefined : { code, detail: error.message };
}

const codeByErrno: ReadonlyMap<string, DatabaseFaultCode> = new Map([
  ['ENOSPC', 'disk-full'],
  ['EDQUOT', 'disk-full'],
  ['EROFS', 'database-read-only'],
  ['EIO', 'disk-error'],
  ['EACCES', 'database-unreachable'],
  ['EPERM', 'database-unreachable'],
  ['ENOTDIR', 'database-unreachable'],
]);
