import { formatMoney } from '../../base/format.ts';
import { hrefOf } from '../../base/route.ts';
import { Button } from '../../components/button.tsx';
import { useText } from '../../text/text.ts';
import type { DoneSale } from './cart-store.ts';
import { type PreviewLine, totalVndOf } from './preview-cart.ts';
import styles from './sell.module.css';

/** The customer's side of the sale: what it comes to, and the one large button. */
export function SalePanel({
  lines,
  previous,
  blockedBecause,
  onPay,
}: {
  readonly lines: readonly PreviewLine[];
  /** The customer before, who may still be counting the change. */
  readonly previous: DoneSale | null;
  readonly blockedBecause: string | undefined;
  readonly onPay: () => void;
}) {
  const t = useText();
  return (
    <aside className={styles['panel']} aria-label={t('sell.total')}>
      <div className={styles['customer']}>
        <h2>{t('sell.customer')}</h2>
        <span>{t('sell.lines', { count: lines.length })}</span>
      </div>
      <p className={styles['total']}>
        <span>{t('sell.total')}</span>
        <strong>{formatMoney(totalVndOf(lines))}</strong>
      </p>
      <Button
        look="primary"
        icon="cash"
        keyShown="F9"
        isLarge
        isWide
        blockedBecause={blockedBecause}
        onPress={onPay}
      >
        {t('sell.pay')}
      </Button>
      {previous !== null && (
        <a className={styles['previous']} href={hrefOf('history', { sale: previous.id })}>
          <span>{t('sell.previous', { slip: previous.slip })}</span>
          <span>{formatMoney(previous.totalVnd)}</span>
          <span>{t('pay.change')}</span>
          <strong>{formatMoney(previous.changeVnd)}</strong>
        </a>
      )}
    </aside>
  );
}
