import { err, ok, type Result } from '../base/result.ts';

export type MigrationFile = {
  readonly number: number;
  readonly name: string;
  readonly checksum: string;
};
export type AppliedMigration = { readonly number: number; readonly checksum: string };

export type MigrationProblem =
  | {
      readonly type: 'DatabaseIsNewer';
      readonly databaseNumber: number;
      readonly programNumber: number;
    }
  | { readonly type: 'ChecksumChanged'; readonly number: number }
  | { readonly type: 'NotContiguous'; readonly number: number };

/** Which migrations are pending: contiguous from 1, shipped ones unchanged, the database not newer. */
export function planMigrations(
  files: readonly MigrationFile[],
  applied: readonly AppliedMigration[],
): Result<readonly MigrationFile[], MigrationProblem> {
  const gap = files.findIndex((file, index) => file.number !== index + 1);
  if (gap !== -1) return err({ type: 'NotContiguous', number: gap + 1 });
  if (applied.length > files.length) {
    return err({
      type: 'DatabaseIsNewer',
      databaseNumber: applied.length,
      programNumber: files.length,
    });
  }
  for (const [index, done] of applied.entries()) {
    const file = files[index];
    if (file === undefined || done.number !== file.number) {
      return err({ type: 'NotContiguous', number: done.number });
    }
    if (done.checksum !== file.checksum)
      return err({ type: 'ChecksumChanged', number: done.number });
  }
  return ok(files.slice(applied.length));
}
