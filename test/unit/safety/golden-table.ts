import { readFileSync } from 'node:fs';
import path from 'node:path';

/** Rows of the first table of a page under test/golden/safety, by the words of its head. */
export function goldenTable(name: string): readonly Readonly<Record<string, string>>[] {
  const page = readFileSync(
    path.join(import.meta.dirname, '../../golden/safety', `${name}.md`),
    'utf8',
  );
  const lines = page.split('\n').filter((line) => line.startsWith('|'));
  const cellsOf = (line: string) =>
    line
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim());
  const [head = '', , ...rows] = lines;
  const names = cellsOf(head);
  return rows.map((row) => {
    const cells = cellsOf(row);
    if (cells.length !== names.length) throw new Error(`${name}: ${row} has another width`);
    return Object.fromEntries(names.map((column, index) => [column, cells[index] ?? '']));
  });
}

/** `Diclofenac 1 % (Gel bôi da)` as a product; without brackets a tablet. */
export function drugsIn(basket: string) {
  return basket.split(' + ').map((text, index) => {
    const dosageForm = /\(((?!tương)[^)]*)\)$/.exec(text)?.[1];
    const ingredients = dosageForm === undefined ? text : text.slice(0, text.lastIndexOf('('));
    return { drug: `D${index + 1}`, ingredients, dosageForm: dosageForm ?? 'Viên nén' };
  });
}
