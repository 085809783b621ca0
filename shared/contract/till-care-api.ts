/** Looking after a till: how the shop wants it, and what support may see of it. */
import { z } from 'zod';
import { ShopSettings, ShopSettingsChange } from '../model/shop-settings.ts';

export const tillCareApi = {
  'settings.get': { kind: 'query', input: z.object({}), answer: ShopSettings },
  'settings.change': { kind: 'command', input: ShopSettingsChange, answer: ShopSettings },
  /**
   * A text for support that a person can read before giving it away: versions, figures and the last
   * lines of the log; no customer, no member of the staff, no price and no drug.
   */
  'care.diagnostics': {
    kind: 'command',
    input: z.object({}),
    answer: z.object({ fileName: z.string(), text: z.string() }),
  },
} as const;
