import { v7 as uuidv7 } from 'uuid';

/**
 * Names documents with UUIDv7s: the moment, a running number that never begins again while the
 * program runs (so a clock set back repeats nothing), and chance drawn once at the start instead of
 * for every document (RFC 9562 §6.2 allows it). Names are unique, not secret; and what repeats
 * from one document to the next costs nothing on the wire, where a fresh draw was a third of a sale.
 * @param chance sixteen random bytes, other ones at each start.
 */
export function createDocumentIds(chance: Uint8Array, nowMs: () => number): () => string {
  let seq = 0;
  return () => {
    const id = uuidv7({ random: chance, msecs: nowMs(), seq });
    seq = (seq + 1) % 2 ** 32;
    return id;
  };
}
