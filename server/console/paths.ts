/**
 * Every view of the console is a URL with its whole state, so that it can be sent to a colleague.
 *
 * A page has a path pattern and a query; `urlOf` writes a view, `viewAt` reads one back. What equals
 * its default is left out of the URL; what cannot be read falls back to its default, so an old or
 * mistyped link still opens the page. Signing in has no address of its own: it stands in place of
 * the view that was asked for, and gives way to it.
 */
import { z } from 'zod';
import { parkedStates } from '../../shared/contract/clinic-api.ts';
import { FacilityState } from '../../shared/contract/console-api.ts';
import { AreaScheme, ProvinceCode } from '../../shared/model/area.ts';
import { CalendarDate } from '../../shared/model/calendar.ts';
import { FacilityId, FacilityKind } from '../../shared/model/facility.ts';
import { alertKinds } from '../../shared/rules/alerts.ts';
import { parkedReasons } from '../../shared/rules/clinic.ts';

const Text = z.string().max(200).default('').catch('');
const optional = <Schema extends z.ZodType>(schema: Schema) => schema.optional().catch(undefined);
const choice = <const Values extends readonly [string, ...string[]]>(values: Values) =>
  z.enum(values).default(values[0]).catch(values[0]);

const area = {
  scheme: AreaScheme.default('63').catch('63'),
  area: optional(ProvinceCode),
};
/** A figure as a picture or as the table behind it. */
const show = choice(['chart', 'table']);
/** Column to sort by, with `-` in front for descending; empty for the table's own order. */
const sort = z.string().max(40).default('').catch('');

export const pages = {
  overview: {
    path: '/',
    query: z.object({
      ...area,
      colour: choice(['freshness', 'sales', 'alerts']),
      map: choice(['map', 'table']),
      mapSort: sort,
      days: show,
      measure: choice(['units', 'amount', 'sales']),
    }),
  },
  drugs: { path: '/drugs', query: z.object({ text: Text }) },
  drug: {
    path: '/drugs/:code',
    query: z.object({
      ...area,
      from: optional(CalendarDate),
      to: optional(CalendarDate),
      bucket: choice(['day', 'hour', 'week', 'month']),
      movement: show,
      areas: show,
      areaSort: sort,
      kinds: show,
      lotSort: sort,
    }),
  },
  lots: { path: '/lots', query: z.object({ text: Text }) },
  lot: {
    path: '/lots/:drug/:lot',
    query: z.object({ ...area, days: show, areaSort: sort, sort }),
  },
  facilities: {
    path: '/facilities',
    query: z.object({
      ...area,
      text: Text,
      kind: optional(FacilityKind),
      state: optional(FacilityState),
      sort: choice(['name', 'lastReportedAt', 'alerts']),
    }),
  },
  newFacility: { path: '/facilities/new', query: z.object({}) },
  facility: {
    path: '/facilities/:id',
    query: z.object({
      tab: choice(['summary', 'stock', 'movements', 'alerts', 'enrolment']),
      days: show,
      measure: choice(['units', 'amount', 'sales']),
      text: Text,
    }),
  },
  editFacility: { path: '/facilities/:id/edit', query: z.object({}) },
  codes: { path: '/enrolment-codes', query: z.object({}) },
  alerts: { path: '/alerts', query: z.object({ ...area, kind: optional(z.enum(alertKinds)) }) },
  clinic: {
    path: '/clinic',
    query: z.object({
      ...area,
      state: choice(parkedStates),
      reason: optional(z.enum(parkedReasons)),
      facility: optional(FacilityId),
      age: choice(['0', '7', '30']),
    }),
  },
  clinicRecord: { path: '/clinic/:till/:seq', query: z.object({}) },
  agreement: {
    path: '/agreement',
    query: z.object({
      ...area,
      state: choice(['different', 'all', 'forked', 'waiting', 'unknown', 'revoked', 'agreed']),
      days: show,
      areaSort: sort,
    }),
  },
  imports: { path: '/catalogue', query: z.object({}) },
  import: {
    path: '/catalogue/imports/:id',
    query: z.object({ severity: optional(z.enum(['unreadable', 'warning'])) }),
  },
  carried: { path: '/carried', query: z.object({}) },
  audit: { path: '/audit', query: z.object({ text: Text }) },
  notFound: { path: '/not-found', query: z.object({}) },
} as const satisfies Record<string, { path: `/${string}`; query: z.ZodObject }>;

export type PageName = keyof typeof pages;

type ParamName<Path extends string> = Path extends `${infer Before}/${infer After}`
  ? ParamName<Before> | ParamName<After>
  : Path extends `:${infer Name}`
    ? Name
    : never;
type Params<Name extends PageName> = {
  readonly [Param in ParamName<(typeof pages)[Name]['path']>]: string;
};

type Shape<Name extends PageName> = (typeof pages)[Name]['query']['shape'];

/** A page with its parameters and its whole query. */
export type ViewOf<Name extends PageName> = {
  readonly page: Name;
} & Params<Name> & { readonly [Key in keyof Shape<Name>]: z.output<Shape<Name>[Key]> };
export type View = { [Name in PageName]: ViewOf<Name> }[PageName];

/** A page to go to: what is left out of the query takes its default. */
export type TargetOf<Name extends PageName> = {
  readonly page: Name;
} & Params<Name> & {
    readonly [Key in keyof Shape<Name>]?: z.output<Shape<Name>[Key]> | undefined;
  };
export type Target = { [Name in PageName]: TargetOf<Name> }[PageName];

/** Fixed paths come before patterns, so that `/facilities/new` is not a facility called `new`. */
const patterns = Object.entries(pages)
  // Safe: the keys of `pages` are its page names.
  .map(([name, page]) => ({ name: name as PageName, parts: page.path.split('/').slice(1) }))
  .sort((left, right) => paramCount(left.parts) - paramCount(right.parts));

/** The address of a view: path and query, defaults left out. */
export function urlOf(target: Target): string {
  const page = pages[target.page];
  const values: Readonly<Record<string, unknown>> = target;
  const path = page.path
    .split('/')
    .map((part) =>
      part.startsWith(':') ? encodeURIComponent(String(values[part.slice(1)])) : part,
    )
    .join('/');
  const defaults: Readonly<Record<string, unknown>> = page.query.parse({});
  const search = new URLSearchParams();
  for (const key of Object.keys(page.query.shape)) {
    const value = values[key];
    if (value !== undefined && value !== defaults[key]) search.set(key, String(value));
  }
  const query = search.toString();
  return query === '' ? path : `${path}?${query}`;
}

/** The view at an address; the `notFound` page where there is none. */
export function viewAt({
  pathname,
  search,
}: {
  readonly pathname: string;
  readonly search: string;
}): View {
  const parts = pathname.replace(/\/+$/, '').split('/').slice(1);
  const given = parts.length === 0 ? [''] : parts;
  for (const pattern of patterns) {
    const params = matchParts(pattern.parts, given);
    if (params === undefined) continue;
    const query = pages[pattern.name].query.parse(Object.fromEntries(new URLSearchParams(search)));
    // Safe: the pattern gave the parameters and the page's own schema gave the query.
    return { page: pattern.name, ...params, ...query } as View;
  }
  return { page: 'notFound' };
}

/** The view of a path with query, as a link carries it. */
export function viewOfUrl(url: string): View {
  const [pathname = '/', search = ''] = url.split('?', 2);
  return viewAt({ pathname, search });
}

function matchParts(
  pattern: readonly string[],
  given: readonly string[],
): Readonly<Record<string, string>> | undefined {
  if (pattern.length !== given.length) return undefined;
  const params: Record<string, string> = {};
  for (const [index, part] of pattern.entries()) {
    const text = given[index] ?? '';
    if (!part.startsWith(':')) {
      if (part !== text) return undefined;
      continue;
    }
    const value = decoded(text);
    if (value === undefined || value === '') return undefined;
    params[part.slice(1)] = value;
  }
  return params;
}

function decoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    // A half-typed percent sign is a page that does not exist, not a fault.
    return undefined;
  }
}

function paramCount(parts: readonly string[]): number {
  return parts.filter((part) => part.startsWith(':')).length;
}
