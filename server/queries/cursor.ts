import { z } from 'zod';
import { err, ok, type Result } from '../../shared/base/result.ts';

/** A cursor is the key of the last row served, as JSON; opaque to its holder and parsed as input. */
export function cursorOf(key: readonly (string | number | null)[]): string {
  return JSON.stringify(key);
}

export type BadCursor = { readonly type: 'BadCursor' };

/** The key in a cursor, null at the first page. */
export function readCursor<Key extends z.ZodType>(
  key: Key,
  cursor: string | undefined,
): Result<z.output<Key> | null, BadCursor> {
  if (cursor === undefined) return ok(null);
  try {
    const parsed = key.safeParse(JSON.parse(cursor));
    return parsed.success ? ok(parsed.data) : err({ type: 'BadCursor' });
  } catch {
    // JSON.parse has no other way to say that a text is not JSON.
    return err({ type: 'BadCursor' });
  }
}

/** Rows were asked for one beyond the page: whether that one came says if a next page exists. */
export function pageOf<Row>(
  rows: readonly Row[],
  limit: number,
  keyOf: (row: Row) => readonly (string | number | null)[],
): { readonly rows: readonly Row[]; readonly next: string | null } {
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  return { rows: page, next: rows.length > limit && last ? cursorOf(keyOf(last)) : null };
}

export const UuidCursor = z.tuple([z.uuid()]);
