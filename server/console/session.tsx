import { type QueryClient, type QueryKey, useQuery, useQueryClient } from '@tanstack/react-query';
import { createContext, type ReactNode, useContext } from 'react';
import { present } from '../../shared/base/assert.ts';
import type { Account } from '../../shared/contract/console-api.ts';
import { CallFailed, call } from './client.ts';
import { FailureState, Placeholder } from './components/states.tsx';
import { goTo } from './navigation.tsx';

const sessionKey = ['session'];
const AccountContext = createContext<Account | null>(null);

/** Who is signed in; only pages inside `SignedIn` ask. */
export function useAccount(): Account {
  return present(useContext(AccountContext), 'A page stands inside SignedIn');
}

/** Shows its children to a signed-in person, and the way in to everybody else. */
export function SignedIn({
  children,
  signIn,
}: {
  readonly children: ReactNode;
  readonly signIn: ReactNode;
}) {
  const session = useQuery<Account, CallFailed>({
    queryKey: sessionKey,
    queryFn: ({ signal }) => call('session', {}, signal),
    staleTime: Number.POSITIVE_INFINITY,
  });
  if (session.error?.type === 'not-signed-in') return signIn;
  if (session.error !== null && session.data === undefined) {
    return (
      <main className="lonely">
        <FailureState failure={session.error} onRetry={() => void session.refetch()} />
      </main>
    );
  }
  if (session.data === undefined) {
    return (
      <main className="lonely">
        <Placeholder lines={6} />
      </main>
    );
  }
  return <AccountContext.Provider value={session.data}>{children}</AccountContext.Provider>;
}

/** Signing in and out; both forget everything that was asked under the other account. */
export function useSessionChanges() {
  const queryClient = useQueryClient();
  const forgetAnswers = () =>
    queryClient.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== sessionKey[0] });
  return {
    signedIn(account: Account) {
      forgetAnswers();
      queryClient.setQueryData(sessionKey, account);
    },
    async signOut() {
      await call('signOut', {});
      goTo({ page: 'overview' });
      await queryClient.invalidateQueries({ queryKey: sessionKey });
      forgetAnswers();
    },
  };
}

/**
 * A session ends by time or elsewhere: any answer may be the first to say so. Asking who is signed
 * in brings the sign-in form in place of the page, and back to the page afterwards.
 */
export function watchForEndOfSession(queryClient: QueryClient): void {
  const askAgain = (failure: Error, key: QueryKey | undefined) => {
    const isEnd = failure instanceof CallFailed && failure.type === 'not-signed-in';
    if (isEnd && key?.[0] !== sessionKey[0]) {
      void queryClient.invalidateQueries({ queryKey: sessionKey });
    }
  };
  queryClient.getQueryCache().config.onError = (failure, query) =>
    askAgain(failure, query.queryKey);
  queryClient.getMutationCache().config.onError = (failure) => askAgain(failure, undefined);
}
