import type { ReactNode } from 'react';
import { useText } from '../text/language.tsx';
import { Card } from './card.tsx';
import { Choice } from './controls.tsx';
import { DataTable, type DataTableProps } from './data-table.tsx';

/** A chart and the table behind it, one at a time; the table has the CSV. */
export function FigureCard<Row extends Readonly<Record<string, unknown>>>({
  title,
  subtitle,
  show,
  onShow,
  tools,
  chart,
  table,
}: {
  readonly title: string;
  readonly subtitle?: ReactNode;
  readonly show: 'chart' | 'table';
  readonly onShow: (show: 'chart' | 'table') => void;
  readonly tools?: ReactNode;
  readonly chart: ReactNode;
  readonly table: DataTableProps<Row>;
}) {
  const text = useText();
  const options = [
    { value: 'chart', label: text.common.chart },
    { value: 'table', label: text.common.table },
  ] as const;
  return (
    <Card
      title={title}
      subtitle={subtitle}
      isFlush={show === 'table'}
      actions={
        <>
          {tools}
          <Choice
            label={text.common.showAs(title)}
            value={show}
            options={options}
            onChange={onShow}
          />
        </>
      }
    >
      {show === 'chart' ? chart : <DataTable maxHeight="420px" {...table} />}
    </Card>
  );
}
