import { describe, expect, test } from 'vitest';
import { randomOf } from '../../../server/twin/random.ts';
import { reportText, speakerOf } from '../../../server/verify/report-text.ts';
import { verdictOf } from '../../../shared/sync/export-report.ts';
import { compareReports } from '../../../shared/sync/verify-export.ts';
import {
  aForgedShop,
  centreExport,
  continueJournal,
  fileLines,
  hashAt,
  keyOf,
  receiptsOf,
  refusedBatch,
  tillExport,
  verifyLines,
} from '../../support/forgery/forged-shop.ts';

const shop = aForgedShop('words', { events: 60, ackedSeqs: [20, 40] });
const untouched = fileLines(tillExport(shop), shop.deviceKey);
const brief = { hasAllLots: false, hasAllFindings: false };

function told(lines: readonly string[], { language = 'en', ...extent }: Told = {}) {
  const report = verifyLines(lines);
  const words = reportText({ file: 'x', report }, speakerOf(language), { ...brief, ...extent });
  return { report, verdict: verdictOf(report.findings), words, text: words.join('\n') };
}
type Told = { readonly language?: 'vi' | 'en'; readonly hasAllFindings?: boolean };

describe('a file whose text was converted on its way', () => {
  test('is judged by its exact bytes, and the conversion is said once', () => {
    const { report, verdict, text } = told(untouched.map((line) => `${line}\r`));
    expect(report.findings).toEqual([]);
    expect(report.conversion).toEqual({
      carriageReturns: untouched.length,
      hasByteOrderMark: false,
      isUndone: true,
    });
    expect(verdict).toBe('whole');
    expect(text.match(/CR LF/g)).toHaveLength(1);
    expect(text).toContain('these are the exact bytes of the export');
    expect(report.tills[0]).toMatchObject({ events: 60, receiptedSeq: 40, signedSeq: 60 });
  });

  test('by an editor that also puts a mark in front, says both', () => {
    const [first = '', ...rest] = untouched;
    const { report, text } = told([`\uFEFF${first}`, ...rest].map((line) => `${line}\r\r`));
    expect(report).toMatchObject({ findings: [], conversion: { hasByteOrderMark: true } });
    expect(text).toContain('66 lines end in CR LF instead of LF and a byte order mark');
  });

  test('and forged besides, is called forged', () => {
    const forged = untouched.with(9, (untouched[9] ?? '').replace('"at":"2026', '"at":"2025'));
    const { report, verdict, text } = told(forged.map((line) => `${line}\r`));
    expect(verdict).toBe('contradicted');
    expect(report.findings.map(({ type, fromSeq }) => [type, fromSeq])).toEqual([
      ['event-altered', 8],
      ['file-altered', null],
    ]);
    expect(report.conversion?.isUndone).toBe(false);
    expect(text).toContain('something else is wrong');
  });

  test('in one line only, is not taken for an untouched one', () => {
    const { report, text } = told(untouched.with(5, `${untouched[5]}\r`));
    expect(report.conversion).toMatchObject({ carriageReturns: 1, isUndone: true });
    expect(text).toContain('1 line ends in CR LF');
    expect(told(untouched).report.conversion).toBeNull();
  });
});

describe('a file that is cut short', () => {
  test('at any line, or within one, is inconclusive and never a forgery', () => {
    let cuts = 0;
    for (let lines = 1; lines < untouched.length; lines += 1) {
      const kept = untouched.slice(0, lines);
      const torn = (untouched[lines] ?? '').slice(0, 30 + lines);
      for (const file of [kept, [...kept, torn]]) {
        const { verdict, report } = told(file);
        expect([lines, verdict, report.findings]).toEqual([
          lines,
          'inconclusive',
          expect.arrayContaining([expect.objectContaining({ type: 'file-cut' })]),
        ]);
        cuts += 1;
      }
    }
    expect(cuts).toBeGreaterThan(100);
    expect(told(untouched.slice(0, 30)).text).toContain('CONCLUSION: INCONCLUSIVE');
  });

  test('and forged before the cut is contradicted all the same', () => {
    const forged = untouched.with(9, (untouched[9] ?? '').replace('"at":"2026', '"at":"2025'));
    expect(told(forged.slice(0, 30)).verdict).toBe('contradicted');
  });

  test('whole to its end but for the signed word of the till is contradicted', () => {
    const pieces = { ...tillExport(shop), journalHead: undefined };
    expect(told(fileLines(pieces, shop.deviceKey)).verdict).toBe('contradicted');
  });
});

describe('findings', () => {
  test('about one event after the other are one line', () => {
    const respaced = untouched.map((line) => line.replace('"at":', '"at": '));
    const { text, words } = told(respaced, { language: 'vi' });
    expect(text).toContain('Bị sửa sau khi niêm phong: sự kiện 1 đến 60.');
    expect(words.filter((line) => line.startsWith('  ✗ Máy A1: Bị sửa'))).toHaveLength(1);
  });

  test('beyond the first twenty are counted, and shown when asked for', () => {
    const every = untouched.map((line, index) =>
      index % 2 === 0 ? line.replace('"at":', '"at": ') : line,
    );
    const { words, text } = told(every);
    const lines = words.filter((line) => /\[event-altered\]$/.test(line));
    expect(lines).toHaveLength(20);
    expect(text).toMatch(/… and 11 more findings \(add --findings/);
    const all = told(every, { hasAllFindings: true });
    expect(all.words.filter((line) => /\[event-altered\]$/.test(line))).toHaveLength(30);
    expect(all.text).not.toContain('more findings');
  });

  test('name the last event alone when nothing else was changed, reported or not', () => {
    for (const ackedSeqs of [[], [20, 40], [60]]) {
      const own = { ...shop, ackedSeqs };
      const pieces = tillExport(own);
      const last = pieces.lines.at(-1) ?? '';
      const lines = pieces.lines.with(-1, last.replace('"at":"2026', '"at":"2025'));
      const { report, text } = told(fileLines({ ...pieces, lines }, keyOf(randomOf('stranger'))));
      const found = { type: 'event-altered', till: 'A1', fromSeq: 60, toSeq: 60 };
      expect(report.findings.filter(({ type }) => type !== 'file-altered')).toEqual([found]);
      expect(text).toContain('Changed after sealing: event 60.');
    }
  });

  test('do not say that there is no receipt where one stands and does not match', () => {
    const other = aForgedShop('other words', { events: 60, ackedSeqs: [60] });
    const receipts = receiptsOf({ ...shop, events: other.events }, [20, 40]);
    const { text } = told(fileLines({ ...tillExport(shop), receipts }, shop.deviceKey));
    expect(text).not.toContain('no receipt of the centre yet');
    expect(text).toContain('2 receipts stand in the file and none matches the events in it');
    const none = { ...shop, ackedSeqs: [] };
    const without = told(fileLines(tillExport(none), shop.deviceKey));
    expect(without.text).toContain('no receipt of the centre yet');
  });
});

describe('two exports', () => {
  const own = verifyLines(untouched);

  test('of which the other holds a refused second past are forked', () => {
    const head = { seq: 30, hash: hashAt(shop.events, 30) };
    const second = continueJournal({ till: shop.till, head }, 4, randomOf('second past'));
    const centre = fileLines(centreExport(shop, [refusedBatch(shop, second)]), shop.centreKey);
    const { findings } = compareReports(own, verifyLines(centre));
    expect(findings).toEqual([{ type: 'forked', till: 'A1', fromSeq: 31, toSeq: 34 }]);
    expect(verdictOf(findings)).toBe('contradicted');
  });

  test('that tell one past are not, whichever is longer', () => {
    const centre = verifyLines(fileLines(centreExport(shop), shop.centreKey));
    for (const [one, another] of [[own, centre] as const, [centre, own] as const]) {
      expect(compareReports(one, another)).toEqual({ findings: [], comparedTills: 1 });
    }
  });
});

test('one of a thing is one, in English', () => {
  const small = aForgedShop('one', { events: 1, ackedSeqs: [1] });
  const { text } = told(fileLines(tillExport(small), small.deviceKey));
  expect(text).toContain('1 event, number 1 to 1');
  expect(text).toContain('1 receipt checked');
  expect(text).toContain('0 goods receipts');
  expect(text).toContain('1 lot holds 100,000 smallest units');
  expect(text).not.toMatch(/\b1 (events|receipts|lots|sales|tills|lines|findings)\b/);
  expect(text).not.toMatch(/[{}|]/);
});
