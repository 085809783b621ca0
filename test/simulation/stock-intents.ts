/**
 * What people do to keep the stock true: they count while others sell, set goods apart, destroy
 * them, take them back, send them to another shop and take them in there. Each names its lots, so
 * the auditor is told exactly what is to change.
 */
import type { TillAnswer, TillRequest } from '../../shared/contract/till-api.ts';
import type { Place } from '../../shared/model/lot.ts';
import type { Counter, Intent, Sold } from './intents.ts';
import type { CountedLot } from './oracle.ts';

export type StockRow = TillAnswer<'stock.list'>['rows'][number];
export type Partner = { readonly facilityCode: string; readonly facilityName: string };
type LotUnits = {
  readonly drug: string;
  readonly lot: string;
  readonly expiresOn: string;
  readonly units: number;
};
/** Goods between two shops of the world, with the paper that goes with them. */
export type Transfer = {
  readonly transferId: string;
  /** The shop they are for, by its name in the world. */
  readonly to: string;
  readonly from: Partner;
  readonly lines: readonly LotUnits[];
};
/** A stocktake that is under way: what was counted so far, each lot with its moment. */
export type Counting = { readonly countId: string; readonly lines: readonly CountedLot[] };

export async function stockOf({ till }: Counter): Promise<readonly StockRow[]> {
  const reply = await till().invoke('stock.list', { limit: 100 });
  // Safe: the contract gives this answer to this call; the till checks it.
  return reply.ok ? (reply.value as TillAnswer<'stock.list'>).rows : [];
}

export async function quarantineIntent(counter: Counter): Promise<Intent | undefined> {
  const lines = await someLots(counter, 'shelf');
  if (lines.length === 0) return undefined;
  const input = { commandId: counter.newId(), reason: 'inspection' as const, lines };
  const type = 'LotQuarantined.v1';
  return { name: 'stock.quarantine', type, input, ...moved(lines, { shelf: -1, quarantine: 1 }) };
}

export async function releaseIntent(counter: Counter): Promise<Intent | undefined> {
  const lines = await someLots(counter, 'quarantine');
  if (lines.length === 0) return undefined;
  const input = { commandId: counter.newId(), reason: 'đạt chất lượng', lines };
  const type = 'LotReleased.v1';
  return { name: 'stock.release', type, input, ...moved(lines, { shelf: 1, quarantine: -1 }) };
}

export async function disposalIntent(counter: Counter): Promise<Intent | undefined> {
  const place = placeOf(counter);
  const lines = await someLots(counter, place);
  if (lines.length === 0) return undefined;
  return {
    name: 'stock.dispose',
    type: 'LotDisposed.v1',
    input: {
      ...{ commandId: counter.newId(), reason: 'damaged', method: 'đốt', minutesNumber: '1' },
      lines: lines.map((line) => ({ ...line, place })),
    },
    ...moved(lines, { [place]: -1 }),
  };
}

export async function supplierReturnIntent(counter: Counter): Promise<Intent | undefined> {
  const place = placeOf(counter);
  const lines = await someLots(counter, place);
  if (lines.length === 0) return undefined;
  return {
    name: 'stock.returnToSupplier',
    type: 'SupplierReturnSent.v1',
    input: {
      ...{ commandId: counter.newId(), supplierName: 'Kho mô phỏng', reason: 'near-expiry' },
      lines: lines.map((line) => ({ ...line, place, amountVnd: 1_000 * line.units })),
    },
    ...moved(lines, { [place]: -1 }),
  };
}

/** A customer brings a part of one sold lot back, at times more than was sold. */
export async function customerReturnIntent(
  counter: Counter,
  { id }: Sold,
): Promise<Intent | undefined> {
  const { random } = counter;
  const reply = await counter.till().invoke('sales.get', { id });
  // Safe: the contract gives this answer to this call; the till checks it.
  const found = reply.ok ? (reply.value as TillAnswer<'sales.get'>) : null;
  const saleLine = random.between(0, Math.max(1, found?.sale.lines.length ?? 0) - 1);
  const sold = found?.sale.lines[saleLine];
  const pick = sold?.picks[0];
  if (sold === undefined || pick === undefined) return undefined;
  const units = random.between(1, pick.units + (random.isTrue(0.1) ? 2 : 0));
  const { lot, expiresOn } = pick;
  const line = { drug: sold.drug, lot, expiresOn, units };
  return {
    name: 'sales.return',
    type: 'CustomerReturnAccepted.v1',
    input: {
      ...{ commandId: counter.newId(), saleId: id, reason: 'khách trả' },
      lines: [{ ...line, saleLine }],
    },
    ...moved([line], { quarantine: 1 }),
  };
}

export async function sendIntent(
  counter: Counter,
  to: Partner,
): Promise<Intent<'transfers.send'> | undefined> {
  const lines = await someLots(counter, 'shelf');
  if (lines.length === 0) return undefined;
  const input = { commandId: counter.newId(), to, lines: [...lines] };
  return { name: 'transfers.send', type: 'TransferSent.v1', input, ...moved(lines, { shelf: -1 }) };
}

/** The box is opened: something may be missing, and what may not be sold goes straight apart. */
export function receiveIntent(counter: Counter, transfer: Transfer): Intent {
  const { random } = counter;
  const { transferId, from } = transfer;
  const place = random.isTrue(0.7) ? 'shelf' : 'quarantine';
  const lines = transfer.lines.map(({ units, ...lot }) => ({
    ...{ ...lot, place, sentUnits: units, unitCostVnd: null },
    units: random.isTrue(0.85) ? units : random.between(0, units),
  }));
  const input: TillRequest<'transfers.receive'> = {
    ...{ commandId: counter.newId(), transferId, from },
    lines: lines.map((line) => ({ ...line, place })),
  };
  return {
    name: 'transfers.receive',
    type: 'TransferReceived.v1',
    input,
    ...moved(lines, { [place]: 1 }),
  };
}

/** Counts a few more lots: each line names where the journal stood when its lot was counted. */
export async function countSome(
  counter: Counter,
  counting: Counting | undefined,
): Promise<Counting | undefined> {
  const { random } = counter;
  const reply = await counter.till().invoke('stock.countSheet', { isBlind: false, limit: 100 });
  if (!reply.ok) return counting;
  // Safe: the contract gives this answer to this call; the till checks it.
  const { seq: bookSeq, rows } = reply.value as TillAnswer<'stock.countSheet'>;
  const lines = [...(counting?.lines ?? [])];
  for (let left = random.between(1, 4); left > 0 && rows.length > 0; left -= 1) {
    const { drug, lot, expiresOn, shelfUnits, quarantinedUnits } = random.pick(rows);
    const place = random.isTrue(0.8) ? 'shelf' : 'quarantine';
    const isThere = lines.some(
      (line) => `${line.drug}|${line.lot}|${line.place}` === `${drug}|${lot}|${place}`,
    );
    const bookUnits = (place === 'shelf' ? shelfUnits : quarantinedUnits) ?? 0;
    const countedUnits = Math.max(0, bookUnits + random.between(-3, 3));
    if (!isThere) lines.push({ drug, lot, expiresOn, place, countedUnits, bookSeq });
  }
  return { countId: counting?.countId ?? counter.newId(), lines };
}

export function countIntent(counter: Counter, { countId, lines }: Counting): Intent<'stock.count'> {
  return {
    name: 'stock.count',
    type: 'StockCounted.v1',
    input: {
      ...{ commandId: counter.newId(), countId, scope: 'partial', isBlind: false },
      lines: [...lines],
    },
    unitsByDrug: {},
    counted: lines,
  };
}

/** The recall that was read least, if any waits. */
export async function acknowledgeIntent(counter: Counter): Promise<Intent | undefined> {
  const reply = await counter.till().invoke('recalls.list', {});
  // Safe: the contract gives this answer to this call; the till checks it.
  const rows = reply.ok ? (reply.value as TillAnswer<'recalls.list'>).rows : [];
  const waiting = rows.find(({ acknowledgedAt, shelfUnits }) => !acknowledgedAt || shelfUnits > 0);
  if (waiting === undefined) return undefined;
  return {
    name: 'recalls.acknowledge',
    type: 'RecallAcknowledged.v1',
    input: { commandId: counter.newId(), recallNumber: waiting.recall.number },
    unitsByDrug: {},
  };
}

const apart = 'quarantine' as const;

function placeOf({ random }: Counter): Place {
  return random.isTrue(0.5) ? 'shelf' : apart;
}

/** One or two lots with something at that place, and some of it; now and then a little too much. */
export async function someLots(counter: Counter, place: Place, drug?: string): Promise<LotUnits[]> {
  const { random } = counter;
  const held = (row: StockRow) =>
    place === apart ? row.quarantinedUnits : row.onHandUnits - row.quarantinedUnits;
  const isMeant = (row: StockRow) => held(row) > 0 && (drug === undefined || row.drug === drug);
  const rows = (await stockOf(counter)).filter(isMeant);
  const lines: LotUnits[] = [];
  for (let left = random.between(1, 2); left > 0 && rows.length > 0; left -= 1) {
    const [row] = rows.splice(random.between(0, rows.length - 1), 1);
    if (row === undefined) break;
    const { lot, expiresOn } = row;
    const most = Math.min(held(row), 30) + (random.isTrue(0.05) ? 500 : 0);
    lines.push({ drug: row.drug, lot, expiresOn, units: random.between(1, most) });
  }
  return lines;
}

/** @param signs by place: 1 what enters, -1 what leaves. */
export function moved(
  lines: readonly LotUnits[],
  signs: Readonly<Partial<Record<Place, 1 | -1>>>,
): Pick<Intent, 'unitsByDrug' | 'unitsByPlace'> {
  const unitsByPlace: Record<string, number> = {};
  const unitsByDrug: Record<string, number> = {};
  for (const { drug, lot, expiresOn, units } of lines) {
    for (const [place, sign] of Object.entries(signs)) {
      const key = `${drug}|${lot}|${expiresOn}|${place}`;
      unitsByPlace[key] = (unitsByPlace[key] ?? 0) + sign * units;
      unitsByDrug[drug] = (unitsByDrug[drug] ?? 0) + sign * units;
    }
  }
  return { unitsByDrug, unitsByPlace };
}
