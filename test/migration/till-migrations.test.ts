import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { loadMigrations } from '../../desktop/main/db/migrate.ts';
import { openDatabase } from '../../desktop/main/db/open-database.ts';
import type { TillDb } from '../../desktop/main/db/till-db.ts';
import { aTemporaryFolder } from '../support/test-till.ts';
import { openedAt } from '../support/till-parts.ts';

const migrations = loadMigrations();

test('the migrations of the till are numbered from 1 without gap', () => {
  expect(migrations.length).toBeGreaterThan(0);
  expect(migrations.map(({ number }) => number)).toEqual(migrations.map((_, index) => index + 1));
});

test('a checkout with other line ends has the same checksums', () => {
  for (const { sql, checksum } of migrations) {
    expect(sql).not.toContain('\r');
    expect(createHash('sha256').update(sql).digest('hex')).toBe(checksum);
  }
});

test.each(migrations.map(({ number, name }) => [name, number] as const))(
  'a database that stopped before %s is brought up to the one made at once',
  (_name, number) => {
    const stepwise = aTemporaryFolder();
    schemaOf(stepwise, migrations.slice(0, number - 1));
    expect(schemaOf(stepwise, migrations)).toEqual(schemaOf(aTemporaryFolder(), migrations));
  },
);

function schemaOf(dataDir: string, applied: typeof migrations): readonly string[] {
  if (applied.length === 0) return [];
  const opened = openDatabase({ dataDir, openedAt, migrations: applied });
  if (!opened.ok) throw new Error(opened.error.detail);
  const db: TillDb = opened.value;
  const rows = db.all(
    z.object({ sql: z.string() }),
    'SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY type, name',
  );
  db.close();
  return rows.map(({ sql }) => sql);
}
