import type { Column } from '../components/data-table.tsx';
import { ViewLink } from '../navigation.tsx';
import type { Texts } from '../text/vi.ts';

type FacilityNamed = {
  readonly facilityId: string;
  readonly facilityName: string;
  readonly provinceName: string;
};

/** Whose row it is, with its province, leading to its file. */
export function facilityColumn<Row extends FacilityNamed>(text: Texts): Column<Row> {
  return {
    id: 'facility',
    header: text.facilities.name,
    value: (row) => row.facilityName,
    isSortable: false,
    cell: (row) => (
      <>
        <ViewLink to={{ page: 'facility', id: row.facilityId }}>{row.facilityName}</ViewLink>
        <span className="cell-sub">{row.provinceName}</span>
      </>
    ),
  };
}
