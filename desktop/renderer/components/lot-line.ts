import { addDays, type CalendarDate } from '../../../shared/model/calendar.ts';
import type { PackUnit, UnitTree } from '../../../shared/model/quantity.ts';
import { readBarcode } from '../../../shared/rules/barcode/read-barcode.ts';
import { parseQuantity } from '../../../shared/rules/quantity-grammar.ts';
import { formatDate, parseExpiry, parseWholeNumber } from '../base/format.ts';
import { isRecord } from '../base/stored-state.ts';
import type { PlainTextKey } from '../text/text.ts';

/** A line being typed, of a receipt or of the opening stock: text until it is complete. */
export type LotLineDraft = {
  readonly id: string;
  readonly drug: { readonly code: string; readonly name: string; readonly units: UnitTree };
  readonly lot: string;
  readonly expiry: string;
  readonly quantity: string;
  readonly unit: string;
  /** Receipt: of one `unit`. Opening stock: of one smallest unit. */
  readonly cost: string;
  /** Asked about what is unusual, the person has said that it is so. */
  readonly isSure?: boolean;
};
export type LotLineField = 'lot' | 'expiry' | 'quantity' | 'cost';

export type LotLine = {
  readonly lot: string;
  readonly expiresOn: CalendarDate;
  readonly quantity: number;
  readonly unit: PackUnit;
  readonly units: number;
  readonly costVnd: number | null;
};

export type LotLineRules = {
  /** Unknown until the till has told it; the till decides anyway. */
  readonly today: CalendarDate | undefined;
  readonly isCostNeeded: boolean;
  readonly isExpiredAllowed: boolean;
};

export type ReadLotLine = {
  readonly problems: Partial<Readonly<Record<LotLineField, PlainTextKey>>>;
  /** Something is unusual, and a person has to say that it is so. */
  readonly isDoubtful: boolean;
  /** Present when nothing is wrong. */
  readonly line: LotLine | undefined;
  readonly unit: PackUnit;
  readonly quantity: number | undefined;
};

const lotShape = /^[\p{L}\p{N}][\p{L}\p{N} ._/()+-]*$/u;

/** What the typed texts say, and which of them say nothing usable. */
export function readLotLine(draft: LotLineDraft, rules: LotLineRules): ReadLotLine {
  const unit = unitOf(draft);
  const typed = parseQuantity(draft.quantity, { tree: draft.drug.units, unit });
  const expiresOn = parseExpiry(draft.expiry);
  const costVnd = draft.cost.trim() === '' ? null : parseWholeNumber(draft.cost);
  const lot = draft.lot.trim().toUpperCase();
  const { today } = rules;
  const isExpired = expiresOn !== undefined && today !== undefined && expiresOn <= today;
  const isCostBad = costVnd === undefined || (costVnd === null && rules.isCostNeeded);
  const problems: ReadLotLine['problems'] = {
    ...(!lotShape.test(lot) && { lot: 'line.lotBad' }),
    ...(expiresOn === undefined && { expiry: 'line.expiryBad' }),
    ...(isExpired && !rules.isExpiredAllowed && { expiry: 'line.expired' }),
    ...(typed === undefined && { quantity: 'line.quantityBad' }),
    ...(isCostBad && { cost: 'line.costBad' }),
  };
  const doubts = draft.isSure === true ? {} : doubtsOf({ expiresOn, costVnd, today });
  const isComplete =
    Object.keys({ ...problems, ...doubts }).length === 0 &&
    typed &&
    expiresOn !== undefined &&
    costVnd !== undefined;
  const line = isComplete
    ? { lot, expiresOn, ...typed, units: typed.quantity * typed.unit.factor, costVnd }
    : undefined;
  return {
    problems: { ...doubts, ...problems },
    isDoubtful: Object.keys(doubts).length > 0,
    line,
    unit: typed?.unit ?? unit,
    quantity: typed?.quantity,
  };
}

/** No medicine keeps for ten years: `9999-12-31` is a placeholder of another program. */
const farDays = 3_653;

/** What is possible and hardly ever meant: it is asked about when it is entered. */
function doubtsOf(typed: {
  readonly expiresOn: CalendarDate | undefined;
  readonly costVnd: number | null | undefined;
  readonly today: CalendarDate | undefined;
}): ReadLotLine['problems'] {
  const { expiresOn, costVnd, today } = typed;
  const isFar =
    expiresOn !== undefined && today !== undefined && expiresOn > addDays(today, farDays);
  return {
    ...(isFar && { expiry: 'line.expiryFar' }),
    ...(costVnd === 0 && { cost: 'line.costZero' }),
  };
}

/** A line for a drug that was just found, with what its code says of lot and expiry. */
export function lotLineDraftOf(
  id: string,
  { code, name, units }: LotLineDraft['drug'],
  unit: PackUnit | undefined,
  printed: PrintedLot = { lot: '', expiry: '' },
): LotLineDraft {
  const drug = { code, name, units };
  return { id, drug, ...printed, quantity: '', unit: unit?.name ?? '', cost: '' };
}

type PrintedLot = Pick<LotLineDraft, 'lot' | 'expiry'>;

/** What the scanned pack says for sure; what it leaves open is typed. */
export function printedLotOf(
  scanned: string | undefined,
  today: CalendarDate | undefined,
): PrintedLot | undefined {
  if (scanned === undefined || today === undefined) return undefined;
  const read = readBarcode(scanned, { today });
  if (!read.ok || read.value.type === 'other') return undefined;
  const codes = read.value.type === 'product' ? [read.value.code] : read.value.codes;
  const certain = (values: readonly string[]) =>
    (new Set(values).size === 1 ? values[0] : '') ?? '';
  return {
    lot: certain(codes.map(({ lot }) => lot ?? '')),
    expiry: certain(
      codes.map(({ expiresOn }) => (expiresOn === null ? '' : formatDate(expiresOn))),
    ),
  };
}

export function isLotLineDraft(value: unknown): value is LotLineDraft {
  if (!isRecord(value) || !isRecord(value['drug'])) return false;
  const hasTexts = ['id', 'lot', 'expiry', 'quantity', 'unit', 'cost'].every(
    (name) => typeof value[name] === 'string',
  );
  return hasTexts && Array.isArray(value['drug']['units']);
}

function unitOf(draft: LotLineDraft): PackUnit {
  const { units } = draft.drug;
  return units.find((level) => level.name === draft.unit) ?? units[0] ?? { name: '', factor: 1 };
}
