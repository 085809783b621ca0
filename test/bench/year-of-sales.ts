import { createHash, generateKeyPairSync } from 'node:crypto';
import { hashLine } from '../../desktop/main/db/event-log.ts';
import { createDocumentIds } from '../../desktop/main/document-ids.ts';
import { randomOf } from '../../server/twin/random.ts';
import { zeroHash } from '../../shared/events/envelope.ts';
import type { Fact } from '../../shared/events/registry.ts';
import { type SealedEvent, sealEvent } from '../../shared/events/seal.ts';
import { CalendarDate, instantOfMs } from '../../shared/model/calendar.ts';
import { certificateText, type Receipt, receiptText } from '../../shared/sync/batch.ts';
import {
  countedText,
  type ExportLine,
  exportText,
  journalHeadText,
} from '../../shared/sync/journal-export.ts';
import { signText } from '../support/test-device.ts';

export const salesPerYear = 36_500;
const salesPerDay = 100;
const till = '01980000-0000-7000-8000-000000000001';
const facilityId = '01980000-0000-7000-8000-0000000000f1';
const startMs = Date.parse('2026-01-01T07:00:00+07:00');

/** Sales of a shop as they are before sealing: two lines and a half on average, from 300 lots. */
export function* factsOfYear(sales: number): Generator<Fact> {
  const random = randomOf('year');
  const expiresOn = CalendarDate.parse('2028-06-30');
  const unit = { name: 'viên', factor: 1 };
  for (let sale = 1; sale <= sales; sale += 1) {
    const lines = Array.from({ length: random.pick([1, 1, 2, 2, 3, 3, 4]) }, () => {
      const drug = `VD-${random.between(10_000, 10_149)}-21`;
      const units = random.between(1, 30);
      const amountVnd = units * 500;
      const picks = [{ lot: `L${random.between(1, 2)}`, expiresOn, units }];
      return { drug, unit, quantity: units, priceVnd: 500, amountVnd, discountVnd: 0, picks };
    });
    const totalVnd = lines.reduce((sum, line) => sum + line.amountVnd, 0);
    const payment = { method: 'cash' as const, tenderedVnd: totalVnd, changeVnd: 0 };
    yield { type: 'SaleCompleted.v1', data: { slip: `A1-${sale}`, lines, totalVnd, payment } };
  }
}

export function sealYear(facts: Iterable<Fact>): readonly SealedEvent[] {
  let nowMs = startMs;
  const newId = createDocumentIds(randomOf('ids').bytes(16), () => nowMs);
  const events: SealedEvent[] = [];
  let head = { seq: 0, hash: zeroHash };
  for (const fact of facts) {
    nowMs = startMs + Math.floor(events.length / salesPerDay) * 86_400_000 + (head.seq % 100) * 5e5;
    const at = instantOfMs(nowMs);
    const sealed = sealEvent({ till, head, id: newId(), at, by: 'DS01', fact }, hashLine);
    events.push(sealed);
    head = sealed;
  }
  return events;
}

/** The lines of its journal export: a receipt a day, the last ten days not yet reported. */
export function yearExport(sales: number): readonly string[] {
  const centre = generateKeyPairSync('ed25519');
  const device = generateKeyPairSync('ed25519');
  const rawOf = (key: typeof centre.publicKey) =>
    Buffer.from(key.export({ format: 'jwk' }).x ?? '', 'base64url').toString('base64');
  const events = sealYear(factsOfYear(sales));
  const exportedAt = instantOfMs(startMs + 366 * 86_400_000);
  const deviceKey = rawOf(device.publicKey);
  const facility = { id: facilityId, code: '96-000001', name: 'Nhà thuốc An Bình' };
  const lines: string[] = [];
  const about = (line: ExportLine) => lines.push(JSON.stringify(line));
  const centreKey = rawOf(centre.publicKey);
  about({ kind: 'export', version: 1, source: 'till', exportedAt, facility, centreKey });
  const certified = certificateText({ till, facilityId, publicKey: deviceKey });
  const certificate = signText(centre.privateKey, certified);
  about({ kind: 'till', id: till, shortCode: 'A1', deviceKey, certificate });
  for (const event of events) lines.push(event.line);
  let ackedSeq = 0;
  for (const event of events) {
    if (event.seq % salesPerDay !== 0 || event.seq > sales - 10 * salesPerDay) continue;
    ackedSeq = event.seq;
    const serverTime = instantOfMs(startMs + (event.seq / salesPerDay) * 86_400_000 - 3_600_000);
    const receipt: Omit<Receipt, 'signature'> = {
      till,
      ackedSeq,
      ackedHash: event.hash,
      serverTime,
    };
    const signature = signText(centre.privateKey, receiptText(receipt));
    about({ kind: 'receipt', ...receipt, signature });
  }
  const last = events.at(-1) ?? { seq: 0, hash: zeroHash };
  const prevHash = events.at(-2)?.hash ?? zeroHash;
  const head = { till, seq: last.seq, hash: last.hash, prevHash, ackedSeq, exportedAt };
  about({ kind: 'head', ...head, signature: signText(device.privateKey, journalHeadText(head)) });
  const sha256 = createHash('sha256').update(lines.map(countedText).join('')).digest('hex');
  const counted = { lines: lines.length, sha256 };
  const text = exportText({ facilityId, exportedAt, ...counted });
  about({ kind: 'end', ...counted, signature: signText(device.privateKey, text) });
  return lines;
}
