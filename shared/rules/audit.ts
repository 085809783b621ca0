import type { Event } from '../events/registry.ts';

export type AuditValue = string | number | boolean | null;
/** What changed from what to what; a field that only says what is has no `before`. */
export type AuditChange = {
  readonly field: AuditField;
  readonly before: AuditValue;
  readonly after: AuditValue;
};
export const auditFields = [
  'priceVnd',
  'name',
  'role',
  'certificateNumber',
  'isOnDuty',
  'isEmployed',
  'pin',
  'discountVnd',
  'lotReason',
  'reason',
  'totalVnd',
  'differenceVnd',
  'openingCashVnd',
  'tries',
  'acts',
  'setting',
] as const;
export type AuditField = (typeof auditFields)[number];

export type AuditedFact = {
  /** A slip, a drug code, a person, a shift: what it was done to. */
  readonly subject: string;
  readonly changes: readonly AuditChange[];
};

/**
 * What a reader of the audit wants to know of a fact beside who and when: old and new values.
 * Undefined for a plain sale, of which the day is full and in which nobody decided anything.
 */
export function auditOf(event: Event): AuditedFact | undefined {
  switch (event.type) {
    case 'SaleCompleted.v1':
      return auditOfSale(event.data);
    case 'PrescriptionDispensed.v1':
      return undefined;
    case 'SaleVoided.v1':
      return {
        subject: event.data.slip,
        changes: [is('totalVnd', event.data.totalVnd), is('reason', event.data.reason)],
      };
    case 'CustomerReturnAccepted.v1':
      return { subject: event.data.slip, changes: [is('totalVnd', event.data.totalVnd)] };
    case 'PriceSet.v1': {
      const { drug, unit, priceVnd, previousPriceVnd } = event.data;
      const change = { field: 'priceVnd', before: previousPriceVnd, after: priceVnd } as const;
      return { subject: `${drug} · ${unit.name}`, changes: [change] };
    }
    case 'StaffChanged.v1':
      return auditOfStaff(event.data);
    case 'ShiftOpened.v1':
      return {
        subject: `${event.data.number}`,
        changes: [is('openingCashVnd', event.data.openingCashVnd)],
      };
    case 'ShiftClosed.v1': {
      const cash = event.data.payments.find(({ method }) => method === 'cash');
      const noted = event.data.note === '' ? [] : [is('reason', event.data.note)];
      return {
        subject: `${event.data.number}`,
        changes: [is('differenceVnd', cash?.differenceVnd ?? 0), ...noted],
      };
    }
    default:
      return { subject: '', changes: [] };
  }
}

type DataOf<Type extends Event['type']> = Extract<Event, { readonly type: Type }>['data'];

function auditOfSale(sale: DataOf<'SaleCompleted.v1'>): AuditedFact | undefined {
  const fullVnd = sale.lines.reduce((sum, line) => sum + line.quantity * line.priceVnd, 0);
  const discountVnd = fullVnd - sale.totalVnd;
  const reasons = sale.lines.flatMap(({ lotReason }) =>
    lotReason === undefined ? [] : [lotReason],
  );
  if (discountVnd === 0 && reasons.length === 0 && sale.approvedBy === undefined) return undefined;
  return {
    subject: sale.slip,
    changes: [
      ...(discountVnd === 0 ? [] : [is('discountVnd', discountVnd)]),
      ...reasons.map((reason) => is('lotReason', reason)),
    ],
  };
}

const staffFields = ['name', 'role', 'certificateNumber', 'isOnDuty', 'isEmployed'] as const;

function auditOfStaff({ staffId, before, after, isPinChanged }: DataOf<'StaffChanged.v1'>) {
  const changes = staffFields
    .filter((field) => before?.[field] !== after[field])
    .map((field): AuditChange => ({ field, before: before?.[field] ?? null, after: after[field] }));
  const ofPin: readonly AuditChange[] = isPinChanged ? [is('pin', true)] : [];
  return { subject: `${after.name} (${staffId})`, changes: [...ofPin, ...changes] };
}

function is(field: AuditField, after: AuditValue): AuditChange {
  return { field, before: null, after };
}
