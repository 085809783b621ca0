import type { Overview } from '../../../shared/contract/console-api.ts';
import { useAnswer } from '../answers.ts';
import { Card } from '../components/card.tsx';
import { type Column, DataTable } from '../components/data-table.tsx';
import { AnswerView, EmptyState } from '../components/states.tsx';
import { compact, count, dateTime, decimal, money, timeToSecond } from '../format.ts';
import { ViewLink } from '../navigation.tsx';
import type { ViewOf } from '../paths.ts';
import { useText } from '../text/language.tsx';
import { alertSentence, alertTone } from './alert-words.ts';

type ShortageRow = Overview['shortages'][number];
type LatestSale = Overview['latestSales'][number];

/** Where stock ends soon at the pace of the last two weeks; the shortest cover first. */
export function ShortagesCard({
  rows,
  view,
}: {
  readonly rows: readonly ShortageRow[];
  readonly view: ViewOf<'overview'>;
}) {
  const text = useText();
  const columns: readonly Column<ShortageRow>[] = [
    {
      id: 'drug',
      header: text.shortages.drug,
      value: (row) => row.name,
      cell: (row) => (
        <ViewLink to={{ page: 'drug', code: row.drug, scheme: '63', area: row.province }}>
          {row.name}
        </ViewLink>
      ),
    },
    {
      id: 'province',
      header: text.area.province,
      value: (row) => row.provinceName,
      cell: (row) => (
        <ViewLink to={{ ...view, scheme: '63', area: row.province }} className="soft">
          {row.provinceName}
        </ViewLink>
      ),
    },
    {
      id: 'onHand',
      header: text.shortages.onHand,
      isNumber: true,
      value: (row) => row.onHandUnits,
      cell: (row) => count(row.onHandUnits),
    },
    {
      id: 'pace',
      header: text.shortages.perDay,
      isNumber: true,
      value: (row) => row.soldUnitsPerDay,
      cell: (row) => decimal(row.soldUnitsPerDay),
    },
    {
      id: 'cover',
      header: text.shortages.cover,
      isNumber: true,
      value: (row) => row.daysOfCover,
      cell: (row) => <Cover days={row.daysOfCover} />,
    },
  ];
  return (
    <Card title={text.shortages.title} subtitle={text.shortages.lead} isFlush>
      <DataTable
        caption={text.shortages.title}
        columns={columns}
        rows={rows}
        rowKey={(row) => `${row.drug}|${row.province}`}
        maxHeight="300px"
        empty={<EmptyState title={text.shortages.none}>{text.shortages.noneNext}</EmptyState>}
      />
    </Card>
  );
}

/** Days of cover; few are bad, in words as well as in colour. */
export function Cover({ days }: { readonly days: number }) {
  const text = useText();
  const tone = days < 3 ? 'tag tag-bad' : days < 7 ? 'tag tag-warn' : 'tag';
  return <span className={tone}>{text.shortages.days(decimal(days))}</span>;
}

export function LatestSalesCard({ rows }: { readonly rows: readonly LatestSale[] }) {
  const text = useText();
  const columns: readonly Column<LatestSale>[] = [
    {
      id: 'at',
      header: text.sales.at,
      value: (sale) => sale.at,
      cell: (sale) => <span title={dateTime(sale.at)}>{timeToSecond(sale.at)}</span>,
      isSortable: false,
    },
    {
      id: 'facility',
      header: text.sales.facility,
      value: (sale) => sale.facilityName,
      isSortable: false,
      cell: (sale) => (
        <>
          <ViewLink to={{ page: 'facility', id: sale.facilityId }}>{sale.facilityName}</ViewLink>
          <span className="cell-sub">{sale.provinceName}</span>
        </>
      ),
    },
    {
      id: 'lines',
      header: text.sales.lines,
      isNumber: true,
      value: (sale) => sale.lines,
      cell: (sale) => count(sale.lines),
      isSortable: false,
    },
    {
      id: 'units',
      header: text.sales.units,
      isNumber: true,
      value: (sale) => sale.units,
      cell: (sale) => compact(sale.units, text.scale),
      isSortable: false,
    },
    {
      id: 'amount',
      header: text.sales.amount,
      isNumber: true,
      value: (sale) => sale.amountVnd,
      cell: (sale) => money(sale.amountVnd),
      isSortable: false,
    },
  ];
  return (
    <Card title={text.sales.latest} subtitle={text.sales.lead} isFlush className="sales-card">
      <DataTable
        caption={text.sales.latest}
        columns={columns}
        rows={rows}
        rowKey={(sale) => `${sale.till}/${sale.seq}`}
        maxHeight="420px"
        empty={<EmptyState title={text.sales.none}>{text.sales.noneNext}</EmptyState>}
      />
    </Card>
  );
}

export function OpenAlertsCard({
  view,
  total,
}: {
  readonly view: ViewOf<'overview'>;
  readonly total: number;
}) {
  const text = useText();
  const { scheme, area } = view;
  const alerts = useAnswer('alerts', {
    query: { scheme, ...(area === undefined ? {} : { area }), limit: 6 },
  });
  return (
    <Card
      title={text.alertList.newest}
      isFlush
      actions={
        <ViewLink to={{ page: 'alerts', scheme, area }} className="tool-button">
          {text.alertList.all(count(total))}
        </ViewLink>
      }
    >
      <AnswerView answer={alerts}>
        {({ rows }) =>
          rows.length === 0 ? (
            <EmptyState title={text.alertList.none}>{text.alertList.noneNext}</EmptyState>
          ) : (
            <ul className="alert-list">
              {rows.map((alert) => (
                <li key={alert.id}>
                  <span className={`dot dot-${alertTone(alert.kind)}`} aria-hidden="true" />
                  <div>
                    <strong>{text.alertKinds[alert.kind]}</strong>
                    <p className="soft">{alertSentence(alert, text)}</p>
                    <ViewLink to={{ page: 'facility', id: alert.facilityId }} className="small">
                      {alert.facilityName} · {alert.provinceName}
                    </ViewLink>
                  </div>
                  <span className="faint small nowrap figure">{dateTime(alert.raisedAt)}</span>
                </li>
              ))}
            </ul>
          )
        }
      </AnswerView>
    </Card>
  );
}
