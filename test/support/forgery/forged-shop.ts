import { createHash, createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto';
import { type Random, randomOf } from '../../../server/twin/random.ts';
import { createVerifyTools } from '../../../server/verify/read-export.ts';
import { zeroHash } from '../../../shared/events/envelope.ts';
import type { Fact } from '../../../shared/events/registry.ts';
import { type ChainHead, type SealedEvent, sealEvent } from '../../../shared/events/seal.ts';
import { instantOfMs } from '../../../shared/model/calendar.ts';
import {
  batchText,
  certificateText,
  type Receipt,
  receiptText,
  wireLineOf,
} from '../../../shared/sync/batch.ts';
import type { ExportReport } from '../../../shared/sync/export-report.ts';
import {
  countedText,
  type ExportBatch,
  type ExportHead,
  type ExportJournalHead,
  type ExportRefused,
  type ExportTill,
  exportText,
  journalHeadText,
} from '../../../shared/sync/journal-export.ts';
import { createExportCheck } from '../../../shared/sync/verify-export.ts';
import { aSale, day, hashLine } from '../builders.ts';
import { signText } from '../test-device.ts';

/** A journal export taken apart, so that a forger may change any piece of it. */
export type ExportPieces = {
  readonly head: ExportHead;
  readonly till: ExportTill;
  readonly lines: readonly string[];
  readonly receipts: readonly Receipt[];
  readonly batches: readonly ExportBatch[];
  readonly refused: readonly ExportRefused[];
  readonly journalHead: ExportJournalHead | undefined;
};

/** A shop with its keys, its true journal, and the receipts it was given for it. */
export type ForgedShop = {
  readonly till: string;
  readonly facilityId: string;
  readonly deviceKey: KeyObject;
  readonly centreKey: KeyObject;
  readonly events: readonly SealedEvent[];
  /** The centre has these numbers, in this order. */
  readonly ackedSeqs: readonly number[];
  readonly exportedAt: ReturnType<typeof instantOfMs>;
};

const startMs = Date.parse('2026-03-02T08:00:00+07:00');
/** Minutes between two events. */
const paceMs = 7 * 60_000;

export type ShopShape = {
  readonly events: number;
  readonly ackedSeqs: readonly number[];
  /** The till's clock is wrong by so much from this event on. */
  readonly clockErrorMs?: number;
};

export function aForgedShop(seed: string, shape: ShopShape): ForgedShop {
  const random = randomOf(seed);
  const till = uuidOf(random);
  return {
    till,
    facilityId: uuidOf(random),
    deviceKey: keyOf(random),
    // One centre for every shop of a test: a stranger's receipts are of the same centre.
    centreKey: keyOf(randomOf('centre')),
    events: continueJournal({ till, head: { seq: 0, hash: zeroHash } }, shape.events, random, {
      clockErrorMs: shape.clockErrorMs ?? 0,
    }),
    ackedSeqs: shape.ackedSeqs,
    exportedAt: instantOfMs(momentOf(shape.events) + 3_600_000),
  };
}

/** Further events behind a head; another `random` gives another future. */
export function continueJournal(
  from: { readonly till: string; readonly head: ChainHead },
  count: number,
  random: Random,
  { clockErrorMs = 0 }: { readonly clockErrorMs?: number } = {},
): readonly SealedEvent[] {
  const events: SealedEvent[] = [];
  let { head } = from;
  for (let index = 0; index < count; index += 1) {
    const seq = head.seq + 1;
    const sealed = sealEvent(
      {
        till: from.till,
        head,
        id: uuidOf(random),
        at: instantOfMs(momentOf(seq) + clockErrorMs),
        by: random.pick(['DS01', 'NV02', 'NV03']),
        fact: aFact(seq, random),
      },
      hashLine,
    );
    events.push(sealed);
    head = sealed;
  }
  return events;
}

function momentOf(seq: number): number {
  return startMs + seq * paceMs;
}

function aFact(seq: number, random: Random): Fact {
  if (seq === 1) {
    const lot = { drug: 'DEMO-1', lot: 'A1', expiresOn: day('2027-06-30') };
    const lines = [{ ...lot, units: 100_000, unitCostVnd: 300 }];
    return { type: 'OpeningStockDeclared.v1', data: { lines } };
  }
  const chance = random.unit();
  const unit = { name: 'viên', factor: 1 };
  if (chance < 0.04) return aFutureFact(random);
  if (chance < 0.1) {
    const priceVnd = random.between(4, 90) * 100;
    return {
      type: 'PriceSet.v1',
      data: { drug: 'DEMO-1', unit, priceVnd, previousPriceVnd: null },
    };
  }
  if (chance < 0.2) {
    const units = random.between(10, 900);
    const line = {
      drug: `DEMO-${random.between(1, 9)}`,
      lot: `B${random.between(1, 99)}`,
      expiresOn: day('2028-01-31'),
    };
    return {
      type: 'GoodsReceived.v1',
      data: {
        supplierName: random.pick(['Dược Hậu Giang', 'Công ty “Thảo” & Cộng sự', 'Traphaco']),
        invoiceNumber: String(random.between(1, 99_999)),
        lines: [
          { ...line, unit, quantity: units, units, unitCostVnd: 400, amountVnd: units * 400 },
        ],
        totalVnd: units * 400,
      },
    };
  }
  return aSale({ units: random.between(1, 40), slip: `A1-${seq}` });
}

/** What a later program would write: chained and counted, though nobody here can read it. */
function aFutureFact(random: Random): Fact {
  // Safe in a test: this is exactly what the registry does not know.
  return { type: 'ShelfMoved.v3', data: { shelf: random.between(1, 40) } } as unknown as Fact;
}

// Taking an export apart and putting it together ---------------------------------------------------

/** What the till exports of its journal, honestly. */
export function tillExport(shop: ForgedShop): ExportPieces {
  const last = shop.events.at(-1) ?? { seq: 0, hash: zeroHash };
  const signed = {
    till: shop.till,
    seq: last.seq,
    hash: last.hash,
    prevHash: hashAt(shop.events, last.seq - 1),
    ackedSeq: shop.ackedSeqs.at(-1) ?? 0,
    exportedAt: shop.exportedAt,
  };
  return {
    ...basePieces(shop, 'till'),
    receipts: receiptsOf(shop, shop.ackedSeqs),
    journalHead: signedHead(signed, shop.deviceKey),
  };
}

/** What the centre exports of what it was sent. */
export function centreExport(
  shop: ForgedShop,
  refused: readonly ExportRefused[] = [],
): ExportPieces {
  const ackedSeq = shop.ackedSeqs.at(-1) ?? 0;
  const base = basePieces(shop, 'centre');
  return {
    ...base,
    lines: base.lines.slice(0, ackedSeq),
    receipts: [
      ...receiptsOf(shop, shop.ackedSeqs),
      ...receiptsOf(shop, shop.ackedSeqs.slice(-1), shop.exportedAt),
    ],
    batches: shop.ackedSeqs.map((lastSeq, index) =>
      signedBatch(shop, (shop.ackedSeqs[index - 1] ?? 0) + 1, lastSeq),
    ),
    refused,
  };
}

function basePieces(shop: ForgedShop, source: 'till' | 'centre'): ExportPieces {
  const deviceKey = rawKeyOf(shop.deviceKey);
  const { till, facilityId } = shop;
  return {
    head: {
      kind: 'export',
      version: 1,
      source,
      exportedAt: shop.exportedAt,
      facility: { id: facilityId, code: '96-000001', name: 'Nhà thuốc An Bình' },
      centreKey: rawKeyOf(shop.centreKey),
    },
    till: {
      kind: 'till',
      id: till,
      shortCode: 'A1',
      deviceKey,
      certificate: signText(
        shop.centreKey,
        certificateText({ till, facilityId, publicKey: deviceKey }),
      ),
    },
    lines: shop.events.map((event) => event.line),
    receipts: [],
    batches: [],
    refused: [],
    journalHead: undefined,
  };
}

export function receiptsOf(
  shop: ForgedShop,
  seqs: readonly number[],
  serverTime?: ReturnType<typeof instantOfMs>,
): readonly Receipt[] {
  return seqs.map((ackedSeq) =>
    signedReceipt(
      {
        till: shop.till,
        ackedSeq,
        ackedHash: hashAt(shop.events, ackedSeq),
        serverTime: serverTime ?? instantOfMs(momentOf(ackedSeq) + 60_000),
      },
      shop.centreKey,
    ),
  );
}

export function signedReceipt(receipt: Omit<Receipt, 'signature'>, key: KeyObject): Receipt {
  return { ...receipt, signature: signText(key, receiptText(receipt)) };
}

export function signedHead(
  head: Omit<ExportJournalHead, 'kind' | 'signature'>,
  key: KeyObject,
): ExportJournalHead {
  return { kind: 'head', ...head, signature: signText(key, journalHeadText(head)) };
}

export function signedBatch(shop: ForgedShop, firstSeq: number, lastSeq: number): ExportBatch {
  const prevHash = hashAt(shop.events, firstSeq - 1);
  const headHash = hashAt(shop.events, lastSeq);
  const header = { till: shop.till, firstSeq, lastSeq, prevHash, headHash };
  const receivedAt = instantOfMs(momentOf(lastSeq) + 60_000);
  const signature = signText(shop.deviceKey, batchText(header));
  return { kind: 'batch', firstSeq, lastSeq, prevHash, headHash, signature, receivedAt };
}

/** The batch of a second past as the centre keeps it. */
export function refusedBatch(
  shop: ForgedShop,
  events: readonly SealedEvent[],
  key: KeyObject = shop.deviceKey,
): ExportRefused {
  const firstSeq = events[0]?.seq ?? 1;
  const lastSeq = events.at(-1)?.seq ?? 1;
  const prevHash = /"prev":"([0-9a-f]{64})"\}$/.exec(events[0]?.line ?? '')?.[1] ?? zeroHash;
  const headHash = events.at(-1)?.hash ?? zeroHash;
  const header = { till: shop.till, firstSeq, lastSeq, prevHash, headHash };
  return {
    kind: 'refused',
    firstSeq,
    lastSeq,
    prevHash,
    headHash,
    signature: signText(key, batchText(header)),
    receivedAt: shop.exportedAt,
    body: events.map((event) => `${wireLineOf(event.line)}\n`).join(''),
  };
}

/** The lines of the file, its end signed by `key`. */
export function fileLines(
  pieces: ExportPieces,
  key: KeyObject,
  otherTills: readonly ExportPieces[] = [],
): readonly string[] {
  const { head } = pieces;
  const all = [about(head), ...[pieces, ...otherTills].flatMap(tillLines)];
  const sha256 = createHash('sha256').update(all.map(countedText).join('')).digest('hex');
  const counted = { lines: all.length, sha256 };
  const { exportedAt } = head;
  const text = exportText({ facilityId: head.facility.id, exportedAt, ...counted });
  return [...all, about({ kind: 'end', ...counted, signature: signText(key, text) })];
}

function tillLines(pieces: ExportPieces): readonly string[] {
  const { till, lines, receipts, batches, refused, journalHead } = pieces;
  return [
    about(till),
    ...lines,
    ...batches.map(about),
    ...receipts.map((receipt) => about({ kind: 'receipt', ...receipt })),
    ...refused.map(about),
    ...(journalHead === undefined ? [] : [about(journalHead)]),
  ];
}

function about(value: unknown): string {
  return JSON.stringify(value);
}

export function verifyLines(lines: readonly string[], centreKey?: string): ExportReport {
  const check = createExportCheck(createVerifyTools(), centreKey);
  for (const line of lines) check.line(line);
  return check.end();
}

// Keys and names, the same for the same seed --------------------------------------------------------

/** RFC 8410: what stands before the 32 bytes of an Ed25519 private key in PKCS#8. */
const pkcs8Start = Buffer.from('302e020100300506032b657004220420', 'hex');

export function keyOf(random: Random): KeyObject {
  const der = Buffer.concat([pkcs8Start, random.bytes(32)]);
  return createPrivateKey({ key: der, format: 'der', type: 'pkcs8' });
}

export function rawKeyOf(key: KeyObject): string {
  const known = rawKeys.get(key);
  if (known !== undefined) return known;
  const { x = '' } = createPublicKey(key).export({ format: 'jwk' });
  const raw = Buffer.from(x, 'base64url').toString('base64');
  rawKeys.set(key, raw);
  return raw;
}

const rawKeys = new WeakMap<KeyObject, string>();

export function uuidOf(random: Random): string {
  const hex = Buffer.from(random.bytes(16)).toString('hex');
  return hex.replace(/^(.{8})(.{4}).(.{3}).(.{3})(.{12})$/, '$1-$2-7$3-8$4-$5');
}

export function hashAt(events: readonly SealedEvent[], seq: number): string {
  return seq === 0 ? zeroHash : (events.find((event) => event.seq === seq)?.hash ?? zeroHash);
}
