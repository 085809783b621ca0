/**
 * An auditor of its own, written from protocol.md and sharing no code with the till, the centre or
 * `shared/`: it reads raw lines and tables, checks the chain with its own hash, does its own stock
 * arithmetic, and compares with what was answered to the commands.
 *
 * I1 seq is 1, 2, 3 …            I2 each event carries the hash of the one before
 * I3 a stored event never changes   I4 stock = sum of movements, at the till and at the centre
 * I5 never below zero            I8 a batch twice, or in overlapping pieces, equals once
 * I9 a total is the sum of its lines
 */
import { createHash } from 'node:crypto';

export type Violation = {
  readonly invariant: string;
  readonly till: string;
  readonly detail: string;
};

/** A row of a till's journal as its database file holds it. */
export type JournalRow = { readonly seq: number; readonly line: string; readonly hash: string };
/** What a till answered to a command that it accepted. */
export type AcceptedAnswer = {
  readonly id: string;
  readonly seq: number;
  readonly type: string;
  /** Change of stock by drug that the command asked for, in smallest units. */
  readonly unitsByDrug: Readonly<Record<string, number>>;
};
/** Stock on hand by `drug|lot|expiry`; lots that hold nothing are left out. */
export type StockByLot = ReadonlyMap<string, number>;

/** What the centre holds of one till, straight from its tables. */
export type CentreView = {
  readonly ackedSeq: number;
  readonly ackedHash: string;
  /** Evidence with a last seq after the one last looked at, decompressed, in order of arrival. */
  readonly evidence: readonly {
    readonly firstSeq: number;
    readonly lastSeq: number;
    readonly newFromSeq: number;
    readonly prevHash: string;
    readonly headHash: string;
    readonly body: string;
  }[];
  readonly stock: StockByLot;
  readonly movementSums: StockByLot;
  readonly movementRows: number;
};

export type Oracle = {
  readonly accepted: (till: string, answer: AcceptedAnswer) => void;
  /** @param rows from the first one not yet seen. */
  readonly seesJournal: (till: string, rows: readonly JournalRow[]) => void;
  readonly seesTillStock: (till: string, stock: StockByLot) => void;
  readonly seesCentre: (till: string, view: CentreView) => void;
  /** The till says that the centre has everything up to here. */
  readonly seesClaim: (till: string, claimedSeq: number) => void;
  /** Liveness: nothing disturbs any more, everything must be acknowledged. */
  readonly seesEnd: (till: string, end: { readonly isAgreed: boolean }) => void;
  readonly lastSeqOf: (till: string) => number;
  readonly evidenceSeqOf: (till: string) => number;
  readonly violations: () => readonly Violation[];
  readonly checkCount: () => number;
};

type Effect = { readonly key: string; readonly units: number };
type JournalEntry = {
  readonly id: string;
  readonly type: string;
  readonly line: string;
  readonly hash: string;
  readonly effects: readonly Effect[];
};
type TillRecord = {
  readonly journal: JournalEntry[];
  readonly seqById: Map<string, number>;
  readonly answersBySeq: Map<number, AcceptedAnswer>;
  readonly stock: Map<string, number>;
  /** The same arithmetic, but only up to what the centre has acknowledged. */
  readonly centreStock: Map<string, number>;
  centreSeq: number;
  centreMovements: number;
  evidenceSeq: number;
  evidenceHash: string;
};

const zeros = '0'.repeat(64);

export function createOracle(): Oracle {
  const records = new Map<string, TillRecord>();
  const violations: Violation[] = [];
  let checks = 0;
  const recordOf = (till: string): TillRecord => {
    const record = records.get(till) ?? emptyRecord();
    records.set(till, record);
    return record;
  };
  const checkOf = (till: string) => (invariant: string, holds: boolean, detail: () => string) => {
    checks += 1;
    if (!holds) violations.push({ invariant, till, detail: detail() });
  };
  return {
    accepted: (till, answer) => seeAnswer(recordOf(till), answer, checkOf(till)),
    seesJournal: (till, rows) => {
      for (const row of rows) seeRow(recordOf(till), row, checkOf(till));
    },
    seesTillStock: (till, stock) =>
      compareStock('I4 till', recordOf(till).stock, stock, checkOf(till)),
    seesCentre: (till, view) => seeCentre(recordOf(till), view, checkOf(till)),
    seesClaim: (till, claimedSeq) => {
      const { centreSeq } = recordOf(till);
      checkOf(till)(
        'I12',
        claimedSeq <= centreSeq,
        () => `the till believes ${claimedSeq} reported, the centre has ${centreSeq}`,
      );
    },
    seesEnd: (till, { isAgreed }) => {
      const record = recordOf(till);
      const check = checkOf(till);
      check(
        'I11',
        record.centreSeq === record.journal.length,
        () => `${record.centreSeq} of ${record.journal.length} events arrived`,
      );
      check('I11', isAgreed, () => 'the till does not say that both sides agree');
      check(
        'answers',
        record.answersBySeq.size === record.journal.length,
        () => `${record.journal.length} events, ${record.answersBySeq.size} accepted commands`,
      );
    },
    lastSeqOf: (till) => recordOf(till).journal.length,
    evidenceSeqOf: (till) => recordOf(till).evidenceSeq,
    violations: () => violations,
    checkCount: () => checks,
  };
}

type Check = (invariant: string, holds: boolean, detail: () => string) => void;

function emptyRecord(): TillRecord {
  return {
    journal: [],
    seqById: new Map(),
    answersBySeq: new Map(),
    stock: new Map(),
    centreStock: new Map(),
    centreSeq: 0,
    centreMovements: 0,
    evidenceSeq: 0,
    evidenceHash: zeros,
  };
}

/** The same command repeated gives the same answer; another answer for one seq is a second effect. */
function seeAnswer(record: TillRecord, answer: AcceptedAnswer, check: Check): void {
  const before = record.answersBySeq.get(answer.seq);
  check(
    'answers',
    before === undefined || before.id === answer.id,
    () => `seq ${answer.seq} was answered for ${before?.id} and for ${answer.id}`,
  );
  record.answersBySeq.set(answer.seq, answer);
}

function seeRow(record: TillRecord, row: JournalRow, check: Check): void {
  const known = record.journal[row.seq - 1];
  if (known !== undefined) {
    check('I3', known.line === row.line && known.hash === row.hash, () => `seq ${row.seq} changed`);
    return;
  }
  const seq = record.journal.length + 1;
  const prev = record.journal.at(-1)?.hash ?? zeros;
  const event = parsedLine(row.line);
  check('I1', row.seq === seq && event.seq === seq, () => `${row.seq}/${event.seq}, not ${seq}`);
  check('I2', event.prev === prev, () => `seq ${seq} does not name the hash before it`);
  check('I2', chained(prev, row.line) === row.hash, () => `seq ${seq} is stored with another hash`);
  check('I1', !record.seqById.has(event.id), () => `document ${event.id} stands there twice`);
  const effects = effectsOf(event, record, check);
  record.journal.push({
    id: event.id,
    type: event.type,
    line: row.line,
    hash: chained(prev, row.line),
    effects,
  });
  record.seqById.set(event.id, seq);
  applyEffects(record.stock, effects);
  for (const { key } of effects) {
    const held = record.stock.get(key) ?? 0;
    check('I5', held >= 0, () => `${key} fell to ${held} at seq ${seq}`);
  }
  compareAnswer(record, seq, check);
}

/** Every event was asked for by a command that got exactly this answer. */
function compareAnswer(record: TillRecord, seq: number, check: Check): void {
  const entry = record.journal[seq - 1];
  const answer = record.answersBySeq.get(seq);
  check(
    'answers',
    answer?.id === entry?.id && answer?.type === entry?.type,
    () =>
      `seq ${seq} holds ${entry?.type} ${entry?.id}, answered was ${answer?.type} ${answer?.id}`,
  );
  const sums: Record<string, number> = {};
  for (const { key, units } of entry?.effects ?? []) {
    const drug = key.split('|')[0] ?? '';
    sums[drug] = (sums[drug] ?? 0) + units;
  }
  const isSame = JSON.stringify(sorted(sums)) === JSON.stringify(sorted(answer?.unitsByDrug ?? {}));
  check('answers', isSame, () => `seq ${seq} moves ${JSON.stringify(sums)}, asked was other`);
}

function seeCentre(record: TillRecord, view: CentreView, check: Check): void {
  const { ackedSeq, ackedHash } = view;
  check('I12', ackedSeq >= record.centreSeq, () => `the centre forgot: ${ackedSeq}`);
  const hash = ackedSeq === 0 ? zeros : record.journal[ackedSeq - 1]?.hash;
  check('I2', hash === ackedHash, () => `head ${ackedSeq} at the centre is not the till's`);
  for (const batch of view.evidence) seeEvidence(record, batch, check);
  check(
    'I8',
    record.evidenceSeq === ackedSeq,
    () => `evidence reaches ${record.evidenceSeq}, the head is ${ackedSeq}`,
  );
  for (let seq = record.centreSeq + 1; seq <= ackedSeq; seq += 1) {
    const effects = record.journal[seq - 1]?.effects ?? [];
    applyEffects(record.centreStock, effects);
    record.centreMovements += effects.length;
  }
  record.centreSeq = Math.max(record.centreSeq, ackedSeq);
  compareStock('I4 centre', record.centreStock, view.stock, check);
  compareStock('I4 centre movements', record.centreStock, view.movementSums, check);
  check(
    'I8',
    record.centreMovements === view.movementRows,
    () => `${view.movementRows} movements stored, ${record.centreMovements} happened`,
  );
}

/** Bytes as they arrived: put the left-out `prev` back and compare with the till's own lines. */
function seeEvidence(
  record: TillRecord,
  batch: CentreView['evidence'][number],
  check: Check,
): void {
  const { firstSeq, lastSeq, newFromSeq } = batch;
  const lines = batch.body.split('\n');
  check(
    'I8',
    newFromSeq === record.evidenceSeq + 1,
    () =>
      `evidence ${firstSeq}–${lastSeq} is new from ${newFromSeq}, not ${record.evidenceSeq + 1}`,
  );
  let hash = batch.prevHash;
  for (let seq = firstSeq; seq <= lastSeq; seq += 1) {
    const line = `${lines[seq - firstSeq]},"prev":"${hash}"}`;
    check(
      'I3',
      line === record.journal[seq - 1]?.line,
      () => `evidence of ${seq} is not the till's`,
    );
    hash = chained(hash, line);
  }
  check('I2', hash === batch.headHash, () => `evidence ${firstSeq}–${lastSeq} is no chain`);
  record.evidenceSeq = lastSeq;
  record.evidenceHash = hash;
}

function compareStock(name: string, expected: StockByLot, found: StockByLot, check: Check): void {
  const keys = new Set([...expected.keys(), ...found.keys()]);
  for (const key of keys) {
    const want = expected.get(key) ?? 0;
    const have = found.get(key) ?? 0;
    check(name, want === have, () => `${key}: ${have} stored, ${want} by the journal`);
  }
}

type RawLine = { lot: string; expiresOn: string; units: number };
type RawEvent = {
  readonly seq: number;
  readonly id: string;
  readonly type: string;
  readonly prev: string;
  // biome-ignore lint/suspicious/noExplicitAny: the auditor trusts no schema of the system it audits.
  readonly data: any;
};

function parsedLine(line: string): RawEvent {
  return JSON.parse(line);
}

/** Own arithmetic: quantities times factors and named sales, never the sums the event repeats. */
function effectsOf(event: RawEvent, record: TillRecord, check: Check): readonly Effect[] {
  const { data } = event;
  switch (event.type) {
    case 'OpeningStockDeclared.v1':
      return data.lines.map((line: RawLine & { drug: string }) => effect(line.drug, line, 1));
    case 'GoodsReceived.v1':
      checkTotal(event, check);
      return data.lines.map(
        (line: RawLine & { drug: string; quantity: number; unit: { factor: number } }) => {
          const units = line.quantity * line.unit.factor;
          return effect(line.drug, { ...line, units }, 1);
        },
      );
    case 'SaleCompleted.v1':
      checkTotal(event, check);
      return data.lines.flatMap(
        (line: { drug: string; quantity: number; unit: { factor: number }; picks: RawLine[] }) => {
          const picked = line.picks.reduce((sum, pick) => sum + pick.units, 0);
          check('I4', picked === line.quantity * line.unit.factor, () => `picks of ${event.seq}`);
          return line.picks.map((pick) => effect(line.drug, pick, -1));
        },
      );
    case 'SaleVoided.v1': {
      const sale = record.journal[(record.seqById.get(data.saleId) ?? 0) - 1];
      check('I4', sale?.type === 'SaleCompleted.v1', () => `seq ${event.seq} undoes no sale`);
      return (sale?.effects ?? []).map(({ key, units }) => ({ key, units: -units }));
    }
    case 'PriceSet.v1':
      return [];
    case 'StockCounted.v1':
      return data.lines
        .map((line: RawLine & { drug: string; countedUnits: number; bookUnits: number }) =>
          effect(line.drug, { ...line, units: line.countedUnits - line.bookUnits }, 1),
        )
        .filter(({ units }: Effect) => units !== 0);
    case 'LotDisposed.v1':
      return data.lines.map((line: RawLine & { drug: string }) => effect(line.drug, line, -1));
    case 'LotQuarantined.v1':
    case 'LotReleased.v1':
      // Out of one place and into the other: two movements of one lot.
      return data.lines.flatMap((line: RawLine & { drug: string }) => [
        effect(line.drug, line, -1),
        effect(line.drug, line, 1),
      ]);
    case 'TillRecovered.v1':
      return data.lots.flatMap(recoveredEffects);
    default:
      check('I4', false, () => `seq ${event.seq} has a type this auditor does not know`);
      return [];
  }
}

type RawRecovered = RawLine & { drug: string; onHandUnits: number; quarantinedUnits: number };

/** One effect for the shelf and one for the quarantine, where there is any. */
function recoveredEffects(lot: RawRecovered): readonly Effect[] {
  const { drug, onHandUnits, quarantinedUnits } = lot;
  return [onHandUnits - quarantinedUnits, quarantinedUnits]
    .filter((units) => units !== 0)
    .map((units) => effect(drug, { ...lot, units }, 1));
}

function checkTotal(event: RawEvent, check: Check): void {
  const sum = event.data.lines.reduce(
    (total: number, line: { amountVnd: number }) => total + line.amountVnd,
    0,
  );
  check('I9', sum === event.data.totalVnd, () => `total of seq ${event.seq}`);
}

function effect(drug: string, line: RawLine, sign: 1 | -1): Effect {
  return { key: `${drug}|${line.lot}|${line.expiresOn}`, units: sign * line.units };
}

function applyEffects(stock: Map<string, number>, effects: readonly Effect[]): void {
  for (const { key, units } of effects) {
    const held = (stock.get(key) ?? 0) + units;
    if (held === 0) stock.delete(key);
    else stock.set(key, held);
  }
}

/** protocol.md §1: sha256(prev_hash_bytes ‖ line_bytes). */
function chained(prev: string, line: string): string {
  const bytes = Buffer.concat([Buffer.from(prev, 'hex'), Buffer.from(line, 'utf8')]);
  return createHash('sha256').update(bytes).digest('hex');
}

function sorted(record: Readonly<Record<string, number>>): readonly (readonly [string, number])[] {
  return Object.entries(record)
    .filter(([, units]) => units !== 0)
    .sort(([a], [b]) => (a < b ? -1 : 1));
}
