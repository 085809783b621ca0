import { expect, test } from 'vitest';
import { Envelope } from '../../shared/events/envelope.ts';
import { type Event, interpretEvent } from '../../shared/events/registry.ts';
import { businessDateOf, CalendarDate } from '../../shared/model/calendar.ts';
import type { Recall } from '../../shared/model/recall.ts';
import { alertsOf } from '../../shared/rules/alerts.ts';
import { aChain, aRecall, aSale } from '../support/builders.ts';

const receivedAt = '2026-11-22T09:00:00+07:00';
const known = new Map([['DEMO-1', 500]]);

test('an ordinary sale raises nothing', () => {
  expect(kinds(anEvent())).toEqual([]);
});

test('a sale of a lot on or after its expiry day is seen', () => {
  expect(kinds(anEvent({ at: '2027-06-29T08:00:00+07:00' }), '2027-06-29T09:00:00Z')).toEqual([]);
  const late = anEvent({ at: '2027-06-30T08:00:00+07:00' });
  expect(kinds(late, '2027-06-30T09:00:00Z')).toEqual(['expired-lot-sold']);
});

test('a price above the ceiling, and a drug nobody knows, are seen', () => {
  expect(kinds(anEvent(), receivedAt, new Map([['DEMO-1', 499]]))).toEqual(['price-above-ceiling']);
  expect(kinds(anEvent(), receivedAt, new Map())).toEqual(['unknown-drug']);
});

test('a product that the facility has defined itself is not unknown', () => {
  const ownProducts = new Set(['DEMO-1']);
  expect(kinds(anEvent(), receivedAt, new Map(), { ownProducts })).toEqual([]);
});

test('a clock ten years ahead is seen', () => {
  expect(kinds(anEvent({ at: '2036-11-22T08:00:00+07:00' }))).toContain('clock-ahead');
});

test('a fact older than when its till had nothing left to send is back-dated', () => {
  const caughtUpOn = CalendarDate.parse('2026-11-22');
  const backDated = (at: string) => kinds(anEvent({ at }), receivedAt, known, { caughtUpOn });
  expect(backDated('2026-11-20T08:00:00+07:00')).toEqual([]);
  expect(backDated('2026-11-19T08:00:00+07:00')).toEqual(['back-dated']);
  expect(kinds(anEvent({ at: '2026-11-19T08:00:00+07:00' }))).toEqual([]);
});

test('a clock that goes back within the journal is seen, one that is put right is not', () => {
  const after = (previous: string, at: string) =>
    kinds(anEvent({ at }), receivedAt, known, { previousOn: CalendarDate.parse(previous) });
  expect(after('2026-11-15', '2026-11-13T08:00:00+07:00')).toEqual([]);
  expect(after('2026-11-15', '2026-11-12T08:00:00+07:00')).toEqual(['back-dated']);
  expect(after('2036-11-22', '2026-11-22T08:00:00+07:00')).toEqual([]);
});

test('a recalled lot sold from the day of the recall on is seen; other lots and days are not', () => {
  const sold = (lots: string[] | null, fromDate: string) => {
    const recall = aRecall({ lots, fromDate: CalendarDate.parse(fromDate) });
    return kinds(anEvent(), receivedAt, known, { recallsByDrug: new Map([['DEMO-1', [recall]]]) });
  };
  expect(sold(['A1'], '2026-11-22')).toEqual(['recalled-lot-sold']);
  expect(sold(null, '2026-11-22')).toEqual(['recalled-lot-sold']);
  expect(sold(['A1'], '2026-11-23')).toEqual([]);
  expect(sold(['B2'], '2026-11-22')).toEqual([]);
});

test('a specially controlled drug that left without a prescription is seen', () => {
  const controlledDrugs = new Set(['DEMO-1']);
  expect(kinds(anEvent(), receivedAt, known, { controlledDrugs })).toEqual([
    'controlled-drug-without-prescription',
  ]);
});

function kinds(
  event: Event,
  received = receivedAt,
  ceilings: Map<string, number> = known,
  parts: Partial<Parameters<typeof alertsOf>[1]> = {},
) {
  const context = {
    ceilingVndByDrug: ceilings,
    controlledDrugs: new Set<string>(),
    ownProducts: new Set<string>(),
    recallsByDrug: new Map<string, readonly Recall[]>(),
    receivedAt: received,
    receivedOn: businessDateOf(received),
    caughtUpOn: null,
    previousOn: null,
    ...parts,
  };
  return alertsOf(event, context).map((alert) => alert.kind);
}

function anEvent(parts: { at?: string } = {}): Event {
  const [sealed] = aChain([aSale()]);
  const envelope = Envelope.parse(JSON.parse(sealed?.line ?? ''));
  const event = interpretEvent({ ...envelope, ...parts } as Envelope);
  if (!event.ok) throw new Error(event.error.detail);
  return event.value;
}
