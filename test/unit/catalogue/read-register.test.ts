import { encode } from 'iconv-lite';
import { expect, test } from 'vitest';
import { type RegisterProgress, readRegister } from '../../../server/catalogue/read-register.ts';
import { readWholeRegister, summaryOf } from '../../support/read-whole-register.ts';

const header = 'gplh,name,ingredients,dosage_form,rx_class,packaging,manufacturer,country,group\n';

function row(code: string, name = `Thuốc ${code}`): string {
  const product = `${code},${name},paracetamol 500 mg,Viên nén,OTC,Hộp 10 vỉ x 10 viên`;
  return `${product},Công ty A,Việt Nam,Tân dược`;
}

const first = row('VD-10001-17');
const second = row('VD-10002-17');
const third = row('VD-10003-17');

async function read(content: string | Uint8Array): Promise<readonly string[]> {
  return summaryOf(await readWholeRegister(content));
}

test('reads a row into a drug with all its fields', async () => {
  const events = await readWholeRegister(
    'Số đăng ký;Tên thuốc;Hoạt chất;Hàm lượng;Dạng bào chế;Phân loại;Quy cách đóng gói;' +
      'Cơ sở sản xuất;Nước sản xuất;Nhóm;Mã vạch;Giá kê khai (VND);Đơn vị tính;Số đăng ký cũ;' +
      'Mã DQG;Tên khác\n' +
      '893110130226;Hạ Nhiệt;paracetamol;500 mg;Viên nén;Thuốc kê đơn;Hộp 10 vỉ x 10 viên;' +
      'Công ty A;India;Giảm đau;4006381333931;60.000;Hộp;VD-12345-17;DQG00001536;para|hạ sốt\n',
  );
  expect(events[0]).toEqual({
    kind: 'row',
    sheet: null,
    rowNumber: 2,
    warnings: [],
    drug: {
      code: '893110130226',
      name: 'Hạ Nhiệt',
      registrationNumber: '893110130226',
      ingredients: 'paracetamol 500 mg',
      dosageForm: 'Viên nén',
      prescriptionClass: 'prescription',
      packaging: 'Hộp 10 vỉ x 10 viên',
      units: [
        { name: 'viên', factor: 1 },
        { name: 'vỉ', factor: 10 },
        { name: 'hộp', factor: 100 },
      ],
      manufacturer: 'Công ty A',
      country: 'Ấn Độ',
      group: 'Giảm đau',
      aliases: [
        { kind: 'gplh', value: '893110130226' },
        { kind: 'registration', value: 'VD-12345-17' },
        { kind: 'dqg', value: 'DQG00001536' },
        { kind: 'gtin', value: '4006381333931' },
        { kind: 'name', value: 'para' },
        { kind: 'name', value: 'hạ sốt' },
      ],
      ceilingPriceVnd: 600,
      isDemonstration: false,
    },
  });
});

test.each([',', ';', '\t'])('finds out that cells are separated by "%s"', async (delimiter) => {
  const content = `${header}${first}\n${second}\n`.replaceAll(',', delimiter);
  expect(await read(content)).toEqual(['2 VD-10001-17', '3 VD-10002-17', 'finished 2 = 2 + 0']);
});

test('finds the header under titles and blank lines', async () => {
  const content = `DANH MỤC THUỐC\n"Đợt 1, 2026"\n\n${header}${first}\n`;
  expect(await read(content)).toEqual(['5 VD-10001-17', 'finished 1 = 1 + 0']);
});

test('finds a header whose names run over two lines', async () => {
  const content = `"Số đăng\nký","Tên\nthuốc"\nVD-10001-17,Hạ Nhiệt\n`;
  const events = await read(content);
  expect(events.at(-1)).toBe('finished 1 = 1 + 0');
  expect(events[0]).toMatch(/^4 VD-10001-17 /);
});

test.each(['\n', '\r\n', '\r'])('takes %j as the end of a line', async (end) => {
  const content = `${header}${first}\n\n${second}`.replaceAll('\n', end);
  expect(await read(content)).toEqual(['2 VD-10001-17', '4 VD-10002-17', 'finished 2 = 2 + 0']);
});

const plain = `${header}${row('VD-10001-17', 'Đường Ngọt Ế Ẩm')}\n${second}\n`;
const encodings: readonly (readonly [string, Buffer])[] = [
  ['UTF-8', Buffer.from(plain)],
  ['UTF-8 with a byte order mark', Buffer.from(`\uFEFF${plain}`)],
  ['UTF-16 LE with a byte order mark', encode(plain, 'utf-16le', { addBOM: true })],
  ['UTF-16 LE without one', encode(plain, 'utf-16le', { addBOM: false })],
  ['UTF-16 BE with a byte order mark', encode(plain, 'utf-16be', { addBOM: true })],
  ['UTF-16 BE without one', encode(plain, 'utf-16be', { addBOM: false })],
];

test.each(encodings)('reads %s, whatever the chunks', async (_, bytes) => {
  for (const chunkBytes of [1, 7, 100_000]) {
    const events = await readWholeRegister(bytes, { chunkBytes });
    expect(summaryOf(events)).toEqual(['2 VD-10001-17', '3 VD-10002-17', 'finished 2 = 2 + 0']);
    expect(events[0]).toMatchObject({ drug: { name: 'Đường Ngọt Ế Ẩm' } });
  }
});

test('reads Windows-1258 line by line and says so', async () => {
  const legacy = encode(withToneMarks(`${row('VD-10001-17', 'Thuốc ho')}\n`), 'windows-1258');
  const bytes = Buffer.concat([Buffer.from(header), legacy, Buffer.from(second)]);
  const events = await readWholeRegister(bytes);
  expect(summaryOf(events)).toEqual([
    '2 VD-10001-17 decoded-as-windows-1258',
    '3 VD-10002-17',
    'finished 2 = 2 + 0',
  ]);
  expect(events[0]).toMatchObject({ drug: { name: 'Thuốc ho' } });
});

test('removes NUL bytes and says so', async () => {
  const content = `${header}${row('VD-10001-17', 'Pa\0ra')}\n`;
  const events = await readWholeRegister(content);
  expect(events[0]).toMatchObject({
    drug: { name: 'Para' },
    warnings: ['control-characters-removed'],
  });
});

test('says when letters were already lost in the file', async () => {
  const content = `${header}${row('VD-10001-17', 'Thu?c ho')}\n`;
  expect(await read(content)).toContain('2 VD-10001-17 characters-lost');
});

test('a quoted cell may hold separators, quotation marks and line ends', async () => {
  const quoted = row('VD-10001-17', '"Thuốc ""A"", loại\ntốt"');
  const events = await readWholeRegister(`${header}${quoted}\n${second}\n`);
  expect(summaryOf(events)).toEqual(['2 VD-10001-17', '4 VD-10002-17', 'finished 2 = 2 + 0']);
  expect(events[0]).toMatchObject({ drug: { name: 'Thuốc "A", loại tốt' } });
});

test('a quotation mark that is never closed costs its own row only', async () => {
  const broken = row('VD-10009-17', '"Thuốc hỏng');
  const events = await readWholeRegister(`${header}${first}\n${broken}\n${second}\n${third}\n`);
  expect(summaryOf(events)).toEqual([
    '2 VD-10001-17',
    '3 ! broken-quotes',
    '4 VD-10002-17',
    '5 VD-10003-17',
    'finished 4 = 3 + 1',
  ]);
  expect(events[1]).toMatchObject({ rawText: broken });
});

test('an unclosed quotation mark does not eat up to the next one', async () => {
  const broken = row('VD-10009-17', '"Thuốc hỏng');
  const quoted = row('VD-10002-17', '"Thuốc, tốt"');
  expect(await read(`${header}${broken}\n${first}\n${quoted}\n${third}\n`)).toEqual([
    '2 ! broken-quotes',
    '3 VD-10001-17',
    '4 VD-10002-17',
    '5 VD-10003-17',
    'finished 4 = 3 + 1',
  ]);
});

test('quotation marks inside a cell are kept', async () => {
  const events = await readWholeRegister(`${header}${row('VD-10001-17', 'Cao "Vàng" 5')}\n`);
  expect(summaryOf(events)[0]).toBe('2 VD-10001-17 quotes-kept');
  expect(events[0]).toMatchObject({ drug: { name: 'Cao "Vàng" 5' } });
});

test('blanks around a quoted cell do no harm', async () => {
  const content = `${header}${row('VD-10001-17', ' "Thuốc, tốt" ')}\n`;
  const events = await readWholeRegister(content);
  expect(events[0]).toMatchObject({ drug: { name: 'Thuốc, tốt' }, warnings: [] });
});

test('a row with too many cells is reported, one with too few is read with a warning', async () => {
  const content = `${header}${first},thừa\n${first},,\nVD-10004-17,Thiếu\n`;
  const events = await read(content);
  expect(events).toEqual(
    [
      '2 ! too-many-cells',
      '3 VD-10001-17',
      '4 VD-10004-17 cells-missing prescription-class-unknown packaging-empty',
      'finished 3 = 2 + 1',
    ].map((line) => expect.stringContaining(line.split(' ').slice(0, 3).join(' '))),
  );
  expect(events[2]?.split(' ').toSorted()).toEqual(
    '4 VD-10004-17 cells-missing prescription-class-unknown packaging-empty'.split(' ').toSorted(),
  );
});

test('a row without a name or a number is reported with its text', async () => {
  const events = await readWholeRegister(`${header}VD-1-17,,x,,,,,,\n,Thuốc,x,,,,,,\n,,,,,,,,\n`);
  expect(summaryOf(events)).toEqual([
    '2 ! name-missing',
    '3 ! registration-missing',
    'finished 2 = 0 + 2',
  ]);
  expect(events[0]).toMatchObject({ rawText: 'VD-1-17,,x,,,,,,' });
});

test('a repeated row is a duplicate, a different product is kept with its own code', async () => {
  const other = row('VD-10001-17', 'Thuốc khác');
  const dearer = first.replace('Tân dược', 'Đông dược');
  const events = await read(`${header}${first}\n${first}\n${other}\n${other}\n${dearer}\n`);
  expect(events).toEqual([
    '2 VD-10001-17',
    '3 ! duplicate-row',
    expect.stringMatching(/^4 VD-10001-17-[0-9A-F]{8} registration-shared$/),
    '5 ! duplicate-row',
    '6 ! duplicate-conflicts',
    'finished 5 = 2 + 3',
  ]);
  expect(await read(`${header}${first}\n${other}\n`)).toContain(events[2]?.replace(/^4/, '3'));
});

test('a number of no known form is kept', async () => {
  expect(await read(`${header}${row('XYZ 77')}\n`)).toEqual([
    expect.stringMatching(/^2 XYZ-77-[0-9A-F]{8} registration-format-unknown$/),
    'finished 1 = 1 + 0',
  ]);
});

test('a cell or a line beyond its bound is reported, and reading goes on', async () => {
  const longCell = row('VD-10008-17', 'x'.repeat(20_001));
  const longLine = row('VD-10009-17', 'y'.repeat(1_000_000));
  expect(await read(`${header}${longCell}\n${longLine}\n${first}\n`)).toEqual([
    '2 ! cell-too-long',
    '3 ! row-too-long',
    '4 VD-10001-17',
    'finished 3 = 1 + 2',
  ]);
});

test('a long name is cut, with a warning', async () => {
  const events = await readWholeRegister(`${header}${row('VD-10001-17', 'x'.repeat(600))}\n`);
  expect(events[0]).toMatchObject({ warnings: ['text-shortened'] });
});

test('a truncated file gives its whole rows and the rest of the last one', async () => {
  const content = `${header}${first}\n${second.slice(0, 30)}`;
  const events = await read(content);
  expect(events[0]).toBe('2 VD-10001-17');
  expect(events[1]).toMatch(/^3 VD-10002-17 cells-missing /);
  expect(events[2]).toBe('finished 2 = 2 + 0');
});

const refusals: readonly (readonly [string, string | Buffer, string])[] = [
  ['an empty file', '', 'file-empty'],
  ['blank lines', '\n \n\n', 'file-empty'],
  ['a header alone', header, 'no-rows'],
  ['a file without the number column', 'name,form\nA,B\n', 'columns-missing'],
  ['a file without any known column', 'a,b\n1,2\n', 'columns-missing'],
  ['an HTML page', '<!DOCTYPE html>\n<html><body>502</body></html>\n', 'columns-missing'],
  ['an old Excel file', Buffer.from('d0cf11e0a1b11ae1', 'hex'), 'old-excel-format'],
  ['a PDF', Buffer.from('%PDF-1.7\n'), 'not-a-register'],
  ['a cut-off workbook', Buffer.from('PK\x03\x04junk'), 'workbook-damaged'],
];

test.each(refusals)('refuses %s', async (_, content, code) => {
  expect(await read(content)).toEqual([`refused ${code}`]);
});

test('a refusal names the missing columns and those found', async () => {
  const events = await readWholeRegister('Tên thuốc;Dạng\nA;B\n');
  expect(events).toEqual([
    {
      kind: 'refused',
      refusal: {
        code: 'columns-missing',
        details: { missing: 'số đăng ký (registration number)', found: 'Tên thuốc, Dạng' },
      },
    },
  ]);
});

test('refuses a file over its bounds, also when the size was not told', async () => {
  const content = `${header}${first}\n${second}\n${third}\n`;
  const bytesMax = content.length - 1;
  const told = await readWholeRegister(content, { bytesMax: 100 });
  const untold = await readWholeRegister(content, { bytesMax, sizeBytes: null });
  const rows = await readWholeRegister(content, { rowsMax: 2 });
  expect(summaryOf(told)).toEqual(['refused file-too-large']);
  expect(summaryOf(untold).at(-1)).toBe('refused file-too-large');
  expect(summaryOf(rows)).toEqual(['2 VD-10001-17', '3 VD-10002-17', 'refused too-many-rows']);
});

test('reports progress up to the last byte and row', async () => {
  const reports: RegisterProgress[] = [];
  const content = `${header}${first}\n${second}\n`;
  await readWholeRegister(content, { onProgress: (progress) => reports.push(progress) });
  const bytes = Buffer.byteLength(content);
  expect(reports.at(-1)).toEqual({ bytesRead: bytes, bytesTotal: bytes, rows: 2 });
});

test('an aborted reading stops and closes its stream', async () => {
  const abort = new AbortController();
  let isClosed = false;
  async function* endless() {
    try {
      yield Buffer.from(header);
      for (let index = 10_000; ; index += 1) yield Buffer.from(`${row(`VD-${index}-17`)}\n`);
    } finally {
      isClosed = true;
    }
  }
  const reading = readRegister(endless(), {
    fileName: 'endless.csv',
    sizeBytes: null,
    signal: abort.signal,
  });
  const drain = async () => {
    for await (const event of reading) if (event.kind === 'row') abort.abort();
  };
  await expect(drain()).rejects.toThrow('abort');
  expect(isClosed).toBe(true);
});

test('breaking out of the loop closes the stream', async () => {
  let isClosed = false;
  async function* endless() {
    try {
      yield Buffer.from(header);
      for (let index = 10_000; ; index += 1) yield Buffer.from(`${row(`VD-${index}-17`)}\n`);
    } finally {
      isClosed = true;
    }
  }
  for await (const event of readRegister(endless(), { fileName: 'a.csv', sizeBytes: null })) {
    if (event.kind === 'row') break;
  }
  expect(isClosed).toBe(true);
});

/** Windows-1258 has the letters ă â ê ô ơ ư đ, and writes tones as marks after them. */
function withToneMarks(text: string): string {
  const tone = /\u0300|\u0301|\u0303|\u0309|\u0323/g;
  return text.replace(/./gu, (letter) => {
    const parts = letter.normalize('NFD');
    return parts.replace(tone, '').normalize('NFC') + (parts.match(tone) ?? []).join('');
  });
}
