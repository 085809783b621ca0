import type { ReactNode } from 'react';
import type { AgreementRow, AgreementState } from '../../../shared/contract/clinic-api.ts';
import { agreementStates } from '../../../shared/contract/clinic-api.ts';
import { usePages } from '../answers.ts';
import type { Answer } from '../client.ts';
import { AreaPicker } from '../components/area-picker.tsx';
import { Card } from '../components/card.tsx';
import { Dot, Select } from '../components/controls.tsx';
import { type Column, DataTable } from '../components/data-table.tsx';
import { MoreButton } from '../components/more-button.tsx';
import { PageHeader } from '../components/page-header.tsx';
import { Stat, Stats } from '../components/stat.tsx';
import { AnswerView, EmptyState, Placeholder } from '../components/states.tsx';
import { count, dateTime, percent } from '../format.ts';
import { goTo, ViewLink } from '../navigation.tsx';
import type { ViewOf } from '../paths.ts';
import { useText } from '../text/language.tsx';
import type { Texts } from '../text/vi.ts';
import { NightlyReport } from './agreement-report.tsx';
import { agreementTones, namedEvent } from './clinic-words.ts';
import { EpochNote } from './epoch-note.tsx';
import { facilityColumn } from './facility-column.tsx';
import '../components/as-of.css';
import './clinic-page.css';

type AgreementView = ViewOf<'agreement'>;
type Page = Answer<'agreements'>;

/** How many facilities hold the same books as the centre; who does not, and from where on. */
export function AgreementPage({ view }: { readonly view: AgreementView }) {
  const text = useText();
  const { scheme, area, state } = view;
  const agreements = usePages('agreements', (cursor) => ({
    query: {
      scheme,
      limit: 100,
      ...(area === undefined ? {} : { area }),
      ...(state === 'all' ? {} : { state }),
      ...(cursor === undefined ? {} : { cursor }),
    },
  }));
  const reportedAt = agreements.data?.pages[0]?.reportedAt;
  return (
    <>
      <PageHeader
        title={text.nav.agreement}
        detail={text.agreement.lead}
        aside={
          reportedAt === undefined ? null : (
            <span className="as-of">
              {reportedAt === null
                ? text.agreement.notReported
                : text.agreement.reportedAt(dateTime(reportedAt))}
            </span>
          )
        }
        controls={<AreaPicker value={view} onChange={(next) => goTo({ ...view, ...next })} />}
      />
      <EpochNote isEverShown />
      <AnswerView answer={agreements} placeholder={<Placeholder lines={12} />}>
        {({ pages }) => (
          <>
            <Counts counts={pages[0]?.counts} view={view} />
            <Card title={text.agreement.facilities} isFlush>
              <AgreementTable
                rows={pages.flatMap((page) => page.rows)}
                view={view}
                footer={<MoreButton pages={agreements} />}
              />
            </Card>
          </>
        )}
      </AnswerView>
      <NightlyReport view={view} />
    </>
  );
}

const rareStates: ReadonlySet<AgreementState> = new Set(['forked', 'revoked']);

function Counts({
  counts,
  view,
}: {
  readonly counts: Page['counts'] | undefined;
  readonly view: AgreementView;
}) {
  const text = useText();
  const all = agreementStates.reduce((sum, state) => sum + (counts?.[state] ?? 0), 0);
  return (
    <Stats label={text.agreement.counts}>
      {agreementStates.map((state) => {
        const facilities = counts?.[state] ?? 0;
        // Rare ones are news when they happen; a row of noughts is none.
        if (facilities === 0 && rareStates.has(state) && view.state !== state) return null;
        return (
          <Stat
            key={state}
            name={text.agreement.states[state]}
            figure={<ViewLink to={{ ...view, state }}>{count(facilities)}</ViewLink>}
            note={
              state === 'agreed'
                ? `${percent(facilities, all)} · ${text.agreement.stateNotes.agreed}`
                : text.agreement.stateNotes[state]
            }
          />
        );
      })}
    </Stats>
  );
}

function StateSelect({ view }: { readonly view: AgreementView }) {
  const text = useText();
  return (
    <Select
      label={text.agreement.result}
      isLabelHidden
      value={view.state}
      options={[
        { value: 'all', label: text.agreement.everyState },
        ...agreementStates.map((value) => ({ value, label: text.agreement.states[value] })),
      ]}
      onChange={(state) => goTo({ ...view, state })}
    />
  );
}

function AgreementTable({
  rows,
  view,
  footer,
}: {
  readonly rows: readonly AgreementRow[];
  readonly view: AgreementView;
  readonly footer: ReactNode;
}) {
  const text = useText();
  const isCalm = view.state === 'different';
  return (
    <DataTable
      caption={text.agreement.facilities}
      columns={columnsOf(text)}
      rows={rows}
      rowKey={(row) => row.facilityId}
      maxHeight="max(320px, calc(100vh - 420px))"
      tools={<StateSelect view={view} />}
      footer={footer}
      empty={
        <EmptyState title={isCalm ? text.agreement.noneDifferent : text.agreement.none}>
          {isCalm ? text.agreement.noneNext : undefined}
        </EmptyState>
      }
    />
  );
}

function columnsOf(text: Texts): readonly Column<AgreementRow>[] {
  const moment = (instant: string | null) => (
    <span className="nowrap">{instant === null ? '–' : dateTime(instant)}</span>
  );
  return [
    facilityColumn(text),
    {
      id: 'state',
      header: text.agreement.result,
      value: (row) => text.agreement.states[row.state],
      isSortable: false,
      cell: (row) => <Dot tone={agreementTones[row.state]}>{text.agreement.states[row.state]}</Dot>,
    },
    {
      id: 'first',
      header: text.agreement.first,
      value: (row) => firstWords(row, text),
      isSortable: false,
      width: '38%',
      cell: (row) => <First row={row} />,
    },
    {
      id: 'since',
      header: text.agreement.since,
      value: (row) => row.since,
      isSortable: false,
      cell: (row) => moment(row.since),
    },
    {
      id: 'compared',
      header: text.agreement.comparedAt,
      value: (row) => row.comparedAt,
      isSortable: false,
      cell: (row) => moment(row.comparedAt),
    },
  ];
}

function firstWords(row: AgreementRow, text: Texts): string {
  if (row.state === 'waiting') return text.agreement.waitingEvents(count(row.waitingEvents));
  if (row.state === 'forked') return text.agreement.forkedAt;
  if (row.state !== 'different') return '';
  return row.first === null ? text.agreement.firstUnknown : namedEvent(row.first, text);
}

function First({ row }: { readonly row: AgreementRow }) {
  const text = useText();
  const words = firstWords(row, text);
  if (row.state === 'waiting') {
    return <ViewLink to={{ page: 'clinic', facility: row.facilityId }}>{words}</ViewLink>;
  }
  return (
    <span className={row.first === null && row.state !== 'forked' ? 'faint' : ''}>
      {words === '' ? '–' : words}
    </span>
  );
}
