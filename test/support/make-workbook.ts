import { packZip } from '../../server/catalogue/zip-archive.ts';

type Cell = string | number | { readonly xml: string };

/** A small XLSX workbook with inline strings, as spreadsheets and exporters write it. */
export function makeWorkbook(sheets: Readonly<Record<string, readonly (readonly Cell[])[]>>) {
  const names = Object.keys(sheets);
  const parts = new Map<string, Buffer>();
  const put = (name: string, xml: string) => parts.set(name, Buffer.from(xml, 'utf8'));
  const relation = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
  const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
  put('[Content_Types].xml', '<Types/>');
  put(
    'xl/workbook.xml',
    `<workbook xmlns="${main}" xmlns:r="${relation}"><sheets>${names
      .map((name, index) => `<sheet name="${name}" sheetId="${index + 1}" r:id="r${index + 1}"/>`)
      .join('')}</sheets></workbook>`,
  );
  put(
    'xl/_rels/workbook.xml.rels',
    `<Relationships>${names
      .map(
        (_, index) =>
          `<Relationship Id="r${index + 1}" Type="${relation}/worksheet" ` +
          `Target="worksheets/sheet${index + 1}.xml"/>`,
      )
      .join('')}</Relationships>`,
  );
  names.forEach((name, index) => {
    const rows = sheets[name] ?? [];
    put(
      `xl/worksheets/sheet${index + 1}.xml`,
      `<worksheet xmlns="${main}"><sheetData>${rows.map(rowXml).join('')}</sheetData></worksheet>`,
    );
  });
  return packZip(parts);
}

function rowXml(cells: readonly Cell[], index: number): string {
  const row = index + 1;
  const written = cells.map((cell, at) => cellXml(cell, `${columnName(at)}${row}`));
  return `<row r="${row}">${written.join('')}</row>`;
}

function cellXml(cell: Cell, at: string): string {
  if (cell === '') return '';
  if (typeof cell === 'number') return `<c r="${at}"><v>${cell}</v></c>`;
  if (typeof cell === 'object') return cell.xml.replace('AT', at);
  const text = cell.replace(/&/g, '&amp;').replace(/</g, '&lt;');
  return `<c r="${at}" t="inlineStr"><is><t>${text}</t></is></c>`;
}

function columnName(index: number): string {
  return String.fromCharCode(65 + index);
}
