import { useQueries } from '@tanstack/react-query';
import type { Product } from '../../../../shared/contract/till-api.ts';
import { formatMoney } from '../../base/format.ts';
import { hrefOf } from '../../base/route.ts';
import { queryOf } from '../../base/till-queries.ts';
import { ButtonLink } from '../../components/button.tsx';
import { PriceForm } from '../../components/price-form.tsx';
import { Note } from '../../components/states.tsx';
import { useText } from '../../text/text.ts';
import styles from './receive.module.css';
import type { SavedReceipt } from './use-receipt-saving.ts';

/** What came of the receipt, and the prices that are still missing to sell the goods. */
export function SavedReceiptNote({ saved }: { readonly saved: SavedReceipt }) {
  const t = useText();
  const products = useQueries({
    queries: saved.drugs.map((code) => queryOf('drugs.get', { code })),
  });
  const unpriced = products.flatMap(({ data: product }) =>
    product != null && Object.keys(product.pricesVnd).length === 0 ? [product] : [],
  );
  return (
    <Note
      kind="good"
      role="status"
      actions={
        <>
          <ButtonLink href={hrefOf('stock')}>{t('receive.seeStock')}</ButtonLink>
          <ButtonLink href={hrefOf('sell')}>{t('receive.sellNow')}</ButtonLink>
        </>
      }
    >
      <strong>
        {t('receive.saved', { count: saved.lines, total: formatMoney(saved.totalVnd) })}
      </strong>
      {unpriced.length > 0 && (
        <div className={styles['unpriced']}>
          <span>{t('receive.noPrices')}</span>
          {unpriced.map((product) => (
            <MissingPrice key={product.code} product={product} />
          ))}
        </div>
      )}
    </Note>
  );
}

function MissingPrice({ product }: { readonly product: Product }) {
  const t = useText();
  const unit = product.units[0]?.name ?? '';
  return (
    <PriceForm
      drug={product.code}
      name={product.name}
      unit={unit}
      currentVnd={undefined}
      label={t('sell.priceOf', { unit, name: product.name })}
    />
  );
}
