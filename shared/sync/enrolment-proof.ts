/**
 * The centre's signature over an enrolment, kept by the till. A centre that was restored to a moment
 * before the enrolment knows no such till; shown its own signature, it lets the till in again under
 * the same name, and the whole journal follows. Without this, what a new till reported between the
 * backup and the disaster would be lost to the nation though it stands on the till's own disk.
 */
import { z } from 'zod';
import { limits } from '../base/limits.ts';
import { Instant } from '../model/calendar.ts';
import { Facility, TillId } from '../model/facility.ts';

export const Enrolment = z.object({
  till: TillId,
  shortCode: z.string().regex(/^[A-Z0-9]{2,8}$/),
  /** Raw Ed25519 key of the device, base64. */
  publicKey: z.string().regex(/^[A-Za-z0-9+/]{43}=$/),
  /** As it stood in the register: a restored register may not know the facility either. */
  facility: Facility,
  enrolledAt: Instant,
  /** The till whose place this one took, revoked at that moment. */
  replaces: TillId.nullable(),
});
export type Enrolment = z.infer<typeof Enrolment>;

export const EnrolmentProof = z.object({
  /** JSON of `Enrolment`, kept as text so that the signature is exact. */
  text: z.string().min(1).max(limits.enrolmentProofLength),
  signature: z.string().regex(/^[A-Za-z0-9+/]{86}==$/),
});
export type EnrolmentProof = z.infer<typeof EnrolmentProof>;

/** What the centre signs. */
export function enrolmentText(text: string): string {
  return `mang-thuoc enrolment v1\n${text}`;
}
