import { z } from 'zod';
import { CalendarDate, instantOfMs } from '../../shared/model/calendar.ts';
import type { Pool, Transaction } from '../db/pool.ts';

export const Whole = z.int();
export const Decimal = z.number();
export const Day = CalendarDate;
export const Moment = z.date().transform((date) => instantOfMs(date.getTime()));

/**
 * Several questions answered from one state of the database, so that the figures of one page agree
 * with each other while batches keep arriving. Without JIT: these queries are short, and compiling
 * them costs more than running them.
 */
export async function inSnapshot<Answer>(
  pool: Pool,
  read: (client: Transaction) => Promise<Answer>,
): Promise<Answer> {
  const client = await pool.connect();
  try {
    await client.query(
      `BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY;
       SET LOCAL jit = off; SET LOCAL statement_timeout = 30000`,
    );
    const answer = await read(client);
    await client.query('COMMIT');
    client.release();
    return answer;
  } catch (error) {
    // A client whose transaction broke is not used again.
    client.release(true);
    throw error;
  }
}

/** `50%` typed by a person means those characters, not a wildcard. */
export function likePattern(text: string): string {
  return text.replace(/[\\%_]/g, '\\$&');
}
