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

/** The choice that leaves the lot to first-expired-first-out. */
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
        <LotChoices rows={lots.data ?? []} today={today} chosen={chosen} onChoose={setChosen} />
        {chosen !== automatic && (
          <Reason
            reason={reason}
            problem={isTried && isReasonMissing ? t('lot.reasonMissing') : undefined}
            onChange={setReason}
          />
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

function LotChoices({
  rows,
  today,
  chosen,
  onChoose,
}: {
  readonly rows: readonly StockRow[];
  readonly today: CalendarDate | undefined;
  readonly chosen: string;
  readonly onChoose: (key: string) => void;
}) {
  const t = useText();
  return (
    <fieldset className={styles['lotList']}>
      <legend className="spoken">{t('sell.column.lot')}</legend>
      <label className={optionClass(chosen === automatic, false)}>
        <input
          type="radio"
          name="lot"
          checked={chosen === automatic}
          onChange={() => onChoose(automatic)}
        />
        <span>{t('lot.fefo')}</span>
      </label>
      {rows.map((row) => (
        <LotOption
          key={keyOf(row)}
          row={row}
          isChosen={chosen === keyOf(row)}
          isExpired={today !== undefined && row.expiresOn <= today}
          onChoose={() => onChoose(keyOf(row))}
        />
      ))}
    </fieldset>
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
  const date = formatDate(row.expiresOn);
  return (
    <label className={optionClass(isChosen, isExpired)}>
      <input type="radio" name="lot" checked={isChosen} disabled={isExpired} onChange={onChoose} />
      <span>
        <b>{row.lot}</b> · {date}
        {isExpired && (
          <small>
            <br />
            {t('lot.expired', { date })}
          </small>
        )}
      </span>
      <span>{t('lot.left', { amount: formatUnits(row.onHandUnits, row.units) })}</span>
    </label>
  );
}

function Reason({
  reason,
  problem,
  onChange,
}: {
  readonly reason: string;
  readonly problem: string | undefined;
  readonly onChange: (reason: string) => void;
}) {
  const t = useText();
  const usual = [t('lot.reason.customer'), t('lot.reason.opened'), t('lot.reason.damaged')];
  return (
    <>
      <Field
        label={t('lot.reason')}
        value={reason}
        onChange={onChange}
        maxLength={200}
        problem={problem}
      />
      <span className={styles['quick']}>
        {usual.map((text) => (
          <Button key={text} onPress={() => onChange(text)}>
            {text}
          </Button>
        ))}
      </span>
    </>
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
