import { businessDateOf, type CalendarDate, instantOfMs } from '../../shared/model/calendar.ts';
import { type AlertFact, type AlertKind, alertsOf } from '../../shared/rules/alerts.ts';
import type { BatchHeader } from '../../shared/sync/batch.ts';
import type { Queryable } from '../db/pool.ts';
import type { DerivedEvent, DerivedFact } from './derive-event.ts';
import type { KnownDrugs } from './drug-facts.ts';
import type { RecallsByDrug } from './recalls-by-drug.ts';
import type { TillSource } from './till-source.ts';
import type { OverdrawnLot } from './write-movements.ts';

/** One alert before it is stored. Alerts of one cause are one alert, however often it is seen. */
export type AlertRow = AlertFact & {
  readonly facilityId: string;
  readonly province: string;
  readonly till: string | null;
  readonly seq: number | null;
  readonly cause: string;
};

/** What the events of one batch are judged by; the same for all of them. */
export type AlertContext = Omit<Parameters<typeof alertsOf>[1], 'previousOn'>;

export function alertContext(batch: {
  readonly receivedAtMs: number;
  readonly caughtUpAtMs: number | null;
  readonly drugs: KnownDrugs;
  readonly recallsByDrug: RecallsByDrug;
  readonly ownProducts: ReadonlySet<string>;
}): AlertContext {
  const receivedAt = instantOfMs(batch.receivedAtMs);
  return {
    ...batch.drugs,
    recallsByDrug: batch.recallsByDrug,
    ownProducts: batch.ownProducts,
    receivedAt,
    receivedOn: businessDateOf(receivedAt),
    caughtUpOn:
      batch.caughtUpAtMs === null ? null : businessDateOf(instantOfMs(batch.caughtUpAtMs)),
  };
}

/** What is odd about one event (shared/rules/alerts.ts), after one of the day `previousOn`. */
export function eventAlerts(
  till: TillSource,
  fact: DerivedFact,
  context: AlertContext,
  previousOn: CalendarDate | null,
): readonly AlertRow[] {
  const alerts = alertsOf(fact.event, { ...context, previousOn });
  if (alerts.length === 0) return [];
  const { seq } = fact.event;
  return alerts.map((alert) => ({
    ...alert,
    ...placeOf(till),
    seq,
    cause: causeOf(alert, { till, seq, day: context.receivedOn, soldOn: fact.day }),
  }));
}

/** The till wrote two pasts: evidence of a copied disk or a restored image. */
export function forkAlert(till: TillSource, header: BatchHeader, atSeq: number): AlertRow {
  return {
    kind: 'fork',
    ...placeOf(till),
    seq: atSeq,
    detail: { atSeq, firstSeq: header.firstSeq, lastSeq: header.lastSeq },
    cause: `fork|${till.id}|${header.headHash}`,
  };
}

export function parkedAlert(till: TillSource, event: DerivedEvent, reason: string): AlertRow {
  return {
    kind: 'parked-event',
    ...placeOf(till),
    seq: event.seq,
    detail: { seq: event.seq, type: event.type, reason },
    cause: `parked-event|${till.id}|${event.seq}`,
  };
}

/**
 * More left than was there. When enough is on hand and only the shelf is short, what was sold can
 * only have come out of quarantine (protocol.md I6).
 */
export function overdrawnAlert(lot: OverdrawnLot, receivedAtMs: number): AlertRow {
  const { till, drug, expiresOn, onHandUnits, quarantinedUnits } = lot;
  const day = businessDateOf(instantOfMs(receivedAtMs));
  const kind = onHandUnits < 0 || quarantinedUnits < 0 ? 'negative-stock' : 'quarantined-lot-sold';
  return {
    kind,
    ...placeOf(till),
    seq: null,
    drug,
    lot: lot.lot,
    detail: { expiresOn, onHandUnits, ...(quarantinedUnits === 0 ? {} : { quarantinedUnits }) },
    cause: `${kind}|${till.facilityId}|${drug}|${lot.lot}|${expiresOn}|${day}`,
  };
}

/** Till and centre count differently at the same head. */
export function stockDiffersAlert(till: TillSource, seq: number): AlertRow {
  return {
    kind: 'stock-differs',
    ...placeOf(till),
    seq,
    detail: { seq },
    cause: `stock-differs|${till.id}|${seq}`,
  };
}

/** @returns how many were new. */
export async function insertAlerts(
  database: Queryable,
  deps: { readonly newId: () => string },
  alerts: readonly AlertRow[],
  raisedAt: string,
): Promise<number> {
  if (alerts.length === 0) return 0;
  const first = new Map(alerts.map((alert) => [alert.cause, alert]));
  // In one order everywhere, so that two processes never wait for each other.
  const rows = [...first.values()].sort((a, b) => (a.cause < b.cause ? -1 : 1));
  const inserted = await database.query(
    `INSERT INTO alert (id, kind, facility_id, province, till_id, seq, drug, lot, detail, cause,
       raised_at)
     SELECT given.*, $11::timestamptz FROM unnest($1::uuid[], $2::text[], $3::uuid[], $4::text[],
       $5::uuid[], $6::bigint[], $7::text[], $8::text[], $9::jsonb[], $10::text[]) AS given
     ON CONFLICT (cause) DO NOTHING`,
    [
      rows.map(() => deps.newId()),
      rows.map((alert) => alert.kind),
      rows.map((alert) => alert.facilityId),
      rows.map((alert) => alert.province),
      rows.map((alert) => alert.till),
      rows.map((alert) => alert.seq),
      rows.map((alert) => alert.drug ?? null),
      rows.map((alert) => alert.lot ?? null),
      rows.map((alert) => JSON.stringify(alert.detail)),
      rows.map((alert) => alert.cause),
      raisedAt,
    ],
  );
  return inserted.rowCount ?? 0;
}

function placeOf(till: TillSource) {
  return { facilityId: till.facilityId, province: till.province, till: till.id };
}

/**
 * What makes two sightings the same alert: one wrong clock or one wrong price tag makes hundreds of
 * odd events a day, and an inspector needs to be told once.
 */
function causeOf(
  alert: AlertFact,
  at: {
    readonly till: TillSource;
    readonly seq: number;
    /** Day of receipt. */
    readonly day: string;
    readonly soldOn: string;
  },
): string {
  const { till, seq } = at;
  const drug = alert.drug ?? '';
  const causes: Record<AlertKind, string> = {
    'clock-ahead': `${till.id}|${at.day}`,
    'back-dated': `${till.id}|${at.day}`,
    'unknown-drug': `${till.facilityId}|${drug}`,
    'price-above-ceiling': `${till.facilityId}|${drug}|${at.soldOn}`,
    'expired-lot-sold': `${till.id}|${seq}|${drug}|${alert.lot ?? ''}`,
    'negative-stock': `${till.id}|${seq}|${drug}|${alert.lot ?? ''}`,
    'quarantined-lot-sold': `${till.id}|${seq}|${drug}|${alert.lot ?? ''}`,
    'recalled-lot-sold': `${till.id}|${seq}|${drug}|${alert.lot ?? ''}`,
    'controlled-drug-without-prescription': `${till.id}|${seq}|${drug}`,
    'controlled-drug-lost': `${till.id}|${seq}|${drug}|${alert.lot ?? ''}`,
    'prescription-exceeded': `${till.id}|${seq}|${drug}`,
    fork: `${till.id}|${seq}`,
    'parked-event': `${till.id}|${seq}`,
    'stock-differs': `${till.id}|${seq}`,
  };
  return `${alert.kind}|${causes[alert.kind]}`;
}
