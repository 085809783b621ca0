import { formatMoney } from '../../base/format.ts';
import { Button } from '../../components/button.tsx';
import { useText } from '../../text/text.ts';
import { type PreviewLine, totalVndOf } from './preview-cart.ts';
import styles from './sell.module.css';

/** The customer's side of the sale: what it comes to, and the one large button. */
export function SalePanel({
  lines,
  blockedBecause,
  onPay,
}: {
  readonly lines: readonly PreviewLine[];
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
      <div className={styles['sums']}>
        {lines.map((line, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a line is its place; one drug may have two.
          <p key={index} className={styles['sum']}>
            <span>{line.entry.product.name}</span>
            <span>{formatMoney(line.amountVnd)}</span>
          </p>
        ))}
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
    </aside>
  );
}
