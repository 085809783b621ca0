import { createReadStream, existsSync, statSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { type RegisterEvent, readRegister } from '../../../server/catalogue/read-register.ts';

/** The register of 2011–2019, which is no part of the project: the test needs it beside it. */
const file = path.resolve(import.meta.dirname, '../../../../shared/data/drug-catalogue-1854.csv');

test('the register of 1,854 drugs is read without losing one', async (context) => {
  if (!existsSync(file)) {
    context.skip('The register file drug-catalogue-1854.csv is not beside the project');
  }
  const events: RegisterEvent[] = [];
  const options = { fileName: path.basename(file), sizeBytes: statSync(file).size };
  for await (const event of readRegister(createReadStream(file), options)) events.push(event);
  const rows = events.flatMap((event) => (event.kind === 'row' ? [event] : []));
  const levels = [1, 2, 3].map(
    (count) => rows.filter(({ drug }) => drug.units.length === count).length,
  );
  const doubtful = rows.filter(({ warnings }) =>
    warnings.some((warning) => /unlikely|unreadable|missing|assumed|disagrees/.test(warning)),
  );
  expect(events.at(-1)).toMatchObject({ summary: { rows: 1854, read: 1854, unreadable: 0 } });
  expect(new Set(rows.map(({ drug }) => drug.code)).size).toBe(1854);
  expect(levels).toEqual([479, 518, 857]);
  expect(doubtful.map(({ drug }) => drug.packaging)).toHaveLength(5);
});
