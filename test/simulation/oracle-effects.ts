/**
 * The auditor's own stock arithmetic, from protocol.md and the sentences of the facts: quantities
 * times factors, named documents and its own book, never the sums that an event repeats. Shares no
 * code with `movementsOf`.
 */

export type Effect = {
  /** `drug|lot|expiry` */
  readonly key: string;
  readonly units: number;
  /** On the shelf where absent. */
  readonly place?: 'quarantine';
  /** Only this till learns of it: the facility had it all the time. */
  readonly isKnownAlready?: true;
};
export type Check = (invariant: string, holds: boolean, detail: () => string) => void;

/** An event as JSON gives it. */
export type RawEvent = {
  readonly seq: number;
  readonly id: string;
  readonly type: string;
  readonly prev: string;
  // biome-ignore lint/suspicious/noExplicitAny: the auditor trusts no schema of the system it audits.
  readonly data: any;
};

/** What an earlier document of the same journal did. */
export type EarlierDocument = { readonly type: string; readonly effects: readonly Effect[] };
/** The journal before an event, as the auditor read it. */
export type Past = {
  readonly earlier: (id: string) => EarlierDocument | undefined;
  /** Documents that name this one: returns and voids of a sale, receptions of a transfer. */
  readonly naming: (id: string) => readonly EarlierDocument[];
  /** What the journal holds behind a document. */
  readonly since: (id: string) => readonly RawEvent[];
  /** What stood at one place of a lot behind the event `seq`. */
  readonly bookAt: (key: string, place: string, seq: number) => number;
};

type RawLine = { readonly lot: string; readonly expiresOn: string; readonly units: number };
type LineOfDrug = RawLine & { readonly drug: string };
type PlacedLine = LineOfDrug & { readonly place: string };
type CountedLine = PlacedLine & {
  readonly countedUnits: number;
  readonly bookSeq: number;
  readonly bookUnits: number;
};
type PackedLine = RawLine & {
  readonly drug: string;
  readonly quantity: number;
  readonly unit: { readonly factor: number };
};

/** What one event does to the stock of its facility. */
export function effectsOf(event: RawEvent, past: Past, check: Check): readonly Effect[] {
  const { data } = event;
  const { earlier } = past;
  switch (event.type) {
    case 'OpeningStockDeclared.v1':
      return data.lines.map((line: RawLine & { drug: string }) => effect(line.drug, line, 1));
    case 'GoodsReceived.v1':
      checkTotal(event, check);
      return data.lines.map((line: PackedLine) => {
        const units = line.quantity * line.unit.factor;
        return effect(line.drug, { ...line, units }, 1);
      });
    case 'SaleCompleted.v1':
      checkTotal(event, check);
      return data.lines.flatMap((line: PackedLine & { picks: readonly RawLine[] }) => {
        const picked = line.picks.reduce((sum, pick) => sum + pick.units, 0);
        check('I4', picked === line.quantity * line.unit.factor, () => `picks of ${event.seq}`);
        return line.picks.map((pick) => effect(line.drug, pick, -1));
      });
    case 'SaleVoided.v1': {
      const sale = earlier(data.saleId);
      check('I4', sale?.type === 'SaleCompleted.v1', () => `seq ${event.seq} undoes no sale`);
      const before = past.naming(data.saleId).length;
      check('I4', before === 0, () => `seq ${event.seq} undoes what was undone or brought back`);
      return (sale?.effects ?? []).map(({ key, units }) => ({ key, units: -units }));
    }
    case 'PriceSet.v1':
    case 'ShiftOpened.v1':
    case 'LocalProductDefined.v1':
    case 'StaffChanged.v1':
      return [];
    case 'ShiftClosed.v1':
      checkDrawer(event, past, check);
      return [];
    case 'PrescriptionDispensed.v1':
      checkDispensing(event, earlier, check);
      return [];
    case 'CustomerReturnAccepted.v1':
      return returnedEffects(event, past, check);
    case 'SupplierReturnSent.v1':
    case 'LotDisposed.v1':
    case 'ControlledDrugLossReported.v1':
      return data.lines.map((line: PlacedLine) => placed(line, line.place, -1));
    case 'TransferSent.v1':
      return data.lines.map((line: LineOfDrug) => effect(line.drug, line, -1));
    case 'TransferReceived.v1': {
      const before = past.naming(data.transferId).length;
      check('I4', before === 0, () => `seq ${event.seq} takes a transfer in once more`);
      return withoutNothing(data.lines.map((line: PlacedLine) => placed(line, line.place, 1)));
    }
    case 'StockCounted.v1':
      return withoutNothing(
        data.lines.map((line: CountedLine) => countedEffect(event, line, past, check)),
      );
    case 'LotQuarantined.v1':
    case 'RecallAcknowledged.v1':
      return withoutNothing(
        data.lines.flatMap((line: LineOfDrug) => [
          placed(line, 'shelf', -1),
          placed(line, 'quarantine', 1),
        ]),
      );
    case 'LotReleased.v1':
      return data.lines.flatMap((line: LineOfDrug) => [
        placed(line, 'quarantine', -1),
        placed(line, 'shelf', 1),
      ]);
    case 'TillRecovered.v1':
      return data.lots.flatMap(recoveredEffects);
    default:
      check('I4', false, () => `seq ${event.seq}: the auditor does not know ${event.type}`);
      return [];
  }
}

/** Change of stock by drug; what sums to nothing is left out. */
export function unitsByDrugOf(effects: readonly Effect[]): Readonly<Record<string, number>> {
  const sums: Record<string, number> = {};
  for (const { key, units } of effects) {
    const drug = key.split('|')[0] ?? '';
    sums[drug] = (sums[drug] ?? 0) + units;
  }
  return sums;
}

/** Change by `drug|lot|expiry|place`. */
export function unitsByPlaceOf(effects: readonly Effect[]): Readonly<Record<string, number>> {
  const sums: Record<string, number> = {};
  for (const { key, units, place = 'shelf' } of effects) {
    const name = `${key}|${place}`;
    sums[name] = (sums[name] ?? 0) + units;
  }
  return sums;
}

/**
 * Adds effects up: everything on hand under the lot's key, and how much of it stands in quarantine
 * under `quarantineKey`. Lots that hold nothing are left out.
 */
export function applyEffects(stock: Map<string, number>, effects: readonly Effect[]): void {
  const add = (key: string, units: number) => {
    const held = (stock.get(key) ?? 0) + units;
    if (held === 0) stock.delete(key);
    else stock.set(key, held);
  };
  for (const { key, units, place } of effects) {
    add(key, units);
    if (place === 'quarantine') add(quarantineKey(key), units);
  }
}

export function quarantineKey(key: string): string {
  return `${key}|quarantine`;
}

type RecoveredLot = RawLine & {
  readonly drug: string;
  readonly onHandUnits: number;
  readonly quarantinedUnits: number;
};

/** One effect for the shelf and one for the quarantine, where there is any. */
function recoveredEffects(lot: RecoveredLot): readonly Effect[] {
  const { onHandUnits, quarantinedUnits } = lot;
  const onShelf = { ...lot, units: onHandUnits - quarantinedUnits };
  const apart = { ...lot, units: quarantinedUnits };
  return withoutNothing([placed(onShelf, 'shelf', 1), placed(apart, 'quarantine', 1)]).map(
    (known) => ({ ...known, isKnownAlready: true }),
  );
}

/** The shelf at the moment of counting is compared with the book of that moment: the auditor's. */
function countedEffect(event: RawEvent, line: CountedLine, past: Past, check: Check): Effect {
  const { drug, lot, expiresOn, place, countedUnits, bookSeq, bookUnits } = line;
  const book = past.bookAt(`${drug}|${lot}|${expiresOn}`, place, bookSeq);
  const where = () => `seq ${event.seq}: the book of ${drug} ${lot} was ${book}, not ${bookUnits}`;
  check('stocktake', bookUnits === book && bookSeq < event.seq, where);
  return placed({ ...line, units: countedUnits - book }, place, 1);
}

/** Into quarantine, and no more of a lot than the sale gave, all returns together. */
function returnedEffects(event: RawEvent, past: Past, check: Check): readonly Effect[] {
  const { saleId, lines } = event.data;
  const sale = past.earlier(saleId);
  const others = past.naming(saleId);
  const isVoided = others.some(({ type }) => type === 'SaleVoided.v1');
  const isSold = sale?.type === 'SaleCompleted.v1' && !isVoided;
  check('I4', isSold, () => `seq ${event.seq} brings back no sale`);
  const effects: readonly Effect[] = lines.map((line: LineOfDrug) => placed(line, 'quarantine', 1));
  const left = new Map<string, number>();
  for (const { key, units } of [...(sale?.effects ?? []), ...others.flatMap((o) => o.effects)]) {
    left.set(key, (left.get(key) ?? 0) + units);
  }
  for (const { key, units } of effects) {
    left.set(key, (left.get(key) ?? 0) + units);
    const isLess = (left.get(key) ?? 0) <= 0;
    check('I4', isLess, () => `seq ${event.seq} brings back more of ${key} than was sold`);
  }
  return effects;
}

function withoutNothing(effects: readonly Effect[]): readonly Effect[] {
  return effects.filter(({ units }) => units !== 0);
}

function placed(line: LineOfDrug, place: string, sign: 1 | -1): Effect {
  const onShelf = effect(line.drug, line, sign);
  return place === 'quarantine' ? { ...onShelf, place } : onShelf;
}

function checkTotal(event: RawEvent, check: Check): void {
  const { lines, totalVnd } = event.data;
  const sum = lines.reduce(
    (total: number, line: { amountVnd: number }) => total + line.amountVnd,
    0,
  );
  check('I9', sum === totalVnd && Number.isInteger(totalVnd), () => `total of seq ${event.seq}`);
  checkPayment(event, check);
}

/** Handed over less the change is the total, but for small change and goods that came back. */
function checkPayment({ seq, data }: RawEvent, check: Check): void {
  const { payment, totalVnd, exchange } = data;
  if (payment === undefined) return;
  const { tenderedVnd, changeVnd, roundingVnd = 0, parts } = payment;
  const due = totalVnd + roundingVnd - (exchange?.creditVnd ?? 0);
  check('I9', tenderedVnd - changeVnd === due, () => `payment of seq ${seq}`);
  const settled = (parts ?? [{ amountVnd: due }]).reduce(
    (sum: number, part: { amountVnd: number }) => sum + part.amountVnd,
    0,
  );
  check('I9', settled === due, () => `ways of paying seq ${seq}`);
}

type DrawerLine = {
  readonly method: string;
  readonly takenVnd: number;
  readonly paidBackVnd: number;
  readonly expectedVnd: number;
  readonly countedVnd: number | null;
  readonly differenceVnd: number | null;
};

/** A Z report names an opening of this journal, says what happened since, and its sums come out. */
function checkDrawer(event: RawEvent, { earlier, since }: Past, check: Check): void {
  const { data, seq } = event;
  const opened = earlier(data.shiftId)?.type === 'ShiftOpened.v1';
  check('I9', opened, () => `seq ${seq} closes no shift`);
  for (const [type, tally] of [
    ['SaleCompleted.v1', data.sales],
    ['SaleVoided.v1', data.voids],
    ['CustomerReturnAccepted.v1', data.returns],
  ] as const) {
    const happened = since(data.shiftId).filter((entry) => entry.type === type);
    const sumVnd = happened.reduce((sum, entry) => sum + entry.data.totalVnd, 0);
    const isRight = happened.length === tally.count && sumVnd === tally.totalVnd;
    check(
      'I9',
      isRight,
      () => `${type} in shift of seq ${seq}: ${happened.length}, ${sumVnd} đồng`,
    );
  }
  const lines: readonly DrawerLine[] = data.payments;
  const sumOf = (read: (line: DrawerLine) => number) =>
    lines.reduce((sum, line) => sum + read(line), 0);
  const sales = since(data.shiftId).filter(({ type }) => type === 'SaleCompleted.v1');
  const taken = sumOf(({ takenVnd }) => takenVnd);
  const paidBack = sumOf(({ paidBackVnd }) => paidBackVnd);
  const kept = data.sales.totalVnd - data.voids.totalVnd - data.returns.totalVnd;
  const isWhole = taken - paidBack === kept + (data.roundingVnd ?? 0);
  check('I9', isWhole, () => `taken and paid back in shift of seq ${seq}`);
  for (const { method, expectedVnd, countedVnd, differenceVnd, ...line } of lines) {
    const brought = sales.reduce((sum, sale) => sum + takenIn(sale, method), 0);
    check('I9', brought === line.takenVnd, () => `${method} taken in shift of seq ${seq}`);
    const float = method === 'cash' ? data.openingCashVnd : 0;
    const isRight =
      expectedVnd === float + line.takenVnd - line.paidBackVnd &&
      differenceVnd === (countedVnd === null ? null : countedVnd - expectedVnd);
    check('I9', isRight, () => `${method} in shift of seq ${seq}`);
  }
}

/** What one way of paying brought in by a sale: what was handed over less the change. */
function takenIn({ data }: RawEvent, method: string): number {
  const { method: first, tenderedVnd, changeVnd, parts } = data.payment;
  const all: readonly { readonly method: string; readonly amountVnd: number }[] = parts ?? [
    { method: first, amountVnd: tenderedVnd - changeVnd },
  ];
  return all.reduce((sum, part) => sum + (part.method === method ? part.amountVnd : 0), 0);
}

type DispensedLine = {
  readonly drug: string;
  readonly prescribedUnits: number;
  readonly dispensedBeforeUnits: number;
  readonly dispensedUnits: number;
};

/** What a dispensing says was sold is what its sale took, and no more than was prescribed. */
function checkDispensing(
  event: RawEvent,
  earlier: (id: string) => EarlierDocument | undefined,
  check: Check,
): void {
  const sale = earlier(event.data.saleId);
  const isSale = sale?.type === 'SaleCompleted.v1';
  check('I7', isSale, () => `seq ${event.seq} dispenses no sale`);
  const sold = unitsByDrugOf(sale?.effects ?? []);
  for (const line of event.data.lines as readonly DispensedLine[]) {
    const isRight =
      -(sold[line.drug] ?? 0) === line.dispensedUnits &&
      line.dispensedBeforeUnits + line.dispensedUnits <= line.prescribedUnits;
    check('I7', isRight, () => `${line.drug} dispensed by seq ${event.seq}`);
  }
}

function effect(drug: string, line: RawLine, sign: 1 | -1): Effect {
  return { key: `${drug}|${line.lot}|${line.expiresOn}`, units: sign * line.units };
}
