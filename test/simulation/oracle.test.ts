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
  let prev = zeros;
  return documents.map(({ type, data }, index) => {
    const seq = index + 1;
    const line = JSON.stringify({ seq, id: `document-${seq}`, type, data, prev });
    prev = hashOf(prev, line);
    return { seq, line, hash: prev };
  });
}

const answers: readonly AcceptedAnswer[] = [
  { id: 'document-1', seq: 1, type: 'OpeningStockDeclared.v1', unitsByDrug: { D: 10 } },
  { id: 'document-2', seq: 2, type: 'SaleCompleted.v1', unitsByDrug: { D: -4 } },
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
  oracle.seesEnd('T1', { isAgreed: true });
  expect(oracle.violations().map(({ invariant }) => invariant)).toEqual(['I11']);
});
