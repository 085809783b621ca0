import { expect, test } from 'vitest';
import { alertSentence } from '../../../server/console/pages/alert-words.ts';
import { en } from '../../../server/console/text/en.ts';
import { vi } from '../../../server/console/text/vi.ts';
import { AlertRow } from '../../../shared/contract/console-api.ts';
import { alertKinds } from '../../../shared/rules/alerts.ts';

const anAlert = AlertRow.parse({
  id: '0198f000-0000-7000-8000-000000000001',
  kind: 'expired-lot-sold',
  raisedAt: '2026-11-22T12:00:00+07:00',
  facilityId: '0198f000-0000-7000-8000-000000000002',
  facilityName: 'Nhà thuốc An Bình',
  provinceName: 'Cà Mau',
  till: null,
  seq: null,
  drug: 'D-1',
  drugName: 'Oresol',
  lot: 'A1',
  detail: { expiresOn: '2026-10-07', units: 1000 },
});

test('an alert says its own figures in both languages', () => {
  expect(alertSentence(anAlert, vi)).toBe(
    'Đã bán 1.000 đơn vị Oresol, lô A1, hết hạn ngày 07/10/2026.',
  );
  expect(alertSentence(anAlert, en)).toContain('1.000 units of Oresol');
});

test('two sales of one drug are told apart by their slips', () => {
  const ofSlip = (slip: string) =>
    alertSentence({ ...anAlert, detail: { ...anAlert.detail, slip } }, vi);
  expect(ofSlip('AB-7')).toContain('Phiếu bán AB-7.');
  expect(ofSlip('AB-8')).not.toBe(ofSlip('AB-7'));
});

test('every kind of alert has a sentence even where its figures are missing', () => {
  for (const kind of alertKinds) {
    for (const text of [vi, en]) {
      const sentence = alertSentence({ ...anAlert, kind, detail: {} }, text);
      expect(sentence).not.toMatch(/undefined|NaN|Invalid/);
      expect(sentence.length).toBeGreaterThan(20);
    }
  }
});
