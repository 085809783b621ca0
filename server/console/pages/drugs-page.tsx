import { useAnswer } from '../answers.ts';
import type { Answer } from '../client.ts';
import { Card } from '../components/card.tsx';
import { Tag } from '../components/controls.tsx';
import { type Column, DataTable } from '../components/data-table.tsx';
import { PageHeader } from '../components/page-header.tsx';
import { SearchBox } from '../components/search-box.tsx';
import { AnswerView, EmptyState, Placeholder } from '../components/states.tsx';
import { count } from '../format.ts';
import { goTo, ViewLink } from '../navigation.tsx';
import type { ViewOf } from '../paths.ts';
import { useText } from '../text/language.tsx';

type DrugHit = Answer<'searchDrugs'>['rows'][number];

/** Find a drug by anything it is known by; before a word is typed, what sells most. */
export function DrugsPage({ view }: { readonly view: ViewOf<'drugs'> }) {
  const text = useText();
  const drugs = useAnswer('searchDrugs', { query: { text: view.text, limit: 100 } });
  const title = view.text === '' ? text.drugs.mostSold : text.drugs.found;
  return (
    <>
      <PageHeader
        title={text.nav.drugs}
        detail={text.drugs.lead}
        controls={
          <SearchBox
            label={text.drugs.search}
            text={view.text}
            isLarge
            onSearch={(search) => goTo({ ...view, text: search }, { replace: true })}
          />
        }
      />
      <Card title={title} isFlush>
        <AnswerView answer={drugs} placeholder={<Placeholder lines={12} />}>
          {({ rows }) => <DrugTable rows={rows} caption={title} />}
        </AnswerView>
      </Card>
    </>
  );
}

function DrugTable({
  rows,
  caption,
}: {
  readonly rows: readonly DrugHit[];
  readonly caption: string;
}) {
  const text = useText();
  const columns: readonly Column<DrugHit>[] = [
    {
      id: 'name',
      header: text.drugs.name,
      value: (drug) => drug.name,
      width: '30%',
      cell: (drug) => (
        <span className="row">
          <ViewLink to={{ page: 'drug', code: drug.code }}>{drug.name}</ViewLink>
          {drug.isDemonstration ? <Tag tone="neutral">{text.drugs.demonstration}</Tag> : null}
        </span>
      ),
    },
    {
      id: 'number',
      header: text.drugs.registration,
      value: (drug) => drug.registrationNumber,
      cell: (drug) => <span className="nowrap">{drug.registrationNumber}</span>,
    },
    { id: 'ingredients', header: text.drugs.ingredients, value: (drug) => drug.ingredients },
    { id: 'manufacturer', header: text.drugs.manufacturer, value: (drug) => drug.manufacturer },
  ];
  return (
    <DataTable
      caption={caption}
      columns={columns}
      rows={rows}
      rowKey={(drug) => drug.code}
      summary={text.common.rows(count(rows.length))}
      empty={<EmptyState title={text.drugs.none}>{text.drugs.noneNext}</EmptyState>}
    />
  );
}
