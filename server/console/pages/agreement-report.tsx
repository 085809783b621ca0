import { useCallback } from 'react';
import { type AgreementState, agreementStates } from '../../../shared/contract/clinic-api.ts';
import { useAnswer } from '../answers.ts';
import { Chart, Legend } from '../charts/chart.tsx';
import { overTime, type Series } from '../charts/options.ts';
import type { Palette } from '../charts/palette.ts';
import type { Answer } from '../client.ts';
import { Card } from '../components/card.tsx';
import { type Column, DataTable } from '../components/data-table.tsx';
import { FigureCard } from '../components/figure-card.tsx';
import { AnswerView, EmptyState, Placeholder } from '../components/states.tsx';
import { compact, count, date, percent, shortDate } from '../format.ts';
import { goTo, ViewLink } from '../navigation.tsx';
import type { ViewOf } from '../paths.ts';
import { useText } from '../text/language.tsx';
import type { Texts } from '../text/vi.ts';
import './clinic-page.css';

type Report = Answer<'agreementReport'>;
type Night = Report['days'][number];
type Area = Report['areas'][number];
type Counted = Pick<Night, AgreementState>;
type AgreementView = ViewOf<'agreement'>;

/** What the reports of the last weeks counted, and where last night's differences are. */
export function NightlyReport({ view }: { readonly view: AgreementView }) {
  const { scheme, area } = view;
  const report = useAnswer('agreementReport', {
    query: { scheme, ...(area === undefined ? {} : { area }) },
  });
  return (
    <AnswerView answer={report} placeholder={<Placeholder height={320} />}>
      {(answer) => (
        <div className="nightly">
          <NightsCard days={answer.days} view={view} />
          <AreasCard areas={answer.areas} view={view} />
        </div>
      )}
    </AnswerView>
  );
}

function NightsCard({
  days,
  view,
}: {
  readonly days: readonly Night[];
  readonly view: AgreementView;
}) {
  const text = useText();
  const option = useCallback(
    (palette: Palette) =>
      overTime(
        {
          labels: days.map((night) => shortDate(night.day)),
          titles: days.map((night) => date(night.day)),
          series: seriesOf(days, text),
          words: { value: count, axis: (value) => compact(value, text.scale) },
        },
        palette,
      ),
    [days, text],
  );
  return (
    <FigureCard
      title={text.agreement.nightly}
      show={view.days}
      onShow={(show) => goTo({ ...view, days: show }, { replace: true })}
      chart={
        days.length === 0 ? (
          <EmptyState title={text.agreement.notReported}>{text.agreement.noReport}</EmptyState>
        ) : (
          <>
            <Legend entries={seriesOf(days, text)} />
            <Chart label={text.agreement.nightlyChart} height={240} option={option} />
          </>
        )
      }
      table={{
        caption: text.agreement.nightly,
        columns: [
          {
            id: 'day',
            header: text.days.day,
            value: (night) => night.day,
            cell: (night) => date(night.day),
          },
          ...countColumns<Night>(text),
        ],
        rows: days.toReversed(),
        rowKey: (night) => night.day,
        empty: text.agreement.notReported,
      }}
    />
  );
}

/** Who agrees is nearly everybody and would flatten the rest: the table and the counts have it. */
function seriesOf(days: readonly Night[], text: Texts): readonly Series[] {
  const { states } = text.agreement;
  return [
    {
      name: states.forked,
      values: days.map((night) => night.forked),
      colour: 'sold',
      shape: 'bar',
    },
    {
      name: states.different,
      values: days.map((night) => night.different),
      colour: 'voided',
      shape: 'bar',
    },
    {
      name: states.waiting,
      values: days.map((night) => night.waiting),
      colour: 'received',
      shape: 'bar',
    },
    {
      name: states.unknown,
      values: days.map((night) => night.unknown),
      colour: 'opening',
      shape: 'line',
    },
  ];
}

function AreasCard({
  areas,
  view,
}: {
  readonly areas: readonly Area[];
  readonly view: AgreementView;
}) {
  const text = useText();
  return (
    <Card title={text.agreement.byArea} isFlush>
      <DataTable
        caption={text.agreement.byArea}
        columns={[
          {
            id: 'name',
            header: text.area.area,
            value: (area) => area.name,
            cell: (area) => (
              <ViewLink className="nowrap" to={{ ...view, area: area.code, state: 'all' }}>
                {area.name}
              </ViewLink>
            ),
          },
          ...countColumns<Area>(text),
        ]}
        rows={areas}
        rowKey={(area) => area.code}
        sort={view.areaSort}
        onSort={(areaSort) => goTo({ ...view, areaSort }, { replace: true })}
        maxHeight="286px"
        empty={
          <EmptyState title={text.agreement.notReported}>{text.agreement.noReport}</EmptyState>
        }
      />
    </Card>
  );
}

function countColumns<Row extends Counted>(text: Texts): readonly Column<Row>[] {
  const { columns } = text.agreement;
  const column = (id: keyof Counted): Column<Row> => ({
    id,
    header: columns[id],
    isNumber: true,
    value: (row) => row[id],
    cell: (row) => (row[id] === 0 ? <span className="faint">0</span> : count(row[id])),
  });
  return [
    column('forked'),
    column('different'),
    column('waiting'),
    column('unknown'),
    column('revoked'),
    column('agreed'),
    {
      id: 'share',
      header: text.agreement.share,
      isNumber: true,
      value: (row) => shareOf(row),
      cell: (row) => percent(row.agreed, sumOf(row)),
    },
  ];
}

function sumOf(row: Counted): number {
  return agreementStates.reduce((sum, state) => sum + row[state], 0);
}

function shareOf(row: Counted): number {
  return row.agreed / Math.max(1, sumOf(row));
}
