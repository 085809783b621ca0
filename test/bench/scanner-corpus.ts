import { judgeScan, type Outcome } from '../support/judge-scan.ts';
import { corpusFile, handwrittenFile, readScans } from '../support/scanner-corpus.ts';
import { type Figure, figure } from './figure.ts';

/**
 * The corpus of scans read as a counter reads it. Wrong is what the person at the counter would not
 * notice: another product, lot or expiry. Everything else costs a look at the pack.
 */
export async function measure(): Promise<readonly Figure[]> {
  const scans = [...readScans(corpusFile), ...readScans(handwrittenFile)];
  const outcomes = scans.map(judgeScan);
  const share = (outcome: Outcome) =>
    (outcomes.filter((each) => each === outcome).length / scans.length) * 100;
  return [
    figure('scans of the corpus', scans.length, 'scans'),
    figure('read wrongly', share('wrong'), '%'),
    figure('not read', share('unread'), '%'),
    figure('asked of a person, the truth among the answers', share('asked'), '%'),
    figure('number read, lot or expiry left open', share('open'), '%'),
    figure('read rightly', share('right'), '%'),
  ];
}
