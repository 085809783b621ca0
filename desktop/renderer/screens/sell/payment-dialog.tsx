import { useLayoutEffect, useRef, useState } from 'react';
import { limits } from '../../../../shared/base/limits.ts';
import {
  type CashRoundingStep,
  cashRoundingOf,
  paymentReference,
} from '../../../../shared/rules/payment.ts';
import { formatMoney, formatNumber, parseWholeNumber } from '../../base/format.ts';
import { useTillQuery } from '../../base/till-queries.ts';
import { Button } from '../../components/button.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { namingOf } from '../../components/naming.ts';
import { accountOf } from '../../components/payment-form.tsx';
import { ProblemNote } from '../../components/states.tsx';
import { type Translate, useText } from '../../text/text.ts';
import { useSellState } from './cart-store.ts';
import type { PreviewSums } from './preview-cart.ts';
import { quickAmountsVnd } from './quick-amounts.ts';
import styles from './sell.module.css';
import { TransferPart } from './transfer-part.tsx';
import { type Payment, type SaleTry, useCompleteSale } from './use-complete-sale.ts';

type PaymentProps = {
  readonly sums: PreviewSums;
  /** The way it begins with; the other is one key away. */
  readonly way: 'cash' | 'transfer';
  /** Entries still being looked up: a fast typist pays before the last drug is on screen. */
  readonly cartWork: {
    readonly isWorking: () => boolean;
    readonly whenSettled: () => Promise<void>;
  };
  readonly onClose: () => void;
};

/**
 * Cash: the sum due stands ready, so Enter alone finishes; anything else is typed over it. F10 asks
 * for the rest, or all of it, by VietQR.
 */
export function PaymentDialog(props: PaymentProps) {
  const t = useText();
  const payment = usePayment(props);
  const { way, isRunning, lastTry, finish } = payment;
  return (
    <Dialog
      title={t(way === 'cash' ? 'pay.title' : 'pay.transferTitle')}
      onClose={props.onClose}
      onFinish={() => void finish()}
      onTransfer={payment.canTransfer ? payment.toTransfer : undefined}
    >
      <form
        className={styles['pay']}
        onSubmit={(event) => {
          event.preventDefault();
          if (way === 'cash') void finish();
        }}
      >
        <SumLines sums={props.sums} roundingVnd={payment.roundingVnd} />
        {way === 'cash' ? (
          <CashPart payment={payment} />
        ) : (
          <TransferPart
            amountVnd={payment.transferVnd}
            reference={payment.reference}
            cashVnd={payment.cashPartVnd}
            isRunning={isRunning}
            onReceived={() => void finish()}
            onCash={payment.toCash}
          />
        )}
        {lastTry !== undefined && (
          <ProblemNote problem={lastTry.problem} naming={namingOf(lastTry.products)} />
        )}
      </form>
    </Dialog>
  );
}

/** What it comes to: one line where nothing was taken off, otherwise how it came about. */
function SumLines({
  sums,
  roundingVnd,
}: {
  readonly sums: PreviewSums;
  readonly roundingVnd: number;
}) {
  const t = useText();
  const { totalVnd, creditVnd, givenBackVnd, dueVnd } = sums;
  const isPlain = creditVnd === 0 && roundingVnd === 0;
  return (
    <div className={styles['paySums']}>
      {!isPlain && <SumLine label={t('sell.total')} amountVnd={totalVnd} />}
      {creditVnd > 0 && <SumLine label={t('pay.credit')} amountVnd={-creditVnd} />}
      {roundingVnd !== 0 && <SumLine label={t('pay.rounding')} amountVnd={roundingVnd} />}
      <p className={styles['payLine']}>
        <span>{t(givenBackVnd > 0 ? 'pay.givenBack' : 'pay.total')}</span>
        <strong>{formatMoney(givenBackVnd > 0 ? givenBackVnd : dueVnd + roundingVnd)}</strong>
      </p>
    </div>
  );
}

function SumLine({ label, amountVnd }: { readonly label: string; readonly amountVnd: number }) {
  return (
    <p className={styles['paySum']}>
      <span>{label}</span>
      <span>{formatMoney(amountVnd)}</span>
    </p>
  );
}

function CashPart({ payment }: { readonly payment: ReturnType<typeof usePayment> }) {
  const t = useText();
  const { tenderedVnd, changeVnd, isRunning, dueVnd, setTyped, shown, isTyped } = payment;
  const inputRef = useRef<HTMLInputElement>(null);
  // The sum may still change as lines arrive: until something is typed, the next key replaces it.
  useLayoutEffect(() => {
    if (!isTyped && shown !== '') inputRef.current?.select();
  }, [isTyped, shown]);
  const isShort = changeVnd < 0;
  return (
    <>
      <input
        ref={inputRef}
        className={styles['tendered']}
        aria-label={t('pay.tendered')}
        value={shown}
        inputMode="numeric"
        autoComplete="off"
        maxLength={17}
        // biome-ignore lint/a11y/noAutofocus: the box was opened to type this sum.
        autoFocus
        onFocus={(event) => event.target.select()}
        onChange={(event) => setTyped(event.target.value)}
      />
      <QuickAmounts totalVnd={dueVnd} onChoose={setTyped} />
      <p className={styles['payLine']} role="status">
        <span>{isShort ? t('pay.short') : t('pay.change')}</span>
        <strong className={isShort ? styles['payShort'] : styles['payChange']}>
          {formatMoney(Math.abs(changeVnd))}
        </strong>
      </p>
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
      {payment.canTransfer && (
        <Button isWide keyShown="F10" onPress={payment.toTransfer}>
          {isShort && (tenderedVnd ?? 0) > 0
            ? t('pay.restByTransfer', { amount: formatMoney(-changeVnd) })
            : t('pay.byTransfer')}
        </Button>
      )}
    </>
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
function usePayment({ sums, way: firstWay, cartWork, onClose }: PaymentProps) {
  const { complete, isRunning } = useCompleteSale();
  const settings = useTillQuery('settings.get', {});
  const [way, setWay] = useState(firstWay);
  const [typed, setTyped] = useState<string>();
  const [lastTry, setLastTry] = useState<Extract<SaleTry, { type: 'refused' }>>();
  const hasAccount = settings.data !== undefined && accountOf(settings.data.payment) !== null;
  const step: CashRoundingStep = settings.data?.payment.cashRoundingVnd ?? 0;
  const roundingVnd = way === 'cash' ? cashRoundingOf(sums.dueVnd, step) : 0;
  const dueVnd = sums.dueVnd + roundingVnd;
  const tenderedVnd = typed === undefined ? dueVnd : parseMoney(typed);
  const changeVnd = (tenderedVnd ?? 0) - dueVnd;
  // In cash first, the rest by transfer: small change is left out only where all of it is cash.
  const isPart = typed !== undefined && (tenderedVnd ?? 0) > 0 && (tenderedVnd ?? 0) < sums.dueVnd;
  const cashPartVnd = isPart ? (tenderedVnd ?? 0) : 0;
  const transferVnd = sums.dueVnd - cashPartVnd;
  const { openSaleId } = useSellState();
  const status = useTillQuery('status.get', {});
  const shortCode = status.data?.till?.shortCode ?? '';
  const reference = paymentReference({ shortCode, openSaleId });
  const finish = async () => {
    const isShort = way === 'cash' && (tenderedVnd === undefined || changeVnd < 0);
    if (isRunning || isShort || (way === 'transfer' && !hasAccount)) return;
    const shownTotalVnd = cartWork.isWorking() ? undefined : sums.totalVnd;
    await cartWork.whenSettled();
    const paid: Omit<Payment, 'shownTotalVnd'> =
      way === 'cash'
        ? { method: 'cash', tenderedVnd: typed === undefined ? undefined : tenderedVnd }
        : transferOf({ cashPartVnd, transferVnd });
    const isCash = way === 'cash';
    const result = await complete({
      ...paid,
      reference: isCash ? undefined : reference,
      shownTotalVnd,
    });
    if (result.type === 'refused') setLastTry(result);
    else onClose();
  };
  return {
    ...{ way, dueVnd, roundingVnd, tenderedVnd, changeVnd, isRunning, lastTry, finish, setTyped },
    ...{ cashPartVnd, transferVnd, reference },
    shown: typed ?? formatNumber(dueVnd),
    isTyped: typed !== undefined,
    canTransfer: way === 'cash' && sums.dueVnd > 0,
    toTransfer: () => setWay('transfer'),
    toCash: () => setWay('cash'),
  };
}

function transferOf({
  cashPartVnd,
  transferVnd,
}: {
  readonly cashPartVnd: number;
  readonly transferVnd: number;
}): Omit<Payment, 'shownTotalVnd'> {
  return cashPartVnd === 0
    ? { method: 'vietqr', tenderedVnd: transferVnd }
    : { method: 'cash', tenderedVnd: cashPartVnd, vietqrVnd: transferVnd };
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
