import { gunzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { starterCatalogue } from '../../../server/catalogue/starter/starter-catalogue.ts';
import { planFacilities } from '../../../server/twin/facilities.ts';
import { type MarketDrug, marketOf } from '../../../server/twin/market.ts';
import { type ShopFact, shopFacts } from '../../../server/twin/shop-days.ts';
import { type Shortage, shopPlan } from '../../../server/twin/shop-plan.ts';
import { openJournal } from '../../../server/twin/till-journal.ts';
import { demonstrationKey } from '../../../server/twin/till-keys.ts';
import { zeroHash } from '../../../shared/events/envelope.ts';
import { eventSchemas } from '../../../shared/events/registry.ts';
import {
  businessDateOf,
  hourOf,
  instantOfMs,
  msOfInstant,
} from '../../../shared/model/calendar.ts';
import { movementsOf } from '../../../shared/rules/movements.ts';
import { readBatch } from '../../../shared/sync/batch.ts';
import { aTillId, day, hashLine } from '../../support/builders.ts';

const seed = 'test';
const firstDay = day('2026-10-19');
const nowMs = msOfInstant('2026-11-22T21:00:00+07:00');
const drugs = starterCatalogue();
const market: readonly MarketDrug[] = marketOf(drugs, seed);
const planned = planFacilities({ seed, count: 640, today: day('2026-11-22') });
const oresol = drugs.find(({ name }) => name.startsWith('Oresol'))?.code ?? '';

function factsUntilNow(
  choose: (each: (typeof planned)[number]) => boolean,
  shortage: Shortage | null = null,
): readonly ShopFact[] {
  const facts: ShopFact[] = [];
  for (const each of planned.filter(choose)) {
    const plan = shopPlan(each, { seed, firstDay, shortage });
    for (const fact of shopFacts(plan, { market, slipPrefix: 'A1' })) {
      if (fact.happenedMs > nowMs) break;
      facts.push(fact);
    }
  }
  return facts;
}

const honest = planned.filter(({ oddity, facility }) => !oddity && facility.kind === 'pharmacy');
const someShop = honest[3];
const someFacts = factsUntilNow((each) => each === someShop);

test('every fact is one that its own schema accepts', () => {
  const bad = someFacts.filter(({ fact }) => !eventSchemas[fact.type].safeParse(fact.data).success);
  expect(bad).toEqual([]);
});

test('an honest shop never sells what it does not have, and nothing expired', () => {
  const held = new Map<string, number>();
  const wrong: string[] = [];
  for (const { fact, clockMs } of someFacts) {
    const today = businessDateOf(instantOfMs(clockMs));
    for (const { drug, lot, expiresOn, units, kind } of movementsOf(fact)) {
      const key = `${drug}|${lot}|${expiresOn}`;
      held.set(key, (held.get(key) ?? 0) + units);
      if ((held.get(key) ?? 0) < 0) wrong.push(`${key} below zero`);
      if (kind === 'sale' && expiresOn <= today) wrong.push(`${key} sold expired`);
    }
  }
  expect(wrong).toEqual([]);
});

test('facts follow each other in time and are a month long', () => {
  const times = someFacts.map(({ happenedMs }) => happenedMs);
  expect(times).toEqual([...times].sort((a, b) => a - b));
  const days = new Set(times.map((timeMs) => businessDateOf(instantOfMs(timeMs))));
  expect(days.size).toBe(35);
});

test('more people buy in the morning and in the evening than after lunch', () => {
  const sales = factsUntilNow((each) => honest.slice(0, 20).includes(each))
    .filter(({ fact }) => fact.type === 'SaleCompleted.v1')
    .map(({ happenedMs }) => hourOf(instantOfMs(happenedMs)));
  const perHour = (from: number, to: number) =>
    sales.filter((hour) => hour >= from && hour < to).length / (to - from);
  expect(perHour(8, 11)).toBeGreaterThan(1.8 * perHour(12, 14));
  expect(perHour(17, 20)).toBeGreaterThan(1.8 * perHour(12, 14));
});

test('the same seed gives the same days', () => {
  expect(factsUntilNow((each) => each === someShop)).toEqual(someFacts);
});

test('rehydration salts run out in the province whose deliveries dried up', () => {
  const shortage = { province: '89', drug: oresol, lastDeliveryBefore: day('2026-11-06') };
  const facts = factsUntilNow(({ facility }) => facility.province === '89', shortage);
  const movements = facts.flatMap(({ fact, happenedMs }) =>
    movementsOf(fact)
      .filter(({ drug }) => drug === oresol)
      .map(({ kind, units }) => ({ kind, units, isRecent: happenedMs > nowMs - 14 * 86_400_000 })),
  );
  const onHand = movements.reduce((sum, { units }) => sum + units, 0);
  const sold = movements
    .filter(({ kind, isRecent }) => kind === 'sale' && isRecent)
    .reduce((sum, { units }) => sum - units, 0);
  expect((onHand * 14) / sold).toBeLessThan(7);
});

test('a journal grown again goes on behind the acknowledged head, byte for byte', () => {
  const privateKey = demonstrationKey(seed, '96-000002');
  const grow = (acked: { seq: number; hash: string }) => {
    if (someShop === undefined) throw new Error('There is a pharmacy');
    const plan = shopPlan(someShop, { seed, firstDay, shortage: null });
    const facts = shopFacts(plan, { market, slipPrefix: 'A1' });
    const journal = openJournal({ tillId: aTillId, privateKey, facts, acked });
    if (journal === 'stranger') throw new Error('The journal is its own');
    return journal.batchesUntil(nowMs);
  };
  const whole = grow({ seq: 0, hash: zeroHash });
  const [first, ...rest] = whole;
  if (first === undefined) throw new Error('There is something to send');
  const again = grow({ seq: first.header.lastSeq, hash: first.header.headHash });
  expect(again.map(({ header }) => header)).toEqual(rest.map(({ header }) => header));
});

test('every batch is one that the protocol accepts', () => {
  if (someShop === undefined) throw new Error('There is a pharmacy');
  const plan = shopPlan(someShop, { seed, firstDay, shortage: null });
  const facts = shopFacts(plan, { market, slipPrefix: 'A1' });
  const acked = { seq: 0, hash: zeroHash };
  const privateKey = demonstrationKey(seed, '96-000002');
  const journal = openJournal({ tillId: aTillId, privateKey, facts, acked });
  if (journal === 'stranger') throw new Error('The journal is its own');
  const verdicts = journal
    .batchesUntil(nowMs)
    .map(({ header, body }) => readBatch(header, gunzipSync(body).toString('utf8'), hashLine).ok);
  expect(verdicts.length).toBeGreaterThan(0);
  expect(new Set(verdicts)).toEqual(new Set([true]));
});
