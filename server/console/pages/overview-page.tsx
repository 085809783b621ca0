import type { Overview } from '../../../shared/contract/console-api.ts';
import { useAnswer } from '../answers.ts';
import { AreaPicker, useAreaTitle } from '../components/area-picker.tsx';
import { AsOf } from '../components/as-of.tsx';
import { PageHeader } from '../components/page-header.tsx';
import { Stat, Stats } from '../components/stat.tsx';
import { AnswerView, Placeholder } from '../components/states.tsx';
import { compact, count, money } from '../format.ts';
import { goTo, ViewLink } from '../navigation.tsx';
import type { ViewOf } from '../paths.ts';
import { useText } from '../text/language.tsx';
import { DaysCard } from './days-card.tsx';
import { EpochNote } from './epoch-note.tsx';
import { FreshnessCard } from './overview-freshness.tsx';
import { LatestSalesCard, OpenAlertsCard, ShortagesCard } from './overview-lists.tsx';
import { MapCard } from './overview-map.tsx';
import './overview-page.css';

/** The country or an area at a glance: first how much of it is heard, then what it says. */
export function OverviewPage({ view }: { readonly view: ViewOf<'overview'> }) {
  const { scheme, area } = view;
  const title = useAreaTitle(view);
  const overview = useAnswer('overview', {
    query: { scheme, ...(area === undefined ? {} : { area }) },
  });
  return (
    <>
      <PageHeader
        title={title}
        aside={
          <>
            {overview.data === undefined ? null : (
              <AsOf completeness={overview.data.completeness} />
            )}
            <AreaPicker value={view} onChange={(next) => goTo({ ...view, ...next })} />
          </>
        }
      />
      <AnswerView answer={overview} placeholder={<Placeholder height={560} />}>
        {(data) => (
          <>
            <EpochNote />
            <FreshnessCard overview={data} view={view} />
            <div className={view.map === 'table' ? 'stack' : 'overview-grid'}>
              <div className="stack">
                <MapCard view={view} />
                <OpenAlertsCard view={view} total={data.openAlerts} />
              </div>
              <div className="stack">
                <TodayStats overview={data} view={view} />
                <DaysCard
                  days={data.days}
                  show={view.days}
                  measure={view.measure}
                  onChange={(change) => goTo({ ...view, ...change }, { replace: true })}
                />
                <ShortagesCard rows={data.shortages} view={view} />
                <LatestSalesCard rows={data.latestSales} />
              </div>
            </div>
          </>
        )}
      </AnswerView>
    </>
  );
}

function TodayStats({
  overview,
  view,
}: {
  readonly overview: Overview;
  readonly view: ViewOf<'overview'>;
}) {
  const text = useText();
  const { scheme, area } = view;
  const { today, days, openAlerts } = overview;
  const clinic = useAnswer('clinicFigures', {
    query: { scheme, ...(area === undefined ? {} : { area }) },
  });
  const figure = (value: number | undefined) => (value === undefined ? '–' : count(value));
  const yesterday = days.filter((day) => day.day < today.day).at(-1);
  const before = (figure: string | undefined) =>
    figure === undefined ? undefined : text.overview.yesterday(figure);
  const scale = text.scale;
  return (
    <Stats label={text.overview.today}>
      <Stat
        name={text.overview.salesToday}
        figure={count(today.saleCount)}
        note={before(yesterday && count(yesterday.saleCount))}
      />
      <Stat
        name={text.overview.amountToday}
        figure={`${compact(today.amountVnd, scale)} ₫`}
        exact={money(today.amountVnd)}
        note={before(yesterday && `${compact(yesterday.amountVnd, scale)} ₫`)}
      />
      <Stat
        name={text.overview.unitsToday}
        figure={compact(today.soldUnits, scale)}
        exact={count(today.soldUnits)}
        note={before(yesterday && compact(yesterday.soldUnits, scale))}
      />
      <Stat
        name={text.overview.openAlerts}
        figure={<ViewLink to={{ page: 'alerts', scheme, area }}>{count(openAlerts)}</ViewLink>}
        note={text.overview.openAlertsNote}
      />
      <Stat
        name={text.overview.parked}
        figure={
          <ViewLink to={{ page: 'clinic', scheme, area }}>{figure(clinic.data?.parked)}</ViewLink>
        }
        note={text.overview.parkedNote}
      />
      <Stat
        name={text.overview.differing}
        figure={
          <ViewLink to={{ page: 'agreement', scheme, area }}>
            {figure(clinic.data?.differing)}
          </ViewLink>
        }
        note={text.overview.differingNote}
      />
    </Stats>
  );
}
