import { useState } from 'react';
import type { TillAnswer } from '../../../../shared/contract/till-api.ts';
import type { DoseLabelText } from '../../../../shared/contract/till-print-api.ts';
import type { SaleLine } from '../../../../shared/events/sale-completed.ts';
import type { PackUnit } from '../../../../shared/model/quantity.ts';
import { formatDate, formatMoment, formatMoney, formatNumber } from '../../base/format.ts';
import { useTillQuery } from '../../base/till-queries.ts';
import { Badge } from '../../components/badge.tsx';
import { Button } from '../../components/button.tsx';
import { BlankSlate, Note, ProblemNote, Skeleton } from '../../components/states.tsx';
import { LabelDialog } from '../../printing/label-dialog.tsx';
import { SlipButtons } from '../../printing/print-buttons.tsx';
import { useText } from '../../text/text.ts';
import { ReturnDialog } from '../sell/return-dialog.tsx';
import styles from './history.module.css';
import { VoidDialog } from './void-dialog.tsx';

type Slip = NonNullable<TillAnswer<'sales.get'>>;

/** One sale as it stands in the books, with the way to undo it. */
export function SlipView({
  saleId,
  isVoiding,
  onVoid,
  isReturning,
  onReturn,
}: {
  readonly saleId: string | undefined;
  readonly isVoiding: boolean;
  readonly onVoid: (isVoiding: boolean) => void;
  readonly isReturning: boolean;
  readonly onReturn: (isReturning: boolean) => void;
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
      {slip.data != null && (
        <SlipOf slip={slip.data} onVoid={() => onVoid(true)} onReturn={() => onReturn(true)} />
      )}
      {slip.data != null && isReturning && !slip.data.row.isVoided && (
        <ReturnDialog saleId={slip.data.row.id} onClose={() => onReturn(false)} />
      )}
      {slip.data != null && isVoiding && !slip.data.row.isVoided && (
        <VoidDialog row={slip.data.row} onClose={() => onVoid(false)} />
      )}
    </aside>
  );
}

function SlipOf({
  slip,
  onVoid,
  onReturn,
}: {
  readonly slip: Slip;
  readonly onVoid: () => void;
  readonly onReturn: () => void;
}) {
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
        <PaymentSums sale={sale} />
      </dl>
      {slip.customer !== null && (
        <p className={styles['small']}>
          {t('slip.customer', { name: customerText(slip.customer) })}
        </p>
      )}
      {sale.payment.reference !== undefined && (
        <p className={styles['small']}>
          {t('slip.reference', { reference: sale.payment.reference })}
        </p>
      )}
      {slip.returns.length > 0 && <Returns slip={slip} />}
      {!row.isVoided && (
        <Button keyShown="F7" onPress={onReturn}>
          {t('slip.return')}
        </Button>
      )}
      <SlipButtons saleId={row.id} />
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

/** How it was paid: what was taken off, in which ways, and what was handed back. */
function PaymentSums({ sale }: { readonly sale: Slip['sale'] }) {
  const t = useText();
  const { payment, exchange, saleDiscountVnd } = sale;
  const { tenderedVnd, changeVnd, parts = [], roundingVnd = 0 } = payment;
  const isPlain = exchange === undefined && roundingVnd === 0;
  return (
    <>
      {saleDiscountVnd !== undefined && (
        <Sum label={t('slip.discount')} amountVnd={-saleDiscountVnd} />
      )}
      {exchange !== undefined && (
        <Sum label={t('slip.exchange', { slip: exchange.slip })} amountVnd={-exchange.creditVnd} />
      )}
      {roundingVnd !== 0 && <Sum label={t('pay.rounding')} amountVnd={roundingVnd} />}
      {!isPlain && <Sum label={t('slip.due')} amountVnd={tenderedVnd - changeVnd} />}
      {parts.map(({ method, amountVnd }) => (
        <Sum
          key={method}
          label={t(method === 'cash' ? 'slip.cashPart' : 'slip.transferPart')}
          amountVnd={amountVnd}
        />
      ))}
      <Sum
        label={t(payment.method === 'cash' ? 'slip.tendered' : 'slip.transferPart')}
        amountVnd={tenderedVnd}
      />
      <Sum label={t('slip.change')} amountVnd={changeVnd} />
    </>
  );
}

function Sum({ label, amountVnd }: { readonly label: string; readonly amountVnd: number }) {
  return (
    <div>
      <dt>{label}</dt>
      <dd>{formatMoney(amountVnd)}</dd>
    </div>
  );
}

/** What came back of it, and how the customer had it back. */
function Returns({ slip }: { readonly slip: Slip }) {
  const t = useText();
  return (
    <section>
      <h3 className={styles['small']}>{t('slip.returns')}</h3>
      <ul className={styles['lines']}>
        {slip.returns.map((back) => (
          <li key={back.id} className={styles['line']}>
            <strong>
              {t('slip.returnedAt', { time: formatMoment(back.at), reason: back.reason })}
            </strong>
            <strong>{formatMoney(back.totalVnd)}</strong>
            <small>
              {back.creditVnd > 0
                ? t('slip.credited', { amount: formatMoney(back.creditVnd) })
                : t('slip.returnedSum', { amount: formatMoney(back.cashVnd + back.vietqrVnd) })}
            </small>
          </li>
        ))}
      </ul>
    </section>
  );
}

function customerText({ name, phone }: NonNullable<Slip['customer']>): string {
  return [name, phone].filter((part) => part !== '').join(' · ');
}

function SlipLine({ line, name }: { readonly line: SaleLine; readonly name: string }) {
  const t = useText();
  const quantity = `${formatNumber(line.quantity)} ${line.unit.name}`;
  const [isLabelling, setLabelling] = useState(false);
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
      <div className={styles['label']}>
        <Button
          look="quiet"
          label={t('label.openFor', { name })}
          onPress={() => setLabelling(true)}
        >
          {t('label.open')}
        </Button>
      </div>
      {isLabelling && (
        <LabelDialog
          label={labelOf(line, { name, quantity })}
          onClose={() => setLabelling(false)}
        />
      )}
    </li>
  );
}

/** What the slip knows already; who it is for and how to take it is typed. */
function labelOf(
  { picks }: SaleLine,
  { name, quantity }: { readonly name: string; readonly quantity: string },
): DoseLabelText {
  return {
    drugName: name,
    strength: '',
    dosageForm: '',
    quantity,
    patientName: '',
    dose: '',
    times: '',
    route: '',
    note: '',
    lot: picks.map(({ lot }) => lot).join(', '),
    // Of several lots the one that goes first.
    expiresOn: picks.map(({ expiresOn }) => expiresOn).sort()[0] ?? null,
  };
}

/** In the sold unit where it divides; a part of a pack is counted in the smallest unit. */
function pickQuantity(units: number, unit: PackUnit): string {
  return units % unit.factor === 0
    ? `${formatNumber(units / unit.factor)} ${unit.name}`
    : formatNumber(units);
}
