import { useState } from 'react';
import { formatMoney, formatNumber, parseWholeNumber } from '../../base/format.ts';
import { Button } from '../../components/button.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { namingOf } from '../../components/naming.ts';
import { ProblemNote } from '../../components/states.tsx';
import { useText } from '../../text/text.ts';
import { quickAmountsVnd } from './quick-amounts.ts';
import styles from './sell.module.css';
import { type SaleTry, useCompleteSale } from './use-complete-sale.ts';

/** Cash: the exact sum stands ready, so Enter alone finishes; anything else is typed over it. */
export function PaymentDialog({
  totalVnd,
  cartWork,
  onClose,
}: {
  readonly totalVnd: number;
  /** Entries still being looked up: a fast typist pays before the last drug is on screen. */
  readonly cartWork: {
    readonly isWorking: () => boolean;
    readonly whenSettled: () => Promise<void>;
  };
  readonly onClose: () => void;
}) {
  const t = useText();
  const { complete, isRunning } = useCompleteSale();
  const [typed, setTyped] = useState<string>();
  const [lastTry, setLastTry] = useState<Exclude<SaleTry, { type: 'sold' }>>();
  const tenderedVnd = typed === undefined ? totalVnd : parseWholeNumber(typed);
  const changeVnd = (tenderedVnd ?? 0) - totalVnd;
  const isShort = tenderedVnd === undefined || changeVnd < 0;
  const finish = async () => {
    if (isRunning || isShort) return;
    const shownTotalVnd = cartWork.isWorking() ? undefined : totalVnd;
    await cartWork.whenSettled();
    const result = await complete({
      tenderedVnd: typed === undefined ? undefined : tenderedVnd,
      shownTotalVnd,
    });
    if (result.type === 'sold' || result.type === 'earlier-sale') onClose();
    else setLastTry(result);
  };
  const shortReason =
    tenderedVnd === undefined
      ? t('pay.notNumber')
      : t('pay.notEnough', { amount: formatMoney(-changeVnd) });
  return (
    <Dialog title={t('pay.title')} onClose={onClose} onFinish={() => void finish()}>
      <form
        className={styles['pay']}
        onSubmit={(event) => {
          event.preventDefault();
          void finish();
        }}
      >
        <p className={styles['payLine']}>
          <span>{t('pay.total')}</span>
          <strong>{formatMoney(totalVnd)}</strong>
        </p>
        <input
          className={styles['tendered']}
          aria-label={t('pay.tendered')}
          value={typed ?? formatNumber(totalVnd)}
          inputMode="numeric"
          autoComplete="off"
          maxLength={17}
          // biome-ignore lint/a11y/noAutofocus: the box is opened to type the sum.
          autoFocus
          onFocus={(event) => event.target.select()}
          onChange={(event) => setTyped(event.target.value)}
        />
        <fieldset className={styles['lotList']}>
          <legend className="spoken">{t('pay.quick')}</legend>
          <span className={styles['quick']}>
            {quickAmountsVnd(totalVnd).map((amountVnd) => (
              <Button key={amountVnd} onPress={() => setTyped(formatNumber(amountVnd))}>
                {formatMoney(amountVnd)}
              </Button>
            ))}
          </span>
        </fieldset>
        <p className={styles['payLine']} role="status">
          <span>{isShort ? t('pay.short') : t('pay.change')}</span>
          <strong className={isShort ? styles['payShort'] : styles['payChange']}>
            {formatMoney(Math.abs(changeVnd))}
          </strong>
        </p>
        {lastTry?.type === 'refused' && (
          <ProblemNote problem={lastTry.problem} naming={namingOf(lastTry.products)} />
        )}
        <Button
          look="primary"
          isSubmit
          isLarge
          isWide
          icon="check"
          keyShown="Enter"
          blockedBecause={isRunning ? '' : isShort ? shortReason : undefined}
        >
          {isRunning ? t('pay.finishing') : t('pay.finish')}
        </Button>
      </form>
    </Dialog>
  );
}
