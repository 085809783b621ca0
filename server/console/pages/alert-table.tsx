import type { ReactNode } from 'react';
import type { AlertRow } from '../../../shared/contract/console-api.ts';
import { Dot } from '../components/controls.tsx';
import { type Column, DataTable } from '../components/data-table.tsx';
import { count, dateTime } from '../format.ts';
import { ViewLink } from '../navigation.tsx';
import { useText } from '../text/language.tsx';
import { alertSentence, alertTone } from './alert-words.ts';

/** Alerts with what each says, and doors to the facility, the drug and the lot it speaks of. */
export function AlertTable({
  rows,
  total,
  empty,
  footer,
}: {
  readonly rows: readonly AlertRow[];
  readonly total?: number;
  readonly empty: ReactNode;
  readonly footer?: ReactNode;
}) {
  const text = useText();
  const columns: readonly Column<AlertRow>[] = [
    {
      id: 'at',
      header: text.alertList.raisedAt,
      value: (alert) => alert.raisedAt,
      cell: (alert) => <span className="nowrap">{dateTime(alert.raisedAt)}</span>,
    },
    {
      id: 'kind',
      header: text.alertList.kind,
      value: (alert) => text.alertKinds[alert.kind],
      cell: (alert) => <Dot tone={alertTone(alert.kind)}>{text.alertKinds[alert.kind]}</Dot>,
    },
    {
      id: 'sentence',
      header: text.alertList.sentence,
      value: (alert) => alertSentence(alert, text),
      width: '40%',
      isSortable: false,
    },
    {
      id: 'facility',
      header: text.facilities.name,
      value: (alert) => alert.facilityName,
      cell: (alert) => (
        <>
          <ViewLink to={{ page: 'facility', id: alert.facilityId }}>{alert.facilityName}</ViewLink>
          <span className="cell-sub">{alert.provinceName}</span>
        </>
      ),
    },
    {
      id: 'subject',
      header: text.alertList.subject,
      value: (alert) => [alert.drug, alert.lot].filter((part) => part !== null).join(' '),
      isSortable: false,
      cell: (alert) => <Subject alert={alert} />,
    },
  ];
  return (
    <DataTable
      caption={text.nav.alerts}
      columns={columns}
      rows={rows}
      rowKey={(alert) => alert.id}
      maxHeight="max(360px, calc(100vh - 250px))"
      summary={
        total === undefined
          ? text.common.rows(count(rows.length))
          : text.common.rowsOf(count(rows.length), count(total))
      }
      empty={empty}
      footer={footer}
    />
  );
}

function Subject({ alert }: { readonly alert: AlertRow }) {
  const text = useText();
  if (alert.kind === 'parked-event' && alert.till !== null && alert.seq !== null) {
    const { till, seq } = alert;
    return (
      <ViewLink to={{ page: 'clinicRecord', till, seq: String(seq) }}>
        {text.alertList.toRecord}
      </ViewLink>
    );
  }
  if (alert.drug === null) return <span className="faint">–</span>;
  // A drug that the catalogue does not know has no page to go to.
  if (alert.drugName === null) return <span className="mono">{alert.drug}</span>;
  return (
    <span className="row">
      <ViewLink to={{ page: 'drug', code: alert.drug }}>{text.alertList.toDrug}</ViewLink>
      {alert.lot === null ? null : (
        <ViewLink className="mono" to={{ page: 'lot', drug: alert.drug, lot: alert.lot }}>
          {alert.lot}
        </ViewLink>
      )}
    </span>
  );
}
