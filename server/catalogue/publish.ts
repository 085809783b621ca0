/**
 * Hands out positions of the feed (shared/sync/feed.ts). `feed_head` is locked first and until the
 * commit, so positions are committed in their own order: a reader that has seen one has seen all
 * smaller ones, however many publish at once. Call inside a transaction, as late as possible: the
 * next publisher waits for its end.
 */
import { z } from 'zod';
import { assert, present } from '../../shared/base/assert.ts';
import type { Drug } from '../../shared/model/drug.ts';
import type { Facility } from '../../shared/model/facility.ts';
import type { Recall } from '../../shared/model/recall.ts';
import type { SafetyPack } from '../../shared/model/safety-pack.ts';
import { foldVietnamese } from '../../shared/rules/fold-vietnamese.ts';
import { notifyConsole, notifyFeed } from '../db/notices.ts';
import { queryRow, queryRows, type Transaction } from '../db/pool.ts';

const drugsPerStatement = 2_000;
const PositionRow = z.object({ position: z.number() });
const CodeRow = z.object({ code: z.string() });

type Change = { readonly key: string; readonly value: string | null };
type Audience = { readonly audience: 'nation' | 'facility'; readonly audienceKey: string };
const nation: Audience = { audience: 'nation', audienceKey: '' };

/**
 * Makes these drugs part of the catalogue, and takes others out of it. What is as it was gets no
 * new position, so publishing the same register twice sends nothing.
 * @returns how many entries changed.
 */
export async function publishDrugs(
  transaction: Transaction,
  change: { readonly drugs: readonly Drug[]; readonly withdrawnCodes?: readonly string[] },
  nowMs: number,
): Promise<number> {
  let changed = 0;
  let position = await lockFeedHead(transaction);
  for (let start = 0; start < change.drugs.length; start += drugsPerStatement) {
    const drugs = change.drugs.slice(start, start + drugsPerStatement);
    const written = new Set(await upsertDrugs(transaction, drugs, nowMs));
    const news = drugs
      .filter((drug) => written.has(drug.code))
      .map((drug) => ({ key: drug.code, value: JSON.stringify(drug) }));
    position = await appendChanges(transaction, { position, kind: 'drug', changes: news }, nation);
    changed += news.length;
  }
  const withdrawn = await queryRows(
    transaction,
    CodeRow,
    'DELETE FROM drug WHERE code = ANY($1::text[]) RETURNING code',
    [change.withdrawnCodes ?? []],
  );
  const tombstones = withdrawn.map(({ code }) => ({ key: code, value: null }));
  position = await appendChanges(
    transaction,
    { position, kind: 'drug', changes: tombstones },
    nation,
  );
  changed += tombstones.length;
  if (changed === 0) return 0;
  await moveFeedHead(transaction, position);
  await notifyFeed(transaction, 'nation');
  await notifyConsole(transaction, ['catalogue']);
  return changed;
}

/** Tells the tills of a facility its entry of the register; the register itself is the caller's. */
export async function publishFacility(transaction: Transaction, facility: Facility): Promise<void> {
  const position = await lockFeedHead(transaction);
  const next = await appendChanges(
    transaction,
    {
      position,
      kind: 'facility',
      changes: [{ key: facility.id, value: JSON.stringify(facility) }],
    },
    { audience: 'facility', audienceKey: facility.id },
  );
  await moveFeedHead(transaction, next);
  await notifyFeed(transaction, { facility: facility.id });
  await notifyConsole(transaction, ['facility']);
}

/**
 * Tells the tills of a facility what the clinic asks of them (shared/sync/feed.ts), or that it is
 * settled.
 */
export async function publishNotice(
  transaction: Transaction,
  { facilityId }: { readonly facilityId: string },
  change: Change,
): Promise<void> {
  const position = await lockFeedHead(transaction);
  const next = await appendChanges(
    transaction,
    { position, kind: 'clinic', changes: [change] },
    { audience: 'facility', audienceKey: facilityId },
  );
  await moveFeedHead(transaction, next);
  await notifyFeed(transaction, { facility: facilityId });
}

/** Tells every till of a recall, or, with null, that it is withdrawn. */
export async function publishRecallChange(
  transaction: Transaction,
  { number, recall }: { readonly number: string; readonly recall: Recall | null },
): Promise<void> {
  const position = await lockFeedHead(transaction);
  const value = recall === null ? null : JSON.stringify(recall);
  const next = await appendChanges(
    transaction,
    { position, kind: 'recall', changes: [{ key: number, value }] },
    nation,
  );
  await moveFeedHead(transaction, next);
  await notifyFeed(transaction, 'nation');
}

/** Tells every till of a set of safety rules, or, with null, that it is taken back. */
export async function publishSafetyPack(
  transaction: Transaction,
  { version, pack }: { readonly version: number; readonly pack: SafetyPack | null },
): Promise<void> {
  const position = await lockFeedHead(transaction);
  const value = pack === null ? null : JSON.stringify(pack);
  const changes = [{ key: String(version), value }];
  const next = await appendChanges(transaction, { position, kind: 'safety', changes }, nation);
  await moveFeedHead(transaction, next);
  await notifyFeed(transaction, 'nation');
}

/** What the search of drugs looks through: names, numbers, ingredients, without diacritics. */
export function drugSearchText(drug: Drug): string {
  const parts = [
    drug.name,
    drug.code,
    drug.registrationNumber,
    drug.ingredients,
    ...drug.aliases.map((alias) => alias.value),
  ];
  return foldVietnamese(parts.join(' '));
}

async function upsertDrugs(
  transaction: Transaction,
  drugs: readonly Drug[],
  nowMs: number,
): Promise<readonly string[]> {
  assert(
    new Set(drugs.map((drug) => drug.code)).size === drugs.length,
    'A drug is published once at a time',
  );
  const rows = await queryRows(
    transaction,
    CodeRow,
    `INSERT INTO drug AS known
       (code, name, entry, search_text, ceiling_price_vnd, is_demonstration, updated_at)
     SELECT given.*, $7::timestamptz FROM unnest(
       $1::text[], $2::text[], $3::jsonb[], $4::text[], $5::bigint[], $6::boolean[]) AS given
     ON CONFLICT (code) DO UPDATE SET name = excluded.name, entry = excluded.entry,
       search_text = excluded.search_text, ceiling_price_vnd = excluded.ceiling_price_vnd,
       is_demonstration = excluded.is_demonstration, updated_at = excluded.updated_at
     WHERE known.entry IS DISTINCT FROM excluded.entry
        OR known.search_text IS DISTINCT FROM excluded.search_text
     RETURNING code`,
    [
      drugs.map((drug) => drug.code),
      drugs.map((drug) => drug.name),
      drugs.map((drug) => JSON.stringify(drug)),
      drugs.map(drugSearchText),
      drugs.map((drug) => drug.ceilingPriceVnd),
      drugs.map((drug) => drug.isDemonstration),
      new Date(nowMs),
    ],
  );
  return rows.map((row) => row.code);
}

async function lockFeedHead(transaction: Transaction): Promise<number> {
  const row = await queryRow(transaction, PositionRow, 'SELECT position FROM feed_head FOR UPDATE');
  return present(row, 'The feed has a head').position;
}

async function moveFeedHead(transaction: Transaction, position: number): Promise<void> {
  await transaction.query('UPDATE feed_head SET position = $1', [position]);
}

/** @returns the position of the last change. */
async function appendChanges(
  transaction: Transaction,
  news: {
    readonly position: number;
    readonly kind: string;
    readonly changes: readonly Change[];
  },
  { audience, audienceKey }: Audience,
): Promise<number> {
  if (news.changes.length === 0) return news.position;
  await transaction.query(
    `INSERT INTO feed_change (position, audience, audience_key, kind, key, value)
     SELECT $1::bigint + given.number, $2, $3, $4, given.key, given.value
     FROM unnest($5::text[], $6::text[]) WITH ORDINALITY AS given (key, value, number)
     ON CONFLICT (audience, audience_key, kind, key)
     DO UPDATE SET position = excluded.position, value = excluded.value`,
    [
      news.position,
      audience,
      audienceKey,
      news.kind,
      news.changes.map((change) => change.key),
      news.changes.map((change) => change.value),
    ],
  );
  return news.position + news.changes.length;
}
