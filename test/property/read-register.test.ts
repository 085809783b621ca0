import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { RegisterEvent } from '../../server/catalogue/read-register.ts';
import { Drug } from '../../shared/model/drug.ts';
import { readWholeRegister } from '../support/read-whole-register.ts';

const delimiter = fc.constantFrom(',', ';', '\t');
const cell = fc.oneof(
  fc.constantFrom('', 'Viên nén', 'OTC', 'Hộp 10 vỉ x 10 viên', 'VD-12345-17', '893110130226'),
  fc.string({ unit: fc.constantFrom('a', 'Ế', '"', ',', ';', '\t', '\n', ' ', '5', 'x', '\0') }),
  fc.string({ unit: 'binary', maxLength: 12 }),
);
const columns = ['gplh', 'name', 'dosage_form', 'rx_class', 'packaging', 'giá'];

test('a well-written file loses no row and no cell of one', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.array(cell, { minLength: 6, maxLength: 6 }), { minLength: 1, maxLength: 30 }),
      delimiter,
      fc.integer({ min: 1, max: 400 }),
      async (rows, separator, chunkBytes) => {
        const named = rows.map((cells, index) => [
          `VD-${10_000 + index}-17`,
          `T${index}`,
          ...cells,
        ]);
        const lines = named.map((cells) => cells.slice(0, 6).map(quoted).join(separator));
        const content = [columns.join(separator), ...lines].join('\r\n');
        const events = await readWholeRegister(content, { chunkBytes });
        const numbers = events.flatMap((event) => (event.kind === 'row' ? [event.drug.name] : []));
        const refused = events.filter((event) => event.kind === 'unreadable');
        expect(numbers.length + refused.length).toBe(rows.length);
        // A quoted cell of a few lines is read; one of very many is reported.
        expect(refused.every((event) => event.rawText.includes('\n'))).toBe(true);
        expectSound(events);
      },
    ),
  );
});

test("whatever stands in a file, every row's mark is in what was read or reported", async () => {
  const texts = ['gplh', 'name', 'ingredients', 'dosage_form', 'packaging', 'manufacturer'];
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.array(cell, { maxLength: 5 }), { minLength: 1, maxLength: 40 }),
      delimiter,
      fc.integer({ min: 1, max: 400 }),
      async (rows, separator, chunkBytes) => {
        const marks = rows.map((_, index) => `VD-${10_000 + index}-17`);
        const lines = rows.map((cells, index) =>
          [marks[index], `Thuốc ${index}`, ...cells].join(separator),
        );
        const content = [texts.join(separator), ...lines].join('\n');
        const events = await readWholeRegister(content, { chunkBytes });
        expectSound(events);
        const isCut = events.some(
          (event) => event.kind === 'row' && event.warnings.includes('text-shortened'),
        );
        const told = JSON.stringify(events);
        expect(isCut ? [] : marks.filter((mark) => !told.includes(mark))).toEqual([]);
      },
    ),
  );
});

test('random bytes give an answer and no crash', async () => {
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ maxLength: 2_000 }), async (bytes) => {
      const events = await readWholeRegister(bytes, { chunkBytes: 333 });
      expectSound(events);
    }),
  );
});

test('the same file read twice gives the same codes', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.array(cell, { minLength: 6, maxLength: 6 }), { minLength: 1, maxLength: 20 }),
      async (rows) => {
        const body = rows.map((cells) => cells.map(quoted).join(',')).join('\n');
        const content = `${columns.join(',')}\n${body}`;
        const once = await readWholeRegister(content, { chunkBytes: 50 });
        expect(await readWholeRegister(content, { chunkBytes: 1_000 })).toEqual(once);
      },
    ),
  );
});

/** One closing event, valid drugs with distinct codes, sums that agree. */
function expectSound(events: readonly RegisterEvent[]): void {
  const last = events.at(-1);
  const drugs = events.flatMap((event) => (event.kind === 'row' ? [event.drug] : []));
  const unreadable = events.filter((event) => event.kind === 'unreadable').length;
  const closing = events.filter(({ kind }) => kind === 'finished' || kind === 'refused');
  expect(closing).toEqual([last]);
  expect(drugs.filter((drug) => !Drug.safeParse(drug).success)).toEqual([]);
  expect(new Set(drugs.map((drug) => drug.code)).size).toBe(drugs.length);
  if (last?.kind !== 'finished') return;
  const { rows, read, unreadable: reported } = last.summary;
  expect({ rows, read, reported }).toEqual({
    rows: drugs.length + unreadable,
    read: drugs.length,
    reported: unreadable,
  });
}

function quoted(text: string): string {
  return `"${text.replaceAll('"', '""')}"`;
}
