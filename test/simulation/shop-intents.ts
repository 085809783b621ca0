/**
 * What runs a counter beside its stock: prescriptions sold in parts, losses of controlled drugs,
 * shifts with their drawer, products of the shop's own, and its staff.
 */
import type { TillRequest } from '../../shared/contract/till-api.ts';
import { addDays, businessDateOf, instantOfMs } from '../../shared/model/calendar.ts';
import { type Counter, type Intent, saleIntent } from './intents.ts';
import { moved, someLots } from './stock-intents.ts';

/** A customer with a paper for all of the basket; the next one may come for the rest of it. */
export async function prescriptionIntent(
  counter: Counter,
  drugCodes: readonly string[],
): Promise<Intent<'sales.complete'>> {
  const { random } = counter;
  const sale = await saleIntent(counter, drugCodes);
  const today = businessDateOf(instantOfMs(counter.nowMs()));
  const code = `DT-${random.between(1, 400)}`;
  const lines = Object.entries(sale.unitsByDrug).map(([drug, units]) => ({
    drug,
    // At times less than is wanted, which must be refused.
    prescribedUnits: Math.max(1, -units + random.between(-1, 30)),
    days: 7,
  }));
  const prescription = {
    kind: 'paper',
    code,
    form: 'n',
    issuedOn: addDays(today, -random.between(0, 6)),
    prescriber: { facilityName: 'Bệnh viện mô phỏng', facilityCode: '', name: 'BS A', code: '' },
    patient: { name: 'Trần Thị B', birthYear: 1_960, address: 'Cà Mau' },
    collector: { name: 'Trần Văn C', identityNumber: '001' },
  } as const;
  const input = { ...sale.input, prescription: { prescription, lines } };
  return { ...sale, input, prescription: code };
}

/** Some of a controlled drug is gone. */
export async function lossIntent(counter: Counter, drug: string): Promise<Intent | undefined> {
  const place = counter.random.isTrue(0.8) ? 'shelf' : 'quarantine';
  const lines = await someLots(counter, place, drug);
  if (lines.length === 0) return undefined;
  return {
    name: 'stock.reportLoss',
    type: 'ControlledDrugLossReported.v1',
    input: {
      ...{ commandId: counter.newId(), cause: 'lost', circumstances: 'kiểm tra sổ' },
      ...{ foundAt: instantOfMs(counter.nowMs()), foundBy: 'NV1' },
      lines: lines.map((line) => ({ ...line, place })),
    },
    ...moved(lines, { [place]: -1 }),
  };
}

/** Opens a shift where none is open, closes it with what was counted where one is. */
export async function shiftIntent(counter: Counter): Promise<Intent> {
  const { random, till } = counter;
  const reply = await till().invoke('shifts.current', {});
  const isOpen = reply.ok && reply.value !== null;
  const commandId = counter.newId();
  const cashVnd = 1_000 * random.between(0, 5_000);
  if (isOpen) {
    const input = { commandId, countedCashVnd: cashVnd };
    return { name: 'shifts.close', type: 'ShiftClosed.v1', input, unitsByDrug: {} };
  }
  const input = { commandId, openingCashVnd: cashVnd };
  return { name: 'shifts.open', type: 'ShiftOpened.v1', input, unitsByDrug: {} };
}

export function productIntent(counter: Counter): Intent {
  const { random } = counter;
  const input: TillRequest<'products.define'> = {
    ...{ commandId: counter.newId(), name: `Khẩu trang ${random.between(1, 999)}` },
    ...{ kind: 'device', units: [{ name: 'cái', factor: 1 }], barcode: null },
    ...{ registrationNumber: '', manufacturer: 'Xưởng mô phỏng' },
  };
  return { name: 'products.define', type: 'LocalProductDefined.v1', input, unitsByDrug: {} };
}

export function staffIntent(counter: Counter): Intent {
  const { random } = counter;
  const input: TillRequest<'staff.change'> = {
    ...{ commandId: counter.newId(), staffId: `NV${random.between(2, 4)}` },
    ...{
      name: `Nguyễn ${random.between(1, 99)}`,
      role: random.pick(['seller', 'trainee'] as const),
    },
    ...{ certificateNumber: '', isOnDuty: random.isTrue(0.5), isEmployed: random.isTrue(0.9) },
  };
  return { name: 'staff.change', type: 'StaffChanged.v1', input, unitsByDrug: {} };
}
