import { z } from 'zod';

/** SQLSTATE classes that speak about the data: data exception, constraint, limit exceeded. */
export const DataFault = z.object({
  code: z.string().regex(/^(22|23|54)/),
  message: z.string().catch(''),
});
