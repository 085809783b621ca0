import type Database from 'better-sqlite3';
import type { z } from 'zod';

export type SqlValue = string | number | null;
/** For `?` in order, or for `@name`. */
export type SqlParameter = SqlValue | Readonly<Record<string, SqlValue>>;

/**
 * One connection to the till's database: prepared statements kept by their text, and every row
 * parsed by a schema on its way in. Made by `openDatabase`; one per program and file.
 */
export class TillDb {
  readonly #sqlite: Database.Database;
  readonly #statements = new Map<string, Database.Statement>();
  readonly #commitListeners = new Set<() => void>();
  readonly #onClose: () => void;
  #hasWritten = false;

  constructor(sqlite: Database.Database, onClose: () => void = () => undefined) {
    this.#sqlite = sqlite;
    this.#onClose = onClose;
  }

  /** The first row, or undefined. */
  one<Row>(
    row: z.ZodType<Row>,
    sql: string,
    ...parameters: readonly SqlParameter[]
  ): Row | undefined {
    const found = this.#statement(sql).get(...parameters);
    return found === undefined ? undefined : row.parse(found);
  }

  all<Row>(
    row: z.ZodType<Row>,
    sql: string,
    ...parameters: readonly SqlParameter[]
  ): readonly Row[] {
    return this.#statement(sql)
      .all(...parameters)
      .map((found) => row.parse(found));
  }

  /** @returns the number of rows written. */
  run(sql: string, ...parameters: readonly SqlParameter[]): number {
    const { changes } = this.#statement(sql).run(...parameters);
    if (changes > 0) this.#hasWritten = true;
    return changes;
  }

  /** Several statements without parameters: schema and transactionless maintenance. */
  execute(sql: string): void {
    this.#sqlite.exec(sql);
  }

  /** The rows of a PRAGMA as plain data. */
  pragma(text: string): unknown {
    return this.#sqlite.pragma(text);
  }

  /**
   * Runs `work` in one transaction that holds the write lock from its first statement; whatever
   * `work` throws rolls everything back. When this returns, the work is on the disk.
   */
  immediately<Answer>(work: () => Answer): Answer {
    if (this.#sqlite.inTransaction) return this.#sqlite.transaction(work)();
    this.#hasWritten = false;
    const answer = this.#sqlite.transaction(work).immediate();
    if (this.#hasWritten) for (const listener of this.#commitListeners) listener();
    return answer;
  }

  /** Copies the database as it is to a new file, a few pages at a time while work goes on. */
  async backUpTo(file: string): Promise<void> {
    await this.#sqlite.backup(file);
  }

  /** `listener` runs after each commit that wrote something. */
  onCommit(listener: () => void): void {
    this.#commitListeners.add(listener);
  }

  get isOpen(): boolean {
    return this.#sqlite.open;
  }

  /** Ends the connection and gives the file free. */
  close(): void {
    if (!this.#sqlite.open) return;
    this.#statements.clear();
    this.#sqlite.close();
    this.#onClose();
  }

  #statement(sql: string): Database.Statement {
    const known = this.#statements.get(sql);
    if (known !== undefined) return known;
    const prepared = this.#sqlite.prepare(sql);
    this.#statements.set(sql, prepared);
    return prepared;
  }
}
