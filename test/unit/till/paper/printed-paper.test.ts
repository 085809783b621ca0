import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import decodeQR from 'qr/decode.js';
import { describe, expect, test } from 'vitest';
import { letterBytes, rasterBytes } from '../../../../desktop/main/devices/escpos.ts';
import {
  drawPaper,
  type RollWidth,
  rollDots,
} from '../../../../desktop/main/devices/paper/draw-paper.ts';
import { saleSlip } from '../../../../desktop/main/devices/paper/sale-slip.ts';
import { paperLines, rollLetters } from '../../../../desktop/main/devices/paper/text-paper.ts';
import { readEscPos } from '../../../support/escpos-reader.ts';
import { readPng, rgbaOf, writePng } from '../../../support/picture.ts';
import { aSaleSlip, samplePapers } from '../../../support/sample-papers.ts';

const goldenDir = path.join(import.meta.dirname, '../../../golden/paper');
const surroundings = { opensDrawer: false, cutsPaper: true };
const rolls: readonly RollWidth[] = [80, 58];

async function printed(name: string, roll: RollWidth) {
  const paper = samplePapers[name]?.();
  if (paper === undefined) throw new Error(`No paper ${name}`);
  const trace = readEscPos(rasterBytes(await drawPaper(paper, roll), surroundings), rollDots[roll]);
  const [lying, ...others] = trace.papers;
  if (lying === undefined || others.length > 0) throw new Error('Not one paper');
  return { trace, lying };
}

describe('what the bytes put on paper is, dot for dot, the picture that was looked at', () => {
  const cases = Object.keys(samplePapers).flatMap((name) =>
    rolls.map((roll): readonly [string, RollWidth] => [name, roll]),
  );
  test.each(cases)('%s on %i mm', async (name, roll) => {
    const { trace, lying } = await printed(name, roll);
    expect(trace).toMatchObject({ unfinishedBytes: 0, pulses: [], codePages: [] });
    expect(lying.isCut).toBe(true);
    const file = path.join(goldenDir, `${name}-${roll}.png`);
    if (!existsSync(file)) {
      writeFileSync(file, writePng(lying.rows));
      throw new Error(`${file} was missing; look at the one just written and keep it`);
    }
    const golden = readPng(readFileSync(file));
    expect(lying.rows.length).toBe(golden.length);
    const differing = golden.findIndex((row, y) =>
      row.some((dot, x) => dot !== lying.rows[y]?.[x]),
    );
    expect(differing, 'the first row that differs').toBe(-1);
  });
});

test('the code on a printed slip reads back as its number, on both rolls', async () => {
  for (const roll of rolls) {
    const { lying } = await printed('sale', roll);
    expect(decodeQR(rgbaOf(lying.rows))).toBe('A1-1234');
  }
});

test('the drawer is kicked before the first row of the slip, and only where it was asked for', async () => {
  const drawn = await drawPaper(saleSlip(aSaleSlip()), 80);
  const trace = readEscPos(rasterBytes(drawn, { opensDrawer: true, cutsPaper: false }), 576);
  expect(trace.pulses).toEqual([{ pin: 0, onMs: 100, offMs: 500, atRow: 0 }]);
  expect(trace.papers.map(({ isCut }) => isCut)).toEqual([false]);
});

describe('a printer that gets letters', () => {
  test('without marks every letter is plain ASCII and no line is too long', () => {
    for (const roll of rolls) {
      const bytes = letterBytes(paperLines(saleSlip(aSaleSlip()), roll), {
        ...surroundings,
        coding: { type: 'plain' },
      });
      const [paper] = readEscPos(bytes, rollDots[roll]).papers;
      const lines = paper?.lines.map((line) => line.bytes.toString('latin1')) ?? [];
      expect(lines.every((line) => /^[\x20-\x7e]*$/.test(line))).toBe(true);
      expect(Math.max(...lines.map((line) => line.length))).toBe(rollLetters[roll]);
      expect(lines).toMatchSnapshot(`plain ${roll}`);
    }
  });

  test('windows-1258 holds every letter and mark of Vietnamese', () => {
    const words = 'Thuốc ế ộ Ặ ữ ơ đ Đ Nguyễn Ánh Tuyết ₫';
    const bytes = letterBytes([{ text: words, isStrong: false, isCentred: false }], {
      ...surroundings,
      coding: { type: 'windows-1258', page: 52 },
    });
    const trace = readEscPos(bytes, 576);
    expect(trace.codePages).toEqual([52]);
    const [line] = trace.papers[0]?.lines ?? [];
    const read = new TextDecoder('windows-1258').decode(line?.bytes).normalize('NFC');
    expect(read).toBe('Thuốc ế ộ Ặ ữ ơ đ Đ Nguyễn Ánh Tuyết đ');
  });
});

test('a letter the typeface does not have is written in other letters, never left out', async () => {
  const width = async (name: string) => {
    const slip = saleSlip(aSaleSlip({ drugNames: { P: name, A: name, B: name } }));
    return (await drawPaper(slip, 80)).bits.reduce((sum, byte) => sum + byte, 0);
  };
  expect(await width('β-caroten')).toBe(await width('beta-caroten'));
  expect(await width('中')).toBe(await width('?'));
  // Typed or imported with its marks apart, it is the same word.
  expect(await width('Thuốc ế ộ'.normalize('NFD'))).toBe(await width('Thuốc ế ộ'));
});
