import { useAnswer } from '../answers.ts';
import type { Answer } from '../client.ts';
import { Card } from '../components/card.tsx';
import { type Column, DataTable } from '../components/data-table.tsx';
import { PageHeader } from '../components/page-header.tsx';
import { SearchBox } from '../components/search-box.tsx';
import { AnswerView, EmptyState, Placeholder } from '../components/states.tsx';
import { count } from '../format.ts';
import { goTo, ViewLink } from '../navigation.tsx';
import type { ViewOf } from '../paths.ts';
import { useText } from '../text/language.tsx';
import { facilitiesColumn, lotStockColumns } from './lot-columns.tsx';

type LotHit = Answer<'searchLots'>['rows'][number];

/** Find a lot by the start of the number printed on the pack. */
export function LotsPage({ view }: { readonly view: ViewOf<'lots'> }) {
  const text = useText();
  const lots = useAnswer(
    'searchLots',
    { query: { text: view.text, limit: 100 } },
    { enabled: view.text !== '' },
  );
  return (
    <>
      <PageHeader
        title={text.nav.lots}
        detail={text.lots.lead}
        controls={
          <SearchBox
            label={text.lots.search}
            text={view.text}
            isLarge
            onSearch={(search) => goTo({ ...view, text: search }, { replace: true })}
          />
        }
      />
      <Card title={text.lots.found} isFlush>
        {view.text === '' ? (
          <EmptyState title={text.lots.start}>{text.lots.startNext}</EmptyState>
        ) : (
          <AnswerView answer={lots} placeholder={<Placeholder lines={8} />}>
            {({ rows }) => <LotTable rows={rows} />}
          </AnswerView>
        )}
      </Card>
    </>
  );
}

function LotTable({ rows }: { readonly rows: readonly LotHit[] }) {
  const text = useText();
  const columns: readonly Column<LotHit>[] = [
    {
      id: 'lot',
      header: text.lots.lot,
      value: (row) => row.lot,
      cell: (row) => (
        <ViewLink className="mono" to={{ page: 'lot', drug: row.drug, lot: row.lot }}>
          {row.lot}
        </ViewLink>
      ),
    },
    {
      id: 'drug',
      header: text.drugs.name,
      value: (row) => row.name,
      cell: (row) => <ViewLink to={{ page: 'drug', code: row.drug }}>{row.name}</ViewLink>,
    },
    ...lotStockColumns(text),
    facilitiesColumn(text),
  ];
  return (
    <DataTable
      caption={text.lots.found}
      columns={columns}
      rows={rows}
      rowKey={(row) => `${row.drug}|${row.lot}|${row.expiresOn}`}
      summary={text.common.rows(count(rows.length))}
      empty={<EmptyState title={text.lots.none}>{text.lots.noneNext}</EmptyState>}
    />
  );
}
