import { type KeyboardEvent, type ReactNode, useId } from 'react';
import { formatDate, formatMoney, formatNumber, formatUnits, parseExpiry } from '../base/format.ts';
import { useText } from '../text/text.ts';
import { Button } from './button.tsx';
import { classNames } from './class-names.ts';
import { Icon } from './icon.tsx';
import {
  type LotLineDraft,
  type LotLineField,
  type LotLineRules,
  type ReadLotLine,
  readLotLine,
} from './lot-line.ts';
import styles from './lot-lines.module.css';

type LinesProps = {
  readonly label: string;
  readonly drafts: readonly LotLineDraft[];
  readonly rules: LotLineRules;
  /** The line whose first box takes the cursor when it appears. */
  readonly newestId: string | undefined;
  /** After a failed save empty boxes say what is missing too. */
  readonly isTried: boolean;
  readonly costLabel: string;
  readonly costPlaceholder?: string;
  readonly costOf: 'unit' | 'smallest';
  readonly onChange: (id: string, change: Partial<LotLineDraft>) => void;
  readonly onRemove: (id: string) => void;
  /** Enter in the last box of a line. */
  readonly onLineDone: () => void;
};

/** Lot, expiry, quantity, cost of each line; Enter goes from box to box and then to the search. */
export function LotLines(props: LinesProps) {
  const t = useText();
  return (
    <table className={styles['table']} aria-label={props.label}>
      <thead>
        <tr>
          <th>{t('line.drug')}</th>
          <th>{t('line.lot')}</th>
          <th>{t('line.expiry')}</th>
          <th>{t('line.quantity')}</th>
          <th>{props.costLabel}</th>
          <th className={styles['number']}>{t('line.amount')}</th>
          <th>
            <span className="spoken">{t('sell.removeLine')}</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {props.drafts.map((draft, index) => (
          <LineRow key={draft.id} draft={draft} index={index} {...props} />
        ))}
      </tbody>
    </table>
  );
}

/** Where typing begins: what the scanned pack said is filled in already. */
function firstEmpty({ lot, expiry }: LotLineDraft): LotLineField {
  if (lot === '') return 'lot';
  return expiry === '' ? 'expiry' : 'quantity';
}

function LineRow(props: LinesProps & { readonly draft: LotLineDraft; readonly index: number }) {
  const t = useText();
  const { draft, index, rules, newestId, costOf, onChange, onRemove } = props;
  const { name, units } = draft.drug;
  const read = readLotLine(draft, rules);
  const { line, unit, quantity } = read;
  const [smallest] = units;
  const isInSmallest = unit.factor === 1;
  const factor = costOf === 'unit' ? 1 : unit.factor;
  const amountVnd = line && line.costVnd !== null ? line.quantity * factor * line.costVnd : null;
  const isFirst = (field: LotLineField) => draft.id === newestId && field === firstEmpty(draft);
  const box = (field: LotLineField) => ({ ...props, field, read, isFirst: isFirst(field) });
  return (
    <tr>
      <td className={styles['name']}>
        {name}
        {read.isDoubtful && (
          <Button
            label={t('line.of', { field: t('line.sure'), name })}
            onPress={() => onChange(draft.id, { isSure: true })}
          >
            {t('line.sure')}
          </Button>
        )}
      </td>
      <td className={styles['lot']}>
        <LineBox {...box('lot')} label={t('line.lot')} />
      </td>
      <td className={styles['expiry']}>
        <LineBox {...box('expiry')} label={t('line.expiry')} placeholder={t('line.expiryHint')} />
      </td>
      <td className={styles['quantity']}>
        <LineBox
          {...box('quantity')}
          label={t('line.quantity')}
          isNumber
          note={
            quantity === undefined || isInSmallest
              ? undefined
              : t('line.equals', { amount: formatUnits(quantity * unit.factor, units) })
          }
        >
          <UnitChoice draft={draft} read={read} onChange={onChange} />
        </LineBox>
      </td>
      <td className={styles['cost']}>
        <LineBox
          {...box('cost')}
          label={props.costLabel}
          placeholder={props.costPlaceholder}
          isNumber
          isLast
          note={t('line.perUnit', { unit: costOf === 'unit' ? unit.name : (smallest?.name ?? '') })}
        />
      </td>
      <td className={classNames(styles['number'], styles['amount'])}>
        {amountVnd === null ? '–' : formatMoney(amountVnd)}
      </td>
      <td>
        <button
          type="button"
          className={styles['remove']}
          aria-label={t('line.of', { field: t('line.remove', { line: index + 1 }), name })}
          onClick={() => onRemove(draft.id)}
        >
          <Icon name="close" size={18} />
        </button>
      </td>
    </tr>
  );
}

function UnitChoice({
  draft,
  read,
  onChange,
}: {
  readonly draft: LotLineDraft;
  readonly read: ReadLotLine;
  readonly onChange: LinesProps['onChange'];
}) {
  const t = useText();
  const { name, units } = draft.drug;
  return (
    <select
      className={styles['select']}
      aria-label={t('line.of', { field: t('line.unit'), name })}
      value={read.unit.name}
      onChange={(event) => {
        const quantity = String(read.quantity ?? draft.quantity);
        onChange(draft.id, { unit: event.target.value, quantity });
      }}
    >
      {units.map((level) => (
        <option key={level.name}>{level.name}</option>
      ))}
    </select>
  );
}

type BoxProps = LinesProps & {
  readonly draft: LotLineDraft;
  readonly field: LotLineField;
  readonly read: ReadLotLine;
  readonly label: string;
  readonly placeholder?: string | undefined;
  readonly isNumber?: boolean;
  readonly isFirst: boolean;
  readonly isLast?: boolean;
  readonly note?: string | undefined;
  readonly children?: ReactNode;
};

function LineBox({
  draft,
  field,
  read,
  label,
  placeholder,
  isNumber = false,
  isFirst,
  isLast = false,
  note,
  children,
  isTried,
  onChange,
  onLineDone,
}: BoxProps) {
  const t = useText();
  const noteId = useId();
  const value = draft[field];
  const problem = isTried || value !== '' ? read.problems[field] : undefined;
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.key !== 'Enter') return;
    event.preventDefault();
    if (isLast) onLineDone();
    else focusNextBox(event.currentTarget);
  };
  const settle = () => {
    const settled = settledText(field, draft, read);
    if (settled !== undefined) onChange(draft.id, settled);
  };
  return (
    <>
      <span className={styles['withUnit']}>
        <input
          className={classNames(styles['input'], isNumber && styles['isNumber'])}
          aria-label={t('line.of', { field: label, name: draft.drug.name })}
          aria-invalid={problem !== undefined || undefined}
          aria-describedby={problem === undefined ? undefined : noteId}
          value={value}
          placeholder={placeholder}
          inputMode={isNumber ? 'numeric' : 'text'}
          maxLength={50}
          autoComplete="off"
          spellCheck={false}
          // biome-ignore lint/a11y/noAutofocus: the line was just added to be typed into.
          autoFocus={isFirst}
          onChange={(event) => onChange(draft.id, { [field]: event.target.value, isSure: false })}
          onFocus={(event) => event.target.select()}
          onBlur={settle}
          onKeyDown={onKeyDown}
        />
        {children}
      </span>
      {problem !== undefined ? (
        <span id={noteId} className={styles['problem']}>
          {t(problem)}
        </span>
      ) : (
        note !== undefined && <span className={styles['note']}>{note}</span>
      )}
    </>
  );
}

/** On leaving a box, what was typed is shown as it was understood: `10h` as 10 and hộp. */
function settledText(
  field: LotLineField,
  draft: LotLineDraft,
  read: ReadLotLine,
): Partial<LotLineDraft> | undefined {
  if (read.problems[field] !== undefined) return undefined;
  switch (field) {
    case 'lot':
      return { lot: draft.lot.trim().toUpperCase() };
    case 'quantity':
      return { quantity: String(read.quantity ?? draft.quantity), unit: read.unit.name };
    case 'cost': {
      const digits = draft.cost.replace(/\D/g, '');
      return digits === '' ? undefined : { cost: formatNumber(Number(digits)) };
    }
    case 'expiry':
      return { expiry: formatDate(parseExpiry(draft.expiry) ?? draft.expiry) };
  }
}

function focusNextBox(box: HTMLInputElement): void {
  const boxes = [...(box.closest('tr')?.querySelectorAll('input') ?? [])];
  boxes[boxes.indexOf(box) + 1]?.focus();
}
