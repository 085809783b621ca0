import { useState } from 'react';
import type { SaleRow } from '../../../../shared/contract/till-api.ts';
import { formatMoney } from '../../base/format.ts';
import { newCommandId } from '../../base/till-client.ts';
import { isClearNo, useTillCommand } from '../../base/till-queries.ts';
import { Button } from '../../components/button.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { Field } from '../../components/field.tsx';
import { ProblemNote } from '../../components/states.tsx';
import { useText } from '../../text/text.ts';
import styles from './history.module.css';

/** Undoes a whole sale: needs its reason, because the voided slip stays in the books. */
export function VoidDialog({
  row,
  onClose,
}: {
  readonly row: SaleRow;
  readonly onClose: () => void;
}) {
  const t = useText();
  const voidSale = useTillCommand('sales.void');
  const [commandId, setCommandId] = useState(newCommandId);
  const [reason, setReason] = useState('');
  const [isTried, setTried] = useState(false);
  const isMissing = reason.trim() === '';
  const run = async () => {
    setTried(true);
    if (isMissing || voidSale.isRunning) return;
    const reply = await voidSale.run({ commandId, saleId: row.id, reason: reason.trim() });
    if (reply.ok) onClose();
    else if (isClearNo(reply.error)) setCommandId(newCommandId());
  };
  const reasons = [
    t('slip.voidReason.wrong'),
    t('slip.voidReason.quantity'),
    t('slip.voidReason.customer'),
  ];
  return (
    <Dialog
      title={t('slip.voidTitle', { slip: row.slip })}
      onClose={onClose}
      onFinish={() => void run()}
    >
      <p>{t('slip.voidIntro', { amount: formatMoney(row.totalVnd) })}</p>
      <form
        className={styles['form']}
        onSubmit={(event) => {
          event.preventDefault();
          void run();
        }}
      >
        <Field
          label={t('slip.voidReason')}
          value={reason}
          onChange={setReason}
          maxLength={200}
          isFocusedFirst
          problem={isTried && isMissing ? t('slip.voidReasonMissing') : undefined}
        />
        <span className={styles['reasons']}>
          {reasons.map((text) => (
            <Button key={text} onPress={() => setReason(text)}>
              {text}
            </Button>
          ))}
        </span>
        {voidSale.problem !== null && <ProblemNote problem={voidSale.problem} />}
        <div className={styles['end']}>
          <Button onPress={onClose}>{t('app.cancel')}</Button>
          <Button look="danger" isSubmit keyShown="Enter">
            {t('slip.voidNow')}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
