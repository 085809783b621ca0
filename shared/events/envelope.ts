import { z } from 'zod';
import { Instant } from '../model/calendar.ts';
import { StaffId, TillId } from '../model/facility.ts';

/**
 * A sealed event is one line of UTF-8 JSON (protocol.md §1). Its bytes are made once by `sealEvent`
 * and never re-serialised: field order is fixed, and `prev` stands last so that a batch may leave
 * it out on the wire and put it back exactly (sync/batch.ts).
 */
export const envelopeVersion = 1;

export const HashHex = z.string().regex(/^[0-9a-f]{64}$/);
export type HashHex = z.infer<typeof HashHex>;
export const zeroHash: HashHex = '0'.repeat(64);

/** The outside of any event: enough to chain and store it, even if its `data` is not understood. */
export const Envelope = z.object({
  v: z.literal(envelopeVersion),
  till: TillId,
  seq: z.int().min(1),
  id: z.uuid(),
  type: z.string().regex(/^[A-Z][A-Za-z]{1,60}\.v\d{1,3}$/),
  at: Instant,
  by: StaffId,
  data: z.unknown(),
  prev: HashHex,
});
export type Envelope = z.infer<typeof Envelope>;
