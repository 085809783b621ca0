import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import { useChange } from '../answers.ts';
import type { Answer } from '../client.ts';
import { Tag, type Tone } from '../components/controls.tsx';
import { type Column, DataTable } from '../components/data-table.tsx';
import { FailureState } from '../components/states.tsx';
import { dateTime } from '../format.ts';
import { ViewLink } from '../navigation.tsx';
import { useText } from '../text/language.tsx';

type CodeRow = Answer<'enrolmentCodes'>['rows'][number];

const codeTones: Readonly<Record<CodeRow['state'], Tone>> = {
  open: 'accent',
  used: 'good',
  expired: 'neutral',
  revoked: 'bad',
};

/** Codes that were issued. The codes themselves are shown once, when they are issued, and not here. */
export function CodeTable({
  rows,
  hasFacility,
  empty,
  footer,
}: {
  readonly rows: readonly CodeRow[];
  readonly hasFacility: boolean;
  readonly empty: ReactNode;
  readonly footer?: ReactNode;
}) {
  const text = useText();
  const revoke = useChange('revokeCode', ['enrolmentCodes', 'facility']);
  const columns: readonly Column<CodeRow>[] = [
    ...(hasFacility ? [facilityColumn(text.facilities.name)] : []),
    {
      id: 'state',
      header: text.codes.state,
      value: (row) => text.codeStates[row.state],
      cell: (row) => (
        <>
          <Tag tone={codeTones[row.state]}>{text.codeStates[row.state]}</Tag>
          {row.replaces === null ? null : (
            <span className="cell-sub">{text.codes.recoveryFor(row.replaces)}</span>
          )}
        </>
      ),
    },
    timeColumn('issuedAt', text.codes.issuedAt, (row) => row.issuedAt),
    { id: 'issuedBy', header: text.codes.issuedBy, value: (row) => row.issuedBy },
    timeColumn('expiresAt', text.codes.expiresAt, (row) => row.expiresAt),
    timeColumn('usedAt', text.codes.usedAt, (row) => row.usedAt),
    {
      id: 'action',
      header: text.codes.action,
      value: () => '',
      isSortable: false,
      cell: (row) =>
        row.state === 'open' ? (
          <Button
            size="compact-xs"
            variant="default"
            loading={revoke.isPending && revoke.variables.params.id === row.id}
            onClick={() => revoke.mutate({ params: { id: row.id } })}
          >
            {text.codes.revoke}
          </Button>
        ) : null,
    },
  ];
  return (
    <>
      {revoke.error === null ? null : <FailureState failure={revoke.error} />}
      <DataTable
        caption={text.codes.title}
        columns={columns}
        rows={rows}
        rowKey={(row) => row.id}
        empty={empty}
        footer={footer}
      />
    </>
  );
}

function facilityColumn(header: string): Column<CodeRow> {
  return {
    id: 'facility',
    header,
    value: (row) => row.facilityName,
    cell: (row) => (
      <ViewLink to={{ page: 'facility', id: row.facilityId, tab: 'enrolment' }}>
        {row.facilityName}
      </ViewLink>
    ),
  };
}

function timeColumn(
  id: string,
  header: string,
  value: (row: CodeRow) => string | null,
): Column<CodeRow> {
  return {
    id,
    header,
    value,
    cell: (row) => {
      const moment = value(row);
      return <span className="nowrap">{moment === null ? '–' : dateTime(moment)}</span>;
    },
  };
}
