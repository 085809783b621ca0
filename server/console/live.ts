/**
 * The centre's stream only says what changed; the figures are asked for again. A busy country
 * changes all the time, so a topic is asked for at most once a second, the first time at once:
 * a sale is on the screen within two seconds and the centre is not flooded.
 */
import type { QueryClient } from '@tanstack/react-query';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { z } from 'zod';
import { consoleStreams } from '../../shared/contract/console-api.ts';
import type { RouteName } from './client.ts';

const Changed = z.object({ topics: z.array(z.string()) });
const refreshMsMin = 1_000;

/** Which answers a topic makes stale. */
export const routesByTopic: Readonly<Record<string, readonly RouteName[]>> = {
  movement: [
    'overview',
    'drugMovement',
    'lotTrace',
    'facility',
    'facilityStock',
    'facilityMovements',
  ],
  facility: [
    'overview',
    'facilities',
    'facility',
    'enrolmentCodes',
    'facilityHealth',
    'agreements',
    'clinicFigures',
    'centreEpoch',
  ],
  catalogue: ['searchDrugs', 'imports', 'catalogueImport'],
  alert: [
    'overview',
    'alerts',
    'facility',
    'parkedRecords',
    'parkedRecord',
    'clinicFigures',
    'facilityHealth',
  ],
};

/** Keeps the screen fresh; true while the stream is open. */
export function useLiveUpdates(): boolean {
  const queryClient = useQueryClient();
  const [isLive, setIsLive] = useState(false);
  useEffect(() => {
    const source = new EventSource(consoleStreams.stream.path);
    const refresher = createRefresher(queryClient);
    source.addEventListener('open', () => {
      setIsLive(true);
      // What changed while the stream was closed was not told.
      refresher.refresh(Object.keys(routesByTopic));
    });
    source.addEventListener('error', () => setIsLive(false));
    source.addEventListener('changed', (event) => {
      const parsed = Changed.safeParse(parsedJson(event.data));
      if (parsed.success) refresher.refresh(parsed.data.topics);
    });
    return () => {
      source.close();
      refresher.stop();
    };
  }, [queryClient]);
  return isLive;
}

function createRefresher(queryClient: QueryClient) {
  const waiting = new Set<string>();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let lastRefreshAtMs = 0;

  function run() {
    timer = undefined;
    lastRefreshAtMs = performance.now();
    const routes = new Set([...waiting].flatMap((topic) => routesByTopic[topic] ?? []));
    waiting.clear();
    for (const route of routes) askAgain(queryClient, route);
  }

  return {
    refresh(topics: readonly string[]) {
      for (const topic of topics) waiting.add(topic);
      timer ??= setTimeout(run, Math.max(0, lastRefreshAtMs + refreshMsMin - performance.now()));
    },
    stop() {
      clearTimeout(timer);
    },
  };
}

/** A first answer still under way may be older than the news: it is asked for again behind it. */
function askAgain(queryClient: QueryClient, route: RouteName): void {
  for (const query of queryClient.getQueryCache().findAll({ queryKey: [route] })) {
    const again = () => void queryClient.invalidateQueries({ queryKey: query.queryKey });
    const isFirst = query.state.fetchStatus === 'fetching' && query.state.data === undefined;
    if (isFirst) query.fetch().then(again, again);
    else again();
  }
}

function parsedJson(text: unknown): unknown {
  try {
    return typeof text === 'string' ? JSON.parse(text) : undefined;
  } catch {
    // A frame that is not JSON is not for us; the figures stay as they are.
    return undefined;
  }
}
