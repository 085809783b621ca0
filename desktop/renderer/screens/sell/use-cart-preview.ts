import { useQueries } from '@tanstack/react-query';
import type { CalendarDate } from '../../../../shared/model/calendar.ts';
import type { CartEntry } from '../../../../shared/rules/cart.ts';
import { queryClient, queryOf } from '../../base/till-queries.ts';
import { type DrugFacts, type PreviewLine, previewCart } from './preview-cart.ts';
import { isOnPaper, type SafetyState, safetyState, useSafetyState } from './safety-store.ts';

/** The cart as the till would sell it now; follows prices and stock by the till's news. */
export function useCartPreview(
  entries: readonly CartEntry[],
  today: CalendarDate | undefined,
): readonly PreviewLine[] {
  const codes = codesOf(entries);
  const products = useQueries({ queries: codes.map((code) => queryOf('drugs.get', { code })) });
  const lots = useQueries({ queries: codes.map((drug) => queryOf('stock.lots', { drug })) });
  const safety = useSafetyState();
  const factsByDrug = new Map<string, DrugFacts>(
    codes.map((code, index) => [
      code,
      { product: withPaper(safety, products[index]?.data), lots: lots[index]?.data },
    ]),
  );
  return previewCart(entries, factsByDrug, today);
}

/** The same at one moment, outside of React: what is charged is what was just looked up. */
export async function fetchCartPreview(
  entries: readonly CartEntry[],
  today: CalendarDate | undefined,
): Promise<readonly PreviewLine[]> {
  const facts = await Promise.all(
    codesOf(entries).map(async (code): Promise<[string, DrugFacts]> => {
      const product = await queryClient.fetchQuery(queryOf('drugs.get', { code }));
      const lots = await queryClient.fetchQuery(queryOf('stock.lots', { drug: code }));
      return [code, { product: withPaper(safetyState(), product), lots }];
    }),
  );
  return previewCart(entries, new Map(facts), today);
}

/** What stands on the prescription that was entered needs none any more. */
function withPaper<Known extends DrugFacts['product']>(safety: SafetyState, product: Known): Known {
  if (product === undefined || product === null) return product;
  return isOnPaper(safety, product.code) ? { ...product, needsPrescription: false } : product;
}

function codesOf(entries: readonly CartEntry[]): readonly string[] {
  return [...new Set(entries.map((entry) => entry.product.code))];
}
