/** Writes `scans.jsonl` anew: `node test/golden/barcodes/make.ts`. */
import { writeFileSync } from 'node:fs';
import { corpusFile, corpusLines } from '../../support/scanner-corpus.ts';

writeFileSync(corpusFile, `${corpusLines().join('\n')}\n`);
