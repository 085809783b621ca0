import { formatMoney } from '../../base/format.ts';
import { hrefOf } from '../../base/route.ts';
import { ButtonLink } from '../../components/button.tsx';
import { SlipButtons } from '../../printing/print-buttons.tsx';
import { useText } from '../../text/text.ts';
import type { DoneSale } from './cart-store.ts';
import styles from './sell.module.css';

/** The change to give back, readable from across the counter, until the next customer begins. */
export function DoneSaleView({ done }: { readonly done: DoneSale }) {
  const t = useText();
  const { paidBackVnd = 0 } = done;
  const changeVnd = done.changeVnd + paidBackVnd;
  const summary = t('sell.done.summary', {
    slip: done.slip,
    total: formatMoney(done.totalVnd),
    tendered: formatMoney(done.tenderedVnd),
  });
  return (
    <section className={styles['done']} role="status">
      <h2>{t(paidBackVnd > 0 ? 'pay.givenBack' : 'sell.done.title')}</h2>
      {changeVnd === 0 ? (
        <p className={styles['exact']}>{t('sell.done.exact')}</p>
      ) : (
        <p className={styles['change']}>{formatMoney(changeVnd)}</p>
      )}
      <p className={styles['summary']}>{summary}</p>
      <ButtonLink look="quiet" href={hrefOf('history', { sale: done.id })}>
        {t('sell.done.view')}
      </ButtonLink>
      <SlipButtons saleId={done.id} />
      <p className={styles['next']}>{t('sell.done.next')}</p>
    </section>
  );
}
