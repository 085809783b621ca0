import { lazy, Suspense, useCallback } from 'react';
import type { LotTrace } from '../../../shared/contract/console-api.ts';
import { areaName, province63 } from '../../../shared/model/area.ts';
import { useAnswer } from '../answers.ts';
import { Chart, Legend } from '../charts/chart.tsx';
import { overTime } from '../charts/options.ts';
import type { Palette } from '../charts/palette.ts';
import { AreaPicker } from '../components/area-picker.tsx';
import { AsOf } from '../components/as-of.tsx';
import { Card } from '../components/card.tsx';
import { type Column, DataTable } from '../components/data-table.tsx';
import { FigureCard } from '../components/figure-card.tsx';
import { PageHeader } from '../components/page-header.tsx';
import { Stat, Stats } from '../components/stat.tsx';
import { AnswerView, EmptyState, Placeholder } from '../components/states.tsx';
import { compact, count, date, dateTime, shortDate } from '../format.ts';
import { quantileSteps, stepOf } from '../map/colour-scale.ts';
import { goTo, ViewLink } from '../navigation.tsx';
import type { ViewOf } from '../paths.ts';
import { useText } from '../text/language.tsx';
import { ExpiryTag } from './expiry-tag.tsx';
import './overview-page.css';

const CountryMap = lazy(async () => ({
  default: (await import('../map/country-map.tsx')).CountryMap,
}));

type Holder = LotTrace['facilities'][number];
type LotView = ViewOf<'lot'>;

/** Who received, sold and holds a lot: one page, one second. */
export function LotPage({ view }: { readonly view: LotView }) {
  const text = useText();
  const { scheme, area } = view;
  const trace = useAnswer('lotTrace', {
    params: { drug: view.drug, lot: view.lot },
    query: { scheme, ...(area === undefined ? {} : { area }) },
  });
  return (
    <>
      <PageHeader
        title={text.lots.title(view.lot)}
        trail={<ViewLink to={{ page: 'lots' }}>{text.nav.lots}</ViewLink>}
        detail={
          trace.data === undefined ? null : (
            <>
              <ViewLink to={{ page: 'drug', code: view.drug, scheme, area }}>
                {trace.data.drug.name}
              </ViewLink>
              {trace.data.expiresOn.map((day) => (
                <span key={day} className="row">
                  {text.lots.expires(date(day))} <ExpiryTag expiresOn={day} />
                </span>
              ))}
            </>
          )
        }
        aside={
          <>
            {trace.data === undefined ? null : <AsOf completeness={trace.data.completeness} />}
            <AreaPicker value={view} onChange={(next) => goTo({ ...view, ...next })} />
          </>
        }
      />
      <AnswerView answer={trace} placeholder={<Placeholder height={480} />}>
        {(data) => (
          <>
            <LotTotals trace={data} />
            <div className="overview-grid">
              <LotMapCard trace={data} view={view} />
              <div className="stack">
                <LotDaysCard trace={data} view={view} />
                <LotFacilitiesCard trace={data} view={view} />
              </div>
            </div>
          </>
        )}
      </AnswerView>
    </>
  );
}

function LotTotals({ trace }: { readonly trace: LotTrace }) {
  const text = useText();
  const { totals } = trace;
  const unit = trace.drug.units[0]?.name ?? '';
  return (
    <Stats label={text.lots.totals}>
      <Stat name={text.movement.opening} figure={count(totals.openingUnits)} note={unit} />
      <Stat name={text.movement.received} figure={count(totals.receivedUnits)} note={unit} />
      <Stat name={text.movement.sold} figure={count(totals.soldUnits)} note={unit} />
      <Stat name={text.movement.voided} figure={count(totals.voidedUnits)} note={unit} />
      <Stat
        name={text.movement.onHand}
        figure={count(totals.onHandUnits)}
        note={text.lots.atFacilities(
          count(trace.facilities.filter((holder) => holder.onHandUnits > 0).length),
          count(trace.facilityCount),
        )}
        {...(totals.onHandUnits < 0 ? { tone: 'bad' as const } : {})}
      />
    </Stats>
  );
}

/** Where the lot is: areas coloured by what they hold. */
function LotMapCard({ trace, view }: { readonly trace: LotTrace; readonly view: LotView }) {
  const text = useText();
  const onHandByArea = new Map<string, { units: number; facilities: number }>();
  for (const holder of trace.facilities) {
    const code = view.scheme === '63' ? holder.province : province63(holder.province)?.unit34;
    if (code === undefined) continue;
    const sum = onHandByArea.get(code) ?? { units: 0, facilities: 0 };
    onHandByArea.set(code, {
      units: sum.units + holder.onHandUnits,
      facilities: sum.facilities + 1,
    });
  }
  const rows = [...onHandByArea].map(([code, sum]) => ({
    code,
    name: areaName(view.scheme, code),
    ...sum,
  }));
  const steps = quantileSteps(
    rows.map((row) => row.units),
    'map-sales',
  );
  const columns: readonly Column<(typeof rows)[number]>[] = [
    {
      id: 'name',
      header: text.area.area,
      value: (row) => row.name,
      cell: (row) => <ViewLink to={{ ...view, area: row.code }}>{row.name}</ViewLink>,
    },
    {
      id: 'onHand',
      header: text.movement.onHand,
      isNumber: true,
      value: (row) => row.units,
      cell: (row) => count(row.units),
    },
    {
      id: 'facilities',
      header: text.lots.facilities,
      isNumber: true,
      value: (row) => row.facilities,
      cell: (row) => count(row.facilities),
    },
  ];
  return (
    <FigureCard
      title={text.lots.where}
      show={view.map === 'map' ? 'chart' : 'table'}
      onShow={(show) =>
        goTo({ ...view, map: show === 'chart' ? 'map' : 'table' }, { replace: true })
      }
      chart={
        <Suspense fallback={<Placeholder height={480} />}>
          <CountryMap
            label={text.lots.where}
            scheme={view.scheme}
            selected={view.area}
            areas={rows.map((row) => ({
              code: row.code,
              name: row.name,
              className: stepOf(steps, row.units)?.className ?? 'map-none',
              lines: [text.lots.onHandLine(count(row.units), count(row.facilities))],
              target: { ...view, area: view.area === row.code ? undefined : row.code },
            }))}
          />
        </Suspense>
      }
      table={{
        caption: text.lots.where,
        columns,
        rows,
        rowKey: (row) => row.code,
        empty: text.common.nothing,
      }}
    />
  );
}

function LotDaysCard({ trace, view }: { readonly trace: LotTrace; readonly view: LotView }) {
  const text = useText();
  const { days } = trace;
  const option = useCallback(
    (palette: Palette) =>
      overTime(
        {
          labels: days.map((day) => shortDate(day.day)),
          titles: days.map((day) => date(day.day)),
          series: [
            {
              name: text.movement.received,
              values: days.map((day) => day.receivedUnits),
              colour: 'received',
              shape: 'bar',
            },
            {
              name: text.movement.sold,
              values: days.map((day) => day.soldUnits),
              colour: 'sold',
              shape: 'bar',
            },
          ],
          words: { value: count, axis: (value) => compact(value, text.scale) },
        },
        palette,
      ),
    [days, text],
  );
  return (
    <FigureCard
      title={text.lots.timeline}
      show={view.days}
      onShow={(show) => goTo({ ...view, days: show }, { replace: true })}
      chart={
        <>
          <Legend
            entries={[
              { name: text.movement.received, colour: 'received' },
              { name: text.movement.sold, colour: 'sold' },
            ]}
          />
          <Chart label={text.lots.timeline} height={190} option={option} />
        </>
      }
      table={{
        caption: text.lots.timeline,
        columns: [
          {
            id: 'day',
            header: text.days.day,
            value: (row) => row.day,
            cell: (row) => date(row.day),
          },
          {
            id: 'received',
            header: text.movement.received,
            isNumber: true,
            value: (row) => row.receivedUnits,
            cell: (row) => count(row.receivedUnits),
          },
          {
            id: 'sold',
            header: text.movement.sold,
            isNumber: true,
            value: (row) => row.soldUnits,
            cell: (row) => count(row.soldUnits),
          },
        ],
        rows: days.toReversed(),
        rowKey: (row) => row.day,
        empty: text.common.nothing,
      }}
    />
  );
}

function LotFacilitiesCard({ trace, view }: { readonly trace: LotTrace; readonly view: LotView }) {
  const text = useText();
  const units = (id: string, header: string, value: (row: Holder) => number): Column<Holder> => ({
    id,
    header,
    isNumber: true,
    value,
    cell: (row) => count(value(row)),
  });
  const columns: readonly Column<Holder>[] = [
    {
      id: 'name',
      header: text.facilities.name,
      value: (row) => row.name,
      cell: (row) => <ViewLink to={{ page: 'facility', id: row.facilityId }}>{row.name}</ViewLink>,
    },
    { id: 'province', header: text.area.province, value: (row) => row.provinceName },
    units('opening', text.movement.opening, (row) => row.openingUnits),
    units('received', text.movement.received, (row) => row.receivedUnits),
    units('sold', text.movement.sold, (row) => row.soldUnits),
    units('voided', text.movement.voided, (row) => row.voidedUnits),
    units('onHand', text.movement.onHand, (row) => row.onHandUnits),
    {
      id: 'last',
      header: text.lots.lastMovement,
      value: (row) => row.lastMovementAt,
      cell: (row) => (
        <span className="nowrap">
          {row.lastMovementAt === null ? '–' : dateTime(row.lastMovementAt)}
        </span>
      ),
    },
  ];
  const { facilities, facilityCount } = trace;
  return (
    <Card title={text.lots.holders} isFlush>
      <DataTable
        caption={text.lots.holders}
        columns={columns}
        rows={facilities}
        rowKey={(row) => `${row.facilityId}|${row.expiresOn}`}
        sort={view.sort}
        onSort={(sort) => goTo({ ...view, sort }, { replace: true })}
        maxHeight="460px"
        summary={
          facilities.length < facilityCount
            ? text.lots.holdersCut(count(facilities.length), count(facilityCount))
            : text.common.rows(count(facilities.length))
        }
        empty={<EmptyState title={text.lots.noHolders} />}
      />
    </Card>
  );
}
