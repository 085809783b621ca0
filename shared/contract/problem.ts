import { z } from 'zod';

/** Problem details of the centre (RFC 9457). `type` is for programs, the client has the sentence. */
export const Problem = z.object({
  type: z.string(),
  status: z.int(),
  detail: z.string(),
  /** For support: finds the request in the log. */
  requestId: z.string().optional(),
});
export type Problem = z.infer<typeof Problem>;

/** Every "no" of the centre with its HTTP status; exhaustive, so that none is invented elsewhere. */
export const problemStatus = {
  'bad-request': 400,
  'not-signed-in': 401,
  'wrong-sign-in': 401,
  'not-authentic': 401,
  /** No till of this id, though it may hold proof of its enrolment (sync/enrolment-proof.ts). */
  'unknown-till': 401,
  revoked: 403,
  forbidden: 403,
  'cross-site': 403,
  'not-found': 404,
  conflict: 409,
  'code-used': 409,
  'code-expired': 410,
  'facility-has-till': 409,
  'licence-not-valid': 409,
  'cursor-ahead': 409,
  'too-large': 413,
  'wrong-content-type': 415,
  unreadable: 422,
  'locked-out': 423,
  'unknown-protocol': 426,
  'too-many-requests': 429,
  internal: 500,
  'shutting-down': 503,
  'database-unavailable': 503,
} as const;
export type ProblemType = keyof typeof problemStatus;
