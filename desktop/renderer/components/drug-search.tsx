import {
  type KeyboardEvent,
  type ReactNode,
  type Ref,
  useId,
  useImperativeHandle,
  useRef,
  useState,
} from 'react';
import { limits } from '../../../shared/base/limits.ts';
import type { Product } from '../../../shared/contract/till-api.ts';
import { gtinOf } from '../../../shared/rules/barcode/read-barcode.ts';
import { usualUnit } from '../../../shared/rules/cart.ts';
import { formatMoney, formatUnits } from '../base/format.ts';
import { notify } from '../base/notices.ts';
import { callTill } from '../base/till-client.ts';
import { queryClient, queryOf, TillSaidNo, useTillQuery } from '../base/till-queries.ts';
import { useText } from '../text/text.ts';
import { PrescriptionMark } from './badge.tsx';
import { Button, Kbd } from './button.tsx';
import { classNames } from './class-names.ts';
import styles from './drug-search.module.css';
import { Icon } from './icon.tsx';
import { ProblemNote, Skeleton } from './states.tsx';

const resultsMax = 12;

/** What the screen makes of a text before it counts as a search: on the selling screen, `20`. */
export type TextMeaning =
  | { readonly type: 'usable'; readonly hint: string; readonly apply: () => void }
  /** No search either: the text stays, with the sentence that says why. */
  | { readonly type: 'refused'; readonly reason: string };

export type DrugSearchHandle = {
  readonly focus: () => void;
  /** A scanner's text: looked up as a barcode, then as a name. */
  readonly scan: (text: string) => void;
  /** Entries are still being looked up. */
  readonly isWorking: () => boolean;
  readonly whenSettled: () => Promise<void>;
};

type DrugSearchProps = {
  readonly label: string;
  /** With the scanned text when a scanner found it: it may name lot and expiry, too. */
  readonly onPick: (product: Product, scanned: string | undefined) => void;
  /** For scans instead of `onPick`; a sentence in return says why the pack is not taken. */
  readonly onScanned?:
    | ((product: Product, scanned: string) => Promise<string | undefined>)
    | undefined;
  readonly meaningOf?: ((text: string) => TextMeaning | undefined) | undefined;
  /** Arrow keys in an empty box. */
  readonly onArrow?: (step: 1 | -1) => void;
  readonly handleRef?: Ref<DrugSearchHandle>;
};

/** The box in which everything begins: type, arrows, Enter. */
export function DrugSearch({
  label,
  onPick,
  onScanned,
  meaningOf,
  onArrow,
  handleRef,
}: DrugSearchProps) {
  const t = useText();
  const listId = useId();
  const inputRef = useRef<HTMLInputElement>(null);
  const entry = useDrugEntry({ onPick, onScanned, meaningOf });
  const { text, highlighted, change } = entry;
  const wanted = text.trim();
  const meaning = meaningOf?.(text);
  const isSearching = wanted !== '' && meaning === undefined;
  const query = { text: wanted, limit: resultsMax };
  const results = useTillQuery('drugs.search', query, { isWanted: isSearching });
  const rowCount = isSearching ? (results.data?.length ?? 0) : 0;
  useImperativeHandle(handleRef, () => ({
    focus: () => inputRef.current?.focus(),
    scan: (scanned) => entry.queue(scanned, 0, true),
    isWorking: entry.isWorking,
    whenSettled: entry.whenSettled,
  }));
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'Enter' && wanted !== '') {
      event.preventDefault();
      // While entries are looked up, the line that this text is about may still be on its way.
      const isRefused = !entry.isWorking() && meaningOf?.(text)?.type === 'refused';
      // Selected, so that the next key replaces what could not be used.
      if (isRefused) event.currentTarget.select();
      else entry.queue(text, highlighted);
    } else if (event.key === 'Escape' && text !== '') {
      event.stopPropagation();
      entry.learning.stop();
      change('');
    } else if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      const step = event.key === 'ArrowDown' ? 1 : -1;
      if (isSearching) entry.highlight(wrapIndex(highlighted + step, rowCount));
      else onArrow?.(step);
    }
  };
  const pick = (index: number) => {
    entry.queue(text, index);
    inputRef.current?.focus();
  };
  return (
    <div className={styles['search']}>
      <div className={styles['box']}>
        <Icon name="search" />
        <input
          ref={inputRef}
          role="combobox"
          aria-label={label}
          aria-expanded={rowCount > 0}
          aria-controls={listId}
          aria-autocomplete="list"
          aria-activedescendant={rowCount > 0 ? `${listId}-${highlighted}` : undefined}
          placeholder={t('sell.searchPlaceholder')}
          value={text}
          maxLength={100}
          autoComplete="off"
          spellCheck={false}
          // biome-ignore lint/a11y/noAutofocus: the counter's cursor is always in this box.
          autoFocus
          onChange={(event) => change(event.target.value)}
          onKeyDown={onKeyDown}
        />
        <Kbd>F2</Kbd>
      </div>
      <Panel
        meaning={meaning}
        unknownBarcode={entry.unknownBarcode}
        refusal={entry.refusal}
        learning={entry.learning}
      >
        {isSearching && <Results {...{ listId, text: wanted, results, highlighted, pick }} />}
      </Panel>
    </div>
  );
}

/**
 * What is typed, and the entries that were made of it. Enters are worked off in order, each with the
 * text it was pressed on, so a fast typist or a script never acts on older results.
 */
function useDrugEntry({
  onPick,
  onScanned,
  meaningOf,
}: Pick<DrugSearchProps, 'onPick' | 'onScanned' | 'meaningOf'>) {
  const work = useRef<Promise<void>>(Promise.resolve());
  const pendingEntries = useRef(0);
  const [text, setText] = useState('');
  const [highlighted, highlight] = useState(0);
  const [unknownBarcode, setUnknownBarcode] = useState<string>();
  const [refusal, setRefusal] = useState<string>();
  const learning = useLearning();
  const change = (typed: string) => {
    setRefusal(undefined);
    setText(typed);
    highlight(0);
    setUnknownBarcode(undefined);
  };
  const enter = async (entered: string, index: number, isScan: boolean) => {
    const found = await resolveEntry({ entered, index, isScan, meaningOf });
    if (found.type === 'product') {
      if (isScan && onScanned !== undefined) setRefusal(await onScanned(found.product, entered));
      else onPick(found.product, isScan ? entered : undefined);
      if (isScan) learning.stop();
      else await learning.learn(found.product);
    }
    if (found.type === 'unknown-barcode') {
      setUnknownBarcode(entered);
      learning.begin(entered);
    }
    if (found.type === 'nothing') setText((now) => (now === '' ? entered : now));
    pendingEntries.current -= 1;
  };
  return {
    text,
    highlighted,
    unknownBarcode,
    refusal,
    learning,
    change,
    highlight,
    queue: (entered: string, index: number, isScan = false) => {
      change('');
      pendingEntries.current += 1;
      work.current = work.current.then(() => enter(entered.trim(), index, isScan));
    },
    isWorking: () => pendingEntries.current > 0,
    whenSettled: () => work.current,
  };
}

/** A code that nobody knows, and the drug that is picked next: from then on they belong together. */
function useLearning() {
  const t = useText();
  const [gtin, setGtin] = useState<string>();
  // Read by entries that were queued before the screen was drawn again.
  const wanted = useRef<string>(undefined);
  const set = (next: string | undefined) => {
    wanted.current = next;
    setGtin(next);
  };
  const learn = async ({ code: drug, name }: Product) => {
    const learnt = wanted.current;
    if (learnt === undefined) return;
    set(undefined);
    const reply = await callTill('barcodes.learn', { gtin: learnt, drug });
    if (!reply.ok) return notify(t('barcode.notLearnt', { barcode: printed(learnt) }));
    const { before } = reply.value;
    notify(t('barcode.learnt', { barcode: printed(learnt), name }), () => {
      if (before === null) void callTill('barcodes.forget', { gtin: learnt });
      else void callTill('barcodes.learn', { gtin: learnt, drug: before });
    });
  };
  return {
    gtin,
    learn,
    begin: (scanned: string) => set(gtinOf(scanned)),
    stop: () => set(undefined),
  };
}

/** As it stands below the bars: an EAN-13 has no zero in front. */
function printed(number: string): string {
  return number.replace(/^0(?=\d{13}$)/, '');
}

function Panel({
  meaning,
  unknownBarcode,
  refusal,
  learning,
  children,
}: {
  readonly meaning: TextMeaning | undefined;
  readonly unknownBarcode: string | undefined;
  readonly refusal: string | undefined;
  readonly learning: { readonly gtin: string | undefined; readonly stop: () => void };
  readonly children: ReactNode;
}) {
  const t = useText();
  const isTold =
    unknownBarcode !== undefined || refusal !== undefined || learning.gtin !== undefined;
  if (meaning === undefined && !isTold && children === false) return null;
  return (
    <div className={styles['panel']}>
      {meaning?.type === 'refused' && (
        <p className={styles['message']} role="alert">
          {meaning.reason}
        </p>
      )}
      {meaning?.type === 'usable' && (
        <p className={styles['hint']} role="status">
          <Icon name="arrow" size={18} />
          {meaning.hint}
        </p>
      )}
      {refusal !== undefined && (
        <p className={styles['message']} role="alert">
          {refusal}
        </p>
      )}
      {unknownBarcode !== undefined && (
        <p className={styles['message']} role="alert">
          {t('sell.noBarcode', { barcode: printed(gtinOf(unknownBarcode) ?? unknownBarcode) })}
        </p>
      )}
      {learning.gtin !== undefined && (
        <p className={styles['message']} role="status">
          {t('barcode.learning', { barcode: printed(learning.gtin) })}{' '}
          <Button onPress={learning.stop}>{t('barcode.doNotLearn')}</Button>
        </p>
      )}
      {children}
    </div>
  );
}

function Results({
  listId,
  text,
  results,
  highlighted,
  pick,
}: {
  readonly listId: string;
  readonly text: string;
  readonly results: ReturnType<typeof useTillQuery<'drugs.search'>>;
  readonly highlighted: number;
  readonly pick: (index: number) => void;
}) {
  const t = useText();
  if (results.error !== null) {
    return <ProblemNote problem={results.error.problem} onRetry={() => void results.refetch()} />;
  }
  if (results.data === undefined) return <Skeleton rows={3} />;
  if (results.data.length === 0) {
    return (
      <p className={styles['message']} role="status">
        {t('sell.noResults', { text })}
        <small>{t('sell.noResultsHint')}</small>
      </p>
    );
  }
  return (
    <div role="listbox" id={listId} aria-label={t('sell.results')}>
      {results.data.map((product, index) => (
        <Option
          key={product.code}
          id={`${listId}-${index}`}
          product={product}
          isHighlighted={index === highlighted}
          onPick={() => pick(index)}
        />
      ))}
    </div>
  );
}

function Option({
  id,
  product,
  isHighlighted,
  onPick,
}: {
  readonly id: string;
  readonly product: Product;
  readonly isHighlighted: boolean;
  readonly onPick: () => void;
}) {
  const t = useText();
  const unit = usualUnit(product);
  const price = unit === undefined ? undefined : product.pricesVnd[unit.name];
  const isOut = product.sellableUnits === 0;
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the combobox moves and picks by its own keys.
    <div
      id={id}
      role="option"
      tabIndex={-1}
      aria-selected={isHighlighted}
      className={styles['option']}
      ref={isHighlighted ? scrollIntoView : undefined}
      onMouseDown={(event) => event.preventDefault()}
      onClick={onPick}
    >
      <span>
        <span className={styles['name']}>
          <span>{product.name}</span>
          {product.isPrescription && <PrescriptionMark />}
        </span>
        <small className={styles['detail']}>
          {[product.ingredients, product.manufacturer].filter(Boolean).join(' · ')}
        </small>
      </span>
      <span className={classNames(styles['stock'], isOut && styles['isOut'])}>
        {isOut ? t('sell.outOfStock') : formatUnits(product.sellableUnits, product.units)}
      </span>
      {price === undefined ? (
        <span className={classNames(styles['price'], styles['isUnpriced'])}>
          {isOut ? '–' : t('sell.noPrice')}
        </span>
      ) : (
        <span className={styles['price']}>
          {formatMoney(price)}
          <small>/ {unit?.name}</small>
        </span>
      )}
    </div>
  );
}

type Found =
  | { readonly type: 'product'; readonly product: Product }
  | { readonly type: 'unknown-barcode' }
  | { readonly type: 'applied' }
  | { readonly type: 'nothing' };

/** A quantity, a barcode, or the highlighted result of exactly this text. */
async function resolveEntry(entry: {
  readonly entered: string;
  readonly index: number;
  readonly isScan: boolean;
  readonly meaningOf: ((text: string) => TextMeaning | undefined) | undefined;
}): Promise<Found> {
  const { entered, index, isScan, meaningOf } = entry;
  const isBarcode = /^\d{8,14}$/.test(entered);
  const meaning = isScan || isBarcode ? undefined : meaningOf?.(entered);
  if (meaning?.type === 'refused') return { type: 'nothing' };
  if (meaning !== undefined) {
    meaning.apply();
    return { type: 'applied' };
  }
  try {
    if (isBarcode || isScan) {
      const barcode = entered.slice(0, limits.scannedLength);
      const product = await queryClient.fetchQuery(queryOf('drugs.byBarcode', { barcode }));
      if (product !== null) return { type: 'product', product };
      if (isBarcode || gtinOf(entered) !== undefined) return { type: 'unknown-barcode' };
    }
    const query = queryOf('drugs.search', { text: entered, limit: resultsMax });
    const products = await queryClient.fetchQuery(query);
    const product = products[index] ?? products[0];
    return product === undefined ? { type: 'nothing' } : { type: 'product', product };
  } catch (error) {
    if (!(error instanceof TillSaidNo)) throw error;
    // The search below the box shows the same problem with its sentence and a retry.
    return { type: 'nothing' };
  }
}

function wrapIndex(index: number, length: number): number {
  return length === 0 ? 0 : (index + length) % length;
}

function scrollIntoView(element: HTMLElement | null): void {
  element?.scrollIntoView({ block: 'nearest' });
}
