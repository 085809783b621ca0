import vietnam from '@svg-maps/vietnam';
import { z } from 'zod';

const Drawing = z.object({
  viewBox: z.string(),
  locations: z.array(z.object({ id: z.string(), path: z.string() })),
});

/** The shapes of the 63 provinces and both archipelagos (CC BY 4.0, credited under the map). */
export const drawing = Drawing.parse(vietnam);
