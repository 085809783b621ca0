/**
 * A device that is no honest till of today: its program is newer than the centre, it sells more than
 * it has, lots that have expired, drugs that nobody knows. The centre refuses none of it (protocol.md
 * §2): what it can read it counts, what it cannot it keeps and says so, and nothing waits for it.
 */
import { instantOfMs } from '../../shared/model/calendar.ts';
import { enrolDevice, postBatch, type TestDevice } from '../support/test-device.ts';
import type { Oracle } from './oracle.ts';
import type { SimulatedCentre } from './simulated-centre.ts';

export const strangerName = 'stranger';
const good = { lot: 'LA1', expiresOn: '2027-12-31' };
const expired = { lot: 'CU1', expiresOn: '2026-01-01' };

/** Everything it does takes no virtual time. */
export async function letStrangerReport(
  { centre, oracle }: { readonly centre: SimulatedCentre; readonly oracle: Oracle },
  nowMs: number,
): Promise<void> {
  const check = oracle.check(strangerName);
  // No honest till trades in this drug.
  await centre.publishRecall(centre.steadyDrug, [good.lot]);
  const device = await enrolDevice(centre.url(), await centre.issueCode(strangerName));
  writeJournal(device, centre.steadyDrug, nowMs);
  const answers = [
    await postBatch(device, { from: 1, to: 4 }),
    await postBatch(device, { from: 3, to: 7 }),
    await postBatch(device, { from: 1, to: 7 }),
  ].map(({ answer }) => answer);
  const verdicts = answers.map((answer) => answer?.verdict);
  check(
    'I8',
    verdicts.join() === 'accept,overlap,duplicate',
    () => `odd facts were answered ${verdicts}`,
  );
  const parked = await centre.rows(
    'SELECT seq, line FROM parked_event WHERE till_id = $1 ORDER BY seq',
    [device.till],
  );
  const kept = [3, 5].every(
    (seq, index) => parked[index]?.['line'] === device.events[seq - 1]?.line,
  );
  check('clinic', kept && parked.length === 2, () => `${parked.length} of 2 events are parked`);
  const moved = await centre.rows(
    `SELECT drug || '|' || lot AS key, sum(units)::int AS units FROM movement
     WHERE till_id = $1 GROUP BY 1 ORDER BY 1`,
    [device.till],
  );
  const expected = [
    { key: `${centre.steadyDrug}|CU1`, units: -1 },
    { key: `${centre.steadyDrug}|LA1`, units: -3 },
    { key: 'KHONG-CO|LA1', units: 5 },
  ];
  const sorted = expected.sort((a, b) => (a.key < b.key ? -1 : 1));
  const hasAll = JSON.stringify(moved) === JSON.stringify(sorted);
  check('I4 centre', hasAll, () => `odd facts were counted as ${JSON.stringify(moved)}`);
  await checkAlerts(centre, device, check);
}

async function checkAlerts(
  centre: SimulatedCentre,
  device: TestDevice,
  check: ReturnType<Oracle['check']>,
): Promise<void> {
  const kinds = await centre.alertKindsOf(device.till);
  const due = [
    ['I5', 'negative-stock'],
    ['I6', 'expired-lot-sold'],
    ['I6', 'recalled-lot-sold'],
    ['clinic', 'parked-event'],
    ['alerts', 'unknown-drug'],
    ['alerts', 'price-above-ceiling'],
  ] as const;
  for (const [invariant, kind] of due) check(invariant, kinds.has(kind), () => `no alert: ${kind}`);
}

function writeJournal(device: TestDevice, drug: string, nowMs: number): void {
  const at = instantOfMs(nowMs);
  const append = (type: string, data: unknown) => device.append({ type, data, at });
  append('OpeningStockDeclared.v1', {
    lines: [{ drug, ...good, units: 10, unitCostVnd: null }],
  });
  append('SaleCompleted.v1', saleOf(drug, good, { number: 1, units: 4 }));
  append('DrugDreamtOf.v9', { drug });
  append('SaleCompleted.v1', saleOf(drug, good, { number: 2, units: 9 }));
  append('SaleCompleted.v1', { nonsense: true });
  append('GoodsReceived.v1', {
    supplierName: 'Kho lạ',
    invoiceNumber: '1',
    lines: [
      {
        ...{ drug: 'KHONG-CO', ...good, unit: { name: 'viên', factor: 1 }, quantity: 5, units: 5 },
        ...{ unitCostVnd: 1, amountVnd: 5 },
      },
    ],
    totalVnd: 5,
  });
  append('SaleCompleted.v1', saleOf(drug, expired, { number: 3, units: 1 }));
}

function saleOf(
  drug: string,
  lot: { readonly lot: string; readonly expiresOn: string },
  { number, units }: { readonly number: number; readonly units: number },
) {
  const priceVnd = 900_000;
  const amountVnd = units * priceVnd;
  const unit = { name: 'viên', factor: 1 };
  const line = { drug, unit, quantity: units, priceVnd, amountVnd, discountVnd: 0 };
  return {
    slip: `A1-${number}`,
    lines: [{ ...line, picks: [{ ...lot, units }] }],
    totalVnd: amountVnd,
    payment: { method: 'cash', tenderedVnd: amountVnd, changeVnd: 0 },
  };
}
