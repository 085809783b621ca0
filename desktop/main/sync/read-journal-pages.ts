import { limits } from '../../../shared/base/limits.ts';
import { err, ok, type Result } from '../../../shared/base/result.ts';
import type { JournalPage } from '../../../shared/contract/sync-api.ts';
import type { ChainHead } from '../../../shared/events/seal.ts';
import {
  type BatchEvent,
  type Receipt,
  readBatch,
  receiptText,
} from '../../../shared/sync/batch.ts';
import { protocolVersion } from '../../../shared/sync/protocol-version.ts';
import { hashLine } from '../db/event-log.ts';
import type { CentreTrouble } from './centre-answer.ts';
import type { CentreClient } from './centre-client.ts';
import type { CentreKey } from './device-key.ts';

export type JournalTrouble =
  | CentreTrouble
  /** The centre's journal does not go on from the head given: two journals under one name. */
  | { readonly type: 'fork'; readonly atSeq: number };

/** Events as they were sealed, each proved by the chain and the centre's receipt over its last. */
export type ProvenEvents = {
  readonly events: readonly BatchEvent[];
  readonly head: ChainHead;
  readonly receipt: Receipt;
};

export type JournalReader = {
  readonly client: Pick<CentreClient, 'journal'>;
  readonly centreKey: CentreKey;
};

/**
 * Reads what the centre has of a till's journal behind `from`, page by page; `take` gets each page
 * after it was proved.
 * @returns the head that was reached.
 */
export async function readJournalPages(
  { client, centreKey }: JournalReader,
  { till, from }: { readonly till: string; readonly from: ChainHead },
  take: (proven: ProvenEvents) => void,
): Promise<Result<ChainHead, JournalTrouble>> {
  let head = from;
  for (let round = 0; round < limits.journalPagesMax; round += 1) {
    const page = await client.journal({ till, after: head.seq });
    if (!page.ok) return page;
    const proven = provePage(page.value, { till, head, centreKey });
    if (!proven.ok) return proven;
    if (proven.value.events.length > 0) take(proven.value);
    head = proven.value.head;
    if (!page.value.hasMore) return ok(head);
  }
  return err({ type: 'unexpected-answer', detail: 'the journal at the centre does not end' });
}

function provePage(
  { after, prevHash, body, hasMore, receipt }: JournalPage,
  known: { readonly till: string; readonly head: ChainHead; readonly centreKey: CentreKey },
): Result<ProvenEvents, JournalTrouble> {
  const { till, head, centreKey } = known;
  const isSigned =
    receipt.till === till &&
    after === head.seq &&
    receipt.ackedSeq >= after &&
    centreKey.hasSigned(receiptText(receipt), receipt.signature);
  if (!isSigned) return unproven('the centre did not sign this page');
  if (prevHash !== head.hash) return err({ type: 'fork', atSeq: head.seq });
  const newHead = { seq: receipt.ackedSeq, hash: receipt.ackedHash };
  if (receipt.ackedSeq === after) {
    return hasMore
      ? unproven('an empty page with more behind it')
      : ok({ events: [], head, receipt });
  }
  const header = {
    till,
    firstSeq: after + 1,
    lastSeq: receipt.ackedSeq,
    prevHash,
    headHash: receipt.ackedHash,
    protocol: protocolVersion,
    signature: receipt.signature,
  };
  const events = readBatch(header, body, hashLine);
  return events.ok
    ? ok({ events: events.value, head: newHead, receipt })
    : unproven(events.error.detail);
}

function unproven(detail: string): Result<never, JournalTrouble> {
  return err({ type: 'unexpected-answer', detail });
}
