import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import type { FacilityRow } from '../../../shared/contract/console-api.ts';
import { consoleStreams, FacilityState } from '../../../shared/contract/console-api.ts';
import { FacilityKind } from '../../../shared/model/facility.ts';
import { usePages } from '../answers.ts';
import { addressOf } from '../client.ts';
import { AreaPicker } from '../components/area-picker.tsx';
import { Card } from '../components/card.tsx';
import { Dot, Select, Tag, ToolLink } from '../components/controls.tsx';
import { type Column, DataTable } from '../components/data-table.tsx';
import { Icon } from '../components/icon.tsx';
import { MoreButton } from '../components/more-button.tsx';
import { PageHeader } from '../components/page-header.tsx';
import { SearchBox } from '../components/search-box.tsx';
import { AnswerView, EmptyState, Placeholder } from '../components/states.tsx';
import { ago, count, dateTime } from '../format.ts';
import { goTo, ViewLink } from '../navigation.tsx';
import type { ViewOf } from '../paths.ts';
import { type Language, useLanguage, useText } from '../text/language.tsx';
import type { Texts } from '../text/vi.ts';
import { stateTones } from './facility-words.ts';

type FacilitiesView = ViewOf<'facilities'>;

/** The licence register with what each facility last reported. */
export function FacilitiesPage({ view }: { readonly view: FacilitiesView }) {
  const text = useText();
  const { scheme, area, kind, state, sort } = view;
  const filters = {
    scheme,
    text: view.text,
    sort,
    ...(area === undefined ? {} : { area }),
    ...(kind === undefined ? {} : { kind }),
    ...(state === undefined ? {} : { state }),
  };
  const facilities = usePages('facilities', (cursor) => ({
    query: { ...filters, limit: 200, ...(cursor === undefined ? {} : { cursor }) },
  }));
  const csv = addressOf(consoleStreams.facilitiesCsv.path, { query: filters });
  return (
    <>
      <PageHeader
        title={text.nav.facilities}
        detail={text.facilities.lead}
        aside={
          <Button
            size="xs"
            leftSection={<Icon name="plus" />}
            onClick={() => goTo({ page: 'newFacility' })}
          >
            {text.facilities.register}
          </Button>
        }
        controls={<Filters view={view} />}
      />
      <Card title={text.facilities.title} isFlush>
        <AnswerView answer={facilities} placeholder={<Placeholder lines={14} />}>
          {({ pages }) => (
            <FacilityTable
              rows={pages.flatMap((page) => page.rows)}
              total={pages[0]?.total ?? 0}
              csv={csv}
              footer={<MoreButton pages={facilities} />}
            />
          )}
        </AnswerView>
      </Card>
    </>
  );
}

function Filters({ view }: { readonly view: FacilitiesView }) {
  const text = useText();
  return (
    <>
      <SearchBox
        label={text.facilities.search}
        text={view.text}
        onSearch={(search) => goTo({ ...view, text: search }, { replace: true })}
      />
      <AreaPicker value={view} onChange={(next) => goTo({ ...view, ...next })} />
      <Select
        label={text.facilities.kind}
        isLabelHidden
        value={view.kind ?? ''}
        options={[
          { value: '', label: text.facilities.allKinds },
          ...FacilityKind.options.map((kind) => ({ value: kind, label: text.facilityKinds[kind] })),
        ]}
        onChange={(kind) => goTo({ ...view, kind: kind === '' ? undefined : kind })}
      />
      <Select
        label={text.facilities.state}
        isLabelHidden
        value={view.state ?? ''}
        options={[
          { value: '', label: text.facilities.allStates },
          ...FacilityState.options.map((state) => ({
            value: state,
            label: text.facilityStates[state],
          })),
        ]}
        onChange={(state) => goTo({ ...view, state: state === '' ? undefined : state })}
      />
      <Select
        label={text.facilities.sort}
        value={view.sort}
        options={(['name', 'lastReportedAt', 'alerts'] as const).map((sort) => ({
          value: sort,
          label: text.facilities.sorts[sort],
        }))}
        onChange={(sort) => goTo({ ...view, sort })}
      />
    </>
  );
}

function FacilityTable({
  rows,
  total,
  csv,
  footer,
}: {
  readonly rows: readonly FacilityRow[];
  readonly total: number;
  readonly csv: string;
  readonly footer: ReactNode;
}) {
  const { text, language } = useLanguage();
  const columns = facilityColumns(text, language);
  return (
    <DataTable
      caption={text.facilities.title}
      columns={columns}
      rows={rows}
      rowKey={(row) => row.id}
      maxHeight="max(360px, calc(100vh - 238px))"
      hasCsv={false}
      tools={<ToolLink href={csv} label={text.common.csv} />}
      summary={text.common.rowsOf(count(rows.length), count(total))}
      footer={footer}
      empty={<EmptyState title={text.facilities.none}>{text.facilities.noneNext}</EmptyState>}
    />
  );
}

function facilityColumns(text: Texts, language: Language): readonly Column<FacilityRow>[] {
  return [
    {
      id: 'name',
      header: text.facilities.name,
      value: (row) => row.name,
      isSortable: false,
      cell: (row) => <ViewLink to={{ page: 'facility', id: row.id }}>{row.name}</ViewLink>,
    },
    { id: 'code', header: text.facilities.code, value: (row) => row.code, isSortable: false },
    {
      id: 'kind',
      header: text.facilities.kind,
      value: (row) => text.facilityKinds[row.kind],
      isSortable: false,
    },
    {
      id: 'place',
      header: text.facilities.place,
      value: (row) => row.provinceName,
      isSortable: false,
      cell: (row) => (
        <>
          {row.provinceName} <span className="faint">· {row.commune}</span>
        </>
      ),
    },
    {
      id: 'licence',
      header: text.facilities.licence,
      value: (row) => row.licenceNumber,
      isSortable: false,
    },
    {
      id: 'state',
      header: text.facilities.state,
      value: (row) => text.facilityStates[row.state],
      isSortable: false,
      cell: (row) => <Dot tone={stateTones[row.state]}>{text.facilityStates[row.state]}</Dot>,
    },
    lastReportColumn(text, language),
    {
      id: 'alerts',
      header: text.facilities.alerts,
      isNumber: true,
      value: (row) => row.openAlerts,
      isSortable: false,
      cell: (row) =>
        row.openAlerts === 0 ? (
          <span className="faint">0</span>
        ) : (
          <Tag tone="warn">{count(row.openAlerts)}</Tag>
        ),
    },
  ];
}

function lastReportColumn(text: Texts, language: Language): Column<FacilityRow> {
  const nowMs = Date.now();
  return {
    id: 'last',
    header: text.facilities.lastReported,
    isNumber: true,
    value: (row) => row.lastReportedAt,
    isSortable: false,
    cell: (row) =>
      row.lastReportedAt === null ? (
        <span className="faint">{text.facilities.never}</span>
      ) : (
        <span title={dateTime(row.lastReportedAt)}>{ago(row.lastReportedAt, nowMs, language)}</span>
      ),
  };
}
