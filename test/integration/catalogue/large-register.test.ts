import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, test } from 'vitest';
import { readRegister } from '../../../server/catalogue/read-register.ts';

const header = 'gplh,name,ingredients,dosage_form,rx_class,packaging,manufacturer,country\n';
const megabyte = 1024 * 1024;

/** 80 MB of long rows, made as they are read, with a broken quote in every thousandth. */
async function* largeRegister(counts: { rows: number; broken: number }) {
  const filling = 'paracetamol 500 mg; '.repeat(950);
  let bytes = 0;
  yield Buffer.from(header);
  while (bytes < 80 * megabyte) {
    counts.rows += 1;
    const isBroken = counts.rows % 1_000 === 0;
    if (isBroken) counts.broken += 1;
    const quote = isBroken ? '"' : '';
    const start = `VD-${10_000 + counts.rows}-26,${quote}Thuốc ${counts.rows}`;
    const end = 'Viên nén,OTC,"Hộp 3 vỉ, 5 vỉ x 10 viên",Công ty A,Việt Nam\n';
    const chunk = Buffer.from(`${start},${filling},${end}`);
    bytes += chunk.length;
    yield chunk;
  }
}

test('a register of 80 MB is read in bounded memory, every row accounted for', async () => {
  const counts = { rows: 0, broken: 0 };
  const seen = { row: 0, unreadable: 0, refused: 0, finished: 0 };
  let liveBytesMax = 0;
  let nextSampleRow = 0;
  const options = {
    fileName: 'large.csv',
    sizeBytes: null,
    onProgress: ({ rows }: { readonly rows: number }) => {
      if (rows < nextSampleRow) return;
      nextSampleRow = rows + 2_000;
      liveBytesMax = Math.max(liveBytesMax, liveBytes());
    },
  };
  const liveBytesBefore = liveBytes();
  for await (const event of readRegister(largeRegister(counts), options)) seen[event.kind] += 1;
  expect(seen).toEqual({
    row: counts.rows - counts.broken,
    unreadable: counts.broken,
    refused: 0,
    finished: 1,
  });
  expect(counts.rows).toBeGreaterThan(4_000);
  expect(liveBytesMax - liveBytesBefore).toBeLessThan(30 * megabyte);
}, 120_000);

/** What is really held, garbage taken away. */
function liveBytes(): number {
  setFlagsFromString('--expose-gc');
  runInNewContext('gc()');
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}
