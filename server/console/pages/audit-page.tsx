import { usePages } from '../answers.ts';
import type { Answer } from '../client.ts';
import { Card } from '../components/card.tsx';
import { type Column, DataTable } from '../components/data-table.tsx';
import { MoreButton } from '../components/more-button.tsx';
import { PageHeader } from '../components/page-header.tsx';
import { SearchBox } from '../components/search-box.tsx';
import { AnswerView, EmptyState, Placeholder } from '../components/states.tsx';
import { dateTime } from '../format.ts';
import { goTo } from '../navigation.tsx';
import type { ViewOf } from '../paths.ts';
import { useText } from '../text/language.tsx';

type AuditRow = Answer<'audit'>['rows'][number];

/** Who did what at the centre; written once, never changed. */
export function AuditPage({ view }: { readonly view: ViewOf<'audit'> }) {
  const text = useText();
  const audit = usePages('audit', (cursor) => ({
    query: { text: view.text, limit: 200, ...(cursor === undefined ? {} : { cursor }) },
  }));
  const columns: readonly Column<AuditRow>[] = [
    {
      id: 'at',
      header: text.audit.at,
      value: (row) => row.at,
      cell: (row) => <span className="nowrap">{dateTime(row.at)}</span>,
    },
    { id: 'account', header: text.audit.account, value: (row) => row.account },
    {
      id: 'action',
      header: text.audit.action,
      value: (row) => text.auditActions[row.action] ?? row.action,
    },
    { id: 'subject', header: text.audit.subject, value: (row) => row.subject },
    {
      id: 'detail',
      header: text.audit.detail,
      value: (row) => detailText(row.detail),
      width: '34%',
      isSortable: false,
      cell: (row) => <span className="small mono">{detailText(row.detail)}</span>,
    },
    { id: 'address', header: text.audit.address, value: (row) => row.address },
  ];
  return (
    <>
      <PageHeader
        title={text.nav.audit}
        detail={text.audit.lead}
        controls={
          <SearchBox
            label={text.audit.search}
            text={view.text}
            onSearch={(search) => goTo({ ...view, text: search }, { replace: true })}
          />
        }
      />
      <Card title={text.audit.title} isFlush>
        <AnswerView answer={audit} placeholder={<Placeholder lines={12} />}>
          {({ pages }) => (
            <DataTable
              caption={text.audit.title}
              columns={columns}
              rows={pages.flatMap((page) => page.rows)}
              rowKey={(row) => row.id}
              maxHeight="max(360px, calc(100vh - 240px))"
              footer={<MoreButton pages={audit} />}
              empty={<EmptyState title={text.audit.none} />}
            />
          )}
        </AnswerView>
      </Card>
    </>
  );
}

/** `name: old → new` for changes, `name: value` for the rest. */
function detailText(detail: AuditRow['detail']): string {
  return Object.entries(detail)
    .map(([name, value]) => `${name}: ${valueText(value)}`)
    .join(' · ');
}

function valueText(value: unknown): string {
  if (typeof value === 'object' && value !== null && 'old' in value && 'new' in value) {
    return `${valueText(value.old)} → ${valueText(value.new)}`;
  }
  return typeof value === 'string' ? value : JSON.stringify(value);
}
