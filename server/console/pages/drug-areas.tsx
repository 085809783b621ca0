import { useCallback, useMemo } from 'react';
import type { DrugMovement } from '../../../shared/contract/console-api.ts';
import { Chart, Legend } from '../charts/chart.tsx';
import { lyingBars } from '../charts/options.ts';
import type { Palette } from '../charts/palette.ts';
import type { Column } from '../components/data-table.tsx';
import { FigureCard } from '../components/figure-card.tsx';
import { compact, count, decimal } from '../format.ts';
import { goTo, ViewLink } from '../navigation.tsx';
import type { ViewOf } from '../paths.ts';
import { useText } from '../text/language.tsx';
import type { Texts } from '../text/vi.ts';
import { Cover } from './overview-lists.tsx';

type Area = DrugMovement['areas'][number];
type Kind = DrugMovement['facilityKinds'][number];
const areasInChart = 20;

type Part = { readonly movement: DrugMovement; readonly view: ViewOf<'drug'> };

/** Where the drug sells and lies: the largest areas as a picture, all of them as a table. */
export function DrugAreasCard({ movement, view }: Part) {
  const text = useText();
  const areas = useMemo(
    () => movement.areas.toSorted((left, right) => right.soldUnits - left.soldUnits),
    [movement],
  );
  const option = useCallback(
    (palette: Palette) => {
      const largest = areas.slice(0, areasInChart);
      return lyingBars(
        {
          labels: largest.map((area) => area.name),
          series: [
            {
              name: text.movement.sold,
              values: largest.map((area) => area.soldUnits),
              colour: 'sold',
              shape: 'bar',
            },
          ],
          words: { value: count, axis: (value) => compact(value, text.scale) },
        },
        palette,
      );
    },
    [areas, text],
  );
  const columns = areaColumns(text, view);
  const shown = Math.min(areas.length, areasInChart);
  return (
    <FigureCard
      title={text.movement.byArea}
      subtitle={
        view.areas === 'chart' && areas.length > areasInChart
          ? text.movement.largest(count(areasInChart), count(areas.length))
          : undefined
      }
      show={view.areas}
      onShow={(show) => goTo({ ...view, areas: show }, { replace: true })}
      chart={
        <Chart label={text.movement.byArea} height={Math.max(90, shown * 27)} option={option} />
      }
      table={{
        caption: text.movement.byArea,
        columns,
        rows: areas,
        rowKey: (area) => area.code,
        sort: view.areaSort,
        onSort: (areaSort) => goTo({ ...view, areaSort }, { replace: true }),
        maxHeight: '640px',
        empty: text.movement.none,
      }}
    />
  );
}

function areaColumns(text: Texts, view: ViewOf<'drug'>): readonly Column<Area>[] {
  return [
    {
      id: 'name',
      header: text.area.area,
      value: (area) => area.name,
      cell: (area) => (
        <ViewLink className="nowrap" to={{ ...view, area: area.code }}>
          {area.name}
        </ViewLink>
      ),
    },
    units('sold', text.movement.sold, (area: Area) => area.soldUnits),
    units('received', text.movement.received, (area: Area) => area.receivedUnits),
    units('onHand', text.movement.onHand, (area: Area) => area.onHandUnits),
    {
      id: 'pace',
      header: text.shortages.perDay,
      isNumber: true,
      value: (area) => area.soldUnitsPerDay,
      cell: (area) => decimal(area.soldUnitsPerDay),
    },
    {
      id: 'cover',
      header: text.shortages.cover,
      isNumber: true,
      value: (area) => area.daysOfCover,
      cell: (area) => (area.daysOfCover === null ? '–' : <Cover days={area.daysOfCover} />),
    },
    units(
      'facilities',
      text.movement.facilitiesWithStock,
      (area: Area) => area.facilitiesWithStock,
    ),
  ];
}

export function DrugKindsCard({ movement, view }: Part) {
  const text = useText();
  const facilityKinds = useMemo(
    () => movement.facilityKinds.filter((kind) => kind.soldUnits !== 0 || kind.onHandUnits !== 0),
    [movement],
  );
  const option = useCallback(
    (palette: Palette) =>
      lyingBars(
        {
          labels: facilityKinds.map((kind) => text.facilityKinds[kind.kind]),
          series: [
            {
              name: text.movement.sold,
              values: facilityKinds.map((kind) => kind.soldUnits),
              colour: 'sold',
              shape: 'bar',
            },
            {
              name: text.movement.onHand,
              values: facilityKinds.map((kind) => kind.onHandUnits),
              colour: 'opening',
              shape: 'bar',
            },
          ],
          words: { value: count, axis: (value) => compact(value, text.scale) },
        },
        palette,
      ),
    [facilityKinds, text],
  );
  const columns: readonly Column<Kind>[] = [
    { id: 'kind', header: text.facilities.kind, value: (kind) => text.facilityKinds[kind.kind] },
    units('sold', text.movement.sold, (kind: Kind) => kind.soldUnits),
    units('onHand', text.movement.onHand, (kind: Kind) => kind.onHandUnits),
  ];
  return (
    <FigureCard
      title={text.movement.byKind}
      show={view.kinds}
      onShow={(show) => goTo({ ...view, kinds: show }, { replace: true })}
      chart={
        <>
          <Legend
            entries={[
              { name: text.movement.sold, colour: 'sold' },
              { name: text.movement.onHand, colour: 'opening' },
            ]}
          />
          <Chart
            label={text.movement.byKind}
            height={Math.max(80, facilityKinds.length * 44)}
            option={option}
          />
        </>
      }
      table={{
        caption: text.movement.byKind,
        columns,
        rows: facilityKinds,
        rowKey: (kind) => kind.kind,
        empty: text.movement.none,
      }}
    />
  );
}

function units<Row>(id: string, header: string, value: (row: Row) => number): Column<Row> {
  return { id, header, isNumber: true, value, cell: (row) => count(value(row)) };
}
