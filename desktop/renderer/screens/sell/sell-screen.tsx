import { type RefObject, useEffect, useRef, useState } from 'react';
import { limits } from '../../../../shared/base/limits.ts';
import type { TillStatus } from '../../../../shared/contract/till-api.ts';
import type { CalendarDate } from '../../../../shared/model/calendar.ts';
import { type Cart, type CartEntry, cartTotalVnd } from '../../../../shared/rules/cart.ts';
import { formatMoney, formatNumber } from '../../base/format.ts';
import { useKeys } from '../../base/keys.ts';
import { notify } from '../../base/notices.ts';
import { useTillQuery } from '../../base/till-queries.ts';
import { useScanner } from '../../base/use-scanner.ts';
import { Dialog } from '../../components/dialog.tsx';
import {
  DrugSearch,
  type DrugSearchHandle,
  type TextMeaning,
} from '../../components/drug-search.tsx';
import { KeyBar } from '../../components/key-bar.tsx';
import { PriceForm } from '../../components/price-form.tsx';
import { BlankSlate } from '../../components/states.tsx';
import { plainNaming, problemSentence } from '../../text/problem-text.ts';
import { type Translate, useText } from '../../text/text.ts';
import { addScanned, cartProductOf } from './add-scanned.ts';
import { changeCart, sellState, undoRemoval, useSellState } from './cart-store.ts';
import { CartTable } from './cart-table.tsx';
import { CustomerDialog } from './customer-dialog.tsx';
import { DiscountDialog } from './discount-dialog.tsx';
import { DoneSaleView } from './done-sale.tsx';
import { LotDialog } from './lot-dialog.tsx';
import { keepOpenSale, parkSale, takeSale } from './open-sales.ts';
import { OpenSalesDialog } from './open-sales-dialog.tsx';
import { PaymentDialog } from './payment-dialog.tsx';
import { PrescriptionDialog } from './prescription-dialog.tsx';
import { PrescriptionsDialog } from './prescriptions-dialog.tsx';
import { type PreviewLine, sumsOfPreview } from './preview-cart.ts';
import { ReturnDialog } from './return-dialog.tsx';
import { SafetyPanel } from './safety-panel.tsx';
import { SalePanel } from './sale-panel.tsx';
import styles from './sell.module.css';
import { ShiftOffer } from './shift-offer.tsx';
import { typedQuantity } from './typed-quantity.ts';
import { useCartPreview } from './use-cart-preview.ts';

type Box =
  | 'none'
  | 'payment'
  | 'transfer'
  | 'lot'
  | 'price'
  | 'discount'
  | 'customer'
  | 'open'
  | 'return'
  | 'prescription'
  | 'prescriptions';

const barActions = [
  'help',
  'search',
  'unit',
  'lot',
  'park',
  'returns',
  'remove',
  'price',
  'discount',
  'clear',
  'escape',
] as const;

export function SellScreen() {
  const t = useText();
  const status = useTillQuery('status.get', {});
  // Asked for before the first payment needs them.
  useTillQuery('settings.get', {});
  const state = useSellState();
  const { cart, done } = state;
  const lines = useCartPreview(cart.entries, status.data?.today);
  const search = useRef<DrugSearchHandle>(null);
  const blockedBecause = payBlockedBecause(t, lines, status.data);
  const boxes = useBoxes(search, blockedBecause);
  const { focusSearch, openForLine } = boxes;
  useEffect(() => keepOpenSale((problem) => notify(problemSentence(t, problem, plainNaming))), [t]);
  const sums = sumsOfPreview(lines, cart);
  return (
    <div className={styles['screen']}>
      <h1 className="spoken">{t('screen.sell')}</h1>
      <div className={styles['search']}>
        <DrugSearch
          handleRef={search}
          label={t('sell.searchLabel')}
          onPick={(product) => changeCart({ type: 'added', product: cartProductOf(product) })}
          onScanned={(product, text) => addScanned(t, product, { text, today: status.data?.today })}
          meaningOf={(text) => quantityMeaning(t, text)}
          onArrow={(step) => changeCart({ type: 'selectionMoved', step })}
        />
      </div>
      <div className={styles['main']}>
        {lines.length > 0 && (
          <CartTable
            lines={lines}
            selected={cart.selected}
            onChooseLot={() => openForLine('lot')}
            onDone={focusSearch}
          />
        )}
        {lines.length === 0 && done !== null && <DoneSaleView done={done} />}
        {lines.length === 0 && done === null && (
          <BlankSlate icon="sell" title={t('sell.idle.title')} body={t('sell.idle.body')}>
            <ShiftOffer />
          </BlankSlate>
        )}
      </div>
      <SalePanel lines={lines} sums={sums} state={state} blockedBecause={blockedBecause}>
        <SafetyPanel
          entries={cart.entries}
          onPrescription={boxes.prescription}
          onList={boxes.prescriptions}
        />
      </SalePanel>
      <div className={styles['keys']}>
        <KeyBar label={t('sell.keyBar')} actions={barActions} />
      </div>
      <OpenBox
        box={boxes.box}
        cart={cart}
        lines={lines}
        priceVnd={lines[cart.selected]?.priceVnd}
        today={status.data?.today}
        search={search}
        onClose={boxes.close}
      />
    </div>
  );
}

/** The keys of the screen, and the box they opened, if any. */
function useBoxes(search: RefObject<DrugSearchHandle | null>, blockedBecause: string | undefined) {
  const t = useText();
  const [box, setBox] = useState<Box>('none');
  const focusSearch = () => search.current?.focus();
  const openForLine = (wanted: Box) => {
    if (sellState().cart.selected >= 0) setBox(wanted);
  };
  const pay = (wanted: 'payment' | 'transfer') => {
    const isUsable = blockedBecause === undefined || search.current?.isWorking() === true;
    if (isUsable) setBox(wanted);
    else focusSearch();
  };
  useKeys({
    search: focusSearch,
    unit: () => changeCart({ type: 'unitCycled' }),
    lot: () => openForLine('lot'),
    price: () => openForLine('price'),
    prescription: () => openForLine('prescription'),
    prescriptions: () => setBox('prescriptions'),
    remove: () => removeLine(t),
    clear: () => clearCart(t),
    undo: undoRemoval,
    finish: () => pay('payment'),
    transfer: () => pay('transfer'),
    park: () => {
      if (sellState().cart.entries.length === 0) setBox('open');
      else void setAside(t);
    },
    parked: () => setBox('open'),
    returns: () => setBox('return'),
    discount: () => openForLine('discount'),
    customer: () => setBox('customer'),
    escape: focusSearch,
  });
  useScanner({
    onScan: (text) => {
      setBox('none');
      search.current?.scan(text);
    },
    onStrayTyping: focusSearch,
  });
  const close = () => {
    setBox('none');
    focusSearch();
  };
  const prescription = () => openForLine('prescription');
  const prescriptions = () => setBox('prescriptions');
  return { box, focusSearch, openForLine, close, prescription, prescriptions };
}

function OpenBox({
  box,
  cart,
  lines,
  priceVnd,
  today,
  search,
  onClose,
}: {
  readonly box: Box;
  readonly cart: Cart;
  readonly lines: readonly PreviewLine[];
  readonly priceVnd: number | undefined;
  readonly today: CalendarDate | undefined;
  readonly search: RefObject<DrugSearchHandle | null>;
  readonly onClose: () => void;
}) {
  const entry = cart.entries[cart.selected];
  if (box === 'open') return <OpenSalesDialog onClose={onClose} />;
  if (box === 'customer') return <CustomerDialog customer={cart.customer} onClose={onClose} />;
  if (box === 'return') return <ReturnDialog onClose={onClose} />;
  if (box === 'payment' || box === 'transfer') {
    const cartWork = {
      isWorking: () => search.current?.isWorking() === true,
      whenSettled: async () => search.current?.whenSettled(),
    };
    const sums = sumsOfPreview(lines, cart);
    const way = box === 'transfer' && sums.dueVnd > 0 ? 'transfer' : 'cash';
    return <PaymentDialog sums={sums} way={way} cartWork={cartWork} onClose={onClose} />;
  }
  if (box === 'prescriptions') return <PrescriptionsDialog onClose={onClose} />;
  if (entry === undefined) return null;
  if (box === 'discount') return <DiscountDialog cart={cart} lines={lines} onClose={onClose} />;
  if (box === 'prescription') {
    return <PrescriptionDialog entries={cart.entries} today={today} onClose={onClose} />;
  }
  if (box === 'lot') return <LotDialog entry={entry} today={today} onClose={onClose} />;
  if (box === 'price') {
    return <PriceDialog entry={entry} priceVnd={priceVnd} onClose={onClose} />;
  }
  return null;
}

function PriceDialog({
  entry,
  priceVnd,
  onClose,
}: {
  readonly entry: CartEntry;
  readonly priceVnd: number | undefined;
  readonly onClose: () => void;
}) {
  const t = useText();
  const { code, name } = entry.product;
  return (
    <Dialog title={t('sell.priceOf', { unit: entry.unit.name, name })} onClose={onClose}>
      <PriceForm
        drug={code}
        name={name}
        unit={entry.unit.name}
        currentVnd={priceVnd}
        label={t('card.priceOf', { unit: entry.unit.name })}
        onSaved={onClose}
        isFocusedFirst
      />
    </Dialog>
  );
}

/** `20` or `2v` means the selected line's quantity, before it means anything else. */
function quantityMeaning(t: Translate, text: string): TextMeaning | undefined {
  const { cart } = sellState();
  const entry = cart.entries[cart.selected];
  if (entry === undefined) return undefined;
  const typed = typedQuantity(text, { tree: entry.product.units, unit: entry.unit });
  if (typed === undefined) return undefined;
  if (typed.type === 'notWhole') {
    const quantityMax = formatNumber(limits.quantityMax);
    return { type: 'refused', reason: t('sell.quantityNotWhole', { quantityMax }) };
  }
  if (typed.type === 'noSuchUnit') {
    const units = entry.product.units.map(({ name }) => name).join(', ');
    const { name } = entry.product;
    return { type: 'refused', reason: t('sell.noSuchUnit', { name, unit: typed.unit, units }) };
  }
  const quantity = typed.parts
    .map((part) => `${formatNumber(part.quantity)} ${part.unit.name}`)
    .join(' + ');
  return {
    type: 'usable',
    hint: t('sell.quantityHint', { quantity, name: entry.product.name }),
    apply: () => changeCart({ type: 'quantityTyped', text }),
  };
}

function payBlockedBecause(
  t: Translate,
  lines: readonly PreviewLine[],
  status: TillStatus | undefined,
): string | undefined {
  if (typeof status?.fault === 'string') return t('sell.payBlocked.fault');
  if (status?.restored?.caughtUpAt === null) return t('restored.waiting.title');
  if (lines.length === 0) return t('sell.payBlocked.empty');
  const blocked = lines.findIndex((line) => line.outcome.type === 'blocked');
  return blocked < 0 ? undefined : t('sell.payBlocked.line', { line: blocked + 1 });
}

function removeLine(t: Translate): void {
  const { cart } = sellState();
  const entry = cart.entries[cart.selected];
  if (entry === undefined) return;
  changeCart({ type: 'removed' });
  notify(t('sell.removed', { name: entry.product.name }), undoRemoval);
}

/** F5: the next customer; the sale waits where every counter of the shop sees it. */
async function setAside(t: Translate): Promise<void> {
  const { cart, openSaleId } = sellState();
  const total = formatMoney(cartTotalVnd(cart));
  const problem = await parkSale();
  if (problem === undefined) {
    notify(t('open.parked', { total }), () => void takeSale({ id: openSaleId, state: 'parked' }));
  } else notify(problemSentence(t, problem, plainNaming));
}

function clearCart(t: Translate): void {
  const count = sellState().cart.entries.length;
  if (count === 0) return;
  changeCart({ type: 'cleared' });
  notify(t('sell.cleared', { count }), undoRemoval);
}
