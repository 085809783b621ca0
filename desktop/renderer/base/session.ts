import { useEffect } from 'react';
import type { Session } from '../../../shared/contract/till-session-api.ts';
import type { StaffAct } from '../../../shared/model/staff-act.ts';
import { rolesInWords } from '../text/people-words.ts';
import { useText } from '../text/text.ts';
import { callTill } from './till-client.ts';
import { queryClient, useTillQuery } from './till-queries.ts';

export function useSession(): Session | undefined {
  return useTillQuery('session.get', {}).data;
}

/** Puts what the till answered in the place of what was known, and asks everything else again. */
export function takeSession(session: Session): void {
  queryClient.setQueryData(['session.get', {}], session);
  const isOther = ({ queryKey: [name] }: { readonly queryKey: readonly unknown[] }) =>
    name !== 'session.get';
  void queryClient.invalidateQueries({ predicate: isOther });
}

/** Why a button cannot act for whoever is signed in, in words; undefined where it can. */
export function useBlockedBecause(): (act: StaffAct) => string | undefined {
  const t = useText();
  const session = useSession();
  return (act) => {
    const refused = session?.mayNot.find((entry) => entry.act === act);
    return refused && t('people.only', { roles: rolesInWords(t, refused.roles) });
  };
}

/** Nobody acts here until a PIN is entered. @returns whether there is anything to lock. */
export async function lockCounter(
  how: { readonly isIdle?: boolean; readonly isSwitch?: boolean } = {},
): Promise<boolean> {
  const reply = await callTill('session.lock', how);
  if (reply.ok) queryClient.setQueryData(['session.get', {}], reply.value);
  return reply.ok && reply.value.state === 'locked';
}

const checkMs = 5_000;
const touchMs = 30_000;

/** Locks a counter that nobody touches, and tells the till while somebody does. */
export function useIdleLock(session: Session | undefined): void {
  const isWatched = session?.state === 'signed-in';
  const idleMs = (session?.settings.idleMinutes ?? 0) * 60_000;
  useEffect(() => {
    if (!isWatched || idleMs === 0) return undefined;
    let seenMs = performance.now();
    let toldMs = seenMs;
    const see = () => {
      seenMs = performance.now();
      if (seenMs - toldMs < touchMs) return;
      toldMs = seenMs;
      void callTill('session.touch', {});
    };
    const look = () => {
      if (performance.now() - seenMs > idleMs) void lockCounter({ isIdle: true });
    };
    const timer = setInterval(look, checkMs);
    window.addEventListener('keydown', see, true);
    window.addEventListener('pointerdown', see, true);
    return () => {
      clearInterval(timer);
      window.removeEventListener('keydown', see, true);
      window.removeEventListener('pointerdown', see, true);
    };
  }, [isWatched, idleMs]);
}
