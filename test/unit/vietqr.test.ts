import fc from 'fast-check';
import encodeQR from 'qr';
import { decodeQR } from 'qr/decode.js';
import { expect, test } from 'vitest';
import { readVietQr, vietQrPayload } from '../../shared/rules/vietqr.ts';

const account = { bankBin: '970403', number: '0011012345678' };

test('the account alone is the published example, to the last digit of its checksum', () => {
  expect(vietQrPayload({ account })).toBe(
    '00020101021138570010A00000072701270006970403011300110123456780208QRIBFTTA53037045802VN63049E6F',
  );
});

test('the published example with a sum and a purpose is read', () => {
  const published =
    '00020101021238570010A00000072701270006970403011300110123456780208QRIBFTTA530370454061800005802VN62340107NPS68690819thanh toan don hang63042E2E';
  expect(readVietQr(published)).toEqual({
    ok: true,
    value: { account, amountVnd: 180_000, purpose: 'thanh toan don hang' },
  });
});

test('a purpose goes without diacritics, and no longer than a bank takes it', () => {
  const payload = vietQrPayload({
    account,
    amountVnd: 17_000,
    purpose: 'Đơn A1-42, nhà thuốc An Bình',
  });
  expect(readVietQr(payload)).toMatchObject({
    ok: true,
    value: { amountVnd: 17_000, purpose: 'DON A1-42 NHA THUOC AN BI' },
  });
});

test('what is drawn is read back from the picture', () => {
  const payload = vietQrPayload({ account, amountVnd: 1_234_567, purpose: 'A1-42' });
  const bits = encodeQR(payload, 'raw', { ecc: 'medium' });
  const scale = 4;
  const width = bits.length * scale;
  const data = new Uint8ClampedArray(width * width * 4).map((_, index) => {
    const pixel = Math.floor(index / 4);
    const row = Math.floor(pixel / width / scale);
    const isInk = bits[row]?.[Math.floor((pixel % width) / scale)] === true;
    return index % 4 === 3 || !isInk ? 255 : 0;
  });
  expect(decodeQR({ width, height: width, data })).toBe(payload);
});

test('every account, sum and purpose comes back as it was', () => {
  const transfer = fc.record({
    account: fc.record({
      bankBin: fc.stringMatching(/^\d{6}$/),
      number: fc.stringMatching(/^[0-9A-Z]{1,19}$/),
    }),
    amountVnd: fc.integer({ min: 1, max: 1_000_000_000_000 }),
    purpose: fc.stringMatching(/^[A-Z0-9]{1,25}$/),
  });
  fc.assert(
    fc.property(transfer, (given) => {
      expect(readVietQr(vietQrPayload(given))).toEqual({ ok: true, value: given });
    }),
  );
});

test('one changed character is found', () => {
  const payload = vietQrPayload({ account, amountVnd: 17_000 });
  for (let at = 0; at < payload.length; at += 1) {
    const other = payload[at] === '1' ? '2' : '1';
    const changed = payload.slice(0, at) + other + payload.slice(at + 1);
    expect(readVietQr(changed).ok, changed).toBe(false);
  }
});

test('a code of another scheme, or no code at all, is refused by name', () => {
  expect(readVietQr('https://example.vn')).toMatchObject({ error: { type: 'not-a-payload' } });
  const card =
    '00020101021138600010A00000072701300006970403011697040311012345670208QRIBFTTC53037045802VN63044F52';
  expect(readVietQr(card)).toMatchObject({ error: { type: 'not-vietqr' } });
});
