import type { Event } from '../events/registry.ts';
import { businessDateOf, type CalendarDate, daysBetween } from '../model/calendar.ts';
import { DrugCode } from '../model/drug.ts';
import type { Recall } from '../model/recall.ts';
import { lossReportDueAt } from './controlled-loss.ts';
import { recallOfLot } from './recall.ts';

/**
 * Odd facts are stored and become alerts with a human sentence; the centre never refuses a fact for
 * a business reason (protocol.md §2). These follow from one event; a stock below zero (I5) is seen
 * by the projection and a fork by judgeBatch.
 */
export const alertKinds = [
  'negative-stock',
  'expired-lot-sold',
  'quarantined-lot-sold',
  'recalled-lot-sold',
  'controlled-drug-without-prescription',
  'controlled-drug-lost',
  'prescription-exceeded',
  'unknown-drug',
  'price-above-ceiling',
  'back-dated',
  'clock-ahead',
  'fork',
  'parked-event',
  'stock-differs',
] as const;
export type AlertKind = (typeof alertKinds)[number];

export type AlertFact = {
  readonly kind: AlertKind;
  readonly drug?: string;
  readonly lot?: string;
  readonly detail: Readonly<Record<string, string | number>>;
};

/** A clock further ahead than this dates facts into the future; further behind, into the past. */
export const clockToleranceDays = 2;

export function alertsOf(
  event: Event,
  context: {
    /** Ceiling of the smallest unit by drug; a drug that is missing here is unknown. */
    readonly ceilingVndByDrug: ReadonlyMap<string, number | null>;
    readonly controlledDrugs: ReadonlySet<string>;
    /** Codes that the facility has defined itself: no drugs of the catalogue, and not unknown. */
    readonly ownProducts: ReadonlySet<string>;
    readonly recallsByDrug: ReadonlyMap<string, readonly Recall[]>;
    readonly receivedAt: string;
    readonly receivedOn: CalendarDate;
    /** Day on which the till had nothing left to send; its later events cannot be older. */
    readonly caughtUpOn: CalendarDate | null;
    /** Day of the event before it, by the till's clock. */
    readonly previousOn: CalendarDate | null;
  },
): readonly AlertFact[] {
  return [
    ...clockAlerts(event, context),
    ...unknownDrugAlerts(event, context),
    ...(event.type === 'SaleCompleted.v1'
      ? [
          ...saleAlerts(event, context.ceilingVndByDrug),
          ...recallAlerts(event, context.recallsByDrug),
          ...controlAlerts(event, context.controlledDrugs),
        ]
      : []),
    ...(event.type === 'ControlledDrugLossReported.v1' ? lossAlerts(event) : []),
  ];
}

function clockAlerts(
  event: Event,
  context: {
    readonly receivedAt: string;
    readonly receivedOn: CalendarDate;
    readonly caughtUpOn: CalendarDate | null;
    readonly previousOn: CalendarDate | null;
  },
): readonly AlertFact[] {
  const { receivedAt, receivedOn, caughtUpOn, previousOn } = context;
  const detail = { at: event.at, seq: event.seq, receivedAt };
  const occurredOn = businessDateOf(event.at);
  const daysAhead = daysBetween({ from: receivedOn, to: occurredOn });
  if (daysAhead > clockToleranceDays)
    return [{ kind: 'clock-ahead', detail: { ...detail, daysAhead } }];
  // A clock that was ahead and is right again did not go back in time.
  const wasAhead =
    previousOn !== null && daysBetween({ from: receivedOn, to: previousOn }) > clockToleranceDays;
  const bounds = [caughtUpOn, wasAhead ? null : previousOn].filter((day) => day !== null);
  const daysBehind = Math.max(...bounds.map((day) => daysBetween({ from: occurredOn, to: day })));
  return daysBehind > clockToleranceDays
    ? [{ kind: 'back-dated', detail: { ...detail, daysBehind } }]
    : [];
}

function unknownDrugAlerts(
  event: Event,
  context: {
    readonly ceilingVndByDrug: ReadonlyMap<string, number | null>;
    readonly ownProducts: ReadonlySet<string>;
  },
): readonly AlertFact[] {
  const { ceilingVndByDrug, ownProducts } = context;
  const unknown = drugsOf(event).filter(
    (drug) => !(ceilingVndByDrug.has(drug) || ownProducts.has(drug)),
  );
  return [...new Set(unknown)].map((drug) => ({
    kind: 'unknown-drug',
    drug: DrugCode.parse(drug),
    detail: { seq: event.seq },
  }));
}

function saleAlerts(
  event: Extract<Event, { type: 'SaleCompleted.v1' }>,
  ceilings: ReadonlyMap<string, number | null>,
): readonly AlertFact[] {
  const soldOn = businessDateOf(event.at);
  const { slip } = event.data;
  return event.data.lines.flatMap((line) => {
    const ceiling = ceilings.get(line.drug) ?? null;
    const expired: AlertFact[] = line.picks
      .filter((pick) => pick.expiresOn <= soldOn)
      .map((pick) => ({
        kind: 'expired-lot-sold',
        drug: line.drug,
        lot: pick.lot,
        detail: { at: event.at, slip, expiresOn: pick.expiresOn, units: pick.units },
      }));
    const isAbove = ceiling !== null && line.priceVnd > ceiling * line.unit.factor;
    if (!isAbove) return expired;
    const detail = {
      at: event.at,
      slip,
      priceVnd: line.priceVnd,
      ceilingVnd: ceiling * line.unit.factor,
    };
    return [...expired, { kind: 'price-above-ceiling', drug: line.drug, detail } as const];
  });
}

type SaleEvent = Extract<Event, { type: 'SaleCompleted.v1' }>;

/** I6: a lot sold on or after the day from which its recall holds. */
function recallAlerts(
  event: SaleEvent,
  recallsByDrug: ReadonlyMap<string, readonly Recall[]>,
): readonly AlertFact[] {
  if (recallsByDrug.size === 0) return [];
  const soldOn = businessDateOf(event.at);
  const { slip } = event.data;
  return event.data.lines.flatMap(({ drug, picks }) => {
    const recalls = (recallsByDrug.get(drug) ?? []).filter(({ fromDate }) => fromDate <= soldOn);
    return picks.flatMap(({ lot, units }): readonly AlertFact[] => {
      const recall = recallOfLot(recalls, { drug, lot });
      if (recall === undefined) return [];
      const detail = { at: event.at, slip, recall: recall.number, level: recall.level, units };
      return [{ kind: 'recalled-lot-sold', drug, lot, detail }];
    });
  });
}

/** I7: a specially controlled drug left without its document. */
function controlAlerts(
  event: SaleEvent,
  controlledDrugs: ReadonlySet<string>,
): readonly AlertFact[] {
  const { slip, lines, prescriptionCode } = event.data;
  if (prescriptionCode !== undefined) return [];
  return lines
    .filter(({ drug }) => controlledDrugs.has(drug))
    .map(({ drug, quantity, unit }) => ({
      kind: 'controlled-drug-without-prescription',
      drug,
      detail: { at: event.at, slip, units: quantity * unit.factor },
    }));
}

/**
 * More was sold on one prescription than it says, by all facilities together (TT 11/2025): each of
 * them may have acted rightly by what it could know.
 */
export function exceededPrescription(sold: {
  readonly prescription: string;
  readonly drug: string;
  readonly prescribedUnits: number;
  readonly dispensedUnits: number;
  readonly facilities: number;
}): AlertFact | undefined {
  const { drug, ...detail } = sold;
  if (detail.dispensedUnits <= detail.prescribedUnits) return undefined;
  return { kind: 'prescription-exceeded', drug, detail };
}

/** Told to the authority within 48 hours of discovery (NĐ 163/2025, Mẫu 07). */
function lossAlerts(
  event: Extract<Event, { type: 'ControlledDrugLossReported.v1' }>,
): readonly AlertFact[] {
  const { cause, foundAt, lines } = event.data;
  const dueAt = lossReportDueAt(foundAt);
  return lines.map(({ drug, lot, expiresOn, place, units }) => ({
    kind: 'controlled-drug-lost',
    drug,
    lot,
    detail: { at: event.at, cause, foundAt, dueAt, expiresOn, place, units },
  }));
}

function drugsOf(event: Event): readonly string[] {
  switch (event.type) {
    case 'PriceSet.v1':
      return [event.data.drug];
    case 'TillRecovered.v1':
      return event.data.lots.map((lot) => lot.drug);
    // Its sale has named what was sold; a drug that was only prescribed has not moved.
    case 'PrescriptionDispensed.v1':
    case 'ShiftOpened.v1':
    case 'ShiftClosed.v1':
    case 'LocalProductDefined.v1':
    case 'StaffChanged.v1':
      return [];
    default:
      return event.data.lines.map((line) => line.drug);
  }
}
