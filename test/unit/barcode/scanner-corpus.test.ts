import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { judgeScan, type Outcome } from '../../support/judge-scan.ts';
import {
  corpusFile,
  corpusLines,
  handwrittenFile,
  readScans,
  type Scan,
} from '../../support/scanner-corpus.ts';

const scans = [...readScans(corpusFile), ...readScans(handwrittenFile)];

test('the corpus is what its generator makes, and large enough to mean something', () => {
  expect(readFileSync(corpusFile, 'utf8')).toBe(`${corpusLines().join('\n')}\n`);
  expect(scans.length).toBeGreaterThanOrEqual(500);
  expect(new Set(scans.map(({ defect }) => defect)).size).toBeGreaterThanOrEqual(60);
  // Fewer than all: the same short code may be met twice.
  expect(new Set(scans.map(({ sent }) => sent)).size).toBeGreaterThan(scans.length * 0.95);
});

test('no scan of the corpus is read wrongly', () => {
  expect(where((_, outcome) => outcome === 'wrong')).toEqual([]);
});

test('what a scanner hands over whole is read, without a question', () => {
  const isSure = ({ truth }: Scan) => truth.type === 'refused' || truth.mayAsk === undefined;
  expect(where((scan, outcome) => isSure(scan) && outcome !== 'right')).toEqual([]);
});

test('what a scanner damaged is asked or left open, and its number is still read', () => {
  const damaged = scans.filter(({ truth }) => truth.type === 'product' && truth.mayAsk === true);
  const outcomes = damaged.map(judgeScan);
  expect(damaged.length).toBeGreaterThan(50);
  expect(outcomes.filter((outcome) => outcome === 'unread')).toEqual([]);
});

function where(wanted: (scan: Scan, outcome: Outcome) => boolean): readonly string[] {
  return scans.flatMap((scan) => {
    const outcome = judgeScan(scan);
    return wanted(scan, outcome) ? [`${outcome}: ${JSON.stringify(scan)}`] : [];
  });
}
