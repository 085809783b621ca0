import { z } from 'zod';
import { limits } from '../base/limits.ts';
import { ProvinceCode } from './area.ts';
import { CalendarDate } from './calendar.ts';
import { ControlClass } from './drug.ts';

/** Retail types of Luật Dược 105/2016 Đ47–50: nhà thuốc, quầy thuốc, tủ thuốc trạm y tế, herbal shop. */
export const FacilityKind = z.enum([
  'pharmacy',
  'drug-counter',
  'health-station-cabinet',
  'traditional-shop',
]);
export type FacilityKind = z.infer<typeof FacilityKind>;

export const FacilityId = z.uuid();
export const TillId = z.uuid();
/** A staff member's short code inside the facility, e.g. `DS01`. */
export const StaffId = z.string().regex(/^[A-Z0-9-]{1,20}$/);

export const Facility = z.object({
  id: FacilityId,
  /** Own readable code until the national one exists (domain.md §16), e.g. `96-000123`. */
  code: z.string().trim().min(1).max(50),
  name: z.string().trim().min(1).max(limits.nameLength),
  kind: FacilityKind,
  /** 63-scheme code: the 34-unit area follows from it. */
  province: ProvinceCode,
  commune: z.string().trim().max(limits.shortTextLength),
  address: z.string().trim().max(limits.nameLength),
  phone: z.string().trim().max(30),
  licence: z.object({
    /** GCN đủ điều kiện kinh doanh dược, `<number>/ĐKKDD-<suffix>` (NĐ 163/2025 Mẫu 13, 15). */
    number: z.string().trim().min(1).max(50),
    issuedOn: CalendarDate,
    validUntil: CalendarDate.nullable(),
    status: z.enum(['valid', 'suspended', 'withdrawn']),
    /**
     * Specially controlled classes named in its scope (Luật Dược Đ34); absent where the register
     * does not say, an empty list where it says none.
     */
    controlled: z.array(ControlClass).max(10).optional(),
  }),
  responsiblePharmacist: z.object({
    staffId: StaffId,
    name: z.string().trim().min(1).max(limits.shortTextLength),
    certificateNumber: z.string().trim().max(50),
  }),
});
export type Facility = z.infer<typeof Facility>;
