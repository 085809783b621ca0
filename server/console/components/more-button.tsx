import { Button } from '@mantine/core';
import { useText } from '../text/language.tsx';

type Pages = {
  readonly hasNextPage: boolean;
  readonly isFetchingNextPage: boolean;
  readonly fetchNextPage: () => unknown;
};

/** Reads the next page of a list; absent at its end. */
export function MoreButton({ pages }: { readonly pages: Pages }) {
  const text = useText();
  if (!pages.hasNextPage) return null;
  return (
    <div className="more">
      <Button
        variant="default"
        size="xs"
        loading={pages.isFetchingNextPage}
        onClick={() => void pages.fetchNextPage()}
      >
        {text.common.more}
      </Button>
    </div>
  );
}
