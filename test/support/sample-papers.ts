import { doseLabel } from '../../desktop/main/devices/paper/dose-label.ts';
import type { Paper } from '../../desktop/main/devices/paper/paper.ts';
import { returnSlip } from '../../desktop/main/devices/paper/return-slip.ts';
import { type SaleSlip, saleSlip } from '../../desktop/main/devices/paper/sale-slip.ts';
import { shiftXReport, shiftZReport } from '../../desktop/main/devices/paper/shift-report.ts';
import { testSlip } from '../../desktop/main/devices/paper/test-slip.ts';
import { aFacility, day, moment } from './builders.ts';

/** One of each paper, with long names, several lots and every mark of the language. */

const viên = { name: 'viên', factor: 1 };
const vỉ = { name: 'vỉ', factor: 10 };

export function aSaleSlip(parts: Partial<SaleSlip> = {}): SaleSlip {
  return {
    facility: aFacility(),
    isPractice: false,
    soldAt: moment('2026-11-22T14:32:00+07:00'),
    soldBy: 'DS. Nguyễn Thị Ánh Tuyết',
    drugNames: {
      P: 'Paracetamol 500 mg viên nén bao phim (Hapacol) – Dược Hậu Giang',
      A: 'Amoxicilin 500 mg ℞',
      B: 'Vitamin β-caroten ≤ 5 mg',
    },
    smallestUnits: { P: 'viên', A: 'viên', B: 'viên' },
    customer: null,
    voidedReason: null,
    reprint: null,
    isAfterCut: false,
    sale: {
      slip: 'A1-1234',
      lines: [
        {
          drug: 'P',
          unit: viên,
          quantity: 20,
          priceVnd: 500,
          amountVnd: 10_000,
          discountVnd: 0,
          picks: [{ lot: 'A123', expiresOn: day('2027-06-30'), units: 20 }],
        },
        {
          drug: 'A',
          unit: vỉ,
          quantity: 2,
          priceVnd: 33_000,
          amountVnd: 65_000,
          discountVnd: 1_000,
          picks: [
            { lot: 'B77', expiresOn: day('2026-12-31'), units: 5 },
            { lot: 'B78', expiresOn: day('2027-12-31'), units: 15 },
          ],
        },
        {
          drug: 'B',
          unit: viên,
          quantity: 1,
          priceVnd: 1_250_000,
          amountVnd: 1_250_000,
          discountVnd: 0,
          picks: [{ lot: 'C', expiresOn: day('2027-12-31'), units: 1 }],
        },
      ],
      totalVnd: 1_325_000,
      payment: { method: 'cash', tenderedVnd: 1_400_000, changeVnd: 75_000 },
      prescriptionCode: '96001k3p9x7z-c',
    },
    ...parts,
  };
}

const head = { facility: aFacility(), isPractice: false };
const again = { reprint: null, isAfterCut: false };

const shift = {
  ...head,
  ...again,
  number: 17,
  openedAt: moment('2026-11-22T06:58:00+07:00'),
  openedBy: 'DS. Lan',
  openingCashVnd: 500_000,
  printedAt: moment('2026-11-22T21:02:00+07:00'),
};

const figures = {
  shiftId: '01980000-0000-7000-8000-0000000000a1',
  number: 17,
  openedAt: shift.openedAt,
  openedBy: 'DS01',
  openingCashVnd: 500_000,
  sales: { count: 84, totalVnd: 6_250_000 },
  voids: { count: 1, totalVnd: 38_000 },
  returns: { count: 2, totalVnd: 54_000 },
  payments: [
    {
      method: 'cash' as const,
      takenVnd: 4_150_000,
      paidBackVnd: 92_000,
      expectedVnd: 4_558_000,
      countedVnd: 4_550_000,
      differenceVnd: -8_000,
    },
    {
      method: 'vietqr' as const,
      takenVnd: 2_100_000,
      paidBackVnd: 0,
      expectedVnd: 2_100_000,
      countedVnd: null,
      differenceVnd: null,
    },
  ],
  isBlind: true,
  note: 'Thiếu tiền lẻ, đã báo chủ nhà thuốc.',
};

export const samplePapers: Readonly<Record<string, () => Paper>> = {
  sale: () => saleSlip(aSaleSlip()),
  'sale-copy': () =>
    saleSlip(
      aSaleSlip({
        reprint: { copy: 2, by: 'DS. Lan', at: moment('2026-11-22T15:00:00+07:00') },
        isAfterCut: true,
      }),
    ),
  'sale-voided-practice': () =>
    saleSlip(aSaleSlip({ voidedReason: 'Khách đổi ý trước khi nhận thuốc', isPractice: true })),
  'sale-exchange-parts': () =>
    saleSlip(
      aSaleSlip({
        customer: { name: 'Trần Thị Hoa', phone: '0912 345 678' },
        sale: {
          ...aSaleSlip().sale,
          totalVnd: 1_325_300,
          payment: {
            method: 'cash',
            tenderedVnd: 1_320_000,
            changeVnd: 20_000,
            parts: [
              { method: 'cash', amountVnd: 300_000 },
              { method: 'vietqr', amountVnd: 1_000_000 },
            ],
            roundingVnd: -300,
            reference: 'A1-1234',
          },
          exchange: {
            saleId: '01980000-0000-7000-8000-0000000000b2',
            slip: 'A1-1200',
            creditVnd: 25_000,
          },
        },
      }),
    ),
  return: () =>
    returnSlip({
      ...head,
      ...again,
      accepted: {
        saleId: '01980000-0000-7000-8000-0000000000b1',
        slip: 'A1-1234',
        reason: 'Mua nhầm hàm lượng',
        lines: [
          {
            drug: 'P',
            lot: 'A123',
            expiresOn: day('2027-06-30'),
            saleLine: 0,
            units: 10,
            refundVnd: 5_000,
          },
          {
            drug: 'A',
            lot: 'B77',
            expiresOn: day('2026-12-31'),
            saleLine: 1,
            units: 5,
            refundVnd: 16_250,
          },
        ],
        totalVnd: 21_250,
      },
      sale: aSaleSlip().sale,
      acceptedAt: moment('2026-11-23T09:05:00+07:00'),
      acceptedBy: 'DS. Lan',
      drugNames: aSaleSlip().drugNames,
      smallestUnits: aSaleSlip().smallestUnits,
    }),
  'shift-x': () => shiftXReport({ ...shift, figures: { ...figures, payments: null } }),
  'shift-z': () =>
    shiftZReport({
      ...shift,
      closedAt: moment('2026-11-22T21:01:00+07:00'),
      closedBy: 'DS. Lan',
      figures,
    }),
  test: () =>
    testSlip({ ...head, printerName: 'Quầy 1', printedAt: moment('2026-11-22T14:32:00+07:00') }),
  label: () =>
    doseLabel({
      ...head,
      label: {
        drugName: 'Paracetamol 500 mg',
        strength: '500 mg',
        dosageForm: 'Viên nén',
        quantity: '10 viên',
        patientName: 'Trần Thị Hoa',
        dose: '1 viên',
        times: 'Ngày 3 lần: sáng, trưa, tối',
        route: 'uống sau ăn',
        note: 'Không quá 8 viên mỗi ngày',
        lot: 'A123',
        expiresOn: day('2027-06-30'),
      },
      dispensedOn: day('2026-11-22'),
      dispensedBy: 'DS. Lan',
    }),
};
