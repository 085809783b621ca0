import { jsonLog, productionDeps } from '../../desktop/main/production-deps.ts';
import { createTill, type Till } from '../../desktop/main/till.ts';
import { builtTill } from './built-till.ts';
import { type BenchOptions, type Figure, figure, percentile } from './figure.ts';
import { fullSize, quickSize } from './till-sale.ts';

/**
 * What a seller types, key by key and without diacritics, over 50,000 names: every beginning of each
 * text is one search, as the screen asks it.
 */
const typed = [
  'para',
  'paracetamol 500',
  'amoxicilin',
  'cefu',
  'thuoc ho',
  'dai trang',
  'vitamin b1',
  'ome 20',
  'than hoat',
  '500 mg',
  'vd-12345-10',
  'vd12345',
  '8930000012345',
  'lo fen',
  'cao kho ich mau',
  'natri',
  'zi',
  'e',
  'xyz',
  'amlodipin 5mg',
] as const;

export async function measure({ isQuick }: BenchOptions): Promise<readonly Figure[]> {
  const { dataDir } = builtTill(isQuick ? quickSize : fullSize);
  const log = jsonLog('error');
  const till = createTill(
    productionDeps({ dataDir, programVersion: 'bench', host: 'counter-host', log }),
  );
  const texts = typed.flatMap((text) =>
    Array.from({ length: text.length }, (_, index) => text.slice(0, index + 1)),
  );
  await timed(till, 'warm');
  const searches: { text: string; ms: number }[] = [];
  for (let round = 0; round < (isQuick ? 1 : 5); round += 1) {
    for (const text of texts) searches.push({ text, ms: await timed(till, text) });
  }
  await till.close();
  const allMs = searches.map(({ ms }) => ms);
  const oneLetterMs = searches.filter(({ text }) => text.length === 1).map(({ ms }) => ms);
  return [
    figure('search over 50,000 names, p50', percentile(allMs, 50), 'ms'),
    figure('search over 50,000 names, p95', percentile(allMs, 95), 'ms'),
    figure('search over 50,000 names, slowest', Math.max(...allMs), 'ms'),
    figure('search by one letter, p95', percentile(oneLetterMs, 95), 'ms'),
  ];
}

async function timed(till: Till, text: string): Promise<number> {
  const startMs = performance.now();
  const reply = await till.invoke('drugs.search', { text });
  const ms = performance.now() - startMs;
  if (!reply.ok) throw new Error(`The search failed: ${JSON.stringify(reply.error)}`);
  return ms;
}
