import { z } from 'zod';

/** What a centre with a demonstration country tells the program that started it. */
export const LaunchMessage = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('progress'),
    stage: z.enum(['facilities', 'tills', 'reports']),
    done: z.int(),
    total: z.int(),
  }),
  z.object({
    type: z.literal('newcomer'),
    centreUrl: z.string(),
    code: z.string().nullable(),
    seed: z.string(),
    createdMs: z.int(),
  }),
  /** `not-ours`: the database holds a real country, and nothing was added to it. */
  z.object({
    type: z.literal('ready'),
    centreUrl: z.string(),
    country: z.enum(['demonstration', 'not-ours', 'empty']),
  }),
  /** The demonstration failed or ended early; the centre itself goes on. */
  z.object({ type: z.literal('trouble'), detail: z.string() }),
]);
export type LaunchMessage = z.infer<typeof LaunchMessage>;
