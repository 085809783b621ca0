/**
 * The centre's tables as a whole: emptied between two seeds, copied aside as a backup, put back as a
 * restore. It works on whatever tables there are, so a new one is in every backup.
 */
import pg from 'pg';

export type CentreTables = {
  /** As they were just after migrating. */
  readonly reset: () => Promise<void>;
  readonly backUp: () => Promise<void>;
  readonly restore: () => Promise<void>;
  /** Whether one was made since the last reset. */
  readonly hasBackup: () => boolean;
  readonly close: () => Promise<void>;
};

/** @param databaseUrl a migrated database of the simulation's own, by a superuser. */
export async function openCentreTables(databaseUrl: string): Promise<CentreTables> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  // Rows go and come as they are: no trigger and no foreign key looks at a backup.
  await client.query('SET session_replication_role = replica');
  const tables = await tableColumns(client);
  for (const schema of ['pristine', 'backup']) {
    const copies = [...tables.keys()].map(
      (table) => `CREATE TABLE ${schema}.${table}
      (LIKE public.${table});`,
    );
    await client.query(`CREATE SCHEMA ${schema}; ${copies.join('\n')}`);
  }
  const copySql = (from: string, to: string) =>
    [...tables]
      .map(([table, columns]) => {
        const names = columns.join(', ');
        return `DELETE FROM ${to}.${table};
          INSERT INTO ${to}.${table} (${names}) OVERRIDING SYSTEM VALUE
          SELECT ${names} FROM ${from}.${table};`;
      })
      .join('\n');
  const transfer = async (from: string, to: string) => {
    // One state of the database, whatever the centre is doing meanwhile.
    await client.query(`BEGIN ISOLATION LEVEL REPEATABLE READ; ${copySql(from, to)} COMMIT;`);
  };
  await transfer('public', 'pristine');
  let hasBackup = false;
  return {
    reset: async () => {
      hasBackup = false;
      await transfer('pristine', 'public');
    },
    backUp: async () => {
      hasBackup = true;
      await transfer('public', 'backup');
    },
    restore: () => transfer('backup', 'public'),
    hasBackup: () => hasBackup,
    close: () => client.end(),
  };
}

/** Columns by table; partitions belong to their parent, generated columns make themselves. */
async function tableColumns(client: pg.Client): Promise<ReadonlyMap<string, readonly string[]>> {
  const { rows } = await client.query<{ table: string; columns: string[] }>(
    `SELECT relname AS table, array_agg(attname::text ORDER BY attnum) AS columns
     FROM pg_class JOIN pg_attribute ON attrelid = pg_class.oid
     WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p') AND NOT relispartition
       AND attnum > 0 AND NOT attisdropped AND attgenerated = ''
       AND relname <> 'schema_migration'
     GROUP BY relname ORDER BY relname`,
  );
  return new Map(rows.map(({ table, columns }) => [table, columns]));
}
