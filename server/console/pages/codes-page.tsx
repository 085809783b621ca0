import { usePages } from '../answers.ts';
import { Card } from '../components/card.tsx';
import { MoreButton } from '../components/more-button.tsx';
import { PageHeader } from '../components/page-header.tsx';
import { AnswerView, EmptyState, Placeholder } from '../components/states.tsx';
import { ViewLink } from '../navigation.tsx';
import { useText } from '../text/language.tsx';
import { CodeTable } from './code-table.tsx';

/** All codes issued in the account's area, newest first. */
export function CodesPage() {
  const text = useText();
  const codes = usePages('enrolmentCodes', (cursor) => ({
    query: { limit: 100, ...(cursor === undefined ? {} : { cursor }) },
  }));
  return (
    <>
      <PageHeader title={text.nav.codes} detail={text.codes.lead} />
      <Card title={text.codes.title} isFlush>
        <AnswerView answer={codes} placeholder={<Placeholder lines={10} />}>
          {({ pages }) => (
            <CodeTable
              rows={pages.flatMap((page) => page.rows)}
              hasFacility
              footer={<MoreButton pages={codes} />}
              empty={
                <EmptyState title={text.codes.none}>
                  {text.codes.noneNext}{' '}
                  <ViewLink to={{ page: 'facilities', state: 'never-enrolled' }}>
                    {text.codes.toFacilities}
                  </ViewLink>
                </EmptyState>
              }
            />
          )}
        </AnswerView>
      </Card>
    </>
  );
}
