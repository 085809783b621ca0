/**
 * An auditor of its own, written from protocol.md and sharing no code with the till, the centre or
 * `shared/`: it reads raw lines and tables, checks the chain with its own hash, does its own stock
 * arithmetic (oracle-effects.ts), and compares with what was answered to the commands.
 *
 * I1 seq is 1, 2, 3 …            I2 each event carries the hash of the one before
 * I3 a stored event never changes   I4 stock = sum of movements, at the till and at the centre
 * I5 never below zero, at no place   I6 nothing sold or sent that expired or is known as recalled
 * I8 a batch twice, or in overlapping pieces, equals once
 * I7 a controlled drug leaves only with its document
 * I9 a total is the sum of its lines   I11 the queue drains   I12 what was acknowledged stays
 *
 * A machine has a journal. Several machines may claim one identity (a cloned disk, a restored
 * image): the centre may then follow any one of their journals, but never leave the one it follows.
 * A machine whose journal is a beginning of the followed one reads the rest from the centre and goes
 * on; one whose journal differs stops, and both sides say so.
 */
import { createHash } from 'node:crypto';
import {
  applyEffects,
  type Check,
  type Effect,
  effectsOf,
  type Past,
  quarantineKey,
  type RawEvent,
  unitsByDrugOf,
  unitsByPlaceOf,
} from './oracle-effects.ts';

export type Violation = {
  readonly invariant: string;
  readonly till: string;
  readonly detail: string;
};

/** A row of a till's journal as its database file holds it. */
export type JournalRow = { readonly seq: number; readonly line: string; readonly hash: string };
/** What a command asks for. */
export type Asked = {
  readonly commandId: string;
  readonly type: string;
  /** Change of stock by drug, in smallest units. */
  readonly unitsByDrug: Readonly<Record<string, number>>;
  /** Where a person named the lots: change by `drug|lot|expiry|place`. */
  readonly unitsByPlace?: Readonly<Record<string, number>>;
  /** What was counted, and where the journal stood then: only the auditor's book says the change. */
  readonly counted?: readonly CountedLot[];
  /** Number of the prescription on which a sale is to be made: its document stands behind it. */
  readonly prescription?: string;
};
export type CountedLot = {
  readonly drug: string;
  readonly lot: string;
  readonly expiresOn: string;
  readonly place: 'shelf' | 'quarantine';
  readonly countedUnits: number;
  readonly bookSeq: number;
};
/** A recall in force, as a till's file holds it; `lots` null names every lot of the drug. */
export type KnownRecall = {
  readonly number: string;
  readonly drug: string;
  readonly lots: readonly string[] | null;
};
/** What a till answered to a command that it accepted. */
export type AcceptedAnswer = Asked & { readonly id: string; readonly seq: number };
/**
 * Stock on hand by `drug|lot|expiry`, and what of it stands in quarantine by `drug|lot|expiry|quarantine`;
 * what holds nothing is left out.
 */
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
  /** Of the whole facility. */
  readonly stock: StockByLot;
  readonly movementSums: StockByLot;
  readonly movementRows: number;
};

export type End = {
  readonly isAgreed: boolean;
  /** The kind of problem that the till's screen shows. */
  readonly problem: string | null;
  /** The alerts and the state that the centre keeps of this identity. */
  readonly isForkKnown: boolean;
  readonly isRevoked: boolean;
};

export type Oracle = {
  /** A machine comes to life; with `from`, as a copy of another one's first events. */
  readonly appears: (
    machine: string,
    origin: {
      readonly identity: string;
      readonly facility: string;
      readonly from?: { readonly machine: string; readonly seq: number };
      /** The identity whose place it takes with a recovery code. */
      readonly heirOf?: string;
    },
  ) => void;
  /** A command is about to be given: until it is answered, nobody knows whether it happened. */
  readonly asked: (machine: string, asked: Asked) => void;
  readonly accepted: (machine: string, answer: AcceptedAnswer) => void;
  /** The till said no: then nothing of it may be, or ever become, part of the journal. */
  readonly refused: (machine: string, commandId: string) => void;
  /** @param rows from the first one not yet seen. */
  readonly seesJournal: (machine: string, rows: readonly JournalRow[]) => void;
  /** After a crash: everything that was there before must be there again. */
  readonly seesReopened: (machine: string, rows: readonly JournalRow[]) => void;
  readonly seesTillStock: (machine: string, stock: StockByLot) => void;
  /** From now on it must not sell what these name. */
  readonly seesRecalls: (machine: string, recalls: readonly KnownRecall[]) => void;
  readonly seesCentre: (identity: string, view: CentreView) => void;
  /** The centre went back to an older copy of itself; what it lost will come again. */
  readonly centreWentBack: () => void;
  /** The till says that the centre has everything up to here. */
  readonly seesClaim: (machine: string, claimed: { seq: number; hash: string }) => void;
  /** Liveness: nothing disturbs any more, everything must be acknowledged. */
  readonly seesEnd: (machine: string, end: End) => void;
  /** Any other comparison that has its own words. */
  readonly check: (machine: string) => Check;
  readonly lastSeqOf: (machine: string) => number;
  readonly evidenceSeqOf: (identity: string) => number;
  /** What the journal says stands on the shelf. */
  readonly stockOf: (machine: string) => StockByLot;
  /** Sums over everything the centre has acknowledged of all facilities, by drug. */
  readonly acknowledgedUnitsByDrug: () => Readonly<Record<string, number>>;
  readonly isDrained: (machine: string) => boolean;
  /** It has a past that the centre knows nothing of, beside the one that was acknowledged. */
  readonly hasSecondPast: (machine: string) => boolean;
  readonly violations: () => readonly Violation[];
  readonly checkCount: () => number;
  /** Events of all journals by their type; what a copy began with counts once. */
  readonly eventsByType: () => Readonly<Record<string, number>>;
};

type JournalEntry = {
  readonly id: string;
  readonly type: string;
  readonly line: string;
  readonly hash: string;
  readonly effects: readonly Effect[];
  /** The earlier document that it is about. */
  readonly names: string | undefined;
};
type Machine = {
  readonly identity: Identity;
  /** Whose place it takes. */
  readonly heirOf: Identity | undefined;
  /** What the recovery has handed over so far. */
  readonly inherited: Map<string, number>;
  readonly journal: JournalEntry[];
  readonly seqById: Map<string, number>;
  /** Answered, by seq. */
  readonly answersBySeq: Map<number, Asked & { readonly id: string }>;
  /** Asked and not yet answered, by command. */
  readonly open: Map<string, Asked>;
  /** Written by a command whose answer nobody heard: its seq, by command. */
  readonly unheard: Map<string, number>;
  readonly stock: Map<string, number>;
  recalls: readonly KnownRecall[];
  /** Up to here, every sale has the document that it needs. */
  papersSeq: number;
  /** The last event that it read from the centre. */
  takenOverSeq: number;
  /** Read from the centre, and not yet found among what it has acknowledged. */
  readonly caughtUp: number[];
};
type Identity = {
  readonly facility: string;
  readonly machines: Machine[];
  /** What the centre has acknowledged. */
  readonly acked: JournalEntry[];
  /** What it brings to the stock of its facility. */
  readonly stock: Map<string, number>;
  /** Sums of all its movements. */
  readonly sums: Map<string, number>;
  movements: number;
  evidenceSeq: number;
  hasGoneBack: boolean;
  /** What the centre once had: a till may go on believing it until it hears otherwise. */
  once: readonly JournalEntry[];
};

const zeros = '0'.repeat(64);

export function createOracle(controlledDrugs: ReadonlySet<string> = new Set()): Oracle {
  const machines = new Map<string, Machine>();
  const identities = new Map<string, Identity>();
  const slips = new Map<string, string>();
  const violations: Violation[] = [];
  const events = new Map<string, number>();
  let checks = 0;
  const check =
    (till: string): Check =>
    (invariant, holds, detail) => {
      checks += 1;
      if (!holds) violations.push({ invariant, till, detail: detail() });
    };
  const machineOf = (name: string): Machine => {
    const known = machines.get(name);
    if (known !== undefined) return known;
    const made = newMachine(identities, { identity: name, facility: name });
    machines.set(name, made);
    return made;
  };
  const see = (name: string, row: JournalRow) => {
    const machine = machineOf(name);
    if (!seeRow(machine, row, check(name))) return;
    const type = machine.journal.at(-1)?.type ?? '';
    events.set(type, (events.get(type) ?? 0) + 1);
    checkSlip(slips, machine, row, check(name));
  };
  return {
    appears: (name, origin) => {
      const from = origin.from && machineOf(origin.from.machine);
      machines.set(name, newMachine(identities, origin, from?.journal.slice(0, origin.from?.seq)));
    },
    asked: (name, asked) => void machineOf(name).open.set(asked.commandId, asked),
    accepted: (name, answer) => seeAnswer(machineOf(name), answer, check(name)),
    refused: (name, commandId) => seeRefusal(machineOf(name), commandId, check(name)),
    seesJournal: (name, rows) => {
      for (const row of rows) see(name, row);
      checkPapers(machineOf(name), controlledDrugs, check(name));
    },
    seesReopened: (name, rows) => {
      const { journal } = machineOf(name);
      const lost = () => `${rows.length} of ${journal.length} events survived`;
      check(name)('I12', rows.length >= journal.length, lost);
      for (const row of rows) see(name, row);
      checkPapers(machineOf(name), controlledDrugs, check(name));
    },
    seesTillStock: (name, stock) =>
      compareStock('I4 till', machineOf(name).stock, stock, check(name)),
    seesRecalls: (name, recalls) => {
      machineOf(name).recalls = recalls;
    },
    seesCentre: (name, view) => {
      const identity = identities.get(name) ?? machineOf(name).identity;
      seeCentre(identity, view, check(name));
      compareStock('I4 centre', facilityStock(identities, identity), view.stock, check(name));
    },
    centreWentBack: () => {
      for (const identity of identities.values()) identity.hasGoneBack = true;
    },
    seesClaim: (name, claimed) => seeClaim(machineOf(name), claimed, check(name)),
    seesEnd: (name, end) => seeEnd(machineOf(name), end, check(name)),
    check,
    lastSeqOf: (name) => machineOf(name).journal.length,
    evidenceSeqOf: (name) => (identities.get(name) ?? machineOf(name).identity).evidenceSeq,
    stockOf: (name) => machineOf(name).stock,
    acknowledgedUnitsByDrug: () =>
      unitsByDrugOf(
        [...identities.values()].flatMap(({ acked }) => acked.flatMap((e) => e.effects)),
      ),
    isDrained: (name) => isDrained(machineOf(name)),
    hasSecondPast: (name) => isForked(machineOf(name)),
    violations: () => violations,
    checkCount: () => checks,
    eventsByType: () => Object.fromEntries(events),
  };
}

function newMachine(
  identities: Map<string, Identity>,
  origin: {
    readonly identity: string;
    readonly facility: string;
    readonly heirOf?: string;
  },
  past: readonly JournalEntry[] = [],
): Machine {
  const identity = identities.get(origin.identity) ?? newIdentity(origin.facility);
  identities.set(origin.identity, identity);
  const stock = new Map<string, number>();
  for (const { effects } of past) applyEffects(stock, effects);
  const machine: Machine = {
    identity,
    heirOf: identities.get(origin.heirOf ?? ''),
    inherited: new Map(),
    recalls: [],
    papersSeq: past.length,
    journal: [...past],
    seqById: new Map(past.map(({ id }, index) => [id, index + 1])),
    answersBySeq: new Map(),
    open: new Map(),
    unheard: new Map(),
    stock,
    takenOverSeq: 0,
    caughtUp: [],
  };
  identity.machines.push(machine);
  return machine;
}

function newIdentity(facility: string): Identity {
  const stock = new Map<string, number>();
  const empty = { acked: [], movements: 0, evidenceSeq: 0, hasGoneBack: false, once: [] };
  return { facility, machines: [], stock, sums: new Map(), ...empty };
}

// Answers ---------------------------------------------------------------------------------------------

/** The same command repeated gives the same answer; another answer for one seq is a second effect. */
function seeAnswer(machine: Machine, answer: AcceptedAnswer, check: Check): void {
  const { seq, id, commandId, type } = answer;
  const before = machine.answersBySeq.get(seq);
  check(
    'answers',
    before === undefined || (before.id === id && before.commandId === commandId),
    () => `seq ${seq} was answered for ${before?.id} and for ${id}`,
  );
  const unheard = machine.unheard.get(commandId);
  check('answers', unheard === undefined || unheard === seq, () => `${type} had two effects`);
  machine.open.delete(commandId);
  machine.unheard.delete(commandId);
  machine.answersBySeq.set(seq, answer);
}

function seeRefusal(machine: Machine, commandId: string, check: Check): void {
  const seq = machine.unheard.get(commandId);
  check('answers', seq === undefined, () => `seq ${seq} was written and then refused`);
  machine.open.delete(commandId);
}

// The journal -------------------------------------------------------------------------------------------

/** @returns whether the row was new. */
function seeRow(machine: Machine, row: JournalRow, check: Check): boolean {
  const { journal, seqById, stock } = machine;
  const known = journal[row.seq - 1];
  if (known !== undefined) {
    check('I3', known.line === row.line && known.hash === row.hash, () => `seq ${row.seq} changed`);
    return false;
  }
  const seq = journal.length + 1;
  const prev = journal.at(-1)?.hash ?? zeros;
  const event = parsedLine(row.line);
  check('I1', row.seq === seq && event.seq === seq, () => `${row.seq}/${event.seq}, not ${seq}`);
  check('I2', event.prev === prev, () => `seq ${seq} does not name the hash before it`);
  check('I2', chained(prev, row.line) === row.hash, () => `seq ${seq} is stored with another hash`);
  check('I1', !seqById.has(event.id), () => `document ${event.id} stands there twice`);
  const effects = effectsOf(event, pastOf(machine), check);
  const { id, type } = event;
  const names: string | undefined =
    type === 'PrescriptionDispensed.v1' ? undefined : (event.data.saleId ?? event.data.transferId);
  journal.push({ id, type, line: row.line, hash: chained(prev, row.line), effects, names });
  seqById.set(id, seq);
  applyEffects(stock, effects);
  for (const { key } of effects) {
    const held = stock.get(key) ?? 0;
    const apart = stock.get(quarantineKey(key)) ?? 0;
    const isHeld = apart >= 0 && held >= apart;
    check('I5', isHeld, () => `${key} fell to ${held}, ${apart} of it apart, at seq ${seq}`);
  }
  if (isCaughtUp(machine, seq, row.hash)) return true;
  checkSafety(machine, event, effects, check);
  if (!isInheritance(machine, event, check)) compareAnswer(machine, seq, check);
  return true;
}

/**
 * What another machine recorded under this name: nobody asked for it here, and here nobody could have
 * refused it. The centre must have acknowledged it before it could come from there (`seeCentre`).
 */
function isCaughtUp(machine: Machine, seq: number, hash: string): boolean {
  const { identity, answersBySeq, caughtUp } = machine;
  if (answersBySeq.has(seq)) return false;
  const isOfOther = identity.machines.some(
    (other) => other !== machine && other.journal[seq - 1]?.hash === hash,
  );
  if (isOfOther) {
    caughtUp.push(seq);
    machine.takenOverSeq = seq;
  }
  return isOfOther;
}

/** A document of a till whose place was taken is one of the heir's past, too. */
function pastOf({ journal, seqById, heirOf }: Machine): Past {
  const older = heirOf?.acked ?? [];
  return {
    earlier: (id) => journal[(seqById.get(id) ?? 0) - 1] ?? older.find((entry) => entry.id === id),
    naming: (id) => [...older, ...journal].filter(({ names }) => names === id),
    since: (id) => journal.slice(seqById.get(id) ?? 0).map(({ line }) => parsedLine(line)),
    bookAt: (key, place, seq) =>
      journal
        .slice(0, seq)
        .flatMap(({ effects }) => effects)
        .filter((effect) => effect.key === key && (effect.place ?? 'shelf') === place)
        .reduce((sum, { units }) => sum + units, 0),
  };
}

/** I6: no customer and no other shop gets what has expired, or what the till knew was recalled. */
function checkSafety(
  { recalls, stock }: Machine,
  event: RawEvent & { readonly at: string },
  effects: readonly Effect[],
  check: Check,
): void {
  const { type, seq, at, data } = event;
  if (type === 'SaleCompleted.v1' || type === 'TransferSent.v1') {
    for (const { key } of effects) {
      const expiresOn = key.split('|')[2] ?? '';
      check('I6', expiresOn > at.slice(0, 10), () => `${key} had expired at seq ${seq}`);
      const recall = recalls.find((known) => isNamed(known, key));
      check('I6', recall === undefined, () => `${key} was recalled before seq ${seq}`);
    }
  }
  const recall = recalls.find(({ number }) => number === data.recallNumber);
  if (type !== 'RecallAcknowledged.v1' || recall === undefined) return;
  for (const [key, units] of stock) {
    if (key.endsWith('|quarantine') || !isNamed(recall, key)) continue;
    const onShelf = units - (stock.get(quarantineKey(key)) ?? 0);
    check('I6', onShelf === 0, () => `${onShelf} of ${key} stayed on the shelf at seq ${seq}`);
  }
}

function isNamed({ drug, lots }: KnownRecall, key: string): boolean {
  const [keyDrug, lot = ''] = key.split('|');
  return drug === keyDrug && (lots === null || lots.includes(lot));
}

/**
 * A till that takes a burnt one's place begins with the shelf and the prices of that one, as the
 * centre had acknowledged them: nobody asked for these events. @returns whether it is one of them.
 */
function isInheritance(machine: Machine, { type, seq, data }: RawEvent, check: Check): boolean {
  const { heirOf, journal, inherited } = machine;
  if (heirOf === undefined) return false;
  if (type === 'TillRecovered.v1') {
    applyEffects(inherited, journal[seq - 1]?.effects ?? []);
    const { oldSeq, oldHash, part, parts } = data;
    const head = oldSeq === 0 ? zeros : heirOf.acked[oldSeq - 1]?.hash;
    check(
      'recovery',
      head === oldHash,
      () => `seq ${seq} names no head of the old till: ${oldSeq}`,
    );
    if (part < parts) return true;
    const old = new Map<string, number>();
    for (const { effects } of heirOf.acked.slice(0, oldSeq)) applyEffects(old, effects);
    compareStock('recovery', old, inherited, check);
    return true;
  }
  const begun = journal.slice(0, seq - 1);
  const isFirst = begun.every((entry) => entry.type === 'TillRecovered.v1' || isHeritage(entry));
  if (!isHeritage({ type }) || !isFirst || machine.answersBySeq.has(seq)) return false;
  const last = heirOf.acked
    .filter((entry) => entry.type === type)
    .map(({ line }) => heritageOf(parsedLine(line).data))
    .findLast(([name]) => name === heritageOf(data)[0]);
  const isSame = textOfPair(last) === textOfPair(heritageOf(data));
  // A person may do the first thing as well; then it was asked for.
  if (!isSame && machine.open.size > 0) return false;
  check('recovery', isSame, () => `seq ${seq}: the old till had ${textOfPair(last)}`);
  return true;
}

const heritage = new Set(['PriceSet.v1', 'LocalProductDefined.v1', 'StaffChanged.v1']);

function isHeritage({ type }: { readonly type: string }): boolean {
  return heritage.has(type);
}

/** What a fact of these is about, and what holds since. */
// biome-ignore lint/suspicious/noExplicitAny: the auditor trusts no schema of the system it audits.
function heritageOf(data: any): readonly [name: string, now: unknown] {
  if ('staffId' in data) return [data.staffId, data.after];
  if ('priceVnd' in data) return [`${data.drug} ${data.unit.name}`, data.priceVnd];
  return [data.code, data];
}

function textOfPair(pair: readonly [string, unknown] | undefined): string {
  return JSON.stringify(pair ?? null);
}

/** Every event was asked for by a command that got exactly this answer, or whose answer got lost. */
function compareAnswer(machine: Machine, seq: number, check: Check): void {
  const entry = machine.journal[seq - 1];
  const effects = entry?.effects ?? [];
  // Asked for together with the sale before it.
  if (entry?.type === 'PrescriptionDispensed.v1' && isPaperOf(machine, seq)) return;
  const answer = machine.answersBySeq.get(seq);
  if (answer === undefined) {
    const open = [...machine.open.values()].find(
      (asked) => asked.type === entry?.type && isAsAsked(machine, asked, effects),
    );
    check('answers', open !== undefined, () => `seq ${seq} holds ${entry?.type}: nobody asked`);
    if (open === undefined) return;
    machine.open.delete(open.commandId);
    machine.unheard.set(open.commandId, seq);
    return;
  }
  check(
    'answers',
    answer.id === entry?.id && answer.type === entry.type,
    () => `seq ${seq} holds ${entry?.type} ${entry?.id}, answered was ${answer.type} ${answer.id}`,
  );
  check(
    'answers',
    isAsAsked(machine, answer, effects),
    () => `seq ${seq} moves ${textOf(unitsByPlaceOf(effects))}, asked was ${wordsOf(answer)}`,
  );
}

function isAsAsked(machine: Machine, asked: Asked, effects: readonly Effect[]): boolean {
  const byPlace = asked.counted === undefined ? asked.unitsByPlace : difference(machine, asked);
  return byPlace === undefined
    ? textOf(asked.unitsByDrug) === textOf(unitsByDrugOf(effects))
    : textOf(byPlace) === textOf(unitsByPlaceOf(effects));
}

function isPaperOf({ journal, answersBySeq, unheard, open }: Machine, seq: number): boolean {
  const sale = journal[seq - 2];
  if (sale?.type !== 'SaleCompleted.v1') return false;
  const isUnheard = [...unheard.values()].includes(seq - 1) || open.size > 0;
  return answersBySeq.get(seq - 1)?.prescription !== undefined || isUnheard;
}

/** I7: a sale that needs its document has it right behind it, and neither is ever there alone. */
function checkPapers(machine: Machine, controlledDrugs: ReadonlySet<string>, check: Check): void {
  const { journal, answersBySeq, takenOverSeq } = machine;
  for (; machine.papersSeq < journal.length; machine.papersSeq += 1) {
    const [sale, paper] = journal.slice(machine.papersSeq, machine.papersSeq + 2);
    if (sale?.type !== 'SaleCompleted.v1') continue;
    const seq = machine.papersSeq + 1;
    const drugs = sale.effects.map(({ key }) => key.split('|')[0] ?? '');
    const wanted = answersBySeq.get(seq)?.prescription;
    const isControlled = drugs.some((drug) => controlledDrugs.has(drug));
    const data =
      paper?.type === 'PrescriptionDispensed.v1' ? parsedLine(paper.line).data : undefined;
    const hasPaper = data?.saleId === sale.id;
    // The centre had the sale and not yet its paper, which went with the disk that was replaced.
    if (seq === takenOverSeq && !hasPaper) continue;
    check(
      'I7',
      hasPaper || !isControlled,
      () => `seq ${seq} sells a controlled drug without paper`,
    );
    const isRight = wanted === undefined || (hasPaper && data.prescription.code === wanted);
    check('I7', isRight, () => `seq ${seq} was to be sold on ${wanted}, and its paper is missing`);
  }
}

/** What a stocktake corrects: counted less the auditor's book of the moment of counting. */
function difference(machine: Machine, { counted = [] }: Asked): Readonly<Record<string, number>> {
  const { bookAt } = pastOf(machine);
  return Object.fromEntries(
    counted.map(({ drug, lot, expiresOn, place, countedUnits, bookSeq }) => {
      const key = `${drug}|${lot}|${expiresOn}`;
      return [`${key}|${place}`, countedUnits - bookAt(key, place, bookSeq)];
    }),
  );
}

function wordsOf({ unitsByDrug, unitsByPlace, counted }: Asked): string {
  return counted === undefined ? textOf(unitsByPlace ?? unitsByDrug) : JSON.stringify(counted);
}

/** A slip number names one sale of a facility, whichever machine printed it; forks are told as such. */
function checkSlip(
  slips: Map<string, string>,
  { identity }: Machine,
  { line, hash }: JournalRow,
  check: Check,
): void {
  const { type, data } = parsedLine(line);
  if (type !== 'SaleCompleted.v1' || identity.machines.length > 1) return;
  const name = `${identity.facility}|${data.slip}`;
  check('slips', !slips.has(name), () => `slip ${data.slip} was printed twice`);
  slips.set(name, hash);
}

// The centre --------------------------------------------------------------------------------------------

function seeCentre(identity: Identity, view: CentreView, check: Check): void {
  if (identity.hasGoneBack) goBack(identity, view.ackedSeq);
  const { ackedSeq, ackedHash } = view;
  const { acked } = identity;
  check('I12', ackedSeq >= acked.length, () => `the centre forgot: ${ackedSeq} < ${acked.length}`);
  const followed = identity.machines.find(
    ({ journal }) => (ackedSeq === 0 ? zeros : journal[ackedSeq - 1]?.hash) === ackedHash,
  );
  check('I2', followed !== undefined, () => `no machine has the centre's event ${ackedSeq}`);
  if (followed === undefined) return;
  const before = acked.at(-1);
  check(
    'I12',
    before === undefined || followed.journal[acked.length - 1]?.hash === before.hash,
    () => `the centre left the journal that it had acknowledged up to ${acked.length}`,
  );
  for (const batch of view.evidence) seeEvidence(identity, followed, batch, check);
  check(
    'I8',
    identity.evidenceSeq === ackedSeq,
    () => `evidence reaches ${identity.evidenceSeq}, the head is ${ackedSeq}`,
  );
  for (const entry of followed.journal.slice(acked.length, ackedSeq)) {
    acked.push(entry);
    count(identity, entry);
  }
  for (const machine of identity.machines) checkCaughtUp(machine, check);
  compareStock('I4 centre movements', identity.sums, view.movementSums, check);
  check(
    'I8',
    identity.movements === view.movementRows,
    () => `${view.movementRows} movements stored, ${identity.movements} happened`,
  );
}

/** A machine takes over nothing that the centre has not acknowledged. */
function checkCaughtUp({ caughtUp, journal, identity }: Machine, check: Check): void {
  for (const seq of caughtUp.splice(0)) {
    const isAcked = identity.acked[seq - 1]?.hash === journal[seq - 1]?.hash;
    check('I12', isAcked, () => `it took over event ${seq}, which the centre does not have`);
  }
}

/** An older copy holds a beginning of what was acknowledged: count from there. */
function goBack(identity: Identity, ackedSeq: number): void {
  identity.hasGoneBack = false;
  identity.once = [...identity.acked];
  identity.acked.length = Math.min(identity.acked.length, ackedSeq);
  identity.evidenceSeq = identity.acked.length;
  identity.stock.clear();
  identity.sums.clear();
  identity.movements = 0;
  for (const entry of identity.acked) count(identity, entry);
}

function count(identity: Identity, { effects }: JournalEntry): void {
  applyEffects(identity.sums, effects);
  applyEffects(
    identity.stock,
    effects.filter(({ isKnownAlready }) => isKnownAlready !== true),
  );
  identity.movements += effects.length;
}

/** Bytes as they arrived: put the left-out `prev` back and compare with the till's own lines. */
function seeEvidence(
  identity: Identity,
  { journal }: Machine,
  batch: CentreView['evidence'][number],
  check: Check,
): void {
  const { firstSeq, lastSeq, newFromSeq } = batch;
  const lines = batch.body.split('\n');
  const expected = identity.evidenceSeq + 1;
  check(
    'I8',
    newFromSeq === expected,
    () => `evidence ${firstSeq}–${lastSeq} is new from ${newFromSeq}, not ${expected}`,
  );
  let hash = batch.prevHash;
  for (let seq = firstSeq; seq <= lastSeq; seq += 1) {
    const line = `${lines[seq - firstSeq]},"prev":"${hash}"}`;
    check('I3', line === journal[seq - 1]?.line, () => `evidence of ${seq} is not the till's`);
    hash = chained(hash, line);
  }
  check('I2', hash === batch.headHash, () => `evidence ${firstSeq}–${lastSeq} is no chain`);
  identity.evidenceSeq = lastSeq;
}

function facilityStock(identities: ReadonlyMap<string, Identity>, own: Identity): StockByLot {
  const others = [...identities.values()].filter(({ facility }) => facility === own.facility);
  if (others.length === 1) return own.stock;
  const sum = new Map<string, number>();
  for (const { stock } of others) {
    applyEffects(
      sum,
      [...stock].map(([key, units]) => ({ key, units })),
    );
  }
  return sum;
}

/** A till may believe less than the centre has, never more and never something else. */
function seeClaim(
  { identity, journal }: Machine,
  claimed: { readonly seq: number; readonly hash: string },
  check: Check,
): void {
  const own = claimed.seq === 0 ? zeros : journal[claimed.seq - 1]?.hash;
  check('I12', own === claimed.hash, () => `the till claims an event ${claimed.seq} it has not`);
  if (identity.hasGoneBack) return;
  const { acked } = identity;
  const hadOnce = identity.once[claimed.seq - 1]?.hash === claimed.hash;
  const isTrue = claimed.seq === 0 || acked[claimed.seq - 1]?.hash === claimed.hash || hadOnce;
  check(
    'I12',
    isTrue,
    () => `the till believes ${claimed.seq} reported, the centre has ${acked.length}`,
  );
}

/** A fork stops one of the machines for good, and both sides say so; all else must have arrived. */
function seeEnd(machine: Machine, end: End, check: Check): void {
  const { identity, journal } = machine;
  const { acked } = identity;
  check('answers', machine.open.size === 0, () => `${machine.open.size} commands never answered`);
  const answered = machine.unheard.size;
  check('answers', answered === 0, () => `${answered} events whose command never got its answer`);
  if (end.isRevoked) {
    check('identity', end.problem === 'revoked', () => `revoked, but it says ${end.problem}`);
    return;
  }
  if (isForked(machine)) {
    check('fork', end.problem === 'fork', () => `a second past, but it says ${end.problem}`);
    check('fork', end.isForkKnown, () => 'the centre does not say that there is a second past');
    return;
  }
  check(
    'I11',
    acked.length === journal.length,
    () => `${acked.length} of ${journal.length} events arrived`,
  );
  check('I11', end.isAgreed, () => `at rest it does not agree: ${end.problem ?? 'waiting'}`);
}

/** One number holds two events. A machine that is only behind has to catch up instead. */
function isForked({ identity, journal }: Machine): boolean {
  const { acked } = identity;
  const common = Math.min(acked.length, journal.length);
  return common > 0 && acked[common - 1]?.hash !== journal[common - 1]?.hash;
}

function isDrained(machine: Machine): boolean {
  return machine.identity.acked.length === machine.journal.length || isForked(machine);
}

// Words -------------------------------------------------------------------------------------------------

function compareStock(name: string, expected: StockByLot, found: StockByLot, check: Check): void {
  const keys = new Set([...expected.keys(), ...found.keys()]);
  for (const key of keys) {
    const want = expected.get(key) ?? 0;
    const have = found.get(key) ?? 0;
    check(name, want === have, () => `${key}: ${have} stored, ${want} by the journal`);
  }
}

function parsedLine(line: string): RawEvent & { readonly at: string } {
  return JSON.parse(line);
}

/** protocol.md §1: sha256(prev_hash_bytes ‖ line_bytes). */
function chained(prev: string, line: string): string {
  const bytes = Buffer.concat([Buffer.from(prev, 'hex'), Buffer.from(line, 'utf8')]);
  return createHash('sha256').update(bytes).digest('hex');
}

function textOf(unitsByDrug: Readonly<Record<string, number>>): string {
  const moved = Object.entries(unitsByDrug).filter(([, units]) => units !== 0);
  return JSON.stringify(moved.sort(([a], [b]) => (a < b ? -1 : 1)));
}
