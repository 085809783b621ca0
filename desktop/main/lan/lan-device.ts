import { z } from 'zod';
import { Instant } from '../../../shared/model/calendar.ts';

/** A device of the shop that may show the screens; the token itself is only in its browser. */
export const LanDevice = z.object({
  id: z.uuid(),
  name: z.string(),
  tokenHash: z.string(),
  pairedAt: Instant,
});
export type LanDevice = z.infer<typeof LanDevice>;
