import { recallOfStock } from './recalls.ts';

/**
 * Whether something of a row of `stock` may be sold on `@today`: as `sellableLots` decides
 * (shared/rules/fefo.ts), for queries that add up or look for lots instead of deciding a sale.
 */
export const isSellableLot = `stock.on_hand_units > 0
  AND stock.quarantined_units < stock.on_hand_units AND stock.expires_on > @today
  AND ${recallOfStock} IS NULL`;
