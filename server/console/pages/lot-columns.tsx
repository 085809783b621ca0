import type { CalendarDate } from '../../../shared/model/calendar.ts';
import type { Column } from '../components/data-table.tsx';
import { count, date } from '../format.ts';
import type { Texts } from '../text/vi.ts';
import { ExpiryTag } from './expiry-tag.tsx';

type LotOnHandRow = { readonly expiresOn: CalendarDate; readonly onHandUnits: number };

/** Expiry and stock of a lot, the same wherever lots are listed. */
export function lotStockColumns<Row extends LotOnHandRow>(text: Texts): readonly Column<Row>[] {
  return [
    {
      id: 'expiresOn',
      header: text.lots.expiresOn,
      value: (row) => row.expiresOn,
      cell: (row) => (
        <span className="row">
          {date(row.expiresOn)} <ExpiryTag expiresOn={row.expiresOn} />
        </span>
      ),
    },
    {
      id: 'onHand',
      header: text.movement.onHand,
      isNumber: true,
      value: (row) => row.onHandUnits,
      cell: (row) => count(row.onHandUnits),
    },
  ];
}

/** In how many facilities a lot stands. */
export function facilitiesColumn<Row extends { readonly facilities: number }>(
  text: Texts,
): Column<Row> {
  return {
    id: 'facilities',
    header: text.lots.facilities,
    isNumber: true,
    value: (row) => row.facilities,
    cell: (row) => count(row.facilities),
  };
}
