import { describe, expect, test } from 'vitest';
import { randomOf } from '../../server/twin/random.ts';
import { zeroHash } from '../../shared/events/envelope.ts';
import { instantOfMs } from '../../shared/model/calendar.ts';
import { judgeBatch } from '../../shared/sync/judge-batch.ts';
import { compareReports } from '../../shared/sync/verify-export.ts';
import { hashLine } from '../support/builders.ts';
import {
  aForgedShop,
  centreExport,
  continueJournal,
  fileLines,
  hashAt,
  rawKeyOf,
  tillExport,
  verifyLines,
} from '../support/forgery/forged-shop.ts';
import { aShopToForge, type Forgery, handsOn, mutations } from '../support/forgery/mutations.ts';

/** Another seed by `FORGERY_SEED`, more rounds by `FORGERY_ROUNDS`. */
const seed = process.env['FORGERY_SEED'] ?? 'forgery';
const rounds = Number(process.env['FORGERY_ROUNDS'] ?? 24);
const kinds = Object.entries(mutations);

describe(`a journal export, seed ${seed}`, () => {
  test('forged in every way we know is found and called by its name', () => {
    const wrong: string[] = [];
    const calls = new Map<string, number>();
    for (let round = 1; round <= rounds; round += 1) {
      const shop = aShopToForge(`${seed}/${round}`);
      for (const [kind, mutate] of kinds) {
        const name = `${seed}/${round}/${kind}`;
        const forgery = mutate(handsOn(shop, name));
        const trouble = misjudged(forgery);
        if (trouble !== undefined) wrong.push(`${name}: ${trouble}`);
        const call = forgery.expected ?? 'nothing, as nothing shows';
        calls.set(call, (calls.get(call) ?? 0) + 1);
      }
    }
    const forgeries = rounds * kinds.length;
    process.stdout.write(
      `forgery: ${forgeries} forged exports of ${kinds.length} kinds, seed ${seed}: ${told(calls)}\n`,
    );
    expect(wrong).toEqual([]);
    expect(kinds.length).toBeGreaterThanOrEqual(40);
    expect(forgeries).toBeGreaterThanOrEqual(1_000);
    expect(calls.size).toBeGreaterThanOrEqual(18);
    // What nobody can prove must stay a small, named part of the whole.
    expect(calls.get('nothing, as nothing shows')).toBe(3 * rounds);
  }, 120_000);

  test('that nobody touched raises no alarm, whatever its shape', () => {
    const alarms: string[] = [];
    let untouched = 0;
    for (let round = 1; round <= 40; round += 1) {
      for (const [name, lines, centreKey] of untouchedExports(`${seed}/${round}`)) {
        untouched += 1;
        const { findings, tills } = verifyLines(lines, centreKey);
        if (findings.length > 0) alarms.push(`${round} ${name}: ${JSON.stringify(findings)}`);
        if (tills.length === 0) alarms.push(`${round} ${name}: no till was looked at`);
      }
    }
    process.stdout.write(`forgery: ${untouched} untouched exports, ${alarms.length} alarms\n`);
    expect(alarms).toEqual([]);
    expect(untouched).toBeGreaterThanOrEqual(100);
  }, 60_000);
});

test('a copy that anybody may have altered makes no honest shop look like a clone', () => {
  const shop = aForgedShop('witness', { events: 30, ackedSeqs: [30], clockErrorMs: 0 });
  const lines = fileLines(tillExport(shop), shop.deviceKey);
  const own = verifyLines(lines);
  let altered = 0;
  for (const [index, line] of lines.entries()) {
    const other = lines.with(
      index,
      line.replace(/\d/, (digit) => String((Number(digit) + 1) % 10)),
    );
    const report = verifyLines(other);
    if (report.findings.length === 0) continue;
    altered += 1;
    const { findings } = compareReports(own, report);
    expect(findings.filter(({ type }) => type === 'forked' || type === 'rolled-back')).toEqual([]);
  }
  expect(altered).toBeGreaterThan(20);
});

/** What the verification said wrongly; undefined when it said what it must. */
function misjudged(forgery: Forgery): string | undefined {
  const own = verifyLines(forgery.lines, forgery.centreKey);
  const compared =
    forgery.against === undefined ? [] : compareReports(own, verifyLines(forgery.against)).findings;
  const findings = [...own.findings, ...compared];
  const [first] = findings;
  if (first?.type !== forgery.expected) {
    return `expected ${forgery.expected}, found ${JSON.stringify(findings)}`;
  }
  const allowed = new Set<string | undefined>([forgery.expected, ...(forgery.also ?? [])]);
  const others = findings.filter(({ type }) => !allowed.has(type));
  if (others.length > 0) return `also found ${JSON.stringify(others)}`;
  const isNamed = forgery.atSeq === undefined || first?.fromSeq === forgery.atSeq;
  return isNamed ? undefined : `expected event ${forgery.atSeq}, found ${JSON.stringify(first)}`;
}

function* untouchedExports(
  name: string,
): Generator<readonly [string, readonly string[], string | undefined]> {
  const random = randomOf(name);
  const events = random.pick([0, 1, 2, 3, random.between(4, 60)]);
  const acks = [...new Set([0, 0, 0, 0].map(() => random.between(0, events)))]
    .filter((seq) => seq > 0)
    .sort((a, b) => a - b);
  const ackedSeqs = random.isTrue(0.2) ? [] : acks;
  // Ten years off, now and then: a clock is no forgery.
  const clockErrorMs = random.pick([0, 0, 90_000, -3_600_000, 10 * 365 * 86_400_000]);
  const shop = aForgedShop(name, { events, ackedSeqs, clockErrorMs });
  yield ['till', fileLines(tillExport(shop), shop.deviceKey), undefined];
  yield ['till, known key', fileLines(tillExport(shop), shop.deviceKey), rawKeyOf(shop.centreKey)];
  yield ['centre', fileLines(centreExport(shop), shop.centreKey), undefined];
  // A replaced till keeps its part of the evidence.
  const newer = { ...aForgedShop(`${name}/newer`, { events: 9, ackedSeqs: [9] }) };
  const second = centreExport({ ...newer, facilityId: shop.facilityId });
  yield ['two tills', fileLines(centreExport(shop), shop.centreKey, [second]), undefined];
}

function told(calls: ReadonlyMap<string, number>): string {
  return [...calls].map(([name, count]) => `${name} ${count}`).join(', ');
}

describe('what the centre makes of a second past under one name', () => {
  test('a clone, and an old backup that was sold on, are a fork at their first own event', () => {
    let forks = 0;
    for (let round = 1; round <= 100; round += 1) {
      const random = randomOf(`${seed}/judge/${round}`);
      const events = random.between(3, 40);
      const acked = random.between(1, events);
      const shop = aForgedShop(`${seed}/judge/${round}`, { events, ackedSeqs: [acked] });
      const from = random.between(0, acked - 1);
      const head = { seq: from, hash: hashAt(shop.events, from) };
      const own = continueJournal({ till: shop.till, head }, random.between(1, 9), random);
      const all = [...shop.events.slice(0, from), ...own];
      // The clone sends from where it believes the centre to stand.
      const firstSeq = random.between(1, from + 1);
      const verdict = judgeBatch(
        { seq: acked, hash: hashAt(shop.events, acked) },
        {
          protocol: 1,
          firstSeq,
          lastSeq: all.length,
          prevHash: firstSeq === 1 ? zeroHash : hashAt(all, firstSeq - 1),
          hashOfSeq: (seq) => all[seq - 1]?.hash,
        },
        (seq) => shop.events[seq - 1]?.hash,
      );
      expect(verdict).toEqual({ type: 'fork', atSeq: from + 1 });
      forks += 1;
    }
    expect(forks).toBe(100);
  });

  test('an old backup that only sends again what is known is no fork', () => {
    const shop = aForgedShop('again', { events: 20, ackedSeqs: [20] });
    const verdict = judgeBatch(
      { seq: 20, hash: hashAt(shop.events, 20) },
      {
        protocol: 1,
        firstSeq: 5,
        lastSeq: 12,
        prevHash: hashAt(shop.events, 4),
        hashOfSeq: (seq) => shop.events[seq - 1]?.hash,
      },
      (seq) => shop.events[seq - 1]?.hash,
    );
    expect(verdict).toEqual({ type: 'duplicate' });
  });

  test('a clone that continues exactly behind the head is found by the hash it stands on', () => {
    const shop = aForgedShop('behind', { events: 12, ackedSeqs: [12] });
    const other = aForgedShop('behind another', { events: 12, ackedSeqs: [] });
    const head = { seq: 12, hash: hashAt(other.events, 12) };
    const [next] = continueJournal({ till: shop.till, head }, 1, randomOf('behind'));
    const verdict = judgeBatch(
      { seq: 12, hash: hashAt(shop.events, 12) },
      {
        protocol: 1,
        firstSeq: 13,
        lastSeq: 13,
        prevHash: head.hash,
        hashOfSeq: () => next?.hash,
      },
      (seq) => shop.events[seq - 1]?.hash,
    );
    expect(verdict).toEqual({ type: 'fork', atSeq: 12 });
  });
});

test('says what the sums, the stock and the clock of an untouched journal are', () => {
  const shop = aForgedShop('sums', { events: 40, ackedSeqs: [10, 30], clockErrorMs: 7_200_000 });
  const [till] = verifyLines(fileLines(tillExport(shop), shop.deviceKey)).tills;
  expect(till).toMatchObject({
    events: 40,
    lastSeq: 40,
    receiptedSeq: 30,
    signedSeq: 40,
    isCertified: true,
    clock: { backwards: 0, ahead: 27, behind: 0 },
  });
  expect(till?.totals.lots.length).toBeGreaterThan(1);
  expect(till?.lastHash).toBe(hashLine(hashAt(shop.events, 39), shop.events[39]?.line ?? ''));
  expect(till?.clock.firstAt).toBe(
    instantOfMs(Date.parse('2026-03-02T08:07:00+07:00') + 7_200_000),
  );
});
