import type { z } from 'zod';
import { limits } from '../base/limits.ts';
import { err, ok, type Result } from '../base/result.ts';
import { DrugCode } from '../model/drug.ts';
import { ControlledDrugLossReported } from './controlled-drug-loss-reported.ts';
import { CustomerReturnAccepted } from './customer-return-accepted.ts';
import type { Envelope } from './envelope.ts';
import { GoodsReceived } from './goods-received.ts';
import { LocalProductDefined } from './local-product-defined.ts';
import { LotDisposed } from './lot-disposed.ts';
import { LotQuarantined } from './lot-quarantined.ts';
import { LotReleased } from './lot-released.ts';
import { OpeningStockDeclared } from './opening-stock-declared.ts';
import { PrescriptionDispensed } from './prescription-dispensed.ts';
import { PriceSet } from './price-set.ts';
import { RecallAcknowledged } from './recall-acknowledged.ts';
import { SaleCompleted } from './sale-completed.ts';
import { SaleVoided } from './sale-voided.ts';
import { ShiftClosed } from './shift-closed.ts';
import { ShiftOpened } from './shift-opened.ts';
import { StaffChanged } from './staff-changed.ts';
import { StockCounted } from './stock-counted.ts';
import { SupplierReturnSent } from './supplier-return-sent.ts';
import { TillRecovered } from './till-recovered.ts';
import { TransferReceived } from './transfer-received.ts';
import { TransferSent } from './transfer-sent.ts';

/** Type+version → schema. Definitions are never removed; a new version is added beside the old. */
export const eventSchemas = {
  'OpeningStockDeclared.v1': OpeningStockDeclared,
  'GoodsReceived.v1': GoodsReceived,
  'SaleCompleted.v1': SaleCompleted,
  'SaleVoided.v1': SaleVoided,
  'CustomerReturnAccepted.v1': CustomerReturnAccepted,
  'SupplierReturnSent.v1': SupplierReturnSent,
  'TransferSent.v1': TransferSent,
  'TransferReceived.v1': TransferReceived,
  'StockCounted.v1': StockCounted,
  'LotDisposed.v1': LotDisposed,
  'LotQuarantined.v1': LotQuarantined,
  'LotReleased.v1': LotReleased,
  'PriceSet.v1': PriceSet,
  'PrescriptionDispensed.v1': PrescriptionDispensed,
  'ControlledDrugLossReported.v1': ControlledDrugLossReported,
  'ShiftOpened.v1': ShiftOpened,
  'ShiftClosed.v1': ShiftClosed,
  'RecallAcknowledged.v1': RecallAcknowledged,
  'LocalProductDefined.v1': LocalProductDefined,
  'StaffChanged.v1': StaffChanged,
  'TillRecovered.v1': TillRecovered,
} as const;

export type EventType = keyof typeof eventSchemas;
export type EventData = { [Type in EventType]: z.output<(typeof eventSchemas)[Type]> };

/** One fact with its type, before or without its envelope. */
export type Fact = {
  [Type in EventType]: { readonly type: Type; readonly data: EventData[Type] };
}[EventType];
/** A fact in its envelope. */
export type Event = Omit<Envelope, 'type' | 'data'> & Fact;

/** Why an event cannot be interpreted; it is parked with this, never dropped (protocol.md §2). */
export type UnreadableEvent = {
  readonly type: 'UnknownEventType' | 'NewerEventVersion' | 'InvalidEventData' | 'UnknownDrugCode';
  readonly detail: string;
  /** The texts that stand where drug codes should, when nothing else is wrong. */
  readonly codes?: readonly string[];
};

/**
 * Reads the inside of an event whose envelope is already checked.
 * @param drugByForeignCode catalogue codes of texts that are no drug codes; the centre knows some.
 */
export function interpretEvent(
  envelope: Envelope,
  drugByForeignCode: ReadonlyMap<string, string> = noForeignCodes,
): Result<Event, UnreadableEvent> {
  const { type } = envelope;
  if (!isEventType(type)) {
    return err({
      type: isNewerVersion(type) ? 'NewerEventVersion' : 'UnknownEventType',
      detail: type,
    });
  }
  const parsed = eventSchemas[type].safeParse(envelope.data);
  // Safe: `data` was parsed by the schema registered under exactly this type.
  if (parsed.success) return ok({ ...envelope, data: parsed.data } as Event);
  const issue = parsed.error.issues[0];
  const detail = `${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'invalid'}`;
  const unreadable = { type: 'InvalidEventData', detail: detail.slice(0, 300) } as const;
  const codes = foreignDrugCodes(envelope.data);
  if (codes.length === 0) return err(unreadable);
  const data = translateDrugCodes(
    envelope.data,
    (code) => drugByForeignCode.get(code) ?? anyDrugCode,
  );
  const translated = eventSchemas[type].safeParse(data);
  if (!translated.success) return err(unreadable);
  const missing = codes.filter((code) => !drugByForeignCode.has(code));
  // Safe: `data` was parsed by the schema registered under exactly this type.
  if (missing.length === 0) return ok({ ...envelope, data: translated.data } as Event);
  return err({
    type: 'UnknownDrugCode',
    detail: missing.join(', ').slice(0, 300),
    codes: missing,
  });
}

const noForeignCodes: ReadonlyMap<string, string> = new Map();
/** Stands for a code that is not known yet, to see whether anything else is wrong. */
const anyDrugCode = 'any';
/** A journal line is at most 256 KiB; data nests as deep as its schemas, and no deeper is read. */
const depthMax = 8;

/** Texts under a field `drug` that no drug code can be, each once. */
function foreignDrugCodes(data: unknown): readonly string[] {
  const codes = new Set<string>();
  translateDrugCodes(data, (code) => {
    codes.add(code);
    return code;
  });
  return [...codes];
}

function translateDrugCodes(
  value: unknown,
  drugOf: (foreign: string) => string,
  depth = 0,
): unknown {
  if (typeof value !== 'object' || value === null || depth > depthMax) return value;
  if (Array.isArray(value)) {
    return value.map((element: unknown) => translateDrugCodes(element, drugOf, depth + 1));
  }
  return Object.fromEntries(
    Object.entries(value).map(([field, inner]: [string, unknown]) => [
      field,
      field === 'drug' && isForeignDrugCode(inner)
        ? drugOf(inner)
        : translateDrugCodes(inner, drugOf, depth + 1),
    ]),
  );
}

function isForeignDrugCode(value: unknown): value is string {
  return (
    typeof value === 'string' &&
    value.trim() !== '' &&
    value.length <= limits.shortTextLength &&
    !DrugCode.safeParse(value).success
  );
}

function isEventType(type: string): type is EventType {
  return Object.hasOwn(eventSchemas, type);
}

/** `SaleCompleted.v9` of a later program, where this one knows only `SaleCompleted.v1`. */
function isNewerVersion(type: string): boolean {
  const name = `${type.split('.')[0]}.`;
  return Object.keys(eventSchemas).some((known) => known.startsWith(name));
}
