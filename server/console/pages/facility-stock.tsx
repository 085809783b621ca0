import { consoleStreams } from '../../../shared/contract/console-api.ts';
import { usePages } from '../answers.ts';
import { type Answer, addressOf } from '../client.ts';
import { Card } from '../components/card.tsx';
import { Tag, type Tone, ToolLink } from '../components/controls.tsx';
import { type Column, DataTable } from '../components/data-table.tsx';
import { MoreButton } from '../components/more-button.tsx';
import { SearchBox } from '../components/search-box.tsx';
import { AnswerView, EmptyState, Placeholder } from '../components/states.tsx';
import { count, dateTime, money } from '../format.ts';
import { goTo, ViewLink } from '../navigation.tsx';
import type { ViewOf } from '../paths.ts';
import { useText } from '../text/language.tsx';
import type { Texts } from '../text/vi.ts';
import { lotStockColumns } from './lot-columns.tsx';

type StockRow = Answer<'facilityStock'>['rows'][number];
type MovementRow = Answer<'facilityMovements'>['rows'][number];
type FacilityView = ViewOf<'facility'>;

/** What the facility has, by lot. */
export function FacilityStock({ view }: { readonly view: FacilityView }) {
  const text = useText();
  const stock = usePages('facilityStock', (cursor) => ({
    params: { id: view.id },
    query: { text: view.text, limit: 200, ...(cursor === undefined ? {} : { cursor }) },
  }));
  const columns: readonly Column<StockRow>[] = [
    {
      id: 'drug',
      header: text.drugs.name,
      value: (row) => row.name,
      cell: (row) => <ViewLink to={{ page: 'drug', code: row.drug }}>{row.name}</ViewLink>,
    },
    lotColumn(text.lots.lot),
    ...lotStockColumns(text),
  ];
  return (
    <Card
      title={text.facilities.tabs.stock}
      isFlush
      actions={
        <SearchBox
          label={text.facilities.searchStock}
          text={view.text}
          onSearch={(search) => goTo({ ...view, text: search }, { replace: true })}
        />
      }
    >
      <AnswerView answer={stock} placeholder={<Placeholder lines={10} />}>
        {({ pages }) => (
          <DataTable
            caption={text.facilities.tabs.stock}
            columns={columns}
            rows={pages.flatMap((page) => page.rows)}
            rowKey={(row) => `${row.drug}|${row.lot}|${row.expiresOn}`}
            maxHeight="max(360px, calc(100vh - 330px))"
            footer={<MoreButton pages={stock} />}
            empty={
              <EmptyState title={text.facilities.noStock}>{text.facilities.noStockNext}</EmptyState>
            }
          />
        )}
      </AnswerView>
    </Card>
  );
}

const movementTones: Readonly<Record<MovementRow['kind'], Tone>> = {
  opening: 'neutral',
  receipt: 'info',
  sale: 'accent',
  void: 'warn',
  'customer-return': 'warn',
  'supplier-return': 'info',
  'transfer-out': 'info',
  'transfer-in': 'info',
  count: 'neutral',
  disposal: 'warn',
  quarantine: 'warn',
  release: 'neutral',
  loss: 'bad',
  recovery: 'neutral',
};

/** Its book of movements as the journal tells it, newest first. */
export function FacilityMovements({ view }: { readonly view: FacilityView }) {
  const text = useText();
  const movements = usePages('facilityMovements', (cursor) => ({
    params: { id: view.id },
    query: { limit: 200, ...(cursor === undefined ? {} : { cursor }) },
  }));
  const csv = addressOf(consoleStreams.facilityMovementsCsv.path, { params: { id: view.id } });
  const columns = movementColumns(text);
  return (
    <Card title={text.facilities.tabs.movements} subtitle={text.movements.lead} isFlush>
      <AnswerView answer={movements} placeholder={<Placeholder lines={10} />}>
        {({ pages }) => (
          <DataTable
            caption={text.facilities.tabs.movements}
            columns={columns}
            rows={pages.flatMap((page) => page.rows)}
            rowKey={(row) => `${row.till}/${row.seq}/${row.line}`}
            maxHeight="max(360px, calc(100vh - 330px))"
            hasCsv={false}
            tools={<ToolLink href={csv} label={text.common.csv} />}
            footer={<MoreButton pages={movements} />}
            empty={
              <EmptyState title={text.movements.none}>{text.facilities.noStockNext}</EmptyState>
            }
          />
        )}
      </AnswerView>
    </Card>
  );
}

function movementColumns(text: Texts): readonly Column<MovementRow>[] {
  return [
    {
      id: 'at',
      header: text.movements.at,
      value: (row) => row.at,
      cell: (row) => (
        <span className="nowrap" title={text.movements.received(dateTime(row.receivedAt))}>
          {dateTime(row.at)}
        </span>
      ),
    },
    {
      id: 'kind',
      header: text.movements.kind,
      value: (row) => text.movementKinds[row.kind],
      cell: (row) => <Tag tone={movementTones[row.kind]}>{text.movementKinds[row.kind]}</Tag>,
    },
    {
      id: 'drug',
      header: text.drugs.name,
      value: (row) => row.name,
      cell: (row) => <ViewLink to={{ page: 'drug', code: row.drug }}>{row.name}</ViewLink>,
    },
    lotColumn(text.lots.lot),
    {
      id: 'units',
      header: text.movements.units,
      isNumber: true,
      value: (row) => row.units,
      cell: (row) => (row.units > 0 ? `+${count(row.units)}` : count(row.units)),
    },
    {
      id: 'amount',
      header: text.movements.amount,
      isNumber: true,
      value: (row) => row.amountVnd,
      cell: (row) => money(row.amountVnd),
    },
    {
      id: 'seq',
      header: text.movements.seq,
      isNumber: true,
      value: (row) => row.seq,
      cell: (row) => <span className="faint">{count(row.seq)}</span>,
    },
  ];
}

function lotColumn<Row extends { readonly drug: string; readonly lot: string }>(
  header: string,
): Column<Row> {
  return {
    id: 'lot',
    header,
    value: (row) => row.lot,
    cell: (row) => (
      <ViewLink className="mono" to={{ page: 'lot', drug: row.drug, lot: row.lot }}>
        {row.lot}
      </ViewLink>
    ),
  };
}
