import type { ReactNode } from 'react';
import type { ParkedRow } from '../../../shared/contract/clinic-api.ts';
import { parkedStates } from '../../../shared/contract/clinic-api.ts';
import { parkedReasons } from '../../../shared/rules/clinic.ts';
import { usePages } from '../answers.ts';
import type { Answer } from '../client.ts';
import { AreaPicker } from '../components/area-picker.tsx';
import { Card } from '../components/card.tsx';
import { Choice, Dot, Select } from '../components/controls.tsx';
import { type Column, DataTable } from '../components/data-table.tsx';
import { MoreButton } from '../components/more-button.tsx';
import { PageHeader } from '../components/page-header.tsx';
import { AnswerView, EmptyState, Placeholder } from '../components/states.tsx';
import { ago, count, dateTime } from '../format.ts';
import { goTo, ViewLink } from '../navigation.tsx';
import type { ViewOf } from '../paths.ts';
import { type Language, useLanguage, useText } from '../text/language.tsx';
import type { Texts } from '../text/vi.ts';
import { eventName } from './alert-words.ts';
import { recordState } from './clinic-words.ts';
import { facilityColumn } from './facility-column.tsx';
import './clinic-page.css';

type ClinicView = ViewOf<'clinic'>;
type Page = Answer<'parkedRecords'>;

/** What was acknowledged and cannot be applied yet: by reason, the oldest first. */
export function ClinicPage({ view }: { readonly view: ClinicView }) {
  const text = useText();
  const { scheme, area, state, reason, facility, age } = view;
  const records = usePages('parkedRecords', (cursor) => ({
    query: {
      scheme,
      state,
      limit: 100,
      olderThanDays: Number(age),
      ...(area === undefined ? {} : { area }),
      ...(reason === undefined ? {} : { reason }),
      ...(facility === undefined ? {} : { facility }),
      ...(cursor === undefined ? {} : { cursor }),
    },
  }));
  return (
    <>
      <PageHeader
        title={text.nav.clinic}
        detail={<span className="page-lead">{text.clinic.lead}</span>}
        controls={<Filters view={view} />}
      />
      <AnswerView answer={records} placeholder={<Placeholder lines={12} />}>
        {({ pages }) => (
          <>
            <Reasons reasons={pages[0]?.reasons} view={view} />
            <Card title={text.clinic.list} isFlush>
              <RecordTable
                rows={pages.flatMap((page) => page.rows)}
                total={pages[0]?.total ?? 0}
                view={view}
                footer={<MoreButton pages={records} />}
              />
            </Card>
          </>
        )}
      </AnswerView>
    </>
  );
}

function Filters({ view }: { readonly view: ClinicView }) {
  const text = useText();
  return (
    <>
      <Choice
        label={text.clinic.state}
        value={view.state}
        options={parkedStates.map((value) => ({ value, label: text.clinic.states[value] }))}
        onChange={(state) => goTo({ ...view, state })}
      />
      <AreaPicker value={view} onChange={(next) => goTo({ ...view, ...next })} />
      <Select
        label={text.clinic.age}
        isLabelHidden
        value={view.age}
        options={[
          { value: '0', label: text.clinic.everyAge },
          { value: '7', label: text.clinic.olderThan('7') },
          { value: '30', label: text.clinic.olderThan('30') },
        ]}
        onChange={(age) => goTo({ ...view, age })}
      />
      {view.facility === undefined ? null : (
        <span className="row">
          <span className="tag tag-accent">{text.clinic.oneFacility}</span>
          <ViewLink to={{ ...view, facility: undefined }}>{text.clinic.everyFacility}</ViewLink>
        </span>
      )}
    </>
  );
}

/** The groups: how many wait for which reason, and what ends that; each is a view of its own. */
function Reasons({
  reasons,
  view,
}: {
  readonly reasons: Page['reasons'] | undefined;
  readonly view: ClinicView;
}) {
  const text = useText();
  const present = parkedReasons.filter(
    (reason) => (reasons?.[reason] ?? 0) > 0 || view.reason === reason,
  );
  if (present.length === 0) return null;
  const total = Object.values(reasons ?? {}).reduce((sum, records) => sum + records, 0);
  return (
    <nav className="reason-list" aria-label={text.clinic.why}>
      <ReasonTile
        view={{ ...view, reason: undefined }}
        isChosen={view.reason === undefined}
        name={text.clinic.everyReason}
        records={total}
        next={text.clinic.everyReasonNote[view.state]}
      />
      {present.map((reason) => (
        <ReasonTile
          key={reason}
          view={{ ...view, reason }}
          isChosen={view.reason === reason}
          name={text.parkedReasons[reason].title}
          records={reasons?.[reason] ?? 0}
          next={text.parkedReasons[reason].next}
        />
      ))}
    </nav>
  );
}

function ReasonTile({
  view,
  isChosen,
  name,
  records,
  next,
}: {
  readonly view: ClinicView;
  readonly isChosen: boolean;
  readonly name: string;
  readonly records: number;
  readonly next: string;
}) {
  return (
    <ViewLink
      to={view}
      className="reason-tile"
      {...(isChosen ? { 'aria-current': 'true' as const } : {})}
    >
      <span className="reason-count">{count(records)}</span>
      <strong>{name}</strong>
      <span className="reason-next">{next}</span>
    </ViewLink>
  );
}

function RecordTable({
  rows,
  total,
  view,
  footer,
}: {
  readonly rows: readonly ParkedRow[];
  readonly total: number;
  readonly view: ClinicView;
  readonly footer: ReactNode;
}) {
  const { text, language } = useLanguage();
  return (
    <DataTable
      caption={text.nav.clinic}
      columns={recordColumns(text, language, view)}
      rows={rows}
      rowKey={(row) => `${row.till}/${row.seq}`}
      maxHeight="max(360px, calc(100vh - 380px))"
      summary={text.common.rowsOf(count(rows.length), count(total))}
      footer={footer}
      empty={
        <EmptyState title={text.clinic.none[view.state]}>
          {text.clinic.noneNext[view.state]}
        </EmptyState>
      }
    />
  );
}

function recordColumns(
  text: Texts,
  language: Language,
  view: ClinicView,
): readonly Column<ParkedRow>[] {
  const nowMs = Date.now();
  return [
    {
      id: 'document',
      header: text.clinic.document,
      value: (row) => text.clinic.documentOf(eventName(row.type, text), count(row.seq)),
      isSortable: false,
      cell: (row) => (
        <>
          <ViewLink to={{ page: 'clinicRecord', till: row.till, seq: String(row.seq) }}>
            {eventName(row.type, text)}
          </ViewLink>
          <span className="cell-sub">{text.clinic.numbered(count(row.seq))}</span>
        </>
      ),
    },
    facilityColumn(text),
    {
      id: 'reason',
      header: text.clinic.reason,
      value: (row) => text.parkedReasons[row.reason].sentence(row.detail),
      isSortable: false,
      width: '42%',
    },
    {
      id: 'parked',
      header: text.clinic.parkedAt,
      value: (row) => row.parkedAt,
      isSortable: false,
      cell: (row) => (
        <span className="nowrap" title={dateTime(row.parkedAt)}>
          {ago(row.parkedAt, nowMs, language)}
        </span>
      ),
    },
    view.state === 'released' ? releasedColumn(text) : stateColumn(text),
  ];
}

function stateColumn(text: Texts): Column<ParkedRow> {
  return {
    id: 'state',
    header: text.clinic.state,
    value: (row) => text.clinic.states[recordState(row).name],
    isSortable: false,
    cell: (row) => {
      const { name, tone } = recordState(row);
      return <Dot tone={tone}>{text.clinic.states[name]}</Dot>;
    },
  };
}

function releasedColumn(text: Texts): Column<ParkedRow> {
  return {
    id: 'released',
    header: text.clinic.released,
    value: (row) => row.releasedAt,
    isSortable: false,
    cell: (row) => (
      <>
        <span className="nowrap">{row.releasedAt === null ? '–' : dateTime(row.releasedAt)}</span>
        <span className="cell-sub">{text.clinic.causes[row.releasedBy ?? ''] ?? ''}</span>
      </>
    ),
  };
}
