import { expect, test } from 'vitest';
import { makeWorkbook } from '../../support/make-workbook.ts';
import { readWholeRegister, summaryOf } from '../../support/read-whole-register.ts';

const header = ['Số đăng ký', 'Tên thuốc'];
const good = ['VD-10001-17', 'Hạ Nhiệt'];

test('refuses a workbook with a row a thousand million down, and reads the next', async () => {
  const far = { xml: '<c r="AT"/></row><row r="1000000000"><c r="A1000000000"><v>1</v></c>' };
  const hostile = await readWholeRegister(makeWorkbook({ Thuốc: [header, [far]] }));
  const next = await readWholeRegister(makeWorkbook({ Thuốc: [header, good] }));
  expect(summaryOf(hostile)).toEqual(['refused workbook-too-large']);
  expect(summaryOf(next).at(-1)).toBe('finished 1 = 1 + 0');
});

test('cancelling ends the reading of a workbook', async () => {
  const abort = new AbortController();
  const rows = Array.from({ length: 5_000 }, (_, index) => [`VD-${10_000 + index}-17`, 'Thuốc']);
  const reading = readWholeRegister(makeWorkbook({ Thuốc: [header, ...rows] }), {
    signal: abort.signal,
    onProgress: ({ rows: count }) => {
      if (count > 0) abort.abort();
    },
  });
  await expect(reading).rejects.toThrow('abort');
});
