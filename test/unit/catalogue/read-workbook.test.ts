import { deflateRawSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { packZip, unpackZip } from '../../../server/catalogue/zip-archive.ts';
import { makeWorkbook } from '../../support/make-workbook.ts';
import { readWholeRegister, summaryOf } from '../../support/read-whole-register.ts';

const header = ['Số đăng ký', 'Tên thuốc', 'Dạng bào chế', 'Phân loại', 'Quy cách đóng gói'];

function row(code: string | number): readonly (string | number)[] {
  return [code, `Thuốc ${code}`, 'Viên nén', 'OTC', 'Hộp 10 vỉ x 10 viên'];
}

test('reads every sheet that has a header, with its row numbers', async () => {
  const workbook = makeWorkbook({
    'Trong nước': [['DANH MỤC & GIÁ'], [], header, row('VD-10001-17'), [], row('VD-10002-17')],
    'Ghi chú': [['Chỉ là ghi chú']],
    'Nước ngoài': [header, row(893100130226)],
  });
  const events = await readWholeRegister(workbook);
  expect(summaryOf(events)).toEqual([
    '4 VD-10001-17',
    '6 VD-10002-17',
    '2 893100130226',
    'finished 3 = 3 + 0',
  ]);
  expect(events.map((event) => ('sheet' in event ? event.sheet : '-'))).toEqual([
    'Trong nước',
    'Trong nước',
    'Nước ngoài',
    '-',
  ]);
});

test('a failed formula costs its cell, not the workbook', async () => {
  const failed = { xml: '<c r="AT" t="e"><v>#N/A</v></c>' };
  const workbook = makeWorkbook({
    Thuốc: [header, ['VD-10001-17', failed], ['VD-10002-17', 'Tốt', failed]],
  });
  expect(summaryOf(await readWholeRegister(workbook))).toEqual([
    '2 ! name-missing',
    expect.stringMatching(/^3 VD-10002-17 /),
    'finished 2 = 1 + 1',
  ]);
});

test('a row that cannot be read is reported with its cells', async () => {
  const workbook = makeWorkbook({ Thuốc: [header, ['', 'Không số'], row('VD-10001-17')] });
  const events = await readWholeRegister(workbook);
  expect(events[0]).toMatchObject({
    kind: 'unreadable',
    sheet: 'Thuốc',
    rowNumber: 2,
    reason: 'registration-missing',
    rawText: expect.stringContaining('Không số'),
  });
});

test('refuses a workbook without the columns, without rows, or without anything', async () => {
  const wrong = makeWorkbook({
    A: [
      ['Tên thuốc', 'Giá'],
      ['A', 1],
    ],
  });
  const headerOnly = makeWorkbook({ A: [header] });
  const blank = makeWorkbook({ A: [] });
  expect(summaryOf(await readWholeRegister(wrong))).toEqual(['refused columns-missing']);
  expect(summaryOf(await readWholeRegister(headerOnly))).toEqual(['refused no-rows']);
  expect(summaryOf(await readWholeRegister(blank))).toEqual(['refused file-empty']);
});

test('refuses a workbook cut off at any place', async () => {
  const workbook = makeWorkbook({ A: [header, row('VD-10001-17')] });
  for (const share of [0.1, 0.5, 0.9]) {
    const cut = workbook.subarray(0, Math.floor(workbook.length * share));
    expect(summaryOf(await readWholeRegister(cut))).toEqual(['refused workbook-damaged']);
  }
});

test('refuses a ZIP that is no workbook', async () => {
  const archive = packZip(new Map([['readme.xml', Buffer.from('<a/>')]]));
  expect(summaryOf(await readWholeRegister(archive))).toEqual(['refused workbook-damaged']);
});

test('refuses a workbook that unpacks to more than its bound', async () => {
  const workbook = makeWorkbook({ A: [header, row('VD-10001-17')] });
  const events = await readWholeRegister(workbook, { workbookUnpackedBytesMax: workbook.length });
  expect(events.at(-1)?.kind).toBe('finished');
  const bomb = zipBomb(1_000_000);
  const refused = await readWholeRegister(bomb, { workbookUnpackedBytesMax: 500_000 });
  expect(bomb.length).toBeLessThan(5_000);
  expect(summaryOf(refused)).toEqual(['refused workbook-too-large']);
});

test('the bound counts what parts really inflate to, not what they declare', () => {
  const limits = { bytesMax: 500_000, isWanted: () => true };
  expect(unpackZip(zipBomb(1_000_000), limits).kind).toBe('too-large');
  expect(unpackZip(zipBomb(400_000), limits).kind).toBe('unpacked');
});

/** An archive whose one part declares ten bytes and inflates to `bytes`. */
function zipBomb(bytes: number): Buffer {
  const packed = deflateRawSync(Buffer.alloc(bytes, 32));
  const archive = packZip(new Map([['xl/workbook.xml', packed]]));
  const central = archive.indexOf(Buffer.from('504b0102', 'hex'));
  for (const offset of [8, central + 10]) archive.writeUInt16LE(8, offset);
  for (const offset of [22, central + 24]) archive.writeUInt32LE(10, offset);
  return archive;
}
