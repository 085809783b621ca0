import { expect, test } from 'vitest';
import { contentOf } from '../../../server/console/pages/record-content.ts';
import { en } from '../../../server/console/text/en.ts';
import { vi } from '../../../server/console/text/vi.ts';

const words = { text: vi, drugNames: { 'hộp xanh': 'Paracetamol 500 mg' } };

function aLine(data: unknown): string {
  return JSON.stringify({
    type: 'SaleCompleted.v1',
    at: '2026-11-22T11:59:00+07:00',
    by: 'DS01',
    data,
  });
}

test('a document is read as a person would: names, money, days, lines', () => {
  const data = {
    slip: 'A1-2',
    totalVnd: 10_000,
    payment: { method: 'cash', changeVnd: 0 },
    lines: [
      {
        drug: 'hộp xanh',
        unit: { name: 'viên', factor: 1 },
        quantity: 1_000,
        picks: [{ lot: 'A1', expiresOn: '2027-06-30', units: 1_000 }],
      },
      { drug: 'lạ', amountVnd: 500 },
    ],
  };
  expect(contentOf(aLine(data), words)).toEqual({
    type: 'SaleCompleted.v1',
    at: '2026-11-22T11:59:00+07:00',
    by: 'DS01',
    facts: [
      { name: 'Số phiếu', value: 'A1-2' },
      { name: 'Tổng tiền', value: '10.000\u00A0₫' },
      { name: 'Cách trả tiền', value: 'tiền mặt' },
      { name: 'Trả lại khách', value: '0\u00A0₫' },
    ],
    tables: [
      {
        title: 'Các dòng',
        columns: [
          { name: 'Thuốc', isNumber: false },
          { name: 'Đơn vị', isNumber: false },
          { name: 'Số lượng', isNumber: true },
          { name: 'Lấy từ lô', isNumber: false },
          { name: 'Thành tiền', isNumber: true },
        ],
        rows: [
          ['Paracetamol 500 mg', 'viên', '1.000', 'A1 · 30/06/2027 · 1.000', '–'],
          ['lạ', '–', '–', '–', '500\u00A0₫'],
        ],
      },
    ],
  });
});

test('what no schema knows is shown by its own name, and nothing is hidden', () => {
  const data = { robot: { arms: [1, 2] }, isReal: true, note: '', nothing: null, empty: [] };
  expect(contentOf(aLine(data), { ...words, text: en })?.facts).toEqual([
    { name: 'arms', value: '[1,2]' },
    { name: 'isReal', value: 'yes' },
    { name: 'Note', value: '–' },
    { name: 'nothing', value: '–' },
    { name: 'empty', value: '[]' },
  ]);
  expect(contentOf(aLine('chữ'), words)?.facts).toEqual([{ name: 'data', value: 'chữ' }]);
});

test('a line that is no object has no content', () => {
  for (const line of ['', '{', 'null', '[]', '"x"']) expect(contentOf(line, words)).toBeUndefined();
});
