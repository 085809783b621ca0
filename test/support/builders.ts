import { createHash } from 'node:crypto';
import { zeroHash } from '../../shared/events/envelope.ts';
import type { Fact } from '../../shared/events/registry.ts';
import { type ChainHead, type SealedEvent, sealEvent } from '../../shared/events/seal.ts';
import { CalendarDate, Instant } from '../../shared/model/calendar.ts';
import type { Drug } from '../../shared/model/drug.ts';
import type { Facility } from '../../shared/model/facility.ts';
import type { Prescription } from '../../shared/model/prescription.ts';
import type { Recall } from '../../shared/model/recall.ts';
import type { LotForSale } from '../../shared/rules/fefo.ts';
import type { SaleContext, SaleProduct } from '../../shared/rules/sale.ts';

/** Builders that mention only what a test is about; everything else is plausible and fixed. */

export const aTillId = '01980000-0000-7000-8000-000000000001';

export function day(text: string): CalendarDate {
  return CalendarDate.parse(text);
}

export function moment(text: string): Instant {
  return Instant.parse(text);
}

export function hashLine(prev: string, line: string): string {
  return createHash('sha256').update(Buffer.from(prev, 'hex')).update(line, 'utf8').digest('hex');
}

type LotParts = {
  lot?: string;
  expiresOn?: string;
  onHandUnits?: number;
  quarantinedUnits?: number;
  recallNumber?: string;
  drug?: string;
};

export function aLot(parts: LotParts = {}): LotForSale {
  return {
    drug: parts.drug ?? 'DEMO-1',
    lot: parts.lot ?? 'A1',
    expiresOn: day(parts.expiresOn ?? '2027-06-30'),
    onHandUnits: parts.onHandUnits ?? 100,
    quarantinedUnits: parts.quarantinedUnits ?? 0,
    recallNumber: parts.recallNumber ?? null,
  };
}

export function aProduct(parts: Partial<SaleProduct> = {}): SaleProduct {
  return {
    units: [
      { name: 'viên', factor: 1 },
      { name: 'vỉ', factor: 10 },
      { name: 'hộp', factor: 100 },
    ],
    pricesVnd: new Map([
      ['viên', 500],
      ['vỉ', 5_000],
    ]),
    ceilingPriceVnd: null,
    needsPrescription: false,
    lots: [aLot()],
    ...parts,
  };
}

export function aSaleContext(
  products: Readonly<Record<string, SaleProduct>> = { 'DEMO-1': aProduct() },
): SaleContext {
  return {
    today: day('2026-11-22'),
    slip: 'A1-1',
    productsByDrug: new Map(Object.entries(products)),
  };
}

export function aDrug(parts: Partial<Drug> = {}): Drug {
  return {
    code: 'DEMO-1',
    name: 'Paracetamol 500 mg',
    registrationNumber: 'DEMO-00001',
    ingredients: 'Paracetamol 500mg',
    dosageForm: 'Viên nén',
    prescriptionClass: 'over-the-counter',
    packaging: 'Hộp 10 vỉ x 10 viên',
    units: [
      { name: 'viên', factor: 1 },
      { name: 'vỉ', factor: 10 },
      { name: 'hộp', factor: 100 },
    ],
    manufacturer: 'Công ty mẫu',
    country: 'Việt Nam',
    group: 'Giảm đau, hạ sốt',
    aliases: [],
    ceilingPriceVnd: null,
    isDemonstration: true,
    ...parts,
  };
}

export function aFacility(parts: Partial<Facility> = {}): Facility {
  return {
    id: '01980000-0000-7000-8000-0000000000f1',
    code: '96-000001',
    name: 'Nhà thuốc An Bình',
    kind: 'pharmacy',
    province: '96',
    commune: 'Phường Tân Thành',
    address: '12 Lý Thường Kiệt',
    phone: '0290 3 000 000',
    licence: {
      number: '123/ĐKKDD-CM',
      issuedOn: day('2024-01-15'),
      validUntil: null,
      status: 'valid',
    },
    responsiblePharmacist: { staffId: 'DS01', name: 'DS. Lan', certificateNumber: '0001/CM-CCHND' },
    ...parts,
  };
}

export function aRecall(parts: Partial<Recall> = {}): Recall {
  return {
    number: '123/QĐ-QLD',
    level: 1,
    drug: 'DEMO-1',
    lots: ['A1'],
    reason: 'Không đạt chỉ tiêu hòa tan',
    fromDate: day('2026-11-22'),
    publishedAt: moment('2026-11-22T08:00:00+07:00'),
    ...parts,
  };
}

export function aPrescription(parts: Partial<Prescription> = {}): Prescription {
  return {
    kind: 'electronic',
    code: '96001k3p9x7z-c',
    form: 'c',
    issuedOn: day('2026-11-21'),
    prescriber: {
      facilityName: 'Bệnh viện Đa khoa Cà Mau',
      facilityCode: '96001',
      name: 'BS. Minh',
      code: '',
    },
    patient: { name: 'Trần Thị Hoa', birthYear: 1961, address: 'Cà Mau' },
    ...parts,
  };
}

export function aSale(parts: { units?: number; lot?: string; slip?: string } = {}): Fact {
  const units = parts.units ?? 2;
  return {
    type: 'SaleCompleted.v1',
    data: {
      slip: parts.slip ?? 'A1-1',
      lines: [
        {
          drug: 'DEMO-1',
          unit: { name: 'viên', factor: 1 },
          quantity: units,
          priceVnd: 500,
          amountVnd: units * 500,
          discountVnd: 0,
          picks: [{ lot: parts.lot ?? 'A1', expiresOn: day('2027-06-30'), units }],
        },
      ],
      totalVnd: units * 500,
      payment: { method: 'cash', tenderedVnd: units * 500, changeVnd: 0 },
    },
  };
}

/** A chain of sealed events behind `head`, one minute apart. */
export function aChain(
  facts: readonly Fact[],
  parts: { till?: string; head?: ChainHead } = {},
): readonly SealedEvent[] {
  let head = parts.head ?? { seq: 0, hash: zeroHash };
  return facts.map((fact) => {
    const seq = head.seq + 1;
    const sealed = sealEvent(
      {
        till: parts.till ?? aTillId,
        head,
        id: `01980000-0000-7000-8000-${String(seq).padStart(12, '0')}`,
        at: moment(`2026-11-22T08:${String(seq % 60).padStart(2, '0')}:00+07:00`),
        by: 'DS01',
        fact,
      },
      hashLine,
    );
    head = sealed;
    return sealed;
  });
}
