import type { Product } from '../../../../shared/contract/till-api.ts';
import type { CalendarDate } from '../../../../shared/model/calendar.ts';
import { type ScannedLot, scannedLot } from '../../../../shared/rules/barcode/scanned-lot.ts';
import type { CartProduct } from '../../../../shared/rules/cart.ts';
import { formatDate } from '../../base/format.ts';
import { queryClient, queryOf } from '../../base/till-queries.ts';
import type { Translate } from '../../text/text.ts';
import { changeCart } from './cart-store.ts';

/**
 * Puts a scanned pack into the cart, with the lot that its code names and the scan as the reason.
 * @returns the sentence that says why this pack may not be sold; the cart is then as it was.
 */
export async function addScanned(
  t: Translate,
  product: Product,
  scan: { readonly text: string; readonly today: CalendarDate | undefined },
): Promise<string | undefined> {
  const { text, today } = scan;
  const added = { type: 'added', product: cartProductOf(product) } as const;
  if (today === undefined) return t('scan.lot.failed', { name: product.name });
  const asked = queryOf('stock.lots', { drug: product.code });
  const lots = await queryClient.fetchQuery(asked).catch(() => undefined);
  if (lots === undefined) return t('scan.lot.failed', { name: product.name });
  const found = scannedLot(text, lots, today);
  if (found.type === 'open') changeCart(added);
  if (found.type === 'chosen') {
    const { lot, expiresOn } = found;
    changeCart({ ...added, lot: { lot, expiresOn, reason: t('lot.reason.scanned') } });
  }
  return refusalWords(t, product.name, found);
}

function refusalWords(t: Translate, name: string, found: ScannedLot): string | undefined {
  switch (found.type) {
    case 'open':
    case 'chosen':
      return undefined;
    case 'unknown': {
      const { lot, booksSay } = found;
      return booksSay === null
        ? t('scan.lot.unknown', { lot, name })
        : t('scan.lot.otherExpiry', { lot, name, date: formatDate(booksSay) });
    }
    case 'recalled': {
      const { lot, recallNumber } = found;
      return t('scan.lot.recalled', { lot, name, number: recallNumber });
    }
    case 'expired':
    case 'quarantined':
    case 'gone': {
      const { lot, expiresOn } = found;
      return t(`scan.lot.${found.type}`, { lot, name, date: formatDate(expiresOn) });
    }
  }
}

/** What the cart keeps of a product. */
export function cartProductOf(product: Product): CartProduct {
  const { code, name, units, pricesVnd, isPrescription } = product;
  return { code, name, units, pricesVnd, isPrescription };
}
