import { useState } from 'react';
import type { SaleRow } from '../../../../shared/contract/till-api.ts';
import { formatMoney, formatRecent } from '../../base/format.ts';
import { useTillQuery } from '../../base/till-queries.ts';
import { Dialog } from '../../components/dialog.tsx';
import { Field } from '../../components/field.tsx';
import { Note, ProblemNote, Skeleton } from '../../components/states.tsx';
import { useText } from '../../text/text.ts';
import { type Returned, ReturnForm } from './return-form.tsx';
import styles from './sell.module.css';

/** F7: goods come back. The sale is found, what of it comes back is chosen, money or other goods given. */
export function ReturnDialog({
  saleId,
  onClose,
}: {
  /** Where a slip is already on the screen. */
  readonly saleId?: string;
  readonly onClose: () => void;
}) {
  const t = useText();
  const [chosen, setChosen] = useState(saleId);
  const [returned, setReturned] = useState<Returned>();
  return (
    <Dialog title={t('back.title')} onClose={onClose} isBroad>
      {returned !== undefined ? (
        <Done returned={returned} onClose={onClose} />
      ) : chosen === undefined ? (
        <FindSale onChoose={setChosen} />
      ) : (
        <ChosenSale
          saleId={chosen}
          onBack={saleId === undefined ? () => setChosen(undefined) : undefined}
          onReturned={setReturned}
          onClose={onClose}
        />
      )}
    </Dialog>
  );
}

/** By slip number, by what was sold, or from the newest. */
function FindSale({ onChoose }: { readonly onChoose: (id: string) => void }) {
  const t = useText();
  const [typed, setTyped] = useState('');
  const [index, setIndex] = useState(0);
  const status = useTillQuery('status.get', {});
  const wanted = typed.trim();
  const isSlip = /^[A-Za-z0-9]{2,8}-\d*$|^\d+$/.test(wanted);
  const filter = wanted === '' ? {} : isSlip ? { text: wanted } : { product: wanted };
  const sales = useTillQuery('sales.list', { ...filter, limit: 8 });
  const rows = sales.data?.rows ?? [];
  const shortCode = status.data?.till?.shortCode;
  const isOther = isSlip && wanted.includes('-') && rows.length === 0;
  return (
    <form
      className={styles['pay']}
      onSubmit={(event) => {
        event.preventDefault();
        const row = rows[index];
        if (row !== undefined) onChoose(row.id);
      }}
      onKeyDown={(event) => {
        if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
        event.preventDefault();
        const step = event.key === 'ArrowDown' ? 1 : -1;
        setIndex(Math.max(0, Math.min(index + step, rows.length - 1)));
      }}
    >
      <Field
        label={t('back.find')}
        value={typed}
        placeholder={t('back.findPlaceholder')}
        isFocusedFirst
        maxLength={100}
        onChange={(text) => {
          setTyped(text);
          setIndex(0);
        }}
      />
      {sales.error !== null && <ProblemNote problem={sales.error.problem} />}
      {sales.isPending && <Skeleton rows={3} />}
      {sales.isSuccess && rows.length === 0 && (
        <Note kind="warning">
          {isOther && shortCode !== undefined
            ? t('back.otherTill', { slip: wanted.toUpperCase(), shortCode })
            : t('back.notFound')}
        </Note>
      )}
      <ul className={styles['openList']}>
        {rows.map((row, at) => (
          <SaleChoice key={row.id} row={row} isMarked={at === index} onChoose={onChoose} />
        ))}
      </ul>
    </form>
  );
}

function SaleChoice({
  row,
  isMarked,
  onChoose,
}: {
  readonly row: SaleRow;
  readonly isMarked: boolean;
  readonly onChoose: (id: string) => void;
}) {
  const t = useText();
  const status = useTillQuery('status.get', {});
  return (
    <li>
      <button
        type="button"
        className={styles['openSale']}
        data-marked={isMarked || undefined}
        onClick={() => onChoose(row.id)}
      >
        <strong>{row.slip}</strong>
        <strong>{formatMoney(row.totalVnd)}</strong>
        <span>
          {t('open.saved', {
            time: formatRecent(row.at, status.data?.today),
            count: row.lineCount,
          })}
        </span>
        {row.isVoided && <span>{t('history.voided')}</span>}
      </button>
    </li>
  );
}

function ChosenSale({
  saleId,
  onBack,
  onReturned,
  onClose,
}: {
  readonly saleId: string;
  readonly onBack: (() => void) | undefined;
  readonly onReturned: (returned: Returned) => void;
  readonly onClose: () => void;
}) {
  const t = useText();
  const slip = useTillQuery('sales.get', { id: saleId });
  const settings = useTillQuery('settings.get', {});
  if (slip.error !== null) return <ProblemNote problem={slip.error.problem} />;
  if (slip.data === undefined || settings.data === undefined) return <Skeleton rows={4} />;
  if (slip.data === null) return <p>{t('slip.notFound')}</p>;
  return (
    <ReturnForm
      key={saleId}
      slip={slip.data}
      cashRoundingVnd={settings.data.payment.cashRoundingVnd}
      onBack={onBack}
      onReturned={onReturned}
      onExchange={onClose}
    />
  );
}

function Done({
  returned,
  onClose,
}: {
  readonly returned: Returned;
  readonly onClose: () => void;
}) {
  const t = useText();
  return (
    <section className={styles['done']} role="status">
      <h2>{t('pay.givenBack')}</h2>
      <p className={styles['change']}>{formatMoney(returned.paidVnd)}</p>
      <p className={styles['summary']}>{t('back.done', { slip: returned.slip })}</p>
      {/* biome-ignore lint/a11y/noAutofocus: Enter goes on to the next customer. */}
      <button type="button" className={styles['openCount']} autoFocus onClick={onClose}>
        {t('app.close')}
      </button>
    </section>
  );
}
