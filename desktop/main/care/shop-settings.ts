import type { ShopSettings, ShopSettingsChange } from '../../../shared/model/shop-settings.ts';
import type { CommandContext } from '../commands/record-once.ts';
import { noteAudit } from '../db/audit.ts';
import { getSetting, setSetting } from '../db/sync-state.ts';

/**
 * Puts what was chosen in the place of what stood there; the old and the new values are noted for
 * who looks through the audit. Durable when it returns.
 */
export function changeShopSettings(
  { db, deps, caller }: CommandContext,
  change: ShopSettingsChange,
): ShopSettings {
  return db.immediately(() => {
    const chosen = Object.fromEntries(
      Object.entries(change).filter(([, value]) => value !== undefined),
    );
    const before = getSetting(db, 'shopSettings');
    const after = { ...before, ...chosen };
    if (JSON.stringify(before) === JSON.stringify(after)) return before;
    setSetting(db, 'shopSettings', after);
    const { by, approvedBy = null } = caller;
    const detail = { before, after, approvedBy };
    noteAudit(db, { atMs: deps.nowMs(), what: 'settings-changed', by, detail });
    return after;
  });
}
