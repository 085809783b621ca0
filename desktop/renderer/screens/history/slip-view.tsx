import type { TillAnswer } from '../../../../shared/contract/till-api.ts';
import type { SaleLine } from '../../../../shared/events/sale-completed.ts';
import type { PackUnit } from '../../../../shared/model/quantity.ts';
import { formatDate, formatMoment, formatMoney, formatNumber } from '../../base/format.ts';
import { useTillQuery } from '../../base/till-queries.ts';
import { Badge } from '../../components/badge.tsx';
import { Button } from '../../components/button.tsx';
import { BlankSlate, Note, ProblemNote, Skeleton } from '../../components/states.tsx';
import { useText } from '../../text/text.ts';
import styles from './history.module.css';
import { VoidDialog } from './void-dialog.tsx';

type Slip = NonNullable<TillAnswer<'sales.get'>>;

/** One sale as it stands in the books, with the way to undo it. */
export function SlipView({
  saleId,
  isVoiding,
  onVoid,
}: {
  readonly saleId: string | undefined;
  readonly isVoiding: boolean;
  readonly onVoid: (isVoiding: boolean) => void;
}) {
  const t = useText();
  const slip = useTillQuery('sales.get', { id: saleId ?? '' }, { isWanted: saleId !== undefined });
  return (
    <aside className={styles['slip']} aria-label={t('history.column.slip')}>
      {saleId === undefined && (
        <BlankSlate
          icon="history"
          title={t('history.choose.title')}
          body={t('history.choose.body')}
        />
      )}
      {saleId !== undefined && slip.isPending && <Skeleton rows={5} />}
      {slip.error !== null && (
        <ProblemNote problem={slip.error.problem} onRetry={() => void slip.refetch()} />
      )}
      {slip.data === null && <p>{t('slip.notFound')}</p>}
      {slip.data != null && <SlipOf slip={slip.data} onVoid={() => onVoid(true)} />}
      {slip.data != null && isVoiding && !slip.data.row.isVoided && (
        <VoidDialog row={slip.data.row} onClose={() => onVoid(false)} />
      )}
    </aside>
  );
}

function SlipOf({ slip, onVoid }: { readonly slip: Slip; readonly onVoid: () => void }) {
  const t = useText();
  const { row, sale, drugNames, voidedReason } = slip;
  return (
    <>
      <header className={styles['slipHead']}>
        <h2>{t('slip.title', { slip: row.slip })}</h2>
        <p>
          {formatMoment(row.at)} · {t('slip.soldBy', { staff: row.by })}
        </p>
        <p>
          {row.isReported ? (
            <Badge kind="good">{t('slip.reported')}</Badge>
          ) : (
            <Badge>{t('slip.waiting')}</Badge>
          )}
        </p>
      </header>
      {row.isVoided && (
        <Note kind="danger">{t('slip.voided', { reason: voidedReason ?? '' })}</Note>
      )}
      <ul className={styles['lines']}>
        {sale.lines.map((line, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the lines of a written slip never change.
          <SlipLine key={index} line={line} name={drugNames[line.drug] ?? line.drug} />
        ))}
      </ul>
      <dl className={styles['sums']}>
        <div className={styles['total']}>
          <dt>{t('slip.total')}</dt>
          <dd>{formatMoney(sale.totalVnd)}</dd>
        </div>
        <div>
          <dt>{t('slip.tendered')}</dt>
          <dd>{formatMoney(sale.payment.tenderedVnd)}</dd>
        </div>
        <div>
          <dt>{t('slip.change')}</dt>
          <dd>{formatMoney(sale.payment.changeVnd)}</dd>
        </div>
      </dl>
      <Button
        look="danger"
        keyShown="F8"
        blockedBecause={row.isVoided ? t('slip.alreadyVoided') : undefined}
        onPress={onVoid}
      >
        {t('slip.void')}
      </Button>
    </>
  );
}

function SlipLine({ line, name }: { readonly line: SaleLine; readonly name: string }) {
  const t = useText();
  const quantity = `${formatNumber(line.quantity)} ${line.unit.name}`;
  return (
    <li className={styles['line']}>
      <strong>{name}</strong>
      <strong>{formatMoney(line.amountVnd)}</strong>
      <small>
        {quantity} × {formatMoney(line.priceVnd)}
      </small>
      {line.picks.map((pick) => (
        <small key={`${pick.lot} ${pick.expiresOn}`}>
          {t('slip.lot', {
            lot: pick.lot,
            date: formatDate(pick.expiresOn),
            quantity: pickQuantity(pick.units, line.unit),
          })}
        </small>
      ))}
      {line.lotReason !== undefined && (
        <small>{t('sell.lotChosen', { reason: line.lotReason })}</small>
      )}
    </li>
  );
}

/** In the sold unit where it divides; a part of a pack is counted in the smallest unit. */
function pickQuantity(units: number, unit: PackUnit): string {
  return units % unit.factor === 0
    ? `${formatNumber(units / unit.factor)} ${unit.name}`
    : formatNumber(units);
}
