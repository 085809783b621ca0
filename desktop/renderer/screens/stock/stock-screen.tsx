import { useInfiniteQuery } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import type { StockRow } from '../../../../shared/contract/till-api.ts';
import { formatMoney } from '../../base/format.ts';
import { useKeys } from '../../base/keys.ts';
import { hrefOf, type Route, showInstead } from '../../base/route.ts';
import { askTill, TillSaidNo, useTillQuery } from '../../base/till-queries.ts';
import { Button, ButtonLink } from '../../components/button.tsx';
import { classNames } from '../../components/class-names.ts';
import { Card, Page, pageStyles } from '../../components/page.tsx';
import { SearchBox } from '../../components/search-box.tsx';
import { BlankSlate, ProblemNote, Skeleton } from '../../components/states.tsx';
import { useText } from '../../text/text.ts';
import styles from './stock.module.css';
import { StockCard } from './stock-card.tsx';
import { StockTable } from './stock-table.tsx';

const pageRows = 100;
const horizonsDays = [30, 60, 90, 180] as const;

/** Lots on the shelf, those that soon expire, and the stock card of one drug beside them. */
export function StockScreen({ query }: { readonly query: Route['query'] }) {
  const { drug } = query;
  const close = () => showInstead('stock', without(query, 'drug', 'lot', 'expires'));
  return (
    <div className={classNames(styles['screen'], drug !== undefined && styles['hasDrawer'])}>
      <div className={styles['list']}>
        {query['view'] === 'expiring' ? <ExpiringList query={query} /> : <AllLots query={query} />}
      </div>
      {drug !== undefined && <StockCard key={drug} drug={drug} query={query} onClose={close} />}
    </div>
  );
}

function AllLots({ query }: { readonly query: Route['query'] }) {
  const t = useText();
  const text = query['text'] ?? '';
  const searchRef = useRef<HTMLInputElement>(null);
  useKeys({ search: () => searchRef.current?.focus() });
  const stock = useInfiniteQuery({
    queryKey: ['stock.list', { text }],
    initialPageParam: 0,
    queryFn: ({ pageParam }) => askTill('stock.list', { text, offset: pageParam, limit: pageRows }),
    getNextPageParam: (last, pages) => {
      const shown = pages.length * pageRows;
      return shown < last.total ? shown : undefined;
    },
  });
  const rows = stock.data?.pages.flatMap((page) => page.rows) ?? [];
  const total = stock.data?.pages[0]?.total;
  return (
    <Page
      title={t('stock.title')}
      intro={total === undefined ? undefined : t('stock.count', { count: total })}
      actions={<Views query={query} />}
      isFull
    >
      <SearchBox
        inputRef={searchRef}
        label={t('stock.searchLabel')}
        placeholder={t('stock.searchPlaceholder')}
        value={text}
        onChange={(typed) => showInstead('stock', withText(query, typed))}
      />
      <Card isGrowing>
        {stock.error instanceof TillSaidNo && (
          <ProblemNote problem={stock.error.problem} onRetry={() => void stock.refetch()} />
        )}
        {stock.isPending && <Skeleton rows={9} />}
        {stock.isSuccess && rows.length === 0 && <NoLots text={text} />}
        {rows.length > 0 && <StockTable rows={rows} query={query} />}
        {stock.hasNextPage && (
          <div className={pageStyles['foot']}>
            <Button onPress={() => void stock.fetchNextPage()}>{t('app.loadMore')}</Button>
          </div>
        )}
      </Card>
    </Page>
  );
}

function NoLots({ text }: { readonly text: string }) {
  const t = useText();
  if (text !== '') {
    return (
      <BlankSlate
        icon="search"
        title={t('stock.noMatch.title', { text })}
        body={t('stock.noMatch.body')}
      />
    );
  }
  return (
    <BlankSlate icon="stock" title={t('stock.empty.title')} body={t('stock.empty.body')}>
      <ButtonLink look="primary" href={hrefOf('receive')}>
        {t('stock.empty.receive')}
      </ButtonLink>
      <ButtonLink href={hrefOf('setup', { step: 'opening' })}>
        {t('stock.empty.opening')}
      </ButtonLink>
    </BlankSlate>
  );
}

function ExpiringList({ query }: { readonly query: Route['query'] }) {
  const t = useText();
  const [withinDays, setWithinDays] = useState<number>(90);
  const expiring = useTillQuery('stock.expiring', { withinDays, limit: 500 });
  const rows: readonly StockRow[] = expiring.data?.rows ?? [];
  const risk = expiring.data && formatMoney(expiring.data.valueAtRiskVnd);
  return (
    <Page
      title={t('stock.expiring')}
      intro={risk === undefined ? undefined : t('stock.valueAtRisk', { amount: risk })}
      actions={<Views query={query} />}
      isFull
    >
      <div className={styles['tools']}>
        {horizonsDays.map((days) => (
          <Button
            key={days}
            look={days === withinDays ? 'primary' : 'plain'}
            onPress={() => setWithinDays(days)}
          >
            {t('stock.within', { count: days })}
          </Button>
        ))}
      </div>
      <Card isGrowing>
        {expiring.error !== null && (
          <ProblemNote problem={expiring.error.problem} onRetry={() => void expiring.refetch()} />
        )}
        {expiring.isPending && <Skeleton rows={9} />}
        {expiring.isSuccess && rows.length === 0 && (
          <BlankSlate
            icon="check"
            title={t('stock.noneExpiring.title', { count: withinDays })}
            body={t('stock.noneExpiring.body')}
          />
        )}
        {rows.length > 0 && <StockTable rows={rows} query={query} hasValue />}
      </Card>
    </Page>
  );
}

function Views({ query }: { readonly query: Route['query'] }) {
  const t = useText();
  const isExpiring = query['view'] === 'expiring';
  const rest = without(query, 'view', 'text');
  return (
    <nav className={pageStyles['tabs']} aria-label={t('stock.view')}>
      <a href={hrefOf('stock', rest)} aria-current={!isExpiring}>
        {t('stock.all')}
      </a>
      <a href={hrefOf('stock', { ...rest, view: 'expiring' })} aria-current={isExpiring}>
        {t('stock.expiring')}
      </a>
    </nav>
  );
}

function withText(query: Route['query'], text: string): Route['query'] {
  return text === '' ? without(query, 'text') : { ...query, text };
}

function without(query: Route['query'], ...names: readonly string[]): Route['query'] {
  return Object.fromEntries(Object.entries(query).filter(([name]) => !names.includes(name)));
}
