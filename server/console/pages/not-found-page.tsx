import { PageHeader } from '../components/page-header.tsx';
import { EmptyState } from '../components/states.tsx';
import { ViewLink } from '../navigation.tsx';
import { useText } from '../text/language.tsx';

export function NotFoundPage() {
  const text = useText();
  return (
    <>
      <PageHeader title={text.notFound.title} />
      <EmptyState title={text.notFound.sentence}>
        <ViewLink to={{ page: 'overview' }}>{text.notFound.next}</ViewLink>
      </EmptyState>
    </>
  );
}
