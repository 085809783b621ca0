import { useCallback } from 'react';
import type { DrugMovement } from '../../../shared/contract/console-api.ts';
import { businessDateOf } from '../../../shared/model/calendar.ts';
import { Chart, Legend } from '../charts/chart.tsx';
import { overTime, type Series } from '../charts/options.ts';
import type { Palette } from '../charts/palette.ts';
import type { Column } from '../components/data-table.tsx';
import { FigureCard } from '../components/figure-card.tsx';
import { Icon } from '../components/icon.tsx';
import { Stat } from '../components/stat.tsx';
import { compact, count, date, decimal, money, shortDate, time } from '../format.ts';
import { goTo } from '../navigation.tsx';
import type { ViewOf } from '../paths.ts';
import { useText } from '../text/language.tsx';
import type { Texts } from '../text/vi.ts';

type Point = DrugMovement['points'][number];
type Bucket = ViewOf<'drug'>['bucket'];

/** Opening stock and movements as an equation, so that anybody can check it. */
export function DrugBalance({ movement }: { readonly movement: DrugMovement }) {
  const text = useText();
  const { balance, from, to, onHandUnits } = movement;
  const unit = movement.drug.units[0]?.name ?? '';
  const addsUp = balance.startUnits + balance.inUnits - balance.outUnits === balance.endUnits;
  const perDay = movement.areas.reduce((sum, area) => sum + area.soldUnitsPerDay, 0);
  return (
    <section className="card" aria-label={text.balance.title}>
      <div className="balance">
        <dl>
          <Stat name={text.balance.start(date(from))} figure={count(balance.startUnits)} />
          <span className="balance-sign" aria-hidden="true">
            +
          </span>
          <Stat name={text.balance.in} figure={count(balance.inUnits)} />
          <span className="balance-sign" aria-hidden="true">
            −
          </span>
          <Stat name={text.balance.out} figure={count(balance.outUnits)} />
          <span className="balance-sign" aria-hidden="true">
            =
          </span>
          <Stat name={text.balance.end(date(to))} figure={count(balance.endUnits)} />
        </dl>
        <dl className="balance-aside">
          <Stat name={text.balance.onHandNow} figure={count(onHandUnits)} />
          <Stat
            name={text.balance.cover}
            figure={perDay > 0 ? text.shortages.days(decimal(onHandUnits / perDay)) : '–'}
            note={text.balance.perDay(decimal(perDay), unit)}
          />
        </dl>
        <p className="balance-proof row">
          <Icon name={addsUp ? 'check' : 'alerts'} size={14} />
          {addsUp ? text.balance.addsUp(unit) : text.balance.doesNotAddUp}
        </p>
      </div>
    </section>
  );
}

export function DrugMovementCard({
  movement,
  view,
}: {
  readonly movement: DrugMovement;
  readonly view: ViewOf<'drug'>;
}) {
  const text = useText();
  const { points } = movement;
  const { bucket } = view;
  const series = seriesOf(points, text);
  const option = useCallback(
    (palette: Palette) =>
      overTime(
        {
          labels: points.map((point) => bucketLabel(point.at, bucket)),
          titles: points.map((point) => bucketTitle(point.at, bucket, text)),
          series: seriesOf(points, text),
          words: { value: count, axis: (value) => compact(value, text.scale) },
        },
        palette,
      ),
    [points, bucket, text],
  );
  const columns: readonly Column<Point>[] = [
    {
      id: 'at',
      header: text.period.buckets[bucket],
      value: (point) => point.at,
      cell: (point) => bucketTitle(point.at, bucket, text),
    },
    unitsColumn('sold', text.movement.sold, (point) => point.soldUnits),
    unitsColumn('voided', text.movement.voided, (point) => point.voidedUnits),
    unitsColumn('received', text.movement.received, (point) => point.receivedUnits),
    unitsColumn('opening', text.movement.opening, (point) => point.openingUnits),
    {
      id: 'amount',
      header: text.movement.amount,
      isNumber: true,
      value: (point) => point.amountVnd,
      cell: (point) => money(point.amountVnd),
    },
  ];
  return (
    <FigureCard
      title={text.movement.title}
      subtitle={text.movement.period(date(movement.from), date(movement.to))}
      show={view.movement}
      onShow={(show) => goTo({ ...view, movement: show }, { replace: true })}
      chart={
        <>
          <Legend entries={series} />
          <Chart label={text.movement.chart(movement.drug.name)} height={280} option={option} />
        </>
      }
      table={{
        caption: text.movement.title,
        columns,
        rows: points,
        rowKey: (point) => point.at,
        empty: text.movement.none,
      }}
    />
  );
}

/** Kinds that never happened in the period would only crowd the legend. */
function seriesOf(points: readonly Point[], text: Texts): readonly Series[] {
  const all: readonly Series[] = [
    line(
      text.movement.sold,
      'sold',
      'bar',
      points.map((point) => point.soldUnits),
    ),
    line(
      text.movement.received,
      'received',
      'bar',
      points.map((point) => point.receivedUnits),
    ),
    line(
      text.movement.opening,
      'opening',
      'bar',
      points.map((point) => point.openingUnits),
    ),
    line(
      text.movement.voided,
      'voided',
      'bar',
      points.map((point) => point.voidedUnits),
    ),
  ];
  const happened = all.filter((series) => series.values.some((value) => value !== 0));
  return happened.length === 0 ? all.slice(0, 1) : happened;
}

function line(
  name: string,
  colour: Series['colour'],
  shape: Series['shape'],
  values: readonly number[],
): Series {
  return { name, colour, shape, values };
}

function bucketLabel(at: string, bucket: Bucket): string {
  if (bucket === 'hour') return time(at) === '00:00' ? shortDate(businessDateOf(at)) : time(at);
  return bucket === 'month' ? date(at).slice(3) : shortDate(at);
}

function bucketTitle(at: string, bucket: Bucket, text: Texts): string {
  switch (bucket) {
    case 'hour':
      return text.period.hourOf(time(at), date(businessDateOf(at)));
    case 'week':
      return text.period.weekOf(date(at));
    case 'month':
      return date(at).slice(3);
    case 'day':
      return date(at);
  }
}

function unitsColumn(id: string, header: string, value: (point: Point) => number): Column<Point> {
  return { id, header, isNumber: true, value, cell: (point) => count(value(point)) };
}
