import type { DrugMovement } from '../../../shared/contract/console-api.ts';
import { Card } from '../components/card.tsx';
import { type Column, DataTable } from '../components/data-table.tsx';
import { EmptyState } from '../components/states.tsx';
import { count } from '../format.ts';
import { goTo, ViewLink } from '../navigation.tsx';
import type { ViewOf } from '../paths.ts';
import { useText } from '../text/language.tsx';
import { facilitiesColumn, lotStockColumns } from './lot-columns.tsx';

type LotRow = DrugMovement['lots'][number];

/** The lots in stock, each a door to its trace. */
export function DrugLotsCard({
  movement,
  view,
}: {
  readonly movement: DrugMovement;
  readonly view: ViewOf<'drug'>;
}) {
  const text = useText();
  const columns: readonly Column<LotRow>[] = [
    {
      id: 'lot',
      header: text.lots.lot,
      value: (row) => row.lot,
      cell: (row) => (
        <ViewLink
          className="mono"
          to={{ page: 'lot', drug: view.code, lot: row.lot, scheme: view.scheme, area: view.area }}
        >
          {row.lot}
        </ViewLink>
      ),
    },
    ...lotStockColumns(text),
    facilitiesColumn(text),
  ];
  return (
    <Card title={text.lots.ofDrug} isFlush>
      <DataTable
        caption={text.lots.ofDrug}
        columns={columns}
        rows={movement.lots}
        rowKey={(row) => `${row.lot}|${row.expiresOn}`}
        sort={view.lotSort}
        onSort={(lotSort) => goTo({ ...view, lotSort }, { replace: true })}
        maxHeight="340px"
        summary={text.common.rows(count(movement.lots.length))}
        empty={<EmptyState title={text.lots.noneOfDrug} />}
      />
    </Card>
  );
}
