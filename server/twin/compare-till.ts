import { createHash, type KeyObject } from 'node:crypto';
import type { Agent } from 'node:http';
import { AgreementAnswer, syncApi } from '../../shared/contract/sync-api.ts';
import { requestText } from '../../shared/sync/batch.ts';
import { stockDigestText } from '../../shared/sync/digest.ts';
import { post } from './post-batch.ts';
import type { JournalEnd } from './till-journal.ts';
import { signText } from './till-keys.ts';

/**
 * Compares a demonstration till's own stock with the centre's, as a till does after its upload
 * (shared/sync/digest.ts), so that the console shows a country that really agrees. The days of the
 * past are not compared again: they are looked at from the last event on, where there are none.
 * @returns the centre's answer; undefined when it did not give one, which the next time makes good.
 */
export async function compareTill(
  { seq, hash, lots }: JournalEnd,
  till: { readonly id: string; readonly privateKey: KeyObject },
  centre: { readonly url: string; readonly agent: Agent },
): Promise<AgreementAnswer['state'] | undefined> {
  const { method, path } = syncApi.agreement;
  const stockDigest = sha256Hex(stockDigestText(lots));
  const days = { afterSeq: seq, digest: sha256Hex('') };
  const body = Buffer.from(JSON.stringify({ seq, headHash: hash, stockDigest, days }));
  const bodySha256 = sha256Hex(body);
  const text = requestText({ till: till.id, method, pathAndQuery: path, bodySha256 });
  const headers = {
    'content-type': 'application/json',
    'x-till': till.id,
    'x-signature': signText(till.privateKey, text),
  };
  const answer = await post({ ...centre, path, headers, body }).catch(() => undefined);
  if (answer?.status !== 200) return undefined;
  return AgreementAnswer.parse(JSON.parse(answer.text)).state;
}

function sha256Hex(text: string | Uint8Array): string {
  return createHash('sha256').update(text).digest('hex');
}
