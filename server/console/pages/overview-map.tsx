import { lazy, Suspense } from 'react';
import { unreachable } from '../../../shared/base/assert.ts';
import type { AreaFigures } from '../../../shared/contract/console-api.ts';
import { useAnswer } from '../answers.ts';
import { Card } from '../components/card.tsx';
import { Choice, Select } from '../components/controls.tsx';
import { type Column, DataTable } from '../components/data-table.tsx';
import { AnswerView, Placeholder } from '../components/states.tsx';
import { compact, count, money, percent } from '../format.ts';
import {
  alertSteps,
  freshnessSteps,
  quantileSteps,
  type ScaleStep,
  stepOf,
} from '../map/colour-scale.ts';
import { goTo, ViewLink } from '../navigation.tsx';
import type { ViewOf } from '../paths.ts';
import { useText } from '../text/language.tsx';
import type { Texts } from '../text/vi.ts';

const CountryMap = lazy(async () => ({
  default: (await import('../map/country-map.tsx')).CountryMap,
}));

type Colour = ViewOf<'overview'>['colour'];

/** The whole of what the account may see stays drawn, also while one area is looked at. */
export function MapCard({ view }: { readonly view: ViewOf<'overview'> }) {
  const text = useText();
  const whole = useAnswer('overview', { query: { scheme: view.scheme } });
  const change = (patch: Partial<ViewOf<'overview'>>) =>
    goTo({ ...view, ...patch }, { replace: true });
  return (
    <Card
      title={text.map.title[view.colour]}
      className="map-card"
      isFlush={view.map === 'table'}
      actions={
        <>
          <Select
            label={text.map.colourBy}
            isLabelHidden
            value={view.colour}
            options={[
              { value: 'freshness', label: text.map.freshness },
              { value: 'sales', label: text.map.sales },
              { value: 'alerts', label: text.map.alerts },
            ]}
            onChange={(colour) => change({ colour })}
          />
          <Choice
            label={text.common.showAs(text.map.title[view.colour])}
            value={view.map}
            options={[
              { value: 'map', label: text.map.map },
              { value: 'table', label: text.common.table },
            ]}
            onChange={(map) => change({ map })}
          />
        </>
      }
    >
      <AnswerView answer={whole} placeholder={<Placeholder height={520} />}>
        {({ areas }) =>
          view.map === 'table' ? (
            <AreaTable areas={areas} view={view} onSort={(mapSort) => change({ mapSort })} />
          ) : (
            <ColouredMap areas={areas} view={view} />
          )
        }
      </AnswerView>
    </Card>
  );
}

function ColouredMap({
  areas,
  view,
}: {
  readonly areas: readonly AreaFigures[];
  readonly view: ViewOf<'overview'>;
}) {
  const text = useText();
  const steps = stepsOf(view.colour, areas);
  return (
    <>
      <div className="map-corner">
        <h3>{text.map.legend[view.colour]}</h3>
        <ul className="map-legend">
          {steps.map((step) => (
            <li key={step.className}>
              <span className={`map-legend-mark ${step.className}`} aria-hidden="true" />
              <span>{stepWords(step, view.colour, text)}</span>
              <span className="faint">
                {count(
                  areas.filter((area) => stepOfArea(area, view.colour, steps) === step).length,
                )}
              </span>
            </li>
          ))}
        </ul>
      </div>
      <Suspense fallback={<Placeholder height={520} />}>
        <CountryMap
          label={text.map.label[view.colour]}
          scheme={view.scheme}
          selected={view.area}
          areas={areas.map((area) => ({
            code: area.code,
            name: area.name,
            className: stepOfArea(area, view.colour, steps)?.className ?? 'map-none',
            lines: linesOf(area, text),
            isQuiet: view.area !== undefined && view.area !== area.code,
            // A second click on the chosen area goes back to the whole.
            target: { ...view, area: view.area === area.code ? undefined : area.code },
          }))}
        />
      </Suspense>
    </>
  );
}

function AreaTable({
  areas,
  view,
  onSort,
}: {
  readonly areas: readonly AreaFigures[];
  readonly view: ViewOf<'overview'>;
  readonly onSort: (sort: string) => void;
}) {
  const text = useText();
  const columns: readonly Column<AreaFigures>[] = [
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
    {
      id: 'share',
      header: text.map.shareColumn,
      isNumber: true,
      value: shareOf,
      cell: (area) => percent(area.reportedLast24h, area.facilities),
    },
    numberColumn('facilities', text.map.facilitiesColumn, (area) => area.facilities),
    numberColumn('silent', text.facilityStates.silent, (area) => area.silent),
    numberColumn('never', text.facilityStates['never-enrolled'], (area) => area.neverEnrolled),
    numberColumn('units', text.map.unitsColumn, (area) => area.soldUnitsLast7Days),
    {
      id: 'amount',
      header: text.map.amountColumn,
      isNumber: true,
      value: (area) => area.amountVndLast7Days,
      cell: (area) => money(area.amountVndLast7Days),
    },
    numberColumn('alerts', text.map.alertsColumn, (area) => area.openAlerts),
  ];
  return (
    <DataTable
      caption={text.map.title[view.colour]}
      columns={columns}
      rows={areas}
      rowKey={(area) => area.code}
      sort={view.mapSort}
      onSort={onSort}
      maxHeight="72vh"
      empty={text.common.nothing}
    />
  );
}

function numberColumn(
  id: string,
  header: string,
  value: (area: AreaFigures) => number,
): Column<AreaFigures> {
  return { id, header, value, isNumber: true, cell: (area) => count(value(area)) };
}

function shareOf(area: AreaFigures): number {
  return area.facilities === 0 ? 0 : (area.reportedLast24h / area.facilities) * 100;
}

function stepsOf(colour: Colour, areas: readonly AreaFigures[]): readonly ScaleStep[] {
  switch (colour) {
    case 'freshness':
      return freshnessSteps;
    case 'alerts':
      return alertSteps;
    case 'sales':
      return quantileSteps(
        areas.map((area) => area.soldUnitsLast7Days),
        'map-sales',
      );
    default:
      return unreachable(colour);
  }
}

function stepOfArea(
  area: AreaFigures,
  colour: Colour,
  steps: readonly ScaleStep[],
): ScaleStep | undefined {
  if (area.facilities === 0) return undefined;
  if (colour === 'freshness') return stepOf(steps, shareOf(area));
  return stepOf(steps, colour === 'alerts' ? area.openAlerts : area.soldUnitsLast7Days);
}

function stepWords(step: ScaleStep, colour: Colour, text: Texts): string {
  if (colour === 'freshness') {
    return step.from === 0 ? text.map.below(`${step.to} %`) : text.map.atLeast(`${step.from} %`);
  }
  if (colour === 'sales') {
    return text.map.range(compact(step.from, text.scale), compact(step.to, text.scale));
  }
  if (step.to === 0) return text.map.none;
  return Number.isFinite(step.to)
    ? text.map.range(count(step.from), count(step.to))
    : text.map.atLeast(count(step.from));
}

function linesOf(area: AreaFigures, text: Texts): readonly string[] {
  return [
    text.map.reportedLine(
      percent(area.reportedLast24h, area.facilities),
      count(area.reportedLast24h),
      count(area.facilities),
    ),
    text.map.salesLine(count(area.soldUnitsLast7Days)),
    text.map.alertsLine(count(area.openAlerts)),
  ];
}
