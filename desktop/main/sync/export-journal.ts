import { createHash } from 'node:crypto';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { present } from '../../../shared/base/assert.ts';
import { err, ok, type Result } from '../../../shared/base/result.ts';
import type { TillProblem } from '../../../shared/contract/till-api.ts';
import { zeroHash } from '../../../shared/events/envelope.ts';
import { businessDateOf, instantOfMs } from '../../../shared/model/calendar.ts';
import type { Receipt } from '../../../shared/sync/batch.ts';
import {
  countedText,
  type ExportLine,
  exportText,
  exportVersion,
  journalHeadText,
} from '../../../shared/sync/journal-export.ts';
import { chainHead, eventsAfter, hashOfSeq } from '../db/event-log.ts';
import { allReceipts, getSetting } from '../db/sync-state.ts';
import type { TillDb } from '../db/till-db.ts';
import type { TillDeps } from '../deps.ts';
import { loadDeviceKey } from './device-key.ts';

const gzipAsync = promisify(gzip);
/** About 5 ms of reading, then the counter has its turn. */
const eventsPerTurn = 200;

export type ExportedJournal = {
  readonly fileName: string;
  /** The gzip file (shared/sync/journal-export.ts). */
  readonly bytes: Uint8Array;
  readonly events: number;
  /** Behind the last receipt: only this till's own word stands for them. */
  readonly unreportedEvents: number;
};

/**
 * Everything an inspector needs to judge this till's journal, signed by the device key as it stands
 * now. Selling goes on meanwhile; what is sold meanwhile is not in it.
 */
export async function exportJournal(
  db: TillDb,
  deps: Pick<TillDeps, 'nowMs' | 'keyStore'>,
): Promise<Result<ExportedJournal, TillProblem>> {
  const identity = getSetting(db, 'identity');
  const facility = getSetting(db, 'facility');
  if (identity === null || facility === null) return err({ type: 'NotEnrolled' });
  const key = loadDeviceKey(deps.keyStore);
  if (!key.ok) return err({ type: 'Fault', code: 'key-store', detail: key.error.detail });
  const exportedAt = instantOfMs(deps.nowMs());
  const head = chainHead(db);
  const receipts = allReceipts(db).filter((receipt) => receipt.ackedSeq <= head.seq);
  const ackedSeq = receipts.at(-1)?.ackedSeq ?? 0;
  const file = createFile();
  const { id, code, name } = facility;
  file.about({
    kind: 'export',
    version: exportVersion,
    source: 'till',
    exportedAt,
    facility: { id, code, name },
    centreKey: identity.centrePublicKey,
  });
  const { tillId: till, shortCode, publicKey: deviceKey, certificate } = identity;
  file.about({ kind: 'till', id: till, shortCode, deviceKey, certificate });
  for (let seq = 0; seq < head.seq; ) {
    const wanted = Math.min(eventsPerTurn, head.seq - seq);
    const events = eventsAfter(db, seq, { eventsMax: wanted });
    for (const event of events) file.line(event.line);
    seq = present(events.at(-1), 'The journal reaches its head').seq;
    await nextTurn();
  }
  for (const receipt of lastOfEachDay(receipts)) file.about({ kind: 'receipt', ...receipt });
  const prevHash = hashOfSeq(db, head.seq - 1) ?? zeroHash;
  const signed = { till, seq: head.seq, hash: head.hash, prevHash, ackedSeq, exportedAt };
  file.about({ kind: 'head', ...signed, signature: key.value.sign(journalHeadText(signed)) });
  const counted = file.counted();
  const signature = key.value.sign(exportText({ facilityId: id, exportedAt, ...counted }));
  file.about({ kind: 'end', ...counted, signature });
  return ok({
    fileName: `so-${code}-${shortCode}-${exportedAt.slice(0, 10)}.so.gz`.replaceAll(
      /[^\w.-]/g,
      '_',
    ),
    bytes: await gzipAsync(file.text()),
    events: head.seq,
    unreportedEvents: head.seq - ackedSeq,
  });
}

/** A later receipt covers everything before it: one a day is enough to bound the clock. */
function lastOfEachDay(receipts: readonly Receipt[]): readonly Receipt[] {
  return [
    ...new Map(
      receipts.map((receipt) => [businessDateOf(receipt.serverTime), receipt] as const),
    ).values(),
  ].sort((a, b) => a.ackedSeq - b.ackedSeq);
}

function createFile() {
  const digest = createHash('sha256');
  const lines: string[] = [];
  const line = (text: string): void => {
    digest.update(countedText(text));
    lines.push(text);
  };
  return {
    line,
    about: (about: ExportLine) => line(JSON.stringify(about)),
    /** For the last line: what stands before it. */
    counted: () => ({ lines: lines.length, sha256: digest.copy().digest('hex') }),
    text: () => lines.map(countedText).join(''),
  };
}
