/**
 * The table of the console: sorted by TanStack Table, long lists drawn by TanStack Virtual. What it
 * shows is what its CSV holds: the same columns, the same rows, the same order.
 */
import {
  type ColumnDef,
  createSortedRowModel,
  rowSortingFeature,
  type SortingState,
  tableFeatures,
  useTable,
} from '@tanstack/react-table';
import { useVirtualizer } from '@tanstack/react-virtual';
import { type ReactNode, useMemo, useRef, useState } from 'react';
import { type CellValue, csvOf, fileNameOf } from '../csv.ts';
import { useText } from '../text/language.tsx';
import { ToolButton } from './controls.tsx';
import { Icon } from './icon.tsx';
import { saveFile } from './save-file.ts';
import { EmptyState } from './states.tsx';
import './data-table.css';

export type Column<Row> = {
  readonly id: string;
  readonly header: string;
  /** For sorting and CSV: a number, a day or instant as ISO text, or what is read. */
  readonly value: (row: Row) => CellValue;
  /** What is seen, when it is more than the value as text. */
  readonly cell?: (row: Row) => ReactNode;
  readonly isNumber?: boolean;
  readonly width?: string;
  /** Off where the centre sorts, or where an order would mean nothing. */
  readonly isSortable?: boolean;
};

export type DataTableProps<Row> = {
  /** Names the table for screen readers and its CSV file. */
  readonly caption: string;
  readonly columns: readonly Column<Row>[];
  readonly rows: readonly Row[];
  readonly rowKey: (row: Row) => string;
  readonly empty: ReactNode;
  /** `column` or `-column`; without it the table keeps its own order and forgets it on leaving. */
  readonly sort?: string;
  readonly onSort?: (sort: string) => void;
  readonly maxHeight?: string;
  readonly tools?: ReactNode;
  readonly summary?: ReactNode;
  readonly footer?: ReactNode;
  /** False where the centre itself writes the CSV of the whole list. */
  readonly hasCsv?: boolean;
};

const features = tableFeatures({
  rowSortingFeature,
  sortedRowModel: createSortedRowModel(),
});
type Features = typeof features;
type RowData = Readonly<Record<string, unknown>>;

const collator = new Intl.Collator('vi', { numeric: true, sensitivity: 'base' });
const rowHeight = 36;
/** Below this all rows are drawn: the browser's own search on the page finds them. */
const virtualFrom = 120;

export function DataTable<Row extends RowData>(props: DataTableProps<Row>) {
  const text = useText();
  const { columns, rows } = props;
  const [ownSort, setOwnSort] = useState('');
  const sort = props.sort ?? ownSort;
  const sorting = useMemo(() => sortingOf(sort), [sort]);
  const definitions = useMemo(() => columns.map(definitionOf), [columns]);
  const table = useTable({
    features,
    columns: definitions,
    data: rows,
    state: { sorting },
    onSortingChange: (change) => {
      const next = typeof change === 'function' ? change(sorting) : change;
      (props.onSort ?? setOwnSort)(sortText(next));
    },
    getRowId: (row: Row) => props.rowKey(row),
  });
  const sorted = table.getRowModel().rows.map((row) => row.original);
  const saveCsv = () => {
    const cells = sorted.map((row) => columns.map((column) => column.value(row)));
    const csv = csvOf([columns.map((column) => column.header), ...cells]);
    saveFile(fileNameOf(props.caption, 'csv'), csv, 'text/csv');
  };
  const hasCsv = props.hasCsv !== false && rows.length > 0;
  const hasToolbar = hasCsv || props.tools !== undefined || props.summary !== undefined;
  return (
    <div className="data-table">
      {hasToolbar ? (
        <div className="data-table-toolbar">
          <div className="data-table-summary">{props.summary}</div>
          <div className="card-actions">
            {props.tools}
            {hasCsv ? (
              <ToolButton icon="download" label={text.common.csv} onClick={saveCsv} />
            ) : null}
          </div>
        </div>
      ) : null}
      {rows.length === 0 ? (
        typeof props.empty === 'string' ? (
          <EmptyState title={props.empty} />
        ) : (
          props.empty
        )
      ) : (
        <TableBody
          {...props}
          rows={sorted}
          sorting={sorting}
          toggle={(id) => {
            table.getColumn(id)?.toggleSorting();
          }}
        />
      )}
      {props.footer}
    </div>
  );
}

type TableBodyProps<Row> = DataTableProps<Row> & {
  readonly sorting: SortingState;
  readonly toggle: (columnId: string) => void;
};

function TableBody<Row>(props: TableBodyProps<Row>) {
  const { rows, columns } = props;
  const scroller = useRef<HTMLElement>(null);
  const isVirtual = rows.length >= virtualFrom;
  const virtualizer = useVirtualizer({
    count: isVirtual ? rows.length : 0,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 12,
  });
  const shown = virtualizer.getVirtualItems();
  const first = isVirtual ? (shown[0]?.index ?? 0) : 0;
  const last = isVirtual ? (shown.at(-1)?.index ?? -1) : rows.length - 1;
  const maxHeight = props.maxHeight ?? (isVirtual ? '70vh' : undefined);
  return (
    // A table that scrolls must be reachable by keyboard, and so has a name.
    <section
      ref={scroller}
      className="data-table-scroller"
      aria-label={props.caption}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region is scrolled by arrow keys
      tabIndex={0}
      {...(maxHeight === undefined ? {} : { style: { maxHeight } })}
    >
      <table
        className={isVirtual ? 'figures is-virtual' : 'figures'}
        aria-rowcount={rows.length + 1}
      >
        <caption className="visually-hidden">{props.caption}</caption>
        <TableHead {...props} />
        <tbody>
          <Gap height={first * rowHeight} columns={columns.length} />
          {rows.slice(first, last + 1).map((row, offset) => (
            <tr key={props.rowKey(row)} aria-rowindex={first + offset + 2}>
              {columns.map((column) => (
                <td key={column.id} className={column.isNumber === true ? 'is-number' : ''}>
                  {column.cell === undefined ? column.value(row) : column.cell(row)}
                </td>
              ))}
            </tr>
          ))}
          <Gap height={(rows.length - 1 - last) * rowHeight} columns={columns.length} />
        </tbody>
      </table>
    </section>
  );
}

function TableHead<Row>({ columns, sorting, toggle }: TableBodyProps<Row>) {
  return (
    <thead>
      <tr aria-rowindex={1}>
        {columns.map((column) => {
          const order = sorting.find((entry) => entry.id === column.id);
          const numberClass = column.isNumber === true ? 'is-number' : '';
          const style = column.width === undefined ? {} : { style: { width: column.width } };
          if (column.isSortable === false) {
            return (
              <th key={column.id} scope="col" className={numberClass} {...style}>
                {column.header}
              </th>
            );
          }
          return (
            <th
              key={column.id}
              scope="col"
              className={numberClass}
              aria-sort={order === undefined ? 'none' : order.desc ? 'descending' : 'ascending'}
              {...style}
            >
              <button type="button" className="data-table-sort" onClick={() => toggle(column.id)}>
                {column.header}
                <span className={order === undefined ? 'sort-mark is-idle' : 'sort-mark'}>
                  <Icon name={order?.desc === false ? 'up' : 'down'} size={12} />
                </span>
              </button>
            </th>
          );
        })}
      </tr>
    </thead>
  );
}

/** Stands for the rows that are not drawn, so that the scroll bar tells the truth. */
function Gap({ height, columns }: { readonly height: number; readonly columns: number }) {
  if (height <= 0) return null;
  return (
    // biome-ignore lint/a11y/noAriaHiddenOnFocusable: a row without content takes no focus
    <tr aria-hidden="true" className="data-table-gap">
      <td colSpan={columns} style={{ height }} />
    </tr>
  );
}

function definitionOf<Row extends RowData>(column: Column<Row>): ColumnDef<Features, Row> {
  return {
    id: column.id,
    accessorFn: (row: Row) => column.value(row) ?? undefined,
    enableSorting: column.isSortable !== false,
    sortDescFirst: column.isNumber === true,
    sortUndefined: 'last',
    sortFn: (left, right) =>
      compareCells(column.value(left.original), column.value(right.original)),
  };
}

function compareCells(left: CellValue, right: CellValue): number {
  if (typeof left === 'number' && typeof right === 'number') return left - right;
  return collator.compare(String(left ?? ''), String(right ?? ''));
}

function sortingOf(sort: string): SortingState {
  if (sort === '') return [];
  return sort.startsWith('-') ? [{ id: sort.slice(1), desc: true }] : [{ id: sort, desc: false }];
}

function sortText(sorting: SortingState): string {
  const [first] = sorting;
  if (first === undefined) return '';
  return first.desc ? `-${first.id}` : first.id;
}
