import { useInfiniteQuery } from '@tanstack/react-query';
import { useRef } from 'react';
import type { LotCardRow, Product } from '../../../../shared/contract/till-api.ts';
import {
  formatDate,
  formatMoment,
  formatMoney,
  formatNumber,
  formatUnits,
} from '../../base/format.ts';
import { useKeys } from '../../base/keys.ts';
import { hrefOf, type Route } from '../../base/route.ts';
import { askTill, TillSaidNo, useTillQuery } from '../../base/till-queries.ts';
import { PrescriptionMark } from '../../components/badge.tsx';
import { Button } from '../../components/button.tsx';
import { classNames } from '../../components/class-names.ts';
import { PriceForm } from '../../components/price-form.tsx';
import { ProblemNote, Skeleton } from '../../components/states.tsx';
import { useText } from '../../text/text.ts';
import styles from './stock.module.css';

const pageRows = 50;

/** Thẻ kho: prices, lots and every movement of one drug, with the balance after each. */
export function StockCard({
  drug,
  query,
  onClose,
}: {
  readonly drug: string;
  readonly query: Route['query'];
  readonly onClose: () => void;
}) {
  const t = useText();
  const product = useTillQuery('drugs.get', { code: drug });
  const ref = useRef<HTMLElement>(null);
  useKeys({
    escape: onClose,
    price: () => ref.current?.querySelector('input')?.focus(),
  });
  return (
    <aside ref={ref} className={styles['drawer']} aria-label={t('card.title')}>
      <header className={styles['drawerHead']}>
        <div>
          <h2>
            {product.data?.name ?? t('card.title')}
            {product.data?.isPrescription === true && <PrescriptionMark />}
          </h2>
          {product.data != null && <p>{factsOf(product.data)}</p>}
          {product.data != null && (
            <p>{t('card.registration', { number: product.data.registrationNumber })}</p>
          )}
        </div>
        <Button look="quiet" icon="close" keyShown="Esc" onPress={onClose}>
          {t('app.close')}
        </Button>
      </header>
      {product.error !== null && (
        <ProblemNote problem={product.error.problem} onRetry={() => void product.refetch()} />
      )}
      {product.isPending && <Skeleton rows={4} />}
      {product.data === null && <p className={styles['part']}>{t('card.notFound')}</p>}
      {product.data != null && (
        <>
          <Prices product={product.data} />
          <Lots product={product.data} query={query} />
          <Movements product={product.data} query={query} />
        </>
      )}
    </aside>
  );
}

function Prices({ product }: { readonly product: Product }) {
  const t = useText();
  const { ceilingPriceVnd, units } = product;
  return (
    <section className={styles['part']}>
      <h3>{t('card.prices')}</h3>
      <div className={styles['prices']}>
        {units.map((unit) => (
          <div key={unit.name}>
            <PriceForm
              drug={product.code}
              name={product.name}
              unit={unit.name}
              currentVnd={product.pricesVnd[unit.name]}
              label={t('card.priceOf', { unit: unit.name })}
            />
          </div>
        ))}
      </div>
      {ceilingPriceVnd !== null && (
        <p>
          {t('card.ceiling', { amount: formatMoney(ceilingPriceVnd), unit: units[0]?.name ?? '' })}
        </p>
      )}
    </section>
  );
}

function Lots({ product, query }: { readonly product: Product; readonly query: Route['query'] }) {
  const t = useText();
  const lots = useTillQuery('stock.lots', { drug: product.code });
  const { lot: chosenLot, expires: chosenExpiry, ...rest } = query;
  return (
    <section className={styles['part']}>
      <h3>{t('card.lots')}</h3>
      <nav className={styles['lots']} aria-label={t('card.lots')}>
        <a
          className={styles['lotChip']}
          href={hrefOf('stock', rest)}
          aria-current={chosenLot === undefined}
        >
          <strong>{t('card.allLots')}</strong>
          <span>{formatUnits(product.onHandUnits, product.units)}</span>
        </a>
        {lots.data?.map(({ lot, expiresOn, daysLeft, onHandUnits }) => (
          <a
            key={`${lot} ${expiresOn}`}
            className={styles['lotChip']}
            href={hrefOf('stock', { ...rest, lot, expires: expiresOn })}
            aria-current={lot === chosenLot && expiresOn === chosenExpiry}
          >
            <strong>{lot}</strong>
            <span className={classNames(daysLeft <= 0 && styles['isExpired'])}>
              {t('stock.expiresOn', { date: formatDate(expiresOn) })} ·{' '}
              {formatUnits(onHandUnits, product.units)}
            </span>
          </a>
        ))}
      </nav>
    </section>
  );
}

function Movements({
  product,
  query,
}: {
  readonly product: Product;
  readonly query: Route['query'];
}) {
  const t = useText();
  const { lot, expires } = query;
  const chosen = lot === undefined || expires === undefined ? {} : { lot, expiresOn: expires };
  const input = { drug: product.code, ...chosen };
  const card = useInfiniteQuery({
    queryKey: ['stock.lotCard', input],
    // Safe: only widens, so that later pages may have a number.
    initialPageParam: undefined as number | undefined,
    queryFn: ({ pageParam }) =>
      askTill('stock.lotCard', {
        ...input,
        limit: pageRows,
        ...(pageParam === undefined ? {} : { beforeSeq: pageParam }),
      }),
    getNextPageParam: (last) => (last.hasMore ? last.rows.at(-1)?.seq : undefined),
  });
  const rows = card.data?.pages.flatMap((page) => page.rows) ?? [];
  return (
    <section className={styles['part']}>
      <h3>{t('card.movements')}</h3>
      {card.error instanceof TillSaidNo && (
        <ProblemNote problem={card.error.problem} onRetry={() => void card.refetch()} />
      )}
      {card.isPending && <Skeleton rows={4} />}
      {card.isSuccess && rows.length === 0 && <p>{t('card.empty')}</p>}
      {rows.length > 0 && (
        <table className={styles['table']} aria-label={t('card.movements')}>
          <thead>
            <tr>
              <th>{t('card.column.at')}</th>
              <th>{t('card.column.document')}</th>
              <th>{t('card.column.lot')}</th>
              <th className={styles['number']}>{t('card.column.in')}</th>
              <th className={styles['number']}>{t('card.column.out')}</th>
              <th className={styles['number']}>{t('card.column.balance')}</th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <MovementRow
                key={`${row.seq} ${row.lot} ${row.expiresOn} ${row.balanceUnits}`}
                row={row}
              />
            ))}
          </tbody>
        </table>
      )}
      {card.hasNextPage && (
        <Button onPress={() => void card.fetchNextPage()}>{t('app.loadMore')}</Button>
      )}
    </section>
  );
}

function MovementRow({ row }: { readonly row: LotCardRow }) {
  const t = useText();
  return (
    <tr>
      <td>{formatMoment(row.at)}</td>
      <td>
        {t(`card.kind.${row.kind}`)}
        <small>{row.reference}</small>
      </td>
      <td>
        {row.lot}
        <small>{formatDate(row.expiresOn)}</small>
      </td>
      <td className={classNames(styles['number'], styles['in'])}>
        {row.inUnits === 0 ? '' : `+${formatNumber(row.inUnits)}`}
      </td>
      <td className={styles['number']}>
        {row.outUnits === 0 ? '' : `−${formatNumber(row.outUnits)}`}
      </td>
      <td className={styles['number']}>{formatNumber(row.balanceUnits)}</td>
    </tr>
  );
}

function factsOf(product: Product): string {
  const { ingredients, dosageForm, packaging, manufacturer } = product;
  return [ingredients, dosageForm, packaging, manufacturer].filter(Boolean).join(' · ');
}
