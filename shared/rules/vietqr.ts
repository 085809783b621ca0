/**
 * VietQR: a transfer to the shop's account as a QR code, made without a line. The payload is that of
 * the EMV QR Code Specification for Payment Systems, merchant-presented mode (EMVCo v1.1), with the
 * account in template 38 as NAPAS writes it ("Định dạng mã VietQR", v1.5.2).
 */
import { assert } from '../base/assert.ts';
import { limits } from '../base/limits.ts';
import { err, ok, type Result } from '../base/result.ts';
import { BankAccount } from '../model/payment-settings.ts';
import { foldVietnamese } from './fold-vietnamese.ts';

export type Transfer = {
  readonly account: BankAccount;
  /** Absent: whoever pays types it. */
  readonly amountVnd?: number;
  /** Shown in both banks' statements; letters of ASCII only arrive whole. */
  readonly purpose?: string;
};

export type VietQrProblem =
  | { readonly type: 'not-a-payload' }
  | { readonly type: 'wrong-checksum' }
  /** A QR code of another scheme, card or currency. */
  | { readonly type: 'not-vietqr' };

const napas = 'A000000727';
const transferToAccount = 'QRIBFTTA';
const dong = '704';
/** EMVCo allows 25 characters in a purpose of transaction. */
export const purposeLengthMax = limits.paymentReferenceLength;

/** @returns the text of the QR code. */
export function vietQrPayload({ account, amountVnd, purpose = '' }: Transfer): string {
  const isOnce = amountVnd !== undefined;
  const beneficiary = field('00', account.bankBin) + field('01', account.number);
  const words = purposeWords(purpose);
  if (isOnce) assert(isPayable(amountVnd), 'A transfer is a whole, positive sum');
  const body = [
    field('00', '01'),
    field('01', isOnce ? '12' : '11'),
    field('38', field('00', napas) + field('01', beneficiary) + field('02', transferToAccount)),
    field('53', dong),
    isOnce ? field('54', String(amountVnd)) : '',
    field('58', 'VN'),
    words === '' ? '' : field('62', field('08', words)),
    '6304',
  ].join('');
  return body + checksum(body);
}

/** Reads a payload back, so that what was drawn can be proved. */
export function readVietQr(payload: string): Result<Transfer, VietQrProblem> {
  if (!/6304[0-9A-F]{4}$/.test(payload)) return err({ type: 'not-a-payload' });
  if (checksum(payload.slice(0, -4)) !== payload.slice(-4)) return err({ type: 'wrong-checksum' });
  const fields = fieldsOf(payload);
  const merchant = fieldsOf(fields?.get('38') ?? '');
  const beneficiary = fieldsOf(merchant?.get('01') ?? '');
  if (fields === undefined) return err({ type: 'not-a-payload' });
  const account = BankAccount.safeParse({
    bankBin: beneficiary?.get('00'),
    number: beneficiary?.get('01'),
  });
  const isOurs = merchant?.get('00') === napas && merchant.get('02') === transferToAccount;
  if (!isOurs || fields.get('53') !== dong || !account.success) return err({ type: 'not-vietqr' });
  const amountVnd = fields.get('54');
  const purpose = fieldsOf(fields.get('62') ?? '')?.get('08');
  if (amountVnd !== undefined && !isPayable(Number(amountVnd))) return err({ type: 'not-vietqr' });
  return ok({
    account: account.data,
    ...(amountVnd === undefined ? {} : { amountVnd: Number(amountVnd) }),
    ...(purpose === undefined ? {} : { purpose }),
  });
}

function isPayable(amountVnd: number): boolean {
  return Number.isInteger(amountVnd) && amountVnd > 0 && amountVnd <= limits.totalVndMax;
}

/** Without diacritics: banks drop or garble them. */
function purposeWords(purpose: string): string {
  const plain = foldVietnamese(purpose).toUpperCase();
  return plain
    .replace(/[^A-Z0-9 .-]+/g, ' ')
    .replace(/ +/g, ' ')
    .trim()
    .slice(0, purposeLengthMax)
    .trim();
}

/** Tag, length in characters, value. */
function field(tag: string, value: string): string {
  assert(value.length <= 99, 'A field of a QR payload holds at most 99 characters');
  return tag + String(value.length).padStart(2, '0') + value;
}

function fieldsOf(text: string): ReadonlyMap<string, string> | undefined {
  const fields = new Map<string, string>();
  for (let at = 0; at < text.length; ) {
    const length = Number(text.slice(at + 2, at + 4));
    const value = text.slice(at + 4, at + 4 + length);
    if (!Number.isInteger(length) || value.length < length) return undefined;
    fields.set(text.slice(at, at + 2), value);
    at += 4 + length;
  }
  return fields;
}

/** CRC-16/IBM-3740 (polynomial 0x1021, start 0xFFFF; ISO/IEC 13239), four hexadecimal digits. */
function checksum(text: string): string {
  let sum = 0xffff;
  for (let at = 0; at < text.length; at += 1) {
    sum ^= text.charCodeAt(at) << 8;
    for (let bit = 0; bit < 8; bit += 1) {
      sum = (sum & 0x8000) === 0 ? (sum << 1) & 0xffff : ((sum << 1) ^ 0x1021) & 0xffff;
    }
  }
  return sum.toString(16).toUpperCase().padStart(4, '0');
}
