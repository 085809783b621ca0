import { useState } from 'react';
import type { StockRow } from '../../../../shared/contract/till-api.ts';
import type { CalendarDate } from '../../../../shared/model/calendar.ts';
import type { CartEntry } from '../../../../shared/rules/cart.ts';
import { formatDate, formatUnits } from '../../base/format.ts';
import { useTillQuery } from '../../base/till-queries.ts';
import { Button } from '../../components/button.tsx';
import { classNames } from '../../components/class-names.ts';
import { Dialog } from '../../components/dialog.tsx';
import { Field } from '../../components/field.tsx';
import { ProblemNote, Skeleton } from '../../components/states.tsx';
import { useText } from '../../text/text.ts';
import { changeCart } from './cart-store.ts';
import styles from './sell.module.css';

const automatic = '';

/** F4: another lot than first-expired-first-out, with the reason that goes into the document. */
export function LotDialog({
  entry,
  today,
  onClose,
}: {
  readonly entry: CartEntry;
  readonly today: CalendarDate | undefined;
  readonly onClose: () => void;
}) {
  const t = useText();
  const { product, chosenLot } = entry;
  const lots = useTillQuery('stock.lots', { drug: product.code });
  const [chosen, setChosen] = useState(chosenLot === undefined ? automatic : keyOf(chosenLot));
  const [reason, setReason] = useState(chosenLot?.reason ?? '');
  const [isTried, setTried] = useState(false);
  const isReasonMissing = chosen !== automatic && reason.trim() === '';
  const use = () => {
    setTried(true);
    if (isReasonMissing) return;
    const row = lots.data?.find((lot) => keyOf(lot) === chosen);
    const lot = row && { lot: row.lot, expiresOn: row.expiresOn, reason: reason.trim() };
    changeCart({ type: 'lotChosen', lot });
    onClose();
  };
  const reasons = [
    t('lot.reason.customer'),
    t('lot.reason.opened'),
    t('lot.reason.damaged'),
  ] as const;
  return (
    <Dialog title={t('lot.title', { name: product.name })} onClose={onClose} onFinish={use}>
      <p>{t('lot.intro')}</p>
      {lots.error !== null && (
        <ProblemNote problem={lots.error.problem} onRetry={() => void lots.refetch()} />
      )}
      {lots.isPending && <Skeleton rows={3} />}
      {lots.data?.length === 0 && <p>{t('lot.none')}</p>}
      <form
        className={styles['pay']}
        onSubmit={(event) => {
          event.preventDefault();
          use();
        }}
      >
        <fieldset className={styles['lotList']}>
          <legend className="spoken">{t('lot.title', { name: product.name })}</legend>
          <label className={optionClass(chosen === automatic, false)}>
            <input
              type="radio"
              name="lot"
              checked={chosen === automatic}
              onChange={() => setChosen(automatic)}
            />
            <span>{t('lot.fefo')}</span>
          </label>
          {lots.data?.map((row) => (
            <LotOption
              key={keyOf(row)}
              row={row}
              isChosen={chosen === keyOf(row)}
              isExpired={today !== undefined && row.expiresOn <= today}
              onChoose={() => setChosen(keyOf(row))}
            />
          ))}
        </fieldset>
        {chosen !== automatic && (
          <>
            <Field
              label={t('lot.reason')}
              value={reason}
              onChange={setReason}
              maxLength={200}
              problem={isTried && isReasonMissing ? t('lot.reasonMissing') : undefined}
            />
            <span className={styles['quick']}>
              {reasons.map((text) => (
                <Button key={text} onPress={() => setReason(text)}>
                  {text}
                </Button>
              ))}
            </span>
          </>
        )}
        <div className={styles['formEnd']}>
          <Button onPress={onClose}>{t('app.cancel')}</Button>
          <Button look="primary" isSubmit keyShown="Enter">
            {t('lot.use')}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

function LotOption({
  row,
  isChosen,
  isExpired,
  onChoose,
}: {
  readonly row: StockRow;
  readonly isChosen: boolean;
  readonly isExpired: boolean;
  readonly onChoose: () => void;
}) {
  const t = useText();
  return (
    <label className={optionClass(isChosen, isExpired)}>
      <input type="radio" name="lot" checked={isChosen} disabled={isExpired} onChange={onChoose} />
      <span>
        <b>{row.lot}</b> · {formatDate(row.expiresOn)}
        {isExpired && (
          <small>
            <br />
            {t('lot.expired', { date: formatDate(row.expiresOn) })}
          </small>
        )}
      </span>
      <span>{t('lot.left', { amount: formatUnits(row.onHandUnits, row.units) })}</span>
    </label>
  );
}

function optionClass(isChosen: boolean, isExpired: boolean): string {
  return classNames(
    styles['lotOption'],
    isChosen && styles['isChosen'],
    isExpired && styles['isExpired'],
  );
}

function keyOf(lot: { readonly lot: string; readonly expiresOn: string }): string {
  return `${lot.lot} ${lot.expiresOn}`;
}
