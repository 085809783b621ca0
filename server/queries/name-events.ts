import { z } from 'zod';
import type { NamedEvent } from '../../shared/contract/clinic-api.ts';
import type { Queryable } from '../db/pool.ts';
import { sealedEvents } from '../ingest/sealed-events.ts';

const Slip = z.object({ slip: z.string().max(40) });

/**
 * Events as a person finds them again on paper, from the evidence; by `till/seq`. What no batch
 * carries is left out.
 */
export async function nameEvents(
  database: Queryable,
  asked: readonly { readonly till: string; readonly seq: number }[],
): Promise<ReadonlyMap<string, NamedEvent>> {
  const named = new Map<string, NamedEvent>();
  for (const { till, seq } of asked) {
    const event = (await sealedEvents(database, till, [seq])).get(seq);
    if (event === undefined) continue;
    const { type, at, data } = event.envelope;
    const slip = Slip.safeParse(data).data?.slip ?? null;
    named.set(`${till}/${seq}`, { seq, type, at, slip });
  }
  return named;
}
