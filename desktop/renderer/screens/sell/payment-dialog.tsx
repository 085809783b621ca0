import { useState } from 'react';
import { limits } from '../../../../shared/base/limits.ts';
import { formatMoney, formatNumber, parseWholeNumber } from '../../base/format.ts';
import { Button } from '../../components/button.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { namingOf } from '../../components/naming.ts';
import { ProblemNote } from '../../components/states.tsx';
import { type Translate, useText } from '../../text/text.ts';
import { quickAmountsVnd } from './quick-amounts.ts';
import styles from './sell.module.css';
import { type SaleTry, useCompleteSale } from './use-complete-sale.ts';

type PaymentProps = {
  readonly totalVnd: number;
  /** Entries still being looked up: a fast typist pays before the last drug is on screen. */
  readonly cartWork: {
    readonly isWorking: () => boolean;
    readonly whenSettled: () => Promise<void>;
  };
  readonly onClose: () => void;
};

/** Cash: the exact sum stands ready, so Enter alone finishes; anything else is typed over it. */
export function PaymentDialog(props: PaymentProps) {
  const t = useText();
  const { totalVnd, onClose } = props;
  const payment = usePayment(props);
  const { tenderedVnd, changeVnd, isRunning, lastTry, finish, setTyped } = payment;
  const isShort = changeVnd < 0;
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
          value={payment.shown}
          inputMode="numeric"
          autoComplete="off"
          maxLength={17}
          onFocus={(event) => event.target.select()}
          onChange={(event) => setTyped(event.target.value)}
        />
        <QuickAmounts totalVnd={totalVnd} onChoose={setTyped} />
        <p className={styles['payLine']} role="status">
          <span>{isShort ? t('pay.short') : t('pay.change')}</span>
          <strong className={isShort ? styles['payShort'] : styles['payChange']}>
            {formatMoney(Math.abs(changeVnd))}
          </strong>
        </p>
        {lastTry !== undefined && (
          <ProblemNote problem={lastTry.problem} naming={namingOf(lastTry.products)} />
        )}
        <Button
          look="primary"
          isSubmit
          isLarge
          isWide
          icon="check"
          keyShown="Enter"
          blockedBecause={isRunning ? '' : shortReason(t, tenderedVnd, changeVnd)}
        >
          {isRunning ? t('pay.finishing') : t('pay.finish')}
        </Button>
      </form>
    </Dialog>
  );
}

function QuickAmounts({
  totalVnd,
  onChoose,
}: {
  readonly totalVnd: number;
  readonly onChoose: (typed: string) => void;
}) {
  const t = useText();
  return (
    <fieldset className={styles['lotList']}>
      <legend className="spoken">{t('pay.quick')}</legend>
      <span className={styles['quick']}>
        {quickAmountsVnd(totalVnd).map((amountVnd) => (
          <Button key={amountVnd} onPress={() => onChoose(formatNumber(amountVnd))}>
            {formatMoney(amountVnd)}
          </Button>
        ))}
      </span>
    </fieldset>
  );
}

/** Until something is typed the sum follows the cart: it is paid exactly. */
function usePayment({ totalVnd, cartWork, onClose }: PaymentProps) {
  const { complete, isRunning } = useCompleteSale();
  const [typed, setTyped] = useState<string>();
  const [lastTry, setLastTry] = useState<Extract<SaleTry, { type: 'refused' }>>();
  const tenderedVnd = typed === undefined ? totalVnd : parseMoney(typed);
  const changeVnd = (tenderedVnd ?? 0) - totalVnd;
  const finish = async () => {
    if (isRunning || tenderedVnd === undefined || changeVnd < 0) return;
    const shownTotalVnd = cartWork.isWorking() ? undefined : totalVnd;
    await cartWork.whenSettled();
    const result = await complete({
      tenderedVnd: typed === undefined ? undefined : tenderedVnd,
      shownTotalVnd,
    });
    if (result.type === 'refused') setLastTry(result);
    else onClose();
  };
  const shown = typed ?? formatNumber(totalVnd);
  return { shown, tenderedVnd, changeVnd, isRunning, lastTry, finish, setTyped };
}

/** A barcode that came in as typing is no sum of money. */
function parseMoney(typed: string): number | undefined {
  const amountVnd = parseWholeNumber(typed);
  return amountVnd === undefined || amountVnd > limits.priceVndMax ? undefined : amountVnd;
}

function shortReason(
  t: Translate,
  tenderedVnd: number | undefined,
  changeVnd: number,
): string | undefined {
  if (tenderedVnd === undefined) return t('pay.notNumber');
  return changeVnd < 0 ? t('pay.notEnough', { amount: formatMoney(-changeVnd) }) : undefined;
}
