import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { allReceipts } from '../../desktop/main/db/sync-state.ts';
import type { TillDb } from '../../desktop/main/db/till-db.ts';
import { verifyJournal } from '../../desktop/main/db/verify-journal.ts';
import { type Random, randomOf } from '../../server/twin/random.ts';
import { zeroHash } from '../../shared/events/envelope.ts';
import { sealedLineOf, wireLineOf } from '../../shared/sync/batch.ts';
import { hashLine } from '../support/builders.ts';
import { CentreDouble } from '../support/centre-double.ts';
import { SyncTill } from '../support/sync-till.ts';

/**
 * The database file changed by somebody who knows SQLite: the triggers taken away, the journal
 * edited. The till must say so when it starts, and name the event.
 */
const seed = process.env['FORGERY_SEED'] ?? 'forged-database';
const rounds = Number(process.env['FORGERY_ROUNDS'] ?? 12);
const events = 40;
const unreportedEvents = 8;
const ackedSeq = events - unreportedEvents;

let till: SyncTill;

beforeAll(async () => {
  const centre = new CentreDouble();
  till = new SyncTill(centre.wire);
  await till.enrol();
  till.declareStock();
  till.sell(11);
  await till.sync.now();
  till.sell(ackedSeq - 12);
  await till.sync.now();
  centre.isDown = true;
  till.sell(unreportedEvents);
  expect(allReceipts(till.db).at(-1)?.ackedSeq).toBe(ackedSeq);
});
afterAll(() => till.close());

type Hands = { readonly db: TillDb; readonly random: Random };
/** @returns what the till must say, undefined where nothing can show. */
type Edit = (hands: Hands) => string | undefined;

const Row = z.object({ seq: z.int(), line: z.string(), hash: z.string() });

function rowAt(db: TillDb, seq: number): z.output<typeof Row> {
  const row = db.one(Row, 'SELECT seq, line, hash FROM event WHERE seq = ?', seq);
  if (row === undefined) throw new Error(`No event ${seq}`);
  return row;
}

function writeLine(db: TillDb, seq: number, line: string): void {
  db.run('UPDATE event SET line = ? WHERE seq = ?', line, seq);
}

/** Seals everything from `seq` on anew, hashes and all. */
function reseal(db: TillDb, seq: number): void {
  let hash = seq === 1 ? zeroHash : rowAt(db, seq - 1).hash;
  for (let at = seq; at <= events; at += 1) {
    const line = sealedLineOf(wireLineOf(rowAt(db, at).line), hash);
    hash = hashLine(hash, line);
    db.run('UPDATE event SET line = ?, hash = ? WHERE seq = ?', line, hash, at);
  }
}

function moreUnits(line: string): string {
  return line.replace(/"units":(\d+)/, (_, units: string) => `"units":${Number(units) + 1}`);
}

const edits: Readonly<Record<string, Edit>> = {
  'a field is edited': ({ db, random }) => {
    const seq = random.between(1, events);
    writeLine(db, seq, moreUnits(rowAt(db, seq).line));
    return `event ${seq}: its hash differs`;
  },
  'spacing is changed, meaning kept': ({ db, random }) => {
    const seq = random.between(1, events);
    writeLine(db, seq, rowAt(db, seq).line.replace('"at":', '"at": '));
    return `event ${seq}: its hash differs`;
  },
  'a hash is edited': ({ db, random }) => {
    const seq = random.between(1, events);
    db.run('UPDATE event SET hash = ? WHERE seq = ?', hashLine(zeroHash, String(seq)), seq);
    return `event ${seq}: its hash differs`;
  },
  'a field is edited and hashed anew': ({ db, random }) => {
    const seq = random.between(1, events - 1);
    const { line } = rowAt(db, seq);
    const changed = moreUnits(line);
    const before = seq === 1 ? zeroHash : rowAt(db, seq - 1).hash;
    db.run(
      'UPDATE event SET line = ?, hash = ? WHERE seq = ?',
      changed,
      hashLine(before, changed),
      seq,
    );
    return `event ${seq + 1}: it follows another event`;
  },
  'an event is deleted': ({ db, random }) => {
    const seq = random.between(1, events - 1);
    db.run('DELETE FROM event WHERE seq = ?', seq);
    return `event ${seq}: it is missing`;
  },
  'the line is no event': ({ db, random }) => {
    const seq = random.between(1, events);
    const line = random.pick(['', 'null', '{"v":1}']);
    const before = seq === 1 ? zeroHash : rowAt(db, seq - 1).hash;
    db.run('UPDATE event SET line = ?, hash = ? WHERE seq = ?', line, hashLine(before, line), seq);
    return `event ${seq}: the stored line is no event`;
  },
  'a column is edited': ({ db, random }) => {
    const seq = random.between(1, events);
    const column = random.pick(['type', 'at', 'id']);
    db.run(`UPDATE event SET ${column} = ? WHERE seq = ?`, 'SaleVoided.v1', seq);
    return `event ${seq}: its columns differ from its line`;
  },
  'two events change places': ({ db, random }) => {
    const seq = random.between(1, events - 1);
    const first = rowAt(db, seq);
    const second = rowAt(db, seq + 1);
    writeLine(db, seq, second.line);
    writeLine(db, seq + 1, first.line);
    return `event ${seq}: its hash differs`;
  },
  "another shop's line, sealed anew": ({ db, random }) => {
    const seq = random.between(1, events);
    const other = '01980000-0000-7000-8000-00000000ffff';
    writeLine(db, seq, rowAt(db, seq).line.replace(/"till":"[^"]+"/, `"till":"${other}"`));
    reseal(db, seq);
    return `event ${seq}: it is of another till`;
  },
  'another number, sealed anew': ({ db, random }) => {
    const seq = random.between(1, events);
    writeLine(db, seq, rowAt(db, seq).line.replace(/"seq":\d+/, `"seq":${seq + 1}`));
    reseal(db, seq);
    return `event ${seq}: it carries another number`;
  },
  'what was reported is sealed anew': ({ db, random }) => {
    const seq = random.between(1, ackedSeq);
    writeLine(db, seq, moreUnits(rowAt(db, seq).line));
    reseal(db, seq);
    const first = allReceipts(db).find((receipt) => receipt.ackedSeq >= seq)?.ackedSeq;
    return `event ${first}: it is not what the centre acknowledged`;
  },
  'a reported tail is cut': ({ db, random }) => {
    const left = random.between(0, ackedSeq - 1);
    db.run('DELETE FROM event WHERE seq > ?', left);
    const first = allReceipts(db).find((receipt) => receipt.ackedSeq > left)?.ackedSeq;
    return `event ${left + 1}: it is missing; the centre has acknowledged ${first}`;
  },
  'an unreported tail is sealed anew: nothing shows': ({ db, random }) => {
    const seq = random.between(ackedSeq + 1, events);
    writeLine(db, seq, moreUnits(rowAt(db, seq).line));
    reseal(db, seq);
    return undefined;
  },
  'an unreported tail is cut: nothing shows': ({ db, random }) => {
    db.run('DELETE FROM event WHERE seq > ?', random.between(ackedSeq, events - 1));
    return undefined;
  },
};

class Undone extends Error {}

/** Lets a forger at the file, asks the till, and takes everything back. */
function judged(edit: Edit, random: Random) {
  let said: string | undefined;
  let expected: string | undefined;
  const { db } = till;
  db.execute('PRAGMA foreign_keys = OFF');
  try {
    db.immediately(() => {
      for (const trigger of ['is_never_updated', 'is_never_deleted', 'follows_the_last']) {
        db.execute(`DROP TRIGGER event_${trigger}`);
      }
      expected = edit({ db, random });
      const verified = verifyJournal(db);
      said = verified.ok ? undefined : verified.error.detail;
      throw new Undone();
    });
  } catch (error) {
    if (!(error instanceof Undone)) throw error;
  } finally {
    db.execute('PRAGMA foreign_keys = ON');
  }
  return { said, expected };
}

test(`a till names what was done to its journal, seed ${seed}`, () => {
  const wrong: string[] = [];
  let forgeries = 0;
  for (let round = 1; round <= rounds; round += 1) {
    for (const [kind, edit] of Object.entries(edits)) {
      const { said, expected } = judged(edit, randomOf(`${seed}/${round}/${kind}`));
      forgeries += 1;
      if (said !== expected) wrong.push(`${round} ${kind}: expected “${expected}”, said “${said}”`);
    }
  }
  process.stdout.write(`forgery: ${forgeries} forged databases, seed ${seed}\n`);
  expect(wrong).toEqual([]);
  expect(forgeries).toBeGreaterThanOrEqual(150);
  expect(verifyJournal(till.db)).toMatchObject({ ok: true, value: { seq: events } });
}, 60_000);
