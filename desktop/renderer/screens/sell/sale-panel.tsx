import type { ReactNode } from 'react';
import { counterId } from '../../base/counter-id.ts';
import { formatMoney, formatRecent } from '../../base/format.ts';
import { pressKey } from '../../base/keys.ts';
import { hrefOf } from '../../base/route.ts';
import { useTillQuery } from '../../base/till-queries.ts';
import { Button, Kbd } from '../../components/button.tsx';
import { useText } from '../../text/text.ts';
import { changeCart, type Repriced, type SellState } from './cart-store.ts';
import type { PreviewLine, PreviewSums } from './preview-cart.ts';
import styles from './sell.module.css';

/** The customer's side of the sale: what it comes to, and the large buttons. */
export function SalePanel({
  lines,
  sums,
  state,
  blockedBecause,
  children,
}: {
  readonly lines: readonly PreviewLine[];
  readonly sums: PreviewSums;
  readonly state: SellState;
  readonly blockedBecause: string | undefined;
  /** What must be looked at before the money is taken. */
  readonly children: ReactNode;
}) {
  const t = useText();
  const { cart, done, repriced } = state;
  // The customer before, who may still be counting the change.
  const previous = lines.length > 0 ? done : null;
  return (
    <aside className={styles['panel']} aria-label={t('sell.total')}>
      <button type="button" className={styles['customer']} onClick={() => pressKey('customer')}>
        <strong>{cart.customer?.name || cart.customer?.phone || t('sell.customer')}</strong>
        <span>{t('sell.lines', { count: lines.length })}</span>
      </button>
      <Sums sums={sums} cart={cart} />
      {lines.length > 0 && repriced !== null && <RepricedNote repriced={repriced} />}
      <Button
        look="primary"
        icon="cash"
        keyShown="F9"
        isLarge
        isWide
        blockedBecause={blockedBecause}
        onPress={() => pressKey('finish')}
      >
        {t('sell.pay')}
      </Button>
      <div className={styles['otherWays']}>
        <Button isWide keyShown="F10" onPress={() => pressKey('transfer')}>
          {t('sell.transfer')}
        </Button>
        <ParkButton isEmpty={lines.length === 0} />
      </div>
      {children}
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

function Sums({ sums, cart }: { readonly sums: PreviewSums; readonly cart: SellState['cart'] }) {
  const t = useText();
  const { grossVnd, discountVnd, creditVnd, givenBackVnd, dueVnd } = sums;
  return (
    <>
      {(discountVnd > 0 || creditVnd > 0) && (
        <p className={styles['paySum']}>
          <span>{t('sell.gross')}</span>
          <span>{formatMoney(grossVnd)}</span>
        </p>
      )}
      {discountVnd > 0 && (
        <p className={styles['paySum']}>
          <span>{t('sell.discount')}</span>
          <span>{formatMoney(-discountVnd)}</span>
        </p>
      )}
      {cart.exchange !== undefined && (
        <p className={styles['paySum']}>
          <span>{t('sell.exchange', { slip: cart.exchange.slip })}</span>
          <span>{formatMoney(-cart.exchange.worthVnd)}</span>
          <Button
            look="quiet"
            onPress={() => changeCart({ type: 'exchangeBegun', exchange: undefined })}
          >
            {t('sell.noExchange')}
          </Button>
        </p>
      )}
      <p className={styles['total']}>
        <span>{t(givenBackVnd > 0 ? 'pay.givenBack' : 'sell.total')}</span>
        <strong>{formatMoney(givenBackVnd > 0 ? givenBackVnd : dueVnd)}</strong>
      </p>
    </>
  );
}

/** A sale taken up again at another price than it was set aside with. */
function RepricedNote({ repriced }: { readonly repriced: Repriced }) {
  const t = useText();
  const status = useTillQuery('status.get', {});
  return (
    <p className={styles['parkedNote']} role="status">
      {t('open.changed', {
        time: formatRecent(repriced.savedAt, status.data?.today),
        before: formatMoney(repriced.beforeVnd),
        now: formatMoney(repriced.nowVnd),
      })}
    </p>
  );
}

/** Sets the sale aside; without one, shows those that are. */
function ParkButton({ isEmpty }: { readonly isEmpty: boolean }) {
  const t = useText();
  const open = useTillQuery('openSales.list', { counter: counterId });
  const count = open.data?.rows.filter(({ state }) => state === 'parked').length ?? 0;
  return (
    <>
      {!isEmpty && (
        <Button isWide keyShown="F5" onPress={() => pressKey('park')}>
          {t('key.park')}
        </Button>
      )}
      {(isEmpty || count > 0) && (
        <button type="button" className={styles['openCount']} onClick={() => pressKey('parked')}>
          {t('open.count', { count })}
          <Kbd>{isEmpty ? 'F5' : 'Shift F5'}</Kbd>
        </button>
      )}
    </>
  );
}
