import type { ShopSettings, ShopSettingsChange } from '../../../shared/model/shop-settings.ts';
import { getSetting, setSetting } from '../db/sync-state.ts';
import type { TillDb } from '../db/till-db.ts';

/** Puts what was chosen in the place of what stood there. Durable when it returns. */
export function changeShopSettings(db: TillDb, change: ShopSettingsChange): ShopSettings {
  return db.immediately(() => {
    const chosen = Object.fromEntries(
      Object.entries(change).filter(([, value]) => value !== undefined),
    );
    const settings = { ...getSetting(db, 'shopSettings'), ...chosen };
    setSetting(db, 'shopSettings', settings);
    return settings;
  });
}
