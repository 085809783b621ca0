import { useState } from 'react';
import { type Cart, discountVndOf } from '../../../../shared/rules/cart.ts';
import type { Discount } from '../../../../shared/rules/open-sale.ts';
import { formatMoney, formatNumber, parseWholeNumber } from '../../base/format.ts';
import { Button } from '../../components/button.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { Field } from '../../components/field.tsx';
import { useText } from '../../text/text.ts';
import { changeCart } from './cart-store.ts';
import type { PreviewLine } from './preview-cart.ts';
import styles from './sell.module.css';

/** Alt C: a sum (`5000`) or a share (`10%`) off the whole sale, or off the selected line. */
export function DiscountDialog({
  cart,
  lines,
  onClose,
}: {
  readonly cart: Cart;
  readonly lines: readonly PreviewLine[];
  readonly onClose: () => void;
}) {
  const t = useText();
  const line = lines[cart.selected];
  const [isOfLine, setOfLine] = useState(false);
  const [typed, setTyped] = useState(textOf(cart.saleDiscount));
  const grossVnd =
    isOfLine && line !== undefined
      ? line.amountVnd + line.discountVnd
      : lines.reduce((sum, { amountVnd }) => sum + amountVnd, 0);
  const discount = discountOf(typed);
  const isTooMuch = discount?.kind === 'vnd' && discount.amountVnd > grossVnd;
  const isWrong = (discount === undefined && typed.trim() !== '') || isTooMuch;
  const use = () => {
    if (isWrong) return;
    const given = discountVndOf(discount, grossVnd) === 0 ? undefined : discount;
    changeCart({ type: isOfLine ? 'lineDiscounted' : 'saleDiscounted', discount: given });
    onClose();
  };
  const chooseLine = (wanted: boolean) => {
    setOfLine(wanted);
    setTyped(textOf(wanted ? line?.entry.discount : cart.saleDiscount));
  };
  return (
    <Dialog title={t('discount.title')} onClose={onClose} onFinish={use}>
      <form
        className={styles['pay']}
        onSubmit={(event) => {
          event.preventDefault();
          use();
        }}
      >
        <Field
          label={t('discount.howMuch')}
          value={typed}
          onChange={setTyped}
          isNumber
          isLarge
          inputMode="text"
          isFocusedFirst
          hint={t('discount.hint')}
          problem={isWrong ? t(isTooMuch ? 'discount.tooMuch' : 'discount.bad') : undefined}
        />
        <fieldset className={styles['lotList']}>
          <legend className="spoken">{t('discount.of')}</legend>
          <label className={styles['lotOption']}>
            <input type="radio" checked={!isOfLine} onChange={() => chooseLine(false)} />
            <span>{t('discount.ofSale')}</span>
          </label>
          {line !== undefined && (
            <label className={styles['lotOption']}>
              <input type="radio" checked={isOfLine} onChange={() => chooseLine(true)} />
              <span>{t('discount.ofLine', { name: line.entry.product.name })}</span>
            </label>
          )}
        </fieldset>
        <p className={styles['payLine']} role="status">
          <span>{t('discount.after')}</span>
          <strong>{formatMoney(grossVnd - discountVndOf(discount, grossVnd))}</strong>
        </p>
        <div className={styles['formEnd']}>
          <Button onPress={onClose}>{t('app.cancel')}</Button>
          <Button look="primary" isSubmit keyShown="Enter">
            {t('discount.use')}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

/** `10%` is a share, everything else a sum of đồng; nothing takes the discount away. */
function discountOf(typed: string): Discount | undefined {
  const share = /^\s*(\d{1,3})\s*%\s*$/.exec(typed);
  if (share !== null) {
    const percent = Number(share[1]);
    return percent <= 100 ? { kind: 'percent', percent } : undefined;
  }
  const amountVnd = parseWholeNumber(typed);
  return amountVnd === undefined ? undefined : { kind: 'vnd', amountVnd };
}

function textOf(discount: Discount | undefined): string {
  if (discount === undefined) return '';
  return discount.kind === 'percent' ? `${discount.percent}%` : formatNumber(discount.amountVnd);
}
