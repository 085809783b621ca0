import type { PackUnit } from '../../../../shared/model/quantity.ts';
import { formatDate, formatMoney, formatNumber, formatUnits } from '../../base/format.ts';
import { PrescriptionMark } from '../../components/badge.tsx';
import { classNames } from '../../components/class-names.ts';
import { Icon } from '../../components/icon.tsx';
import { useText } from '../../text/text.ts';
import { BlockedReason } from './blocked-reason.tsx';
import { changeCart } from './cart-store.ts';
import type { PreviewLine } from './preview-cart.ts';
import styles from './sell.module.css';

/** The lines of the sale, each with the lot it will take and, if it cannot be sold, why. */
export function CartTable({
  lines,
  selected,
  onChooseLot,
  onDone,
}: {
  readonly lines: readonly PreviewLine[];
  readonly selected: number;
  readonly onChooseLot: () => void;
  /** Something was settled in a line: the cursor goes home. */
  readonly onDone: () => void;
}) {
  const t = useText();
  return (
    <table className={styles['cart']} aria-label={t('sell.cart')}>
      <thead>
        <tr>
          <th>
            <span className="spoken">#</span>
          </th>
          <th>{t('sell.column.name')}</th>
          <th>{t('sell.column.quantity')}</th>
          <th>{t('sell.column.lot')}</th>
          <th className={styles['number']}>{t('sell.column.price')}</th>
          <th className={styles['number']}>{t('sell.column.amount')}</th>
          <th>
            <span className="spoken">{t('sell.removeLine')}</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {lines.map((line, index) => (
          <CartRow
            // biome-ignore lint/suspicious/noArrayIndexKey: a line is its place; one drug may have two.
            key={index}
            line={line}
            index={index}
            isSelected={index === selected}
            onChooseLot={onChooseLot}
            onDone={onDone}
          />
        ))}
      </tbody>
    </table>
  );
}

function CartRow({
  line,
  index,
  isSelected,
  onChooseLot,
  onDone,
}: {
  readonly line: PreviewLine;
  readonly index: number;
  readonly isSelected: boolean;
  readonly onChooseLot: () => void;
  readonly onDone: () => void;
}) {
  const { entry, outcome, priceVnd } = line;
  const isBlocked = outcome.type === 'blocked';
  const select = () => changeCart({ type: 'selected', index });
  return (
    <>
      <tr
        className={classNames(styles['row'], isBlocked && styles['isBlocked'])}
        aria-current={isSelected}
        ref={isSelected ? scrollIntoView : undefined}
        onClick={select}
      >
        <td className={styles['place']}>{index + 1}</td>
        <td>
          <NameCell line={line} index={index} onSelect={select} />
        </td>
        <td>
          {isSelected ? (
            <Stepper line={line} />
          ) : (
            <span className={styles['quantity']}>
              {formatNumber(entry.quantity)}&nbsp;{entry.unit.name}
            </span>
          )}
        </td>
        <td className={styles['lotCell']}>
          <LotCell line={line} />
        </td>
        <td className={classNames(styles['number'], styles['priceCell'])}>
          {priceVnd === undefined ? '–' : formatMoney(priceVnd)}
        </td>
        <td className={classNames(styles['number'], styles['amount'])}>
          {priceVnd === undefined ? '–' : formatMoney(line.amountVnd)}
          {line.discountVnd > 0 && (
            <small className={styles['detail']}>{formatMoney(-line.discountVnd)}</small>
          )}
        </td>
        <td className={styles['removeCell']}>
          <RemoveButton index={index} name={entry.product.name} onDone={onDone} />
        </td>
      </tr>
      {isBlocked && (
        <tr className={styles['reasonRow']}>
          <td colSpan={7}>
            <BlockedReason
              line={line}
              index={index}
              refusal={outcome.refusal}
              onChooseLot={onChooseLot}
              onDone={onDone}
            />
          </td>
        </tr>
      )}
    </>
  );
}

function NameCell({
  line,
  index,
  onSelect,
}: {
  readonly line: PreviewLine;
  readonly index: number;
  readonly onSelect: () => void;
}) {
  const t = useText();
  const { product, chosenLot } = line.entry;
  return (
    <>
      <button
        type="button"
        className={styles['drug']}
        aria-label={t('sell.selectLine', { line: index + 1, name: product.name })}
        onClick={onSelect}
      >
        {product.name}
        {product.isPrescription && <PrescriptionMark />}
      </button>
      {chosenLot !== undefined && (
        <small className={styles['detail']}>
          {t('sell.lotChosen', { reason: chosenLot.reason })}
        </small>
      )}
    </>
  );
}

function RemoveButton({
  index,
  name,
  onDone,
}: {
  readonly index: number;
  readonly name: string;
  readonly onDone: () => void;
}) {
  const t = useText();
  return (
    <button
      type="button"
      className={styles['remove']}
      aria-label={t('line.of', { field: t('line.remove', { line: index + 1 }), name })}
      onClick={(event) => {
        event.stopPropagation();
        changeCart({ type: 'selected', index });
        changeCart({ type: 'removed' });
        onDone();
      }}
    >
      <Icon name="close" size={18} />
    </button>
  );
}

/** Quantity and unit of the selected line for fingers; the keys type them in the search box. */
function Stepper({ line }: { readonly line: PreviewLine }) {
  const t = useText();
  const { product, quantity, unit } = line.entry;
  const { name } = product;
  const type = (next: number) => changeCart({ type: 'quantityTyped', text: String(next) });
  return (
    <span className={styles['stepper']}>
      <button
        type="button"
        aria-label={t('sell.less', { unit: unit.name, name })}
        onClick={() => type(quantity - 1)}
      >
        −
      </button>
      <span className={styles['count']}>{formatNumber(quantity)}</span>
      <button
        type="button"
        aria-label={t('sell.more', { unit: unit.name, name })}
        onClick={() => type(quantity + 1)}
      >
        +
      </button>
      <button
        type="button"
        className={styles['unit']}
        aria-label={t('sell.changeUnit', { name, unit: unit.name })}
        onClick={() => changeCart({ type: 'unitCycled' })}
      >
        {unit.name}
      </button>
    </span>
  );
}

function LotCell({ line }: { readonly line: PreviewLine }) {
  const t = useText();
  const { entry, outcome } = line;
  if (outcome.type === 'blocked') return '–';
  if (outcome.type === 'checking') return <span aria-hidden="true">…</span>;
  const [first] = outcome.picks;
  const isSplit = outcome.picks.length > 1;
  return outcome.picks.map((pick) => (
    <span key={`${pick.lot} ${pick.expiresOn}`} className={styles['lots']}>
      {isSplit || first === undefined
        ? t('sell.lotPart', {
            quantity: quantityText(pick.units, entry.product.units, entry.unit),
            lot: pick.lot,
            date: formatDate(pick.expiresOn),
          })
        : t('sell.lot', { lot: pick.lot, date: formatDate(pick.expiresOn) })}
    </span>
  ));
}

/** In the line's own unit where it divides, else in the smallest. */
function quantityText(units: number, tree: readonly PackUnit[], unit: PackUnit): string {
  return units % unit.factor === 0
    ? `${formatNumber(units / unit.factor)}\u00a0${unit.name}`
    : formatUnits(units, tree);
}

function scrollIntoView(element: HTMLElement | null): void {
  element?.scrollIntoView({ block: 'nearest' });
}
