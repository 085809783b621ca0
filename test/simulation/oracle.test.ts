import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { type AcceptedAnswer, type CentreView, createOracle, type JournalRow } from './oracle.ts';

const zeros = '0'.repeat(64);
const hashOf = (prev: string, line: string) =>
  createHash('sha256').update(Buffer.from(prev, 'hex')).update(line).digest('hex');

/** A journal written here by hand: opening stock of ten, then a sale of four. */
function honestJournal(): readonly JournalRow[] {
  const lot = { lot: 'A1', expiresOn: '2027-01-31' };
  const documents = [
    { type: 'OpeningStockDeclared.v1', data: { lines: [{ drug: 'D', ...lot, units: 10 }] } },
    {
      type: 'SaleCompleted.v1',
      data: {
        lines: [
          {
            drug: 'D',
            quantity: 2,
            unit: { factor: 2 },
            amountVnd: 900,
            picks: [{ ...lot, units: 4 }],
          },
        ],
        totalVnd: 900,
      },
    },
  ];
  return chainOf(documents);
}

function chainOf(
  documents: readonly { readonly type: string; readonly data: unknown }[],
): readonly JournalRow[] {
  let prev = zeros;
  return documents.map(({ type, data }, index) => {
    const seq = index + 1;
    const at = '2026-03-02T07:00:00+07:00';
    const line = JSON.stringify({ seq, id: `document-${seq}`, type, at, data, prev });
    prev = hashOf(prev, line);
    return { seq, line, hash: prev };
  });
}

const answers: readonly AcceptedAnswer[] = [
  {
    commandId: 'c1',
    id: 'document-1',
    seq: 1,
    type: 'OpeningStockDeclared.v1',
    unitsByDrug: { D: 10 },
  },
  { commandId: 'c2', id: 'document-2', seq: 2, type: 'SaleCompleted.v1', unitsByDrug: { D: -4 } },
];

function honestView(journal: readonly JournalRow[]): CentreView {
  const head = journal.at(-1)?.hash ?? zeros;
  const body = journal.map(({ line }) => `${line.slice(0, line.indexOf(',"prev"'))}\n`).join('');
  const stock = new Map([['D|A1|2027-01-31', 6]]);
  return {
    ackedSeq: 2,
    ackedHash: head,
    evidence: [{ firstSeq: 1, lastSeq: 2, newFromSeq: 1, prevHash: zeros, headHash: head, body }],
    stock,
    movementSums: stock,
    movementRows: 2,
  };
}

function brokenBy(change: {
  readonly journal?: (rows: readonly JournalRow[]) => readonly JournalRow[];
  readonly answers?: readonly AcceptedAnswer[];
  readonly tillStock?: ReadonlyMap<string, number>;
  readonly view?: (view: CentreView) => CentreView;
}): readonly string[] {
  const oracle = createOracle();
  const journal = honestJournal();
  for (const answer of change.answers ?? answers) oracle.accepted('T1', answer);
  oracle.seesJournal('T1', change.journal?.(journal) ?? journal);
  oracle.seesTillStock('T1', change.tillStock ?? new Map([['D|A1|2027-01-31', 6]]));
  const view = honestView(journal);
  if (change.journal === undefined) oracle.seesCentre('T1', change.view?.(view) ?? view);
  return [...new Set(oracle.violations().map(({ invariant }) => invariant))];
}

function changed(
  rows: readonly JournalRow[],
  seq: number,
  change: (row: JournalRow) => JournalRow,
): readonly JournalRow[] {
  return rows.map((row) => (row.seq === seq ? change(row) : row));
}

test('finds nothing wrong with an honest journal and an honest centre', () => {
  expect(brokenBy({})).toEqual([]);
});

test('finds a gap in the numbers', () => {
  expect(brokenBy({ journal: (rows) => rows.slice(1) })).toContain('I1');
});

test('finds a line that does not name the hash before it', () => {
  const journal = (rows: readonly JournalRow[]) =>
    changed(rows, 2, (row) => {
      const line = row.line.replace(/"prev":"[0-9a-f]{64}"/, `"prev":"${zeros}"`);
      return { ...row, line, hash: hashOf(zeros, line) };
    });
  expect(brokenBy({ journal })).toContain('I2');
});

test('finds a stored event that changed', () => {
  const oracle = createOracle();
  const journal = honestJournal();
  for (const answer of answers) oracle.accepted('T1', answer);
  oracle.seesJournal('T1', journal);
  oracle.seesJournal(
    'T1',
    changed(journal, 2, (row) => ({ ...row, line: row.line.replace('900', '800') })),
  );
  expect(oracle.violations().map(({ invariant }) => invariant)).toContain('I3');
});

test('finds one tablet too many at the till', () => {
  expect(brokenBy({ tillStock: new Map([['D|A1|2027-01-31', 7]]) })).toEqual(['I4 till']);
});

test('finds one tablet too few at the centre', () => {
  const view = (honest: CentreView) => ({ ...honest, stock: new Map([['D|A1|2027-01-31', 5]]) });
  expect(brokenBy({ view })).toEqual(['I4 centre']);
});

test('finds a movement that is stored twice', () => {
  const view = (honest: CentreView) => ({
    ...honest,
    movementSums: new Map([['D|A1|2027-01-31', 2]]),
    movementRows: 3,
  });
  expect(brokenBy({ view })).toEqual(['I4 centre movements', 'I8']);
});

test('finds a batch that was counted again', () => {
  const view = (honest: CentreView) => ({
    ...honest,
    evidence: [...honest.evidence, ...honest.evidence],
  });
  expect(brokenBy({ view })).toContain('I8');
});

test('finds evidence that is not what the till wrote', () => {
  const view = (honest: CentreView) => ({
    ...honest,
    evidence: honest.evidence.map((batch) => ({
      ...batch,
      body: batch.body.replace('900', '901'),
    })),
  });
  expect(brokenBy({ view })).toEqual(['I3', 'I2']);
});

test('finds an acknowledgement of something that never arrived', () => {
  const view = (honest: CentreView) => ({ ...honest, evidence: [] });
  expect(brokenBy({ view })).toContain('I8');
});

test('finds an event that nobody asked for', () => {
  expect(brokenBy({ answers: answers.slice(0, 1) })).toContain('answers');
});

test('finds a sale that took another quantity than was asked for', () => {
  const asked = answers.map((answer) =>
    answer.seq === 2 ? { ...answer, unitsByDrug: { D: -5 } } : answer,
  );
  expect(brokenBy({ answers: asked })).toContain('answers');
});

test('finds a queue that did not drain', () => {
  const oracle = createOracle();
  for (const answer of answers) oracle.accepted('T1', answer);
  oracle.seesJournal('T1', honestJournal());
  oracle.seesEnd('T1', { isAgreed: true, problem: null, isForkKnown: false, isRevoked: false });
  expect(oracle.violations().map(({ invariant }) => invariant)).toEqual(['I11']);
});

test('finds a till that believes more reported than the centre has', () => {
  const oracle = createOracle();
  for (const answer of answers) oracle.accepted('T1', answer);
  oracle.seesJournal('T1', honestJournal());
  oracle.seesClaim('T1', { seq: 2, hash: honestJournal()[1]?.hash ?? '' });
  expect(oracle.violations().map(({ invariant }) => invariant)).toEqual(['I12']);
});

test('finds a till that forgot an event when its power went', () => {
  const oracle = createOracle();
  for (const answer of answers) oracle.accepted('T1', answer);
  oracle.seesJournal('T1', honestJournal());
  oracle.seesReopened('T1', honestJournal().slice(0, 1));
  expect(oracle.violations().map(({ invariant }) => invariant)).toEqual(['I12']);
});

test('takes an event for done whose answer nobody heard, and finds a second effect of it', () => {
  const oracle = createOracle();
  const [first, second] = answers;
  if (first === undefined || second === undefined) throw new Error('There are two answers');
  oracle.accepted('T1', first);
  oracle.asked('T1', second);
  oracle.seesJournal('T1', honestJournal());
  expect(oracle.violations()).toEqual([]);
  oracle.accepted('T1', { ...second, seq: 3 });
  expect(oracle.violations().map(({ invariant }) => invariant)).toEqual(['answers']);
});

test('finds a centre that leaves the journal it once acknowledged for another one', () => {
  const oracle = createOracle();
  const journal = honestJournal();
  oracle.appears('T1', { identity: 'T1', facility: 'F1' });
  oracle.appears('T1-twin', { identity: 'T1', facility: 'F1', from: { machine: 'T1', seq: 0 } });
  const opening = answers[0];
  if (opening === undefined) throw new Error('There is an opening');
  for (const machine of ['T1', 'T1-twin']) oracle.accepted(machine, opening);
  oracle.seesJournal('T1', journal.slice(0, 1));
  const other = journal[0]?.line.replace('document-1', 'document-9') ?? '';
  oracle.accepted('T1-twin', { ...opening, id: 'document-9' });
  oracle.seesJournal('T1-twin', [{ seq: 1, line: other, hash: hashOf(zeros, other) }]);
  const headOf = (line: string) => ({
    ...honestView(journal.slice(0, 1)),
    ackedSeq: 1,
    ackedHash: hashOf(zeros, line),
    evidence: [],
  });
  oracle.seesCentre('T1', headOf(journal[0]?.line ?? ''));
  const before = oracle.violations().length;
  oracle.seesCentre('T1', headOf(other));
  const details = oracle
    .violations()
    .slice(before)
    .map(({ detail }) => detail);
  expect(details).toContain('the centre left the journal that it had acknowledged up to 1');
});

const lot = { drug: 'D', lot: 'A1', expiresOn: '2027-01-31' };
const opening = {
  type: 'OpeningStockDeclared.v1',
  data: { lines: [{ ...lot, units: 10 }] },
};
const saleOf = (units: number) => ({
  type: 'SaleCompleted.v1',
  data: {
    lines: [
      { drug: 'D', quantity: units, unit: { factor: 1 }, amountVnd: 0, picks: [{ ...lot, units }] },
    ],
    totalVnd: 0,
  },
});
const kept = { type: '', unitsByDrug: {} };

function brokenIn(
  documents: readonly { readonly type: string; readonly data: unknown }[],
  prepare: (oracle: ReturnType<typeof createOracle>) => void = () => undefined,
): readonly string[] {
  const oracle = createOracle();
  prepare(oracle);
  for (const [index, { type }] of documents.entries()) {
    oracle.asked('T1', { ...kept, commandId: `c${index}`, type });
  }
  oracle.seesJournal('T1', chainOf(documents));
  return [...new Set(oracle.violations().map(({ invariant }) => invariant))].filter(
    (invariant) => invariant !== 'answers',
  );
}

const countOf = (line: { readonly bookSeq: number; readonly bookUnits: number }) => ({
  type: 'StockCounted.v1',
  data: { lines: [{ ...lot, place: 'shelf', countedUnits: 9, ...line }] },
});

test('computes the book of the moment of counting itself', () => {
  const documents = [opening, saleOf(4)];
  expect(brokenIn([...documents, countOf({ bookSeq: 1, bookUnits: 10 })])).toEqual([]);
  expect(brokenIn([...documents, countOf({ bookSeq: 2, bookUnits: 6 })])).toEqual([]);
  expect(brokenIn([...documents, countOf({ bookSeq: 1, bookUnits: 6 })])).toEqual(['stocktake']);
  expect(brokenIn([...documents, countOf({ bookSeq: 2, bookUnits: 10 })])).toEqual(['stocktake']);
});

test('finds the sale of a lot that the till knew was recalled', () => {
  const recall = { number: '1/QĐ', drug: 'D', lots: ['A1'] };
  const documents = [opening, saleOf(4)];
  expect(brokenIn(documents, (oracle) => oracle.seesRecalls('T1', [recall]))).toEqual(['I6']);
  const other = { ...recall, lots: ['A2'] };
  expect(brokenIn(documents, (oracle) => oracle.seesRecalls('T1', [other]))).toEqual([]);
});

test('finds an expired lot that was sold', () => {
  const text = JSON.stringify([opening, saleOf(4)]).replaceAll('2027-01-31', '2026-03-02');
  expect(brokenIn(JSON.parse(text))).toEqual(['I6']);
});

test('finds more sold than stands on the shelf, though it is on hand', () => {
  const apart = { type: 'LotQuarantined.v1', data: { lines: [{ ...lot, units: 7 }] } };
  expect(brokenIn([opening, apart, saleOf(3)])).toEqual([]);
  expect(brokenIn([opening, apart, saleOf(4)])).toEqual(['I5']);
});

test('finds goods that come back twice, and a transfer that arrives twice', () => {
  const back = {
    type: 'CustomerReturnAccepted.v1',
    data: { saleId: 'document-2', lines: [{ ...lot, units: 3 }] },
  };
  expect(brokenIn([opening, saleOf(4), back])).toEqual([]);
  expect(brokenIn([opening, saleOf(4), back, back])).toEqual(['I4']);
  const arrival = {
    type: 'TransferReceived.v1',
    data: { transferId: 't1', lines: [{ ...lot, place: 'shelf', units: 3 }] },
  };
  expect(brokenIn([arrival, arrival])).toEqual(['I4']);
});
