import { expect, test } from 'vitest';
import { Envelope } from '../../shared/events/envelope.ts';
import { type Event, interpretEvent } from '../../shared/events/registry.ts';
import { alertsOf } from '../../shared/rules/alerts.ts';
import { aChain, aSale } from '../support/builders.ts';

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

test('a clock ten years ahead, or facts dated far behind the last report, are seen', () => {
  expect(kinds(anEvent({ at: '2036-11-22T08:00:00+07:00' }))).toContain('clock-ahead');
  expect(kinds(anEvent({ at: '2016-11-22T08:00:00+07:00' }))).toEqual(['back-dated']);
});

function kinds(event: Event, received = receivedAt, ceilings: Map<string, number> = known) {
  const context = {
    ceilingVndByDrug: ceilings,
    receivedAt: received,
    previousReceivedAt: '2026-11-22T08:00:00+07:00',
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
