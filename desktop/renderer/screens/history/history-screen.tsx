import { useInfiniteQuery } from '@tanstack/react-query';
import { type KeyboardEvent, useRef, useState } from 'react';
import type { SaleRow } from '../../../../shared/contract/till-api.ts';
import { CalendarDate } from '../../../../shared/model/calendar.ts';
import { formatDate, formatMoment, formatMoney, formatNumber } from '../../base/format.ts';
import { useKeys } from '../../base/keys.ts';
import { hrefOf, type Route, showInstead } from '../../base/route.ts';
import { askTill, TillSaidNo, useTillQuery } from '../../base/till-queries.ts';
import { Badge } from '../../components/badge.tsx';
import { Button, ButtonLink } from '../../components/button.tsx';
import { classNames } from '../../components/class-names.ts';
import { Card, Page, pageStyles } from '../../components/page.tsx';
import { SearchBox } from '../../components/search-box.tsx';
import { BlankSlate, ProblemNote, Skeleton } from '../../components/states.tsx';
import { useText } from '../../text/text.ts';
import { DayPicker } from './day-picker.tsx';
import styles from './history.module.css';
import { SlipView } from './slip-view.tsx';

const pageRows = 100;

/** Every sale of this till, newest first, with the slip of the one chosen beside the list. */
export function HistoryScreen({ query }: { readonly query: Route['query'] }) {
  const t = useText();
  const status = useTillQuery('status.get', {});
  const searchRef = useRef<HTMLInputElement>(null);
  const { text = '', day, sale } = query;
  const [isVoiding, setVoiding] = useState(false);
  const [isReturning, setReturning] = useState(false);
  const filter = { ...(text !== '' && { text }), ...(isDay(day) && { day }) };
  const sales = useSales(filter);
  const rows = sales.data?.pages.flatMap((page) => page.rows) ?? [];
  const [first] = sales.data?.pages ?? [];
  const show = (change: Readonly<Record<string, string>>) =>
    showInstead('history', withoutEmpty({ ...query, ...change }));
  useKeys({
    search: () => searchRef.current?.focus(),
    remove: () => setVoiding(sale !== undefined),
    returns: () => setReturning(sale !== undefined),
  });
  return (
    <div className={styles['screen']}>
      <div className={styles['list']}>
        <Page
          title={t('history.title')}
          isFull
          actions={
            first && (
              <DayTotal
                day={isDay(day) ? day : status.data?.today}
                sales={first.daySales}
                totalVnd={first.dayTotalVnd}
              />
            )
          }
        >
          <div className={styles['tools']}>
            <SearchBox
              inputRef={searchRef}
              label={t('history.searchLabel')}
              placeholder={t('history.searchPlaceholder')}
              value={text}
              onChange={(typed) => show({ text: typed })}
              onKeyDown={(event) => {
                const next = neighbourOf(rows, sale, event);
                if (next !== undefined) show({ sale: next });
              }}
            />
            <DayPicker
              key={day}
              day={isDay(day) ? day : undefined}
              today={status.data?.today}
              onChange={(chosen) => show({ day: chosen ?? '' })}
            />
          </div>
          <SalesCard
            sales={sales}
            chosen={sale}
            isFiltered={text !== '' || day !== undefined}
            onChoose={(id) => show({ sale: id })}
          />
        </Page>
      </div>
      <SlipView
        key={sale}
        saleId={sale}
        isVoiding={isVoiding}
        onVoid={setVoiding}
        isReturning={isReturning}
        onReturn={setReturning}
      />
    </div>
  );
}

function SalesCard({
  sales,
  chosen,
  isFiltered,
  onChoose,
}: {
  readonly sales: ReturnType<typeof useSales>;
  readonly chosen: string | undefined;
  readonly isFiltered: boolean;
  readonly onChoose: (id: string) => void;
}) {
  const t = useText();
  const rows = sales.data?.pages.flatMap((page) => page.rows) ?? [];
  return (
    <Card isGrowing>
      {sales.error instanceof TillSaidNo && (
        <ProblemNote problem={sales.error.problem} onRetry={() => void sales.refetch()} />
      )}
      {sales.isPending && <Skeleton rows={9} />}
      {sales.isSuccess && rows.length === 0 && <NoSales isFiltered={isFiltered} />}
      {rows.length > 0 && <SalesTable rows={rows} chosen={chosen} onChoose={onChoose} />}
      {sales.hasNextPage && (
        <div className={pageStyles['foot']}>
          <Button onPress={() => void sales.fetchNextPage()}>{t('app.loadMore')}</Button>
        </div>
      )}
    </Card>
  );
}

function DayTotal({
  day,
  sales,
  totalVnd,
}: {
  readonly day: CalendarDate | undefined;
  readonly sales: number;
  readonly totalVnd: number;
}) {
  const t = useText();
  if (day === undefined) return null;
  return (
    <p className={styles['dayTotal']}>
      <span>
        {t('history.dayTotal', { date: formatDate(day) })} ·{' '}
        {t('history.daySales', { count: sales })}
      </span>
      <strong>{formatMoney(totalVnd)}</strong>
    </p>
  );
}

function useSales(filter: { readonly text?: string; readonly day?: CalendarDate }) {
  return useInfiniteQuery({
    queryKey: ['sales.list', filter],
    // Safe: only widens, so that later pages may have a number.
    initialPageParam: undefined as number | undefined,
    queryFn: ({ pageParam }) =>
      askTill('sales.list', {
        ...filter,
        limit: pageRows,
        ...(pageParam === undefined ? {} : { beforeSeq: pageParam }),
      }),
    getNextPageParam: (last) => (last.hasMore ? last.rows.at(-1)?.seq : undefined),
  });
}

function SalesTable({
  rows,
  chosen,
  onChoose,
}: {
  readonly rows: readonly SaleRow[];
  readonly chosen: string | undefined;
  readonly onChoose: (id: string) => void;
}) {
  const t = useText();
  return (
    <table className={pageStyles['table']} aria-label={t('history.title')}>
      <thead>
        <tr>
          <th>{t('history.column.slip')}</th>
          <th>{t('history.column.at')}</th>
          <th className={pageStyles['number']}>{t('history.column.lines')}</th>
          <th className={pageStyles['number']}>{t('history.column.total')}</th>
          <th>{t('history.column.state')}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr
            key={row.id}
            data-open
            aria-current={row.id === chosen}
            className={classNames(row.isVoided && styles['isVoided'])}
            ref={row.id === chosen ? scrollIntoView : undefined}
            onClick={() => onChoose(row.id)}
          >
            <td>
              <button type="button" className={pageStyles['link']}>
                {row.slip}
              </button>
            </td>
            <td>{formatMoment(row.at)}</td>
            <td className={pageStyles['number']}>{formatNumber(row.lineCount)}</td>
            <td className={pageStyles['number']}>{formatMoney(row.totalVnd)}</td>
            <td>
              <SaleState row={row} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function SaleState({ row }: { readonly row: SaleRow }) {
  const t = useText();
  if (row.isVoided) return <Badge kind="danger">{t('history.voided')}</Badge>;
  return row.isReported ? (
    <Badge kind="good">{t('history.reported')}</Badge>
  ) : (
    <Badge>{t('history.waiting')}</Badge>
  );
}

function NoSales({ isFiltered }: { readonly isFiltered: boolean }) {
  const t = useText();
  return isFiltered ? (
    <BlankSlate icon="search" title={t('history.noMatch.title')} body={t('history.noMatch.body')}>
      <ButtonLink href={hrefOf('history')}>{t('history.showAll')}</ButtonLink>
    </BlankSlate>
  ) : (
    <BlankSlate icon="history" title={t('history.empty.title')} body={t('history.empty.body')}>
      <ButtonLink look="primary" href={hrefOf('sell')}>
        {t('screen.sell')}
      </ButtonLink>
    </BlankSlate>
  );
}

/** Arrow keys in the search box walk through the list. */
function neighbourOf(
  rows: readonly SaleRow[],
  chosen: string | undefined,
  event: KeyboardEvent,
): string | undefined {
  if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return undefined;
  event.preventDefault();
  const index = rows.findIndex((row) => row.id === chosen);
  const next = event.key === 'ArrowDown' ? index + 1 : Math.max(0, index - 1);
  return rows[Math.min(next, rows.length - 1)]?.id;
}

function isDay(text: string | undefined): text is CalendarDate {
  return text !== undefined && CalendarDate.safeParse(text).success;
}

function withoutEmpty(query: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(query).filter(([, value]) => value !== ''));
}

function scrollIntoView(element: HTMLElement | null): void {
  element?.scrollIntoView({ block: 'nearest' });
}
