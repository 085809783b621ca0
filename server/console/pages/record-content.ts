/**
 * A sealed line as a person reads it. The line may be anything that a till ever wrote, also what no
 * schema knows: known fields get their words, the rest is shown by its own name, nothing is hidden.
 */
import { Instant } from '../../../shared/model/calendar.ts';
import { count, date, dateTime, money } from '../format.ts';
import type { Texts } from '../text/vi.ts';

export type RecordContent = {
  readonly type: string;
  readonly at: string | null;
  readonly by: string;
  readonly facts: readonly { readonly name: string; readonly value: string }[];
  /** Lists of the document, as its lines; every cell in the order of `columns`. */
  readonly tables: readonly RecordTable[];
};
export type RecordTable = {
  readonly title: string;
  readonly columns: readonly { readonly name: string; readonly isNumber: boolean }[];
  readonly rows: readonly (readonly string[])[];
};

type Fields = Readonly<Record<string, unknown>>;

/**
 * @param drugNames names for the drug codes and texts that are known.
 * @returns nothing where the line is no JSON object.
 */
export function contentOf(
  line: string,
  {
    text,
    drugNames,
  }: { readonly text: Texts; readonly drugNames: Readonly<Record<string, string>> },
): RecordContent | undefined {
  const event = fieldsOf(parsedJson(line));
  if (event === undefined) return undefined;
  const words = { text, drugNames };
  const data = fieldsOf(event['data']) ?? { data: event['data'] };
  const tables: RecordTable[] = [];
  const facts: { name: string; value: string }[] = [];
  for (const [field, value] of flatFields(data)) {
    const rows = rowsOf(value);
    if (rows === undefined)
      facts.push({ name: nameOf(field, text), value: said(field, value, words) });
    else tables.push(tableOf(field, rows, words));
  }
  const at = Instant.safeParse(event['at']);
  return {
    type: String(event['type'] ?? ''),
    at: at.success ? at.data : null,
    by: String(event['by'] ?? '–'),
    facts,
    tables,
  };
}

type Words = { readonly text: Texts; readonly drugNames: Readonly<Record<string, string>> };

function tableOf(field: string, rows: readonly Fields[], words: Words): RecordTable {
  const flat = rows.map((row) => new Map(flatFields(row)));
  const fields = [...new Set(flat.flatMap((row) => [...row.keys()]))];
  return {
    title: field === 'lines' ? words.text.clinic.lines : nameOf(field, words.text),
    columns: fields.map((name) => ({
      name: nameOf(name, words.text),
      isNumber: flat.some((row) => typeof row.get(name) === 'number'),
    })),
    rows: flat.map((row) =>
      fields.map((name) => (row.has(name) ? said(name, row.get(name), words) : '–')),
    ),
  };
}

/** Fields of fields stand beside the others: `payment.method` is `method`. */
function flatFields(fields: Fields): readonly (readonly [string, unknown])[] {
  return Object.entries(fields).flatMap(([field, value]) => {
    const inner = fieldsOf(value);
    if (inner === undefined) return [[field, value] as const];
    // A pack unit is its name; how many there are in it is in the units.
    if (typeof inner['name'] === 'string') return [[field, inner['name']] as const];
    return flatFields(inner);
  });
}

function said(field: string, value: unknown, words: Words): string {
  if (typeof value === 'string') return saidText(field, value, words);
  if (typeof value === 'number') {
    return /vnd$/i.test(field) ? money(value) : count(value);
  }
  if (typeof value === 'boolean') return value ? words.text.clinic.whole : words.text.clinic.not;
  if (value === null || value === undefined) return '–';
  const rows = rowsOf(value);
  if (rows === undefined) return JSON.stringify(value);
  return rows
    .map((row) =>
      flatFields(row)
        .map(([name, inner]) => said(name, inner, words))
        .join(' · '),
    )
    .join('; ');
}

function saidText(field: string, value: string, { text, drugNames }: Words): string {
  const name = field === 'drug' ? drugNames[value] : undefined;
  if (name !== undefined) return name;
  if (field === 'method') return text.clinic.payments[value] ?? value;
  if (/^\d{4}-\d{2}-\d{2}$/.test(value)) return date(value);
  const instant = Instant.safeParse(value);
  if (instant.success) return dateTime(instant.data);
  return value === '' ? '–' : value;
}

function nameOf(field: string, text: Texts): string {
  return text.recordFields[field] ?? field;
}

/** A list of objects; an empty list says nothing and counts as none. */
function rowsOf(value: unknown): readonly Fields[] | undefined {
  if (!Array.isArray(value) || value.length === 0) return undefined;
  const rows = value.map(fieldsOf);
  return rows.every((row) => row !== undefined) ? rows : undefined;
}

function fieldsOf(value: unknown): Fields | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  return Object.fromEntries(Object.entries(value));
}

function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // JSON.parse has no other way to say so; the page shows the line itself.
    return undefined;
  }
}
