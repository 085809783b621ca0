import { generateKeyPairSync } from 'node:crypto';
import { hashLine } from '../../desktop/main/db/event-log.ts';
import { zeroHash } from '../../shared/events/envelope.ts';
import { type SealedEvent, sealEvent } from '../../shared/events/seal.ts';
import { instantOfMs } from '../../shared/model/calendar.ts';
import { batchText } from '../../shared/sync/batch.ts';
import { signText } from '../support/test-device.ts';
import { type BenchOptions, type Figure, figure, percentile } from './figure.ts';
import { factsOfYear } from './year-of-sales.ts';

const till = '01980000-0000-7000-8000-000000000001';
const id = '01980000-0000-7000-8000-0000000000aa';

/**
 * What proof costs a sale: sealing it behind the one before (JSON and SHA-256), and the signature of
 * a batch that carries nothing but this one sale, as a till that is always online sends it.
 */
export async function measure({ isQuick }: BenchOptions): Promise<readonly Figure[]> {
  const sales = isQuick ? 500 : 10_000;
  const { privateKey } = generateKeyPairSync('ed25519');
  const at = instantOfMs(Date.parse('2026-11-22T08:00:00+07:00'));
  const sealMs: number[] = [];
  const signMs: number[] = [];
  let head: Pick<SealedEvent, 'seq' | 'hash'> = { seq: 0, hash: zeroHash };
  for (const fact of factsOfYear(sales)) {
    const start = performance.now();
    const sealed = sealEvent({ till, head, id, at, by: 'DS01', fact }, hashLine);
    const between = performance.now();
    const { seq, hash } = sealed;
    const batch = { till, firstSeq: seq, lastSeq: seq, prevHash: head.hash, headHash: hash };
    signText(privateKey, batchText(batch));
    signMs.push(performance.now() - between);
    sealMs.push(between - start);
    head = sealed;
  }
  const both = sealMs.map((ms, index) => ms + (signMs[index] ?? 0));
  return [
    figure('seal and sign one sale, median', percentile(both, 50), 'ms'),
    figure('seal and sign one sale, p99', percentile(both, 99), 'ms'),
    figure('seal alone, median', percentile(sealMs, 50), 'ms'),
    figure('sign alone, median', percentile(signMs, 50), 'ms'),
  ];
}
