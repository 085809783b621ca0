import { assert } from '../../shared/base/assert.ts';
import type { Result } from '../../shared/base/result.ts';

/** Rows a page of an export has. */
export const exportPageRows = 5_000;
/** Far beyond any register or book; a cursor that never ends is a bug. */
const pagesMax = 100_000;

type Page<Row> = { readonly rows: readonly Row[]; readonly next: string | null };

/** Every row of a paged question, one page in memory at a time. */
export async function* allPages<Row>(
  ask: (cursor: string | undefined) => Promise<Result<Page<Row>, unknown>>,
): AsyncGenerator<readonly Row[]> {
  let cursor: string | undefined;
  for (let index = 0; index < pagesMax; index += 1) {
    const page = await ask(cursor);
    assert(page.ok, 'The cursor of a page before is good');
    yield page.value.rows;
    if (page.value.next === null) return;
    cursor = page.value.next;
  }
  assert(false, 'An export ends');
}
