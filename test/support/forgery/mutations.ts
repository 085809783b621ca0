import type { KeyObject } from 'node:crypto';
import { type Random, randomOf } from '../../../server/twin/random.ts';
import { Envelope, zeroHash } from '../../../shared/events/envelope.ts';
import type { SealedEvent } from '../../../shared/events/seal.ts';
import { certificateText, sealedLineOf, wireLineOf } from '../../../shared/sync/batch.ts';
import type { FindingType } from '../../../shared/sync/export-report.ts';
import { hashLine } from '../builders.ts';
import { signText } from '../test-device.ts';
import {
  aForgedShop,
  centreExport,
  continueJournal,
  type ExportPieces,
  type ForgedShop,
  fileLines,
  hashAt,
  keyOf,
  rawKeyOf,
  receiptsOf,
  refusedBatch,
  signedHead,
  signedReceipt,
  tillExport,
} from './forged-shop.ts';

/** A forged file, and what whoever verifies it must say. */
export type Forgery = {
  readonly lines: readonly string[];
  /** Held against this other export, where the file alone can prove nothing. */
  readonly against?: readonly string[];
  readonly centreKey?: string;
  /** The first finding; undefined where nothing can be found, and nothing may be claimed. */
  readonly expected: FindingType | undefined;
  /** The event that must be named. */
  readonly atSeq?: number;
  /** Consequences that may be told as well. */
  readonly also?: readonly FindingType[];
};

export type ForgerHands = {
  readonly shop: ForgedShop;
  readonly random: Random;
  /** Of nobody: what a forger without the till's key signs with. */
  readonly strangeKey: KeyObject;
};

type Mutation = (hands: ForgerHands) => Forgery;

// Hands ------------------------------------------------------------------------------------------------

/** Without the till's key the end of the file cannot be signed: the old signature stays. */
function byStranger(
  { strangeKey }: ForgerHands,
  pieces: ExportPieces,
  verdict: Omit<Forgery, 'lines'>,
): Forgery {
  const also = [...(verdict.also ?? []), 'file-altered' as const];
  return { ...verdict, also, lines: fileLines(pieces, strangeKey) };
}

/** With the till's key: whoever took it out of the key store of the computer. */
function byOwner(
  { shop }: ForgerHands,
  pieces: ExportPieces,
  verdict: Omit<Forgery, 'lines'>,
): Forgery {
  return { ...verdict, lines: fileLines(pieces, shop.deviceKey) };
}

function lastAcked({ ackedSeqs }: ForgedShop): number {
  return ackedSeqs.at(-1) ?? 0;
}

/** Some event that another one stands behind. */
function innerSeq({ shop, random }: ForgerHands): number {
  return random.between(1, shop.events.length - 1);
}

function reportedSeq({ shop, random }: ForgerHands): number {
  return random.between(1, lastAcked(shop));
}

function tailSeq({ shop, random }: ForgerHands): number {
  return random.between(lastAcked(shop) + 1, shop.events.length);
}

function lineAt(shop: ForgedShop, seq: number): string {
  return shop.events[seq - 1]?.line ?? '';
}

function withLine(pieces: ExportPieces, seq: number, line: string): ExportPieces {
  return { ...pieces, lines: pieces.lines.with(seq - 1, line) };
}

/** A change of the inside that is still an event: what a forger wants is another number. */
function editedLine(line: string, random: Random): string {
  const envelope = Envelope.parse(JSON.parse(line));
  const field = random.pick(['data', 'at', 'by'] as const);
  if (field === 'at') return line.replace(/"at":"\d{4}/, '"at":"2020');
  if (field === 'by') return line.replace(/"by":"[^"]+"/, '"by":"XX99"');
  const data = JSON.stringify(envelope.data);
  const digits = [...data.matchAll(/\d+/g)];
  const chosen = random.pick(digits);
  const forged = String(Number(chosen[0]) + random.between(1, 9));
  const changed =
    data.slice(0, chosen.index) + forged + data.slice(chosen.index + chosen[0].length);
  return line.replace(`"data":${data}`, () => `"data":${changed}`);
}

/** The journal from `seq` on sealed anew, each line first changed by `change`. */
function resealed(
  shop: ForgedShop,
  seq: number,
  change: (line: string, seq: number) => string,
): readonly SealedEvent[] {
  const kept = shop.events.slice(0, seq - 1);
  const events = [...kept];
  let hash = kept.at(-1)?.hash ?? zeroHash;
  for (const event of shop.events.slice(seq - 1)) {
    const line = sealedLineOf(wireLineOf(change(event.line, event.seq)), hash);
    hash = hashLine(hash, line);
    events.push({ seq: event.seq, line, hash });
  }
  return events;
}

/** Without event `seq`: everything behind it moved up by one and sealed anew. */
function deletedAnew(shop: ForgedShop, seq: number): ForgedLines {
  const kept = shop.events.slice(0, seq - 1);
  return movedAnew(kept, shop.events.slice(seq), -1);
}

/** Event `seq` once more under the next number: everything behind it moved on by one. */
function insertedAnew(shop: ForgedShop, seq: number): ForgedLines {
  return movedAnew(shop.events.slice(0, seq), shop.events.slice(seq - 1), 1);
}

function movedAnew(
  kept: readonly SealedEvent[],
  moved: readonly SealedEvent[],
  by: 1 | -1,
): ForgedLines {
  const lines = kept.map((event) => event.line);
  let last = { seq: kept.length, hash: kept.at(-1)?.hash ?? zeroHash, prevHash: zeroHash };
  for (const event of moved) {
    const seq = event.seq + by;
    const renumbered = event.line.replace(`"seq":${event.seq},`, `"seq":${seq},`);
    const line = sealedLineOf(wireLineOf(renumbered), last.hash);
    last = { seq, hash: hashLine(last.hash, line), prevHash: last.hash };
    lines.push(line);
  }
  return { lines, last };
}
type ForgedLines = {
  readonly lines: readonly string[];
  readonly last: { readonly seq: number; readonly hash: string; readonly prevHash: string };
};

/** A journal that went its own way after `seq`: a clone of the machine, or an old backup. */
function otherFuture(
  { shop, random }: ForgerHands,
  seq: number,
  ackedSeqs: readonly number[],
): ForgedShop {
  const head = { seq, hash: hashAt(shop.events, seq) };
  const more = Math.max(1, shop.events.length - seq + random.between(-2, 3));
  const events = [
    ...shop.events.slice(0, seq),
    ...continueJournal({ till: shop.till, head }, more, random.fork('other future')),
  ];
  return { ...shop, events, ackedSeqs };
}

// Kinds ------------------------------------------------------------------------------------------------

/** Every way to forge a journal that we know, and what each must be called. */
export const mutations: Readonly<Record<string, Mutation>> = {
  'a field is edited': (hands) => {
    const seq = innerSeq(hands);
    const line = editedLine(lineAt(hands.shop, seq), hands.random);
    const pieces = withLine(tillExport(hands.shop), seq, line);
    return byStranger(hands, pieces, { expected: 'event-altered', atSeq: seq });
  },
  'the last event is edited': (hands) => {
    const seq = hands.shop.events.length;
    const line = editedLine(lineAt(hands.shop, seq), hands.random);
    return byStranger(hands, withLine(tillExport(hands.shop), seq, line), {
      expected: 'event-altered',
      atSeq: seq,
    });
  },
  'the last event is edited in a journal that was never reported': (hands) => {
    const shop = { ...hands.shop, ackedSeqs: [] };
    const seq = shop.events.length;
    const line = editedLine(lineAt(shop, seq), hands.random);
    return byStranger(hands, withLine(tillExport(shop), seq, line), {
      expected: 'event-altered',
      atSeq: seq,
    });
  },
  "the last event of the centre's journal is edited, sent in a batch of its own": (hands) => {
    const seq = lastAcked(hands.shop) + 1;
    const shop = { ...hands.shop, ackedSeqs: [...hands.shop.ackedSeqs, seq] };
    const line = editedLine(lineAt(shop, seq), hands.random);
    return byStranger(hands, withLine(centreExport(shop), seq, line), {
      expected: 'event-altered',
      atSeq: seq,
    });
  },
  'the link to the one before is edited': (hands) => {
    const seq = hands.random.between(1, hands.shop.events.length);
    const line = lineAt(hands.shop, seq);
    const digit = hands.random.between(0, 63);
    const at = line.length - 66 + digit;
    const forged = line[at] === '7' ? '8' : '7';
    const changed = line.slice(0, at) + forged + line.slice(at + 1);
    return byStranger(hands, withLine(tillExport(hands.shop), seq, changed), {
      expected: 'event-altered',
      atSeq: seq,
    });
  },
  'a byte is flipped': flippedByte,
  'spacing is changed, meaning kept': (hands) => {
    const seq = innerSeq(hands);
    const line = lineAt(hands.shop, seq).replace('"at":', '"at": ');
    return byStranger(hands, withLine(tillExport(hands.shop), seq, line), {
      expected: 'event-altered',
      atSeq: seq,
    });
  },
  'fields are written in another order': (hands) => {
    const seq = innerSeq(hands);
    const { v, till, ...fields } = Envelope.parse(JSON.parse(lineAt(hands.shop, seq)));
    const swapped = { till, v, ...fields };
    return byStranger(hands, withLine(tillExport(hands.shop), seq, JSON.stringify(swapped)), {
      expected: 'event-altered',
      atSeq: seq,
    });
  },
  'letters are escaped, meaning kept': (hands) => {
    const seq = innerSeq(hands);
    const line = lineAt(hands.shop, seq)
      .replace('"by":"', '"by":"\\u00')
      .replace(
        /"by":"\\u00(.)/,
        (_, letter: string) => `"by":"\\u00${letter.charCodeAt(0).toString(16)}`,
      );
    return byStranger(hands, withLine(tillExport(hands.shop), seq, line), {
      expected: 'event-altered',
      atSeq: seq,
    });
  },
  'events are deleted': (hands) => {
    const pieces = tillExport(hands.shop);
    const seq = innerSeq(hands);
    const count = hands.random.between(1, Math.min(4, hands.shop.events.length - seq));
    const lines = pieces.lines.toSpliced(seq - 1, count);
    return byStranger(hands, { ...pieces, lines }, { expected: 'events-missing', atSeq: seq });
  },
  'a deletion is hidden by new numbers': (hands) => {
    const seq = hands.random.between(1, lastAcked(hands.shop) - 1);
    const { lines, last } = deletedAnew(hands.shop, seq);
    const pieces = { ...tillExport(hands.shop), lines };
    const head = { ...mustHead(pieces), ...last };
    return byOwner(
      hands,
      { ...pieces, journalHead: signedHead(head, hands.shop.deviceKey) },
      { expected: 'rewritten' },
    );
  },
  'an event is inserted': (hands) => {
    const pieces = tillExport(hands.shop);
    const seq = innerSeq(hands);
    const forged = editedLine(lineAt(hands.shop, seq), hands.random);
    const place = seq - 1 + hands.random.between(0, 1);
    const lines = pieces.lines.toSpliced(place, 0, forged);
    return byStranger(hands, { ...pieces, lines }, { expected: 'event-inserted', atSeq: seq });
  },
  'an insertion is hidden by new numbers': (hands) => {
    const { shop } = hands;
    const seq = hands.random.between(1, lastAcked(shop) - 1);
    const doubled = insertedAnew(shop, seq);
    const pieces = { ...tillExport(shop), lines: doubled.lines };
    const head = { ...mustHead(pieces), ...doubled.last };
    return byOwner(
      hands,
      { ...pieces, journalHead: signedHead(head, shop.deviceKey) },
      { expected: 'rewritten' },
    );
  },
  'a line that is no event is inserted': (hands) => {
    const pieces = tillExport(hands.shop);
    const place = hands.random.between(0, hands.shop.events.length - 1);
    const junk = hands.random.pick(['', 'xin chào', '{}', '[1,2,3]', '{"v":1,"till":"?"}']);
    const lines = pieces.lines.toSpliced(place, 0, junk);
    return byStranger(
      hands,
      { ...pieces, lines },
      {
        expected: 'event-unreadable',
        atSeq: place + 1,
      },
    );
  },
  'events change places': (hands) => {
    const pieces = tillExport(hands.shop);
    const seq = innerSeq(hands);
    const other = hands.random.between(seq + 1, hands.shop.events.length);
    const lines = pieces.lines
      .with(seq - 1, lineAt(hands.shop, other))
      .with(other - 1, lineAt(hands.shop, seq));
    return byStranger(hands, { ...pieces, lines }, { expected: 'events-reordered', atSeq: seq });
  },
  'a line is doubled': (hands) => {
    const pieces = tillExport(hands.shop);
    const seq = hands.random.between(1, hands.shop.events.length);
    const place = hands.random.between(seq, hands.shop.events.length);
    const lines = pieces.lines.toSpliced(place, 0, lineAt(hands.shop, seq));
    return byStranger(hands, { ...pieces, lines }, { expected: 'event-repeated', atSeq: seq });
  },
  "another shop's line is put in its place": (hands) => {
    const seq = innerSeq(hands);
    const line = lineAt(aStranger(hands), seq);
    return byStranger(hands, withLine(tillExport(hands.shop), seq, line), {
      expected: 'foreign-event',
      atSeq: seq,
      also: ['events-missing'],
    });
  },
  "another shop's line is inserted": (hands) => {
    const pieces = tillExport(hands.shop);
    const seq = innerSeq(hands);
    const lines = pieces.lines.toSpliced(seq, 0, lineAt(aStranger(hands), seq));
    return byStranger(hands, { ...pieces, lines }, { expected: 'foreign-event', atSeq: seq + 1 });
  },
  'the tail is hashed anew after an edit of what was reported': (hands) => {
    const seq = reportedSeq(hands);
    const events = resealed(hands.shop, seq, editAt(seq, hands.random));
    const pieces = { ...tillExport(hands.shop), lines: events.map((event) => event.line) };
    return byStranger(hands, pieces, { expected: 'rewritten', also: ['signature-differs'] });
  },
  'the tail is hashed anew after an edit of what was not reported': (hands) => {
    const seq = tailSeq(hands);
    const events = resealed(hands.shop, seq, editAt(seq, hands.random));
    const pieces = { ...tillExport(hands.shop), lines: events.map((event) => event.line) };
    // With nothing behind it, an event hashed anew is an event that was edited.
    const isLast = seq === hands.shop.events.length;
    return byStranger(hands, pieces, { expected: isLast ? 'event-altered' : 'signature-differs' });
  },
  'hashed anew and signed with a strange key': (hands) => {
    const seq = tailSeq(hands);
    const events = resealed(hands.shop, seq, editAt(seq, hands.random));
    return byStranger(hands, rewrittenBy(hands, events, hands.strangeKey), {
      expected: 'signature-false',
    });
  },
  'hashed anew, signed with a strange key that takes the place of the own': (hands) => {
    const seq = tailSeq(hands);
    const events = resealed(hands.shop, seq, editAt(seq, hands.random));
    const pieces = rewrittenBy(hands, events, hands.strangeKey);
    const till = { ...pieces.till, deviceKey: rawKeyOf(hands.strangeKey) };
    return {
      lines: fileLines({ ...pieces, till }, hands.strangeKey),
      expected: 'key-not-certified',
    };
  },
  'hashed anew and signed with a strange key, certified by a strange centre': (hands) => {
    const { strangeKey, shop } = hands;
    const seq = reportedSeq(hands);
    const events = resealed(shop, seq, editAt(seq, hands.random));
    const forged = { ...shop, events, deviceKey: strangeKey, centreKey: strangeKey };
    return {
      lines: fileLines(tillExport(forged), strangeKey),
      centreKey: rawKeyOf(shop.centreKey),
      expected: 'centre-key-differs',
    };
  },
  "the owner's key signs what was reported anew": (hands) => {
    const seq = reportedSeq(hands);
    const events = resealed(hands.shop, seq, editAt(seq, hands.random));
    return byOwner(hands, rewrittenBy(hands, events, hands.shop.deviceKey), {
      expected: 'rewritten',
    });
  },
  "the owner's key signs an unreported tail anew: nothing shows": (hands) => {
    const seq = tailSeq(hands);
    const events = resealed(hands.shop, seq, editAt(seq, hands.random));
    return byOwner(hands, rewrittenBy(hands, events, hands.shop.deviceKey), {
      expected: undefined,
    });
  },
  "the owner's key signs a tail anew that the centre has meanwhile": (hands) => {
    const { shop } = hands;
    const seq = tailSeq(hands);
    const events = resealed(shop, seq, editAt(seq, hands.random));
    const later = { ...shop, ackedSeqs: [...shop.ackedSeqs, shop.events.length] };
    return {
      ...byOwner(hands, rewrittenBy(hands, events, shop.deviceKey), {
        expected: 'forked',
        atSeq: seq,
      }),
      against: fileLines(centreExport(later), shop.centreKey),
    };
  },
  'a clone is sold on: nothing shows in its own file': (hands) => {
    const clone = otherFuture(hands, lastAcked(hands.shop), hands.shop.ackedSeqs);
    return byOwner(hands, tillExport(clone), { expected: undefined });
  },
  'a clone is sold on, held against the original': (hands) => {
    const seq = hands.random.between(1, hands.shop.events.length - 1);
    const acked = hands.shop.ackedSeqs.filter((ackedSeq) => ackedSeq <= seq);
    const clone = otherFuture(hands, seq, acked);
    return {
      ...byOwner(hands, tillExport(clone), {
        expected: 'forked',
        atSeq: seq + 1,
        also: ['rolled-back'],
      }),
      against: fileLines(tillExport(hands.shop), hands.shop.deviceKey),
    };
  },
  "a clone's batch was refused by the centre": (hands) => {
    const { shop } = hands;
    const seq = hands.random.between(0, lastAcked(shop) - 1);
    const clone = otherFuture(hands, seq, []);
    const refused = refusedBatch(shop, clone.events.slice(seq));
    return {
      lines: fileLines(centreExport(shop, [refused]), shop.centreKey),
      expected: 'forked',
      atSeq: seq + 1,
    };
  },
  "a refused batch that the till's key never signed": (hands) => {
    const { shop, strangeKey } = hands;
    const seq = hands.random.between(0, lastAcked(shop) - 1);
    const clone = otherFuture(hands, seq, []);
    const refused = refusedBatch(shop, clone.events.slice(seq), strangeKey);
    return {
      lines: fileLines(centreExport(shop, [refused]), shop.centreKey),
      expected: 'signature-false',
    };
  },
  'an old backup is restored and sold on': (hands) => {
    const { shop } = hands;
    const seq = hands.random.between(1, lastAcked(shop) - 1);
    const restored = otherFuture(
      hands,
      seq,
      shop.ackedSeqs.filter((acked) => acked <= seq),
    );
    return {
      ...byOwner(hands, tillExport(restored), {
        expected: 'forked',
        atSeq: seq + 1,
        also: ['rolled-back'],
      }),
      against: fileLines(centreExport(shop), shop.centreKey),
    };
  },
  'an old backup is restored and nothing sold': (hands) => {
    const { shop } = hands;
    const seq = hands.random.between(1, lastAcked(shop) - 1);
    const events = shop.events.slice(0, seq);
    const ackedSeqs = shop.ackedSeqs.filter((acked) => acked <= seq);
    return {
      ...byOwner(hands, tillExport({ ...shop, events, ackedSeqs }), {
        expected: 'rolled-back',
        atSeq: seq + 1,
      }),
      against: fileLines(centreExport(shop), shop.centreKey),
    };
  },
  'the tail is cut': (hands) => {
    const pieces = tillExport(hands.shop);
    const left = hands.random.between(0, hands.shop.events.length - 1);
    const isReported = left < lastAcked(hands.shop);
    return byStranger(
      hands,
      { ...pieces, lines: pieces.lines.slice(0, left) },
      {
        expected: isReported ? 'rolled-back' : 'tail-cut',
        atSeq: left + 1,
        also: ['tail-cut'],
      },
    );
  },
  "the tail is cut with the till's word on it": (hands) => {
    const pieces = tillExport(hands.shop);
    const left = hands.random.between(0, hands.shop.events.length - 1);
    const isReported = left < lastAcked(hands.shop);
    return byStranger(
      hands,
      { ...pieces, lines: pieces.lines.slice(0, left), journalHead: undefined },
      { expected: isReported ? 'rolled-back' : 'head-missing', also: ['head-missing'] },
    );
  },
  'the owner cuts an unreported tail and signs: nothing shows': (hands) => {
    const { shop } = hands;
    const events = shop.events.slice(0, tailSeq(hands) - 1);
    return byOwner(hands, tillExport({ ...shop, events }), { expected: undefined });
  },
  'the owner cuts a tail that the centre has meanwhile': (hands) => {
    const { shop } = hands;
    const left = tailSeq(hands) - 1;
    const later = { ...shop, ackedSeqs: [...shop.ackedSeqs, shop.events.length] };
    return {
      ...byOwner(hands, tillExport({ ...shop, events: shop.events.slice(0, left) }), {
        expected: 'rolled-back',
        atSeq: left + 1,
      }),
      against: fileLines(centreExport(later), shop.centreKey),
    };
  },
  'receipts are swapped': (hands) => {
    const pieces = tillExport(hands.shop);
    const [first, second] = pieces.receipts;
    if (first === undefined || second === undefined) throw new Error('Two receipts to swap');
    const receipts = pieces.receipts
      .with(0, { ...first, ackedHash: second.ackedHash })
      .with(1, { ...second, ackedHash: first.ackedHash });
    return byStranger(
      hands,
      { ...pieces, receipts },
      {
        expected: 'receipt-false',
        atSeq: first.ackedSeq,
        also: ['receipts-missing'],
      },
    );
  },
  "another shop's receipt is put here": (hands) => {
    const pieces = tillExport(hands.shop);
    const stranger = aStranger(hands);
    const seq = lastAcked(hands.shop);
    const receipts = [...pieces.receipts.slice(0, -1), ...receiptsOf(stranger, [seq])];
    return byStranger(
      hands,
      { ...pieces, receipts },
      {
        expected: 'receipt-foreign',
        atSeq: seq,
        also: ['receipts-missing'],
      },
    );
  },
  'a receipt is signed by nobody we know': (hands) => {
    const pieces = tillExport(hands.shop);
    const last = pieces.receipts.at(-1);
    if (last === undefined) throw new Error('A receipt to forge');
    const seq = hands.shop.events.length;
    const forged = { ...last, ackedSeq: seq, ackedHash: hashAt(hands.shop.events, seq) };
    const receipts = [...pieces.receipts, signedReceipt(forged, hands.strangeKey)];
    return byStranger(hands, { ...pieces, receipts }, { expected: 'receipt-false', atSeq: seq });
  },
  'the receipts are taken out': (hands) => {
    const pieces = tillExport(hands.shop);
    const left = hands.random.between(0, pieces.receipts.length - 1);
    return byStranger(
      hands,
      { ...pieces, receipts: pieces.receipts.slice(0, left) },
      {
        expected: 'receipts-missing',
      },
    );
  },
  "the till's word is changed": (hands) => {
    const pieces = tillExport(hands.shop);
    const head = mustHead(pieces);
    const journalHead = { ...head, ackedSeq: 0, exportedAt: hands.shop.exportedAt };
    return byStranger(hands, { ...pieces, journalHead }, { expected: 'signature-false' });
  },
  "another till's certificate is put here": (hands) => {
    const pieces = tillExport(hands.shop);
    const { certificate } = tillExport(aStranger(hands)).till;
    const till = { ...pieces.till, certificate };
    return byStranger(hands, { ...pieces, till }, { expected: 'key-not-certified' });
  },
  'the certificate is forged': (hands) => {
    const pieces = tillExport(hands.shop);
    const { till, facilityId } = hands.shop;
    const publicKey = pieces.till.deviceKey;
    const certificate = signText(
      hands.strangeKey,
      certificateText({ till, facilityId, publicKey }),
    );
    return byStranger(
      hands,
      { ...pieces, till: { ...pieces.till, certificate } },
      {
        expected: 'key-not-certified',
      },
    );
  },
  'the name of the facility is changed': (hands) => {
    const pieces = tillExport(hands.shop);
    const head = { ...pieces.head, facility: { ...pieces.head.facility, name: 'Nhà thuốc Khác' } };
    return byStranger(hands, { ...pieces, head }, { expected: 'file-altered' });
  },
  "a refused batch is taken out of the centre's evidence": (hands) => {
    const lines = fileLines(centreExport(hands.shop), hands.strangeKey);
    return { lines, expected: 'file-altered' };
  },
  'the file is cut': (hands) => {
    const lines = fileLines(tillExport(hands.shop), hands.shop.deviceKey);
    return {
      lines: lines.slice(0, hands.random.between(2, lines.length - 1)),
      expected: 'file-cut',
      also: ['head-missing', 'file-cut'],
    };
  },
};

function flippedByte(hands: ForgerHands): Forgery {
  const { shop, random } = hands;
  const seq = innerSeq(hands);
  const line = lineAt(shop, seq);
  const at = random.between(0, line.length - 1);
  const code = line.charCodeAt(at) ^ (1 << random.between(0, 3));
  const changed = line.slice(0, at) + String.fromCharCode(code) + line.slice(at + 1);
  const pieces = withLine(tillExport(shop), seq, changed);
  const read = readOrUndefined(changed);
  if (read === undefined) {
    return byStranger(hands, pieces, { expected: 'event-unreadable', atSeq: seq });
  }
  if (read.till !== shop.till) {
    const also = ['events-missing'] as const;
    return byStranger(hands, pieces, { expected: 'foreign-event', atSeq: seq, also });
  }
  if (read.seq === seq) {
    return byStranger(hands, pieces, { expected: 'event-altered', atSeq: seq });
  }
  const isTaken = read.seq <= shop.events.length;
  return byStranger(hands, pieces, {
    expected: isTaken ? 'event-inserted' : 'events-missing',
    also: ['events-missing', 'events-reordered', 'event-altered', 'rolled-back'],
  });
}

function readOrUndefined(line: string): Envelope | undefined {
  try {
    return Envelope.safeParse(JSON.parse(line)).data;
  } catch {
    // JSON.parse has no other way to say that a text is not JSON.
    return undefined;
  }
}

function editAt(seq: number, random: Random): (line: string, at: number) => string {
  return (line, at) => (at === seq ? editedLine(line, random) : line);
}

function rewrittenBy(
  { shop }: ForgerHands,
  events: readonly SealedEvent[],
  key: KeyObject,
): ExportPieces {
  const pieces = tillExport(shop);
  const hash = events.at(-1)?.hash ?? zeroHash;
  const prevHash = events.at(-2)?.hash ?? zeroHash;
  return {
    ...pieces,
    lines: events.map((event) => event.line),
    journalHead: signedHead({ ...mustHead(pieces), hash, prevHash }, key),
  };
}

function aStranger({ shop, random }: ForgerHands): ForgedShop {
  const seed = `stranger ${random.between(1, 1_000_000)}`;
  return aForgedShop(seed, { events: shop.events.length, ackedSeqs: [...shop.ackedSeqs] });
}

function mustHead({ journalHead }: ExportPieces) {
  if (journalHead === undefined) throw new Error('A till exports its head');
  return journalHead;
}

/** A shop whose last events are not reported, with two receipts at least. */
export function aShopToForge(seed: string): ForgedShop {
  const random = randomOf(`${seed}/shape`);
  const events = random.between(8, 30);
  const acked = random.between(4, events - 2);
  return aForgedShop(seed, { events, ackedSeqs: [random.between(1, acked - 2), acked] });
}

/** What a forger has in hand; the same for the same seed. */
export function handsOn(shop: ForgedShop, seed: string): ForgerHands {
  const random = randomOf(seed);
  return { shop, random, strangeKey: keyOf(random.fork('strange key')) };
}
