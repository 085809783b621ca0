/**
 * Planted bugs: each is a fault of the kind that shipped systems lost data by (failures F1–F26), put
 * into the product's source while a test loads it. What the simulation is worth is what it catches.
 */
import type { Fate, Trouble } from './plan.ts';
import type { SourceChange } from './source-changes.ts';

export type Plant = {
  readonly name: string;
  readonly failure: string;
  /** In a few words, what is wrong now. */
  readonly what: string;
  readonly changes: readonly SourceChange[];
  /** What must be in store for a seed that can meet this bug: only such seeds are tried. */
  readonly needs?: readonly (Fate | Trouble)[];
  /** Why the suite does not see it, where it does not. */
  readonly whyMissed?: string;
};

/** Failures that cannot happen in these programs, or that another proof looks after. */
export const absentFailures: readonly { readonly failure: string; readonly why: string }[] = [
  {
    failure: 'F17',
    why: 'no scanner stands in this world: the corpus of GS1 codes has property tests of its own',
  },
  {
    failure: 'F20',
    why: 'tills here have no backup folder: a copy counts only after it was restored and proved (test/integration/till/backup.test.ts), and the centre is restored by a drill in every run of CI (test/integration/backup/centre-drill.test.ts)',
  },
];

const recordOnce = 'desktop/main/commands/record-once.ts';
const pushJournal = 'desktop/main/sync/push-journal.ts';
const pullFeed = 'desktop/main/sync/pull-feed.ts';
const openDatabase = 'desktop/main/db/open-database.ts';
const storeBatches = 'server/ingest/store-batches.ts';
const readFeed = 'server/catalogue/feed.ts';
const judgeBatch = 'shared/sync/judge-batch.ts';

const believed = `setSetting(parts.db, 'ackedHead', { seq: batch.lastSeq, hash: batch.headHash });`;

export const plants: readonly Plant[] = [
  {
    name: 'asked-twice-done-twice',
    failure: 'F1',
    what: 'a command repeated after a lost answer is carried out again',
    changes: [
      { file: recordOnce, from: 'if (first !== undefined) return first;', to: '' },
      {
        file: recordOnce,
        from: `'INSERT INTO command_answer`,
        to: `'INSERT OR REPLACE INTO command_answer`,
      },
    ],
  },
  {
    name: 'overlap-counted-twice',
    failure: 'F1',
    what: 'the known part of an overlapping batch is stored again',
    changes: [
      {
        file: storeBatches,
        from: 'batch.events.filter((event) => event.seq >= newFromSeq);',
        to: 'batch.events;',
      },
      {
        file: storeBatches,
        from: `assert(news[0]?.seq === newFromSeq, 'The journal is continued without a gap');`,
        to: '',
      },
    ],
  },
  {
    name: 'reported-before-sent',
    failure: 'F2',
    what: 'the head moves before the batch is sent',
    changes: [
      {
        file: pushJournal,
        from: 'const answer = await parts.client.pushBatch(batch);',
        to: `${believed}\n  const answer = await parts.client.pushBatch(batch);`,
      },
    ],
  },
  {
    name: 'silence-means-yes',
    failure: 'F3',
    what: 'a batch without an answer counts as sent',
    changes: [
      {
        file: pushJournal,
        from: 'if (!answer.ok) return stepOfTrouble(answer.error);',
        to: `if (!answer.ok && answer.error.type === 'unreachable') {
          ${believed}
          return { type: 'acknowledged' };
        }
        if (!answer.ok) return stepOfTrouble(answer.error);`,
      },
    ],
  },
  {
    name: 'any-page-means-yes',
    failure: 'F3',
    what: 'the sign-in page of a wireless network counts as an answer',
    changes: [
      {
        file: pushJournal,
        from: 'if (!answer.ok) return stepOfTrouble(answer.error);',
        to: `if (!answer.ok && answer.error.type === 'unexpected-answer') {
          ${believed}
          return { type: 'acknowledged' };
        }
        if (!answer.ok) return stepOfTrouble(answer.error);`,
      },
    ],
  },
  {
    name: 'first-version-wins',
    failure: 'F4',
    what: 'a sale that was undone later stays sold at the centre',
    changes: [
      {
        file: 'server/ingest/derive-event.ts',
        from: 'const movements = movementsOf(event);',
        to: `const movements = event.type === 'SaleVoided.v1' ? [] : movementsOf(event);`,
      },
    ],
  },
  {
    name: 'lost-file-begins-anew',
    needs: ['lost-file'],
    failure: 'F5',
    what: 'a till whose database is gone begins an empty one',
    changes: [
      {
        file: openDatabase,
        from: `if (existsSync(\`\${file}-wal\`)) {`,
        to: `if (existsSync(\`\${file}-wal\`) && false) {`,
      },
      {
        file: openDatabase,
        from: '    refuseStump(size);\n',
        to: '    if (size < headerBytes) {\n      rmSync(file);\n      return true;\n    }\n',
      },
    ],
  },
  {
    name: 'poison-stops-all',
    needs: ['stranger'],
    failure: 'F6',
    what: 'an event that the centre cannot read makes its batch fail',
    changes: [
      {
        file: storeBatches,
        from: 'if (!event.outcome.ok) {\n      const fact',
        to: `if (!event.outcome.ok) {\n      throw new Error('unreadable');\n      const fact`,
      },
    ],
  },
  {
    name: 'unknown-news-stops-all',
    needs: ['catalogue'],
    failure: 'F6',
    what: 'reference data of a later program stops the feed',
    changes: [
      {
        file: 'desktop/main/db/catalogue.ts',
        from: `return 'unknown kind';`,
        to: `throw new Error('unknown kind');`,
      },
    ],
  },
  {
    name: 'bad-record-dropped',
    needs: ['stranger'],
    failure: 'F7',
    what: 'an event that the centre cannot read is not kept',
    changes: [{ file: storeBatches, from: 'gathered.parked.push({ till, event, fact });', to: '' }],
  },
  {
    name: 'unknown-news-dropped',
    needs: ['catalogue'],
    failure: 'F7',
    what: 'reference data that the till cannot read yet is thrown away',
    changes: [{ file: pullFeed, from: 'rememberUnread(db, changes, applied.skipped);', to: '' }],
  },
  {
    name: 'batch-out-of-order',
    failure: 'F8',
    what: 'the events of a batch are read in another order than their own',
    changes: [
      {
        file: 'desktop/main/db/event-log.ts',
        from: 'FROM event WHERE seq > ? ORDER BY seq LIMIT ?',
        to: 'FROM event WHERE seq > ? ORDER BY hash LIMIT ?',
      },
    ],
  },
  {
    name: 'split-loses-a-line',
    failure: 'F8',
    what: 'a batch that is full skips the event that did not fit',
    changes: [
      {
        file: pushJournal,
        from: 'const { ackedSeq, ackedHash } = receipt;',
        to: `const ackedSeq = receipt.ackedSeq + (receipt.ackedSeq < chainHead(db).seq ? 1 : 0);
  const ackedHash = hashOfSeq(db, ackedSeq) ?? receipt.ackedHash;`,
      },
    ],
  },
  {
    name: 'cursor-before-changes',
    needs: ['catalogue', 'disk'],
    failure: 'F9',
    what: 'the cursor moves in a transaction of its own, before the changes',
    changes: [
      {
        file: pullFeed,
        from: 'const { skipped, facility, drugs, recalls } = db.immediately(() => {',
        to: `setSetting(db, 'feedEpoch', epoch);
  setSetting(db, 'feedCursor', next);
  const { skipped, facility, drugs, recalls } = db.immediately(() => {`,
      },
    ],
  },
  {
    name: 'watermark-skips-the-last',
    failure: 'F9',
    what: 'the figures by area miss the last event of each batch',
    changes: [
      {
        file: 'server/ingest/roll-up.ts',
        from: 'AND movement.seq BETWEEN batch.first_seq AND batch.last_seq\n',
        to: 'AND movement.seq BETWEEN batch.first_seq AND batch.last_seq - 1\n',
      },
    ],
  },
  {
    name: 'restored-feed-unseen',
    needs: ['centre-restored', 'catalogue'],
    failure: 'F9',
    what: 'a till does not see that the feed of a restored centre is another one',
    changes: [
      {
        file: pullFeed,
        from: `if (proven.ok && after > 0 && proven.value.epoch !== getSetting(parts.db, 'feedEpoch')) {`,
        to: 'if (after < 0) {',
      },
    ],
  },
  {
    name: 'pull-never-ends',
    failure: 'F10',
    what: 'the centre always has one more page, and the till believes it',
    changes: [
      {
        file: readFeed,
        from: 'after: question.after, next, hasMore, changes',
        to: 'after: question.after, next, hasMore: true, changes',
      },
      {
        file: 'desktop/main/sync/feed-proof.ts',
        from: '(page.hasMore && page.next === after)',
        to: 'page.next < 0',
      },
    ],
  },
  {
    name: 'first-page-only',
    failure: 'F11',
    what: 'behind the first page the cursor jumps to the end',
    changes: [
      {
        file: readFeed,
        from: 'hasMore = isFull && texts.length > 0;\n    if (hasMore) break;',
        to: 'if (isFull && texts.length > 0) break;',
      },
    ],
  },
  {
    name: 'wrong-clock-refused',
    needs: ['clock'],
    failure: 'F12',
    what: 'the centre refuses events of a clock that is a month off',
    changes: [
      {
        file: 'server/ingest/verify-batch.ts',
        from: `if (!events.ok) return refuse('malformed', events.error.detail);`,
        to: `if (!events.ok) return refuse('malformed', events.error.detail);
  const monthMs = 30 * 86_400_000;
  const around = Date.parse('2026-03-10T00:00:00+07:00');
  const isOff = (at: string) => Math.abs(Date.parse(at) - around) > monthMs * 2;
  if (events.value.some(({ envelope }) => isOff(envelope.at))) return refuse('malformed', 'clock');`,
      },
    ],
  },
  {
    name: 'same-slip-twice',
    needs: ['burnt'],
    failure: 'F13',
    what: 'a slip number does not say which till printed it',
    changes: [
      {
        file: 'desktop/main/commands/complete-sale.ts',
        from: `\`\${identity.shortCode}-\${nextSlipNumber(db)}\``,
        to: `\`A1-\${nextSlipNumber(db)}\``,
      },
    ],
  },
  {
    name: 'snapshot-stocktake',
    failure: 'F14',
    what: 'a stocktake takes the book of its recording for the book of its counting',
    changes: [
      {
        file: 'desktop/main/commands/count-stock.ts',
        from: 'bookUnits: currentUnits - (since?.movedUnits ?? 0),',
        to: 'bookUnits: currentUnits,',
      },
    ],
  },
  {
    name: 'count-in-place-of-the-book',
    failure: 'F14',
    what: 'the count replaces what the book says now',
    changes: [
      {
        file: 'shared/rules/movements.ts',
        from: 'units: line.countedUnits - line.bookUnits,',
        to: 'units: line.countedUnits,',
      },
    ],
  },
  {
    name: 'quarantine-sold',
    failure: 'F15',
    what: 'what stands in quarantine counts as sellable',
    changes: [
      {
        file: 'desktop/main/db/apply-event.ts',
        from: 'const { onHandUnits, quarantinedUnits } = stockChangeOf(movement);',
        to: 'const { onHandUnits } = stockChangeOf(movement);\n    const quarantinedUnits = 0;',
      },
    ],
  },
  {
    name: 'recall-overheard',
    needs: ['recalls'],
    failure: 'F15',
    what: 'the till sells on although it knows of the recall',
    changes: [
      {
        file: 'desktop/main/db/recalls.ts',
        from: 'export const recallOfStock = `(SELECT recall.number FROM recall WHERE recall.drug = stock.drug',
        to: "export const recallOfStock = `(SELECT recall.number FROM recall WHERE recall.drug = stock.drug || '?'",
      },
    ],
  },
  {
    name: 'recalled-sale-unseen',
    needs: ['stranger'],
    failure: 'F15',
    what: 'the sale of a recalled lot raises no alert',
    changes: [
      {
        file: 'shared/rules/alerts.ts',
        from: '...recallAlerts(event, context.recallsByDrug),',
        to: '',
      },
    ],
  },
  {
    name: 'transfer-taken-in-twice',
    failure: 'F1',
    what: 'the same goods from another shop are taken in again',
    changes: [
      {
        file: 'desktop/main/commands/transfer-goods.ts',
        from: 'isReceived: before !== undefined,',
        to: 'isReceived: before === null,',
      },
    ],
  },
  {
    name: 'returned-again-and-again',
    failure: 'F15',
    what: 'more comes back from a customer than was sold',
    changes: [
      {
        file: 'shared/rules/returns.ts',
        from: 'const returnableUnits = pick.units - returnedUnits;',
        to: 'const returnableUnits = pick.units + returnedUnits;',
      },
      {
        file: 'shared/rules/returns.ts',
        from: `assert(returnedUnits <= soldUnits, 'No more comes back than was sold');`,
        to: '',
      },
    ],
  },
  {
    name: 'paper-after-the-sale',
    failure: 'F8',
    what: 'the document of a prescription is not written behind its sale',
    changes: [
      {
        file: 'desktop/main/commands/complete-sale.ts',
        from: 'if (dispensed !== undefined) {',
        to: 'if (dispensed !== undefined && dispensed.value.lines.length > 1) {',
      },
    ],
  },
  {
    name: 'recovery-counted-again',
    needs: ['reborn'],
    failure: 'F21',
    what: 'what a new machine takes over is counted once more at the centre',
    changes: [
      {
        file: 'shared/rules/movements.ts',
        from: `return kind !== 'recovery';`,
        to: `return kind !== undefined;`,
      },
    ],
  },
  {
    name: 'sells-what-is-not-there',
    failure: 'F15',
    what: 'the till sells more than stands on the shelf',
    changes: [
      {
        file: 'shared/rules/fefo.ts',
        from: 'if (missing === 0) return ok(picks);',
        to: 'if (missing === 0 || picks.length > 0) return ok(picks);',
      },
    ],
  },
  {
    name: 'below-zero-unseen',
    needs: ['stranger'],
    failure: 'F15',
    what: 'a stock below zero at the centre raises no alert',
    changes: [
      {
        file: 'server/ingest/write-movements.ts',
        from: 'if (overdrawn.length === 0) return [];',
        to: 'if (overdrawn.length >= 0) return [];',
      },
    ],
  },
  {
    name: 'expired-sale-unseen',
    needs: ['stranger'],
    failure: 'F15',
    what: 'the sale of an expired lot raises no alert',
    changes: [
      {
        file: 'shared/rules/alerts.ts',
        from: '.filter((pick) => pick.expiresOn <= soldOn)',
        to: '.filter((pick) => pick.units < 0 && pick.expiresOn <= soldOn)',
      },
    ],
  },
  {
    name: 'expiry-overwritten',
    failure: 'F16',
    what: 'goods of one lot number with another expiry are put together',
    changes: [
      {
        file: 'desktop/main/db/apply-event.ts',
        from: 'quarantined_units = quarantined_units + ?\n     WHERE drug = ? AND expires_on = ? AND lot = ?',
        to: "quarantined_units = quarantined_units + ?\n     WHERE drug = ? AND expires_on <> ? AND lot LIKE substr(?, 1, 2) || '%'",
      },
    ],
  },
  {
    name: 'upgrade-loses-the-queue',
    needs: ['older'],
    failure: 'F18',
    what: 'a migration takes everything in the journal for reported',
    changes: [
      {
        file: 'desktop/main/db/migrate.ts',
        from: 'return ok(pending.map((migration) => migration.name));',
        to: `if (pending.length > 0 && pending.length < migrations.length) {
    db.run(\`INSERT INTO setting (name, value)
      SELECT 'ackedHead', json_object('seq', seq, 'hash', hash) FROM event WHERE true
      ORDER BY seq DESC LIMIT 1 ON CONFLICT (name) DO UPDATE SET value = excluded.value\`);
  }
  return ok(pending.map((migration) => migration.name));`,
      },
    ],
  },
  {
    name: 'no-back-off',
    failure: 'F19',
    what: 'a till without a line asks every second',
    changes: [
      {
        file: 'shared/sync/backoff.ts',
        from: 'return Math.max(jitteredMs, Math.min(retryAfterMs, limits.retryDelayMsMax));',
        to: 'return jitteredMs > 0 ? limits.retryDelayMsMin : retryAfterMs;',
      },
    ],
  },
  {
    name: 'fork-unseen',
    needs: ['clone'],
    failure: 'F21',
    what: 'a second past is taken for a repetition',
    changes: [
      {
        file: judgeBatch,
        from: `if (forkedAt !== undefined) return { type: 'fork', atSeq: forkedAt };`,
        to: '',
      },
    ],
  },
  {
    name: 'fork-untold',
    needs: ['clone'],
    failure: 'F21',
    what: 'a second past is refused, and nobody at the centre hears of it',
    changes: [
      {
        file: storeBatches,
        from: 'gathered.alerts.push(forkAlert(till, batch.header, verdict.atSeq));',
        to: '',
      },
    ],
  },
  {
    name: 'fork-continued',
    needs: ['clone'],
    failure: 'F21',
    what: 'a till continues behind a head that is not of its journal',
    changes: [
      {
        file: judgeBatch,
        from: `if (batch.prevHash !== head.hash) return { type: 'fork', atSeq: head.seq === 0 ? 1 : head.seq };`,
        to: '',
      },
      {
        file: judgeBatch,
        from: `if (forkedAt !== undefined) return { type: 'fork', atSeq: forkedAt };`,
        to: '',
      },
    ],
  },
  {
    name: 'gives-up',
    needs: ['line'],
    failure: 'F22',
    what: 'after some failures the till tries no more',
    changes: [
      {
        file: 'desktop/main/sync/retry-loop.ts',
        from: `failures = end.type === 'retry' ? failures + 1 : 0;`,
        to: `failures = end.type === 'retry' ? failures + 1 : 0;
    if (failures > 6) isClosed = true;`,
      },
    ],
  },
  {
    name: 'restored-centre-unseen',
    needs: ['centre-restored'],
    failure: 'F22',
    what: 'a centre that has less than it acknowledged stops its tills',
    changes: [
      {
        file: pushJournal,
        from: `case 'gap':\n      return readCentreHead(parts);`,
        to: `case 'gap':\n      return { type: 'problem', problem: inconsistentHead };`,
      },
    ],
  },
  {
    name: 'stock-drifts-at-the-till',
    failure: 'F23',
    what: 'an undone sale is in the movements and not in the stock',
    changes: [
      {
        file: 'desktop/main/db/apply-event.ts',
        from: 'const { onHandUnits, quarantinedUnits } = stockChangeOf(movement);',
        to: `const { onHandUnits, quarantinedUnits } = stockChangeOf({ ...movement, units: kind === 'void' ? 0 : units });`,
      },
    ],
  },
  {
    name: 'stock-drifts-at-the-centre',
    failure: 'F23',
    what: 'of two movements of a lot in one batch only the last is in the stock',
    changes: [
      {
        file: 'server/ingest/write-movements.ts',
        from: 'change.sold -= units;',
        to: 'change.sold = -units;',
      },
    ],
  },
  {
    name: 'no-sync-to-disk',
    needs: ['power'],
    failure: 'F24',
    what: 'a sale is acknowledged before it is on the disk (synchronous OFF)',
    changes: [
      {
        file: openDatabase,
        from: `db.pragma('synchronous = FULL');`,
        to: `db.pragma('synchronous = OFF');`,
      },
    ],
  },
  {
    name: 'lazy-sync-to-disk',
    needs: ['power'],
    failure: 'F24',
    what: 'a sale is acknowledged before it is on the disk (synchronous NORMAL)',
    changes: [
      {
        file: openDatabase,
        from: `db.pragma('synchronous = FULL');`,
        to: `db.pragma('synchronous = NORMAL');`,
      },
    ],
  },
  {
    name: 'answer-before-commit',
    needs: ['centre-breaks'],
    failure: 'F24',
    what: 'the centre answers before its transaction is committed',
    changes: [
      {
        file: 'server/db/pool.ts',
        from: `await client.query('COMMIT');`,
        to: `client.query('COMMIT').catch(() => undefined);`,
      },
    ],
  },
  {
    name: 'unknown-drug-skipped',
    needs: ['stranger'],
    failure: 'F25',
    what: 'movements of a drug that the catalogue does not have are left out',
    changes: [
      {
        file: storeBatches,
        from: 'gathered.movements.push(...movementRows(till, fact));',
        to: 'gathered.movements.push(...movementRows(till, fact).filter((row) => known.drugs.ceilingVndByDrug.has(row.movement.drug)));',
      },
    ],
  },
  {
    name: 'accepted-means-understood',
    needs: ['stranger'],
    failure: 'F26',
    what: 'an event that was accepted and not understood raises no alert',
    changes: [
      {
        file: storeBatches,
        from: 'gathered.alerts.push(parkedAlert(till, event, fact.type));',
        to: '',
      },
    ],
  },
  {
    name: 'float-money',
    failure: 'money',
    what: 'a line is priced in floating point',
    changes: [
      {
        file: 'shared/rules/sale.ts',
        from: 'amountVnd: grossVnd - line.discountVnd',
        to: 'amountVnd: (grossVnd * 1.1) / 1.1 - line.discountVnd',
      },
    ],
  },
];
