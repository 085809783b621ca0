import {
  keepPreviousData,
  type Query,
  QueryClient,
  type UseQueryResult,
  useQuery,
} from '@tanstack/react-query';
import { useState } from 'react';
import type {
  TillAnswer,
  TillCallName,
  TillNews,
  TillProblem,
  TillReply,
  TillRequest,
  tillApi,
} from '../../../shared/contract/till-api.ts';
import { onSignedOut } from './session-news.ts';
import { callTill, tillWire } from './till-client.ts';

type CallOfKind<Kind extends 'query' | 'command'> = {
  [Name in TillCallName]: (typeof tillApi)[Name]['kind'] extends Kind ? Name : never;
}[TillCallName];
export type QueryName = CallOfKind<'query'>;
export type CommandName = CallOfKind<'command'>;
type Topic = TillNews['topics'][number];

/** Which news makes which answer old. */
const topicsByQuery: Readonly<Record<QueryName, readonly Topic[]>> = {
  'session.get': ['facility', 'settings'],
  'status.get': ['facility', 'stock', 'sync'],
  'drugs.search': ['catalogue', 'stock', 'prices'],
  'drugs.get': ['catalogue', 'stock', 'prices'],
  'drugs.byBarcode': ['catalogue', 'stock', 'prices'],
  'sales.list': ['sales', 'sync'],
  'sales.get': ['sales', 'sync'],
  'stock.list': ['stock', 'catalogue'],
  'stock.lots': ['stock'],
  'stock.lotCard': ['stock'],
  'recalls.list': ['stock', 'catalogue'],
  'transfers.list': ['stock'],
  'stock.countSheet': ['stock', 'catalogue'],
  'stock.expiring': ['stock'],
  'sync.status': ['sync', 'sales', 'stock', 'catalogue', 'facility'],
  'sync.agreement': ['sync'],
  'journal.proof': ['sync'],
  'prescriptions.list': ['sales', 'catalogue'],
  'shifts.current': ['sales'],
  'shifts.list': ['sales'],
  'shifts.get': ['sales'],
  'products.listLocal': ['catalogue', 'stock'],
  'staff.list': ['facility'],
  'audit.list': ['sales', 'stock', 'prices', 'facility', 'settings'],
  'backup.status': ['sync'],
  'backups.find': [],
  'settings.get': ['settings'],
  'openSales.list': ['openSales', 'catalogue'],
  'updates.status': ['settings'],
  'safety.check': ['catalogue'],
  'prescriptions.photo': [],
  'printing.get': ['printing', 'facility'],
  'printing.devices': [],
  'paper.preview': ['sales'],
  'paper.pdf': [],
  'lan.status': ['settings'],
};

/** Carries a till's "no" through the query library, which knows only thrown errors. */
export class TillSaidNo extends Error {
  override readonly name = 'TillSaidNo';
  readonly problem: TillProblem;
  constructor(problem: TillProblem) {
    super(problem.type);
    this.problem = problem;
  }
}

export const queryClient = new QueryClient({
  defaultOptions: {
    // The till is on this machine or in this shop: being offline is no reason to wait.
    queries: { networkMode: 'always', retry: false, staleTime: Number.POSITIVE_INFINITY },
  },
});

/** Asks again what the news made old. @returns a function that stops listening. */
export function followNews(): () => void {
  onSignedOut(() => void queryClient.invalidateQueries({ queryKey: ['session.get'] }));
  return tillWire.subscribe((news) => {
    const isOld = ({ queryKey: [name] }: Pick<Query, 'queryKey'>): boolean =>
      topicsOf(name).some((topic) => news.topics.includes(topic));
    askAgain(isOld);
  });
}

/** A first answer still under way may be older than the news: it is asked for again behind it. */
function askAgain(predicate: (query: Pick<Query, 'queryKey'>) => boolean): void {
  const underWay = queryClient.getQueryCache().findAll({ predicate, fetchStatus: 'fetching' });
  for (const query of underWay.filter(({ state }) => state.data === undefined)) {
    const again = () =>
      void queryClient.invalidateQueries({ queryKey: query.queryKey, exact: true });
    query.fetch().then(again, again);
  }
  void queryClient.invalidateQueries({ predicate });
}

export type TillQuery<Name extends QueryName> = UseQueryResult<TillAnswer<Name>, TillSaidNo>;

/** An answer of the till, kept fresh by its news; while another input loads, the old one stays. */
export function useTillQuery<Name extends QueryName>(
  name: Name,
  input: TillRequest<Name>,
  { isWanted = true }: { readonly isWanted?: boolean } = {},
): TillQuery<Name> {
  const query = useQuery<unknown, TillSaidNo>({
    ...queryOf(name, input),
    enabled: isWanted,
    placeholderData: keepPreviousData,
  });
  // Safe: `queryOf` asks for exactly this name; the library's types cannot follow the contract's.
  return query as TillQuery<Name>;
}

export function queryOf<Name extends QueryName>(name: Name, input: TillRequest<Name>) {
  return {
    queryKey: [name, input] as const,
    queryFn: (): Promise<TillAnswer<Name>> => askTill(name, input),
  };
}

/** Throws `TillSaidNo`. */
export async function askTill<Name extends QueryName>(
  name: Name,
  input: TillRequest<Name>,
): Promise<TillAnswer<Name>> {
  const reply = await callTill(name, input);
  if (reply.ok) return reply.value;
  const isLost = reply.error.type === 'TillUnreachable';
  throw new TillSaidNo(isLost ? { type: 'TillUnreachable', wasQuestion: true } : reply.error);
}

export type TillCommand<Name extends CommandName> = {
  /** The reply as it is; a "no" is also in `problem`. */
  readonly run: (input: TillRequest<Name>) => Promise<TillReply<TillAnswer<Name>>>;
  readonly isRunning: boolean;
  readonly problem: TillProblem | null;
  readonly forgetProblem: () => void;
};

export function useTillCommand<Name extends CommandName>(name: Name): TillCommand<Name> {
  const [isRunning, setRunning] = useState(false);
  const [problem, setProblem] = useState<TillProblem | null>(null);
  return {
    run: async (input) => {
      setRunning(true);
      const reply = await callTill(name, input);
      setRunning(false);
      setProblem(reply.ok ? null : reply.error);
      return reply;
    },
    isRunning,
    problem,
    forgetProblem: () => setProblem(null),
  };
}

/** After a lost answer or a fault the same command is tried again; after a clear "no", a new one. */
export function isClearNo(problem: TillProblem): boolean {
  return problem.type !== 'TillUnreachable' && problem.type !== 'Fault';
}

function topicsOf(name: unknown): readonly Topic[] {
  return typeof name === 'string' && isQueryName(name) ? topicsByQuery[name] : [];
}

function isQueryName(name: string): name is QueryName {
  return Object.hasOwn(topicsByQuery, name);
}
