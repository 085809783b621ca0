import { useCallback } from 'react';
import { unreachable } from '../../../shared/base/assert.ts';
import type { Overview } from '../../../shared/contract/console-api.ts';
import { Chart, Legend } from '../charts/chart.tsx';
import { overTime } from '../charts/options.ts';
import type { Palette } from '../charts/palette.ts';
import { Select } from '../components/controls.tsx';
import type { Column } from '../components/data-table.tsx';
import { FigureCard } from '../components/figure-card.tsx';
import { compact, count, date, money, shortDate } from '../format.ts';
import { useText } from '../text/language.tsx';
import type { Texts } from '../text/vi.ts';

type DayFigures = Overview['days'][number];
export type Measure = 'units' | 'amount' | 'sales';

/** Day by day: what went out and came in, what it was worth, how often. */
export function DaysCard({
  days,
  show,
  measure,
  onChange,
}: {
  readonly days: readonly DayFigures[];
  readonly show: 'chart' | 'table';
  readonly measure: Measure;
  readonly onChange: (change: {
    readonly days?: 'chart' | 'table';
    readonly measure?: Measure;
  }) => void;
}) {
  const text = useText();
  const series = seriesOf(measure, days, text.days);
  const option = useCallback(
    (palette: Palette) =>
      overTime(
        {
          labels: days.map((day) => shortDate(day.day)),
          titles: days.map((day) => date(day.day)),
          series: seriesOf(measure, days, text.days),
          words: {
            value: measure === 'amount' ? money : count,
            axis: (value) => compact(value, text.scale),
          },
        },
        palette,
      ),
    [days, measure, text],
  );
  const columns = dayColumns(text);
  return (
    <FigureCard
      title={text.days.title(count(days.length))}
      show={show}
      onShow={(next) => onChange({ days: next })}
      tools={
        show === 'chart' ? (
          <Select
            label={text.days.measure}
            isLabelHidden
            value={measure}
            options={[
              { value: 'units', label: text.days.units },
              { value: 'amount', label: text.days.amount },
              { value: 'sales', label: text.days.sales },
            ]}
            onChange={(next) => onChange({ measure: next })}
          />
        ) : undefined
      }
      chart={
        <>
          <Legend entries={series} />
          <Chart label={text.days.chart[measure]} height={220} option={option} />
        </>
      }
      table={{
        caption: text.days.title(count(days.length)),
        columns,
        rows: days.toReversed(),
        rowKey: (day) => day.day,
        empty: text.common.nothing,
      }}
    />
  );
}

function dayColumns(text: Texts): readonly Column<DayFigures>[] {
  return [
    { id: 'day', header: text.days.day, value: (day) => day.day, cell: (day) => date(day.day) },
    column('sales', text.days.sales, (day) => day.saleCount, count),
    column('sold', text.days.sold, (day) => day.soldUnits, count),
    column('received', text.days.received, (day) => day.receivedUnits, count),
    column('amount', text.days.amount, (day) => day.amountVnd, money),
  ];
}

function seriesOf(
  measure: Measure,
  days: readonly DayFigures[],
  words: {
    readonly sold: string;
    readonly received: string;
    readonly amount: string;
    readonly sales: string;
  },
) {
  switch (measure) {
    case 'units':
      return [
        {
          name: words.sold,
          values: days.map((day) => day.soldUnits),
          colour: 'sold',
          shape: 'bar',
        },
        {
          name: words.received,
          values: days.map((day) => day.receivedUnits),
          colour: 'received',
          shape: 'bar',
        },
      ] as const;
    case 'amount':
      return [
        {
          name: words.amount,
          values: days.map((day) => day.amountVnd),
          colour: 'sold',
          shape: 'bar',
        },
      ] as const;
    case 'sales':
      return [
        {
          name: words.sales,
          values: days.map((day) => day.saleCount),
          colour: 'sold',
          shape: 'bar',
        },
      ] as const;
    default:
      return unreachable(measure);
  }
}

function column(
  id: string,
  header: string,
  value: (day: DayFigures) => number,
  format: (value: number) => string,
): Column<DayFigures> {
  return { id, header, value, isNumber: true, cell: (day) => format(value(day)) };
}
