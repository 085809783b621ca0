import type { ReactNode } from 'react';
import type { StockRow } from '../../../../shared/contract/till-api.ts';
import { formatDate, formatMoney, formatPacks, formatUnits } from '../../base/format.ts';
import { type Route, showInstead } from '../../base/route.ts';
import { classNames } from '../../components/class-names.ts';
import { pageStyles } from '../../components/page.tsx';
import { useText } from '../../text/text.ts';
import styles from './stock.module.css';

const nearDays = 90;

export function StockTable({
  rows,
  query,
  hasValue = false,
}: {
  readonly rows: readonly StockRow[];
  readonly query: Route['query'];
  readonly hasValue?: boolean;
}) {
  const t = useText();
  const isNarrow = query['drug'] !== undefined;
  return (
    <table className={pageStyles['table']} aria-label={t('stock.title')}>
      <thead>
        <tr>
          <th>{t('stock.column.drug')}</th>
          <th>{t('stock.column.lot')}</th>
          <th>{t('stock.column.expiry')}</th>
          <th className={pageStyles['number']}>{t('stock.column.daysLeft')}</th>
          <th className={pageStyles['number']}>{t('stock.column.onHand')}</th>
          {!isNarrow && <th className={pageStyles['number']}>{t('stock.column.packs')}</th>}
          {hasValue && !isNarrow && (
            <th className={pageStyles['number']}>{t('stock.column.value')}</th>
          )}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <Row key={`${row.drug} ${row.lot} ${row.expiresOn}`} row={row} query={query}>
            {!isNarrow && (
              <td className={classNames(pageStyles['number'], pageStyles['faint'])}>
                {formatPacks(row.onHandUnits, row.units)}
              </td>
            )}
            {hasValue && !isNarrow && (
              <td className={pageStyles['number']}>
                {row.unitCostVnd === null ? '–' : formatMoney(row.unitCostVnd * row.onHandUnits)}
              </td>
            )}
          </Row>
        ))}
      </tbody>
    </table>
  );
}

function Row({
  row,
  query,
  children,
}: {
  readonly row: StockRow;
  readonly query: Route['query'];
  readonly children: ReactNode;
}) {
  const t = useText();
  const open = () => showInstead('stock', { ...query, drug: row.drug });
  const isExpired = row.daysLeft <= 0;
  return (
    <tr data-open aria-current={query['drug'] === row.drug} onClick={open}>
      <td>
        <button
          type="button"
          className={pageStyles['link']}
          aria-label={t('stock.open', { name: row.name })}
        >
          {row.name}
        </button>
      </td>
      <td>{row.lot}</td>
      <td>{formatDate(row.expiresOn)}</td>
      <td
        className={classNames(
          pageStyles['number'],
          isExpired ? styles['isExpired'] : row.daysLeft <= nearDays && styles['isNear'],
        )}
      >
        {isExpired ? t('stock.isExpired') : t('stock.daysLeft', { count: row.daysLeft })}
      </td>
      <td className={pageStyles['number']}>{formatUnits(row.onHandUnits, row.units)}</td>
      {children}
    </tr>
  );
}
