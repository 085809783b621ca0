import { lazy, Suspense, useCallback } from 'react';
import type { LotTrace } from '../../../shared/contract/console-api.ts';
import { type AreaScheme, areaName, province63 } from '../../../shared/model/area.ts';
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
import type { Texts } from '../text/vi.ts';
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
              <Expiries days={trace.data.expiresOn} />
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
              <LotMapCard holdings={holdingsOf(data, view.scheme)} view={view} />
              <div className="stack">
                <LotDaysCard trace={data} view={view} />
                <LotAreasCard holdings={holdingsOf(data, view.scheme)} view={view} />
              </div>
            </div>
            <LotFacilitiesCard trace={data} view={view} />
          </>
        )}
      </AnswerView>
    </>
  );
}

/** A lot number that many makers share has many expiry dates; the first few stand for it. */
const expiriesShown = 3;

function Expiries({ days }: { readonly days: LotTrace['expiresOn'] }) {
  const text = useText();
  const hidden = days.slice(expiriesShown);
  return (
    <>
      {days.slice(0, expiriesShown).map((day) => (
        <span key={day} className="row">
          {text.lots.expires(date(day))} <ExpiryTag expiresOn={day} />
        </span>
      ))}
      {hidden.length === 0 ? null : (
        <span title={hidden.map(date).join(', ')}>
          {text.lots.moreExpiries(count(hidden.length))}
        </span>
      )}
    </>
  );
}

function LotTotals({ trace }: { readonly trace: LotTrace }) {
  const text = useText();
  const { totals } = trace;
  const unit = trace.drug.units[0]?.name ?? '';
  return (
    <Stats label={text.lots.totals} proof={<BalanceProof totals={totals} />}>
      <Stat name={text.movement.opening} figure={count(totals.openingUnits)} note={unit} />
      <Stat name={text.movement.received} figure={count(totals.receivedUnits)} note={unit} />
      <Stat name={text.movement.sold} figure={count(totals.soldUnits)} note={unit} />
      <Stat name={text.movement.voided} figure={count(totals.voidedUnits)} note={unit} />
      <Stat
        name={text.movement.other}
        figure={signed(totals.otherUnits)}
        note={text.lots.otherNote}
      />
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

/** Said rather than believed: the figures above give the stock, to the last unit. */
function BalanceProof({ totals }: { readonly totals: LotTrace['totals'] }) {
  const text = useText();
  const { openingUnits, receivedUnits, soldUnits, voidedUnits, otherUnits, onHandUnits } = totals;
  const addsUp =
    openingUnits + receivedUnits - soldUnits + voidedUnits + otherUnits === onHandUnits;
  return addsUp ? text.lots.addsUp : text.lots.doesNotAddUp;
}

/** Counts and transfers go either way: the sign is part of the figure. */
function signed(units: number): string {
  return units > 0 ? `+${count(units)}` : count(units);
}

type Holding = {
  readonly code: string;
  readonly name: string;
  readonly onHandUnits: number;
  readonly facilities: number;
};
type Holdings = { readonly holdings: readonly Holding[]; readonly view: LotView };

/** What each area holds of the lot, the most first. */
function holdingsOf(trace: LotTrace, scheme: AreaScheme): readonly Holding[] {
  const sums = new Map<string, { onHandUnits: number; facilities: number }>();
  for (const holder of trace.facilities) {
    const code = scheme === '63' ? holder.province : province63(holder.province)?.unit34;
    if (code === undefined) continue;
    const sum = sums.get(code) ?? { onHandUnits: 0, facilities: 0 };
    sums.set(code, {
      onHandUnits: sum.onHandUnits + holder.onHandUnits,
      facilities: sum.facilities + 1,
    });
  }
  return [...sums]
    .map(([code, sum]) => ({ code, name: areaName(scheme, code), ...sum }))
    .sort((left, right) => right.onHandUnits - left.onHandUnits);
}

/** Where the lot is; the same figures stand in the table beside it. */
function LotMapCard({ holdings, view }: Holdings) {
  const text = useText();
  const steps = quantileSteps(
    holdings.map((holding) => holding.onHandUnits),
    'map-sales',
  );
  return (
    <Card title={text.lots.where} className="map-card">
      <Suspense fallback={<Placeholder height={480} />}>
        <CountryMap
          label={text.lots.where}
          scheme={view.scheme}
          selected={view.area}
          areas={holdings.map((holding) => ({
            code: holding.code,
            name: holding.name,
            className: stepOf(steps, holding.onHandUnits)?.className ?? 'map-none',
            lines: [text.lots.onHandLine(count(holding.onHandUnits), count(holding.facilities))],
            target: { ...view, area: view.area === holding.code ? undefined : holding.code },
          }))}
        />
      </Suspense>
    </Card>
  );
}

function LotAreasCard({ holdings, view }: Holdings) {
  const text = useText();
  const columns: readonly Column<Holding>[] = [
    {
      id: 'name',
      header: text.area.area,
      value: (holding) => holding.name,
      cell: (holding) => <ViewLink to={{ ...view, area: holding.code }}>{holding.name}</ViewLink>,
    },
    {
      id: 'onHand',
      header: text.movement.onHand,
      isNumber: true,
      value: (holding) => holding.onHandUnits,
      cell: (holding) => count(holding.onHandUnits),
    },
    {
      id: 'facilities',
      header: text.lots.facilities,
      isNumber: true,
      value: (holding) => holding.facilities,
      cell: (holding) => count(holding.facilities),
    },
  ];
  return (
    <Card title={text.movement.byArea} isFlush>
      <DataTable
        caption={text.movement.byArea}
        columns={columns}
        rows={holdings}
        rowKey={(holding) => holding.code}
        sort={view.areaSort}
        onSort={(areaSort) => goTo({ ...view, areaSort }, { replace: true })}
        maxHeight="max(250px, calc(100vh - 560px))"
        empty={text.common.nothing}
      />
    </Card>
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
              name: text.lots.in,
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
              { name: text.lots.in, colour: 'received' },
              { name: text.movement.sold, colour: 'sold' },
            ]}
          />
          <Chart label={text.lots.timeline} height={190} option={option} />
        </>
      }
      table={{
        caption: text.lots.timeline,
        columns: dayColumns(text),
        rows: days.toReversed(),
        rowKey: (row) => row.day,
        empty: text.common.nothing,
      }}
    />
  );
}

function dayColumns(text: Texts): readonly Column<LotTrace['days'][number]>[] {
  return [
    {
      id: 'day',
      header: text.days.day,
      value: (row) => row.day,
      cell: (row) => date(row.day),
    },
    {
      id: 'received',
      header: text.lots.in,
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
    {
      id: 'other',
      header: text.movement.other,
      isNumber: true,
      value: (row) => row.otherUnits,
      cell: (row) => signed(row.otherUnits),
    },
  ];
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
    {
      id: 'other',
      header: text.movement.other,
      isNumber: true,
      value: (row) => row.otherUnits,
      cell: (row) => signed(row.otherUnits),
    },
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
        maxHeight="560px"
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
