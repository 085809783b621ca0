import type { z } from 'zod';
import { err, ok, type Result } from '../base/result.ts';
import type { Envelope } from './envelope.ts';
import { GoodsReceived } from './goods-received.ts';
import { OpeningStockDeclared } from './opening-stock-declared.ts';
import { PriceSet } from './price-set.ts';
import { SaleCompleted } from './sale-completed.ts';
import { SaleVoided } from './sale-voided.ts';
import { TillRecovered } from './till-recovered.ts';

/** Type+version → schema. Definitions are never removed; a new version is added beside the old. */
export const eventSchemas = {
  'OpeningStockDeclared.v1': OpeningStockDeclared,
  'GoodsReceived.v1': GoodsReceived,
  'SaleCompleted.v1': SaleCompleted,
  'SaleVoided.v1': SaleVoided,
  'PriceSet.v1': PriceSet,
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
  readonly type: 'UnknownEventType' | 'InvalidEventData';
  readonly detail: string;
};

/** Reads the inside of an event whose envelope is already checked. */
export function interpretEvent(envelope: Envelope): Result<Event, UnreadableEvent> {
  if (!isEventType(envelope.type)) return err({ type: 'UnknownEventType', detail: envelope.type });
  const parsed = eventSchemas[envelope.type].safeParse(envelope.data);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    const detail = `${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'invalid'}`;
    return err({ type: 'InvalidEventData', detail: detail.slice(0, 300) });
  }
  // Safe: `data` was parsed by the schema registered under exactly this type.
  return ok({ ...envelope, data: parsed.data } as Event);
}

function isEventType(type: string): type is EventType {
  return Object.hasOwn(eventSchemas, type);
}
