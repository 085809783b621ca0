import {
  keepPreviousData,
  type QueryKey,
  useInfiniteQuery,
  useMutation,
  useQuery,
  useQueryClient,
} from '@tanstack/react-query';
import { type Answer, type CallFailed, call, type Request, type RouteName } from './client.ts';

/** The cache key of a route's answer: its name first, so that a topic can make it stale. */
export function keyOf<Name extends RouteName>(name: Name, request: Request<Name>): QueryKey {
  return [name, request];
}

/**
 * One answer of the centre. While another area or period of the same page loads, the answer before
 * it stays on the screen, marked by `isPlaceholderData`.
 */
export function useAnswer<Name extends RouteName>(
  name: Name,
  request: Request<Name>,
  options: { readonly enabled?: boolean; readonly refetchMs?: number } = {},
) {
  return useQuery<Answer<Name>, CallFailed>({
    queryKey: keyOf(name, request),
    queryFn: ({ signal }) => call(name, request, signal),
    placeholderData: keepPreviousData,
    enabled: options.enabled ?? true,
    ...(options.refetchMs === undefined ? {} : { refetchInterval: options.refetchMs }),
  });
}

type PagedRoute = {
  [Name in RouteName]: Answer<Name> extends { rows: unknown[]; next: string | null } ? Name : never;
}[RouteName];

/** A list that is read page by page with the centre's cursor. */
export function usePages<Name extends PagedRoute>(
  name: Name,
  requestAt: (cursor: string | undefined) => Request<Name>,
  /** A list that grows while work goes on is read again when this changes. */
  version = '',
) {
  return useInfiniteQuery({
    queryKey: [name, requestAt(undefined), 'pages', version],
    queryFn: ({ pageParam, signal }) => call(name, requestAt(pageParam), signal),
    // Safe: the first page has no cursor; every later one is the centre's own text.
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page: Answer<Name>) => page.next ?? undefined,
    placeholderData: keepPreviousData,
    throwOnError: false,
  });
}

/** A change at the centre; afterwards what the given routes answered is asked again. */
export function useChange<Name extends RouteName>(name: Name, stale: readonly RouteName[]) {
  const queryClient = useQueryClient();
  return useMutation<Answer<Name>, CallFailed, Request<Name>>({
    mutationFn: (request) => call(name, request),
    onSuccess: async () => {
      await Promise.all(stale.map((route) => queryClient.invalidateQueries({ queryKey: [route] })));
    },
  });
}
