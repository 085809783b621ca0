import { bankName } from '../../../../shared/model/banks.ts';
import type { ShopAccount } from '../../../../shared/model/payment-settings.ts';
import { vietQrPayload } from '../../../../shared/rules/vietqr.ts';
import { formatMoney } from '../../base/format.ts';
import { hrefOf } from '../../base/route.ts';
import { useTillQuery } from '../../base/till-queries.ts';
import { Button, ButtonLink } from '../../components/button.tsx';
import { accountOf } from '../../components/payment-form.tsx';
import { QrDrawing } from '../../components/qr-drawing.tsx';
import { Note, Skeleton } from '../../components/states.tsx';
import { useText } from '../../text/text.ts';
import styles from './sell.module.css';

type TransferProps = {
  readonly amountVnd: number;
  /** Beside it, in cash. */
  readonly cashVnd: number;
  readonly reference: string;
  readonly isRunning: boolean;
  readonly onReceived: () => void;
  readonly onCash: () => void;
};

/** VietQR, made on this machine: the customer scans, a person sees the money and says so. */
export function TransferPart(props: TransferProps) {
  const t = useText();
  const settings = useTillQuery('settings.get', {});
  if (settings.data === undefined) return <Skeleton rows={4} />;
  // The moment between the last đồng and the next customer.
  if (props.amountVnd === 0) return null;
  const account = accountOf(settings.data.payment);
  return (
    <>
      {account === null ? (
        <Note kind="warning">
          <span>{t('pay.noAccount')}</span>
          <ButtonLink href={hrefOf('settings')}>{t('pay.toSettings')}</ButtonLink>
        </Note>
      ) : (
        <Code account={account} {...props} />
      )}
      <Button isWide icon="cash" onPress={props.onCash}>
        {t('pay.backToCash')}
      </Button>
    </>
  );
}

function Code({
  account,
  amountVnd,
  cashVnd,
  reference,
  isRunning,
  onReceived,
}: TransferProps & { readonly account: ShopAccount }) {
  const t = useText();
  const { bankBin, number, holder } = account;
  const payload = vietQrPayload({ account: { bankBin, number }, amountVnd, purpose: reference });
  return (
    <>
      {cashVnd > 0 && <p>{t('pay.cashPart', { amount: formatMoney(cashVnd) })}</p>}
      <div className={styles['transfer']}>
        <QrDrawing
          className={styles['qr']}
          text={payload}
          label={t('pay.qr', { amount: formatMoney(amountVnd) })}
          isRobust
        />
        <dl className={styles['account']}>
          <dt>{t('pay.transferSum')}</dt>
          <dd className={styles['transferSum']}>{formatMoney(amountVnd)}</dd>
          <dt>{bankName(bankBin)}</dt>
          <dd>{number}</dd>
          <dt>{t('payset.holder')}</dt>
          <dd>{holder}</dd>
          <dt>{t('pay.reference')}</dt>
          <dd>{reference}</dd>
        </dl>
      </div>
      <Button
        look="primary"
        icon="check"
        isLarge
        isWide
        keyShown="F9"
        blockedBecause={isRunning ? '' : undefined}
        onPress={onReceived}
      >
        {isRunning ? t('pay.finishing') : t('pay.received', { amount: formatMoney(amountVnd) })}
      </Button>
    </>
  );
}
