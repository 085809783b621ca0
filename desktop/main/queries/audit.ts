import { z } from 'zod';
import { limits } from '../../../shared/base/limits.ts';
import type { TillAnswer, TillInput } from '../../../shared/contract/till-api.ts';
import type { AuditRow } from '../../../shared/contract/till-shop-api.ts';
import { addDays } from '../../../shared/model/calendar.ts';
import { type AuditChange, type AuditValue, auditOf } from '../../../shared/rules/audit.ts';
import { type AuditEntry, auditEntries } from '../db/audit.ts';
import { DatabaseFaulted } from '../db/database-fault.ts';
import { readEvent } from '../db/read-event.ts';
import type { QueryContext } from './query-context.ts';

const EventRow = z.object({ seq: z.int(), line: z.string() });

/** Who did what on a day, newest first: from the journal, and what no fact says from its own table. */
export function listAudit(
  { db }: QueryContext,
  { day }: TillInput<'audit.list'>,
): TillAnswer<'audit.list'> {
  // Every moment is written in Vietnamese local time, so a day is a range of its text.
  const range = { from: `${day}T`, until: `${addDays(day, 1)}T` };
  const events = db.all(
    EventRow,
    'SELECT seq, line FROM event WHERE at >= @from AND at < @until ORDER BY seq',
    range,
  );
  const facts = events.flatMap(({ seq, line }): AuditRow[] => {
    const event = readEvent(seq, line);
    if (!event.ok) throw new DatabaseFaulted(event.error);
    const audited = auditOf(event.value);
    if (audited === undefined) return [];
    const { at, by, type, data } = event.value;
    const approvedBy = 'approvedBy' in data ? (data.approvedBy ?? null) : null;
    const what = type.split('.')[0] ?? type;
    return [{ at, by, approvedBy, what, ...audited, changes: [...audited.changes] }];
  });
  const rows = [...facts, ...auditEntries(db, range).map(rowOfEntry)];
  rows.sort((a, b) => (a.at < b.at ? 1 : a.at > b.at ? -1 : 0));
  return { rows: rows.slice(0, limits.auditRowsMax), hasMore: rows.length > limits.auditRowsMax };
}

function rowOfEntry({ at, by, what, detail }: AuditEntry): AuditRow {
  const { subject, tries, acts, before, after, approvedBy } = detail;
  const changes: AuditChange[] = [];
  if (typeof tries === 'number') changes.push({ field: 'tries', before: null, after: tries });
  if (Array.isArray(acts)) changes.push({ field: 'acts', before: null, after: acts.join(' ') });
  if (isRecord(before) && isRecord(after)) {
    for (const [name, value] of Object.entries(after)) {
      if (JSON.stringify(before[name]) === JSON.stringify(value)) continue;
      const words = (setting: unknown): AuditValue => `${name}: ${JSON.stringify(setting)}`;
      changes.push({ field: 'setting', before: words(before[name]), after: words(value) });
    }
  }
  return {
    ...{ at, by, what, changes },
    subject: typeof subject === 'string' ? subject : '',
    approvedBy: typeof approvedBy === 'string' ? approvedBy : null,
  };
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
