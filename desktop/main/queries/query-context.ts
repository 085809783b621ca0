import type { CalendarDate } from '../../../shared/model/calendar.ts';
import type { TillDb } from '../db/till-db.ts';

/** What a question needs beside its input. */
export type QueryContext = { readonly db: TillDb; readonly today: CalendarDate };
