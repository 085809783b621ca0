import { expect, test } from 'vitest';
import { en } from '../../../desktop/renderer/text/en.ts';
import { fillText } from '../../../desktop/renderer/text/fill-text.ts';
import { plainNaming, problemSentence } from '../../../desktop/renderer/text/problem-text.ts';
import { vi } from '../../../desktop/renderer/text/vi.ts';
import type { TillProblem } from '../../../shared/contract/till-api.ts';

function holesOf(text: string): readonly string[] {
  return [...new Set([...text.matchAll(/\{([A-Za-z]+)/g)].map((match) => match[1] ?? ''))].sort();
}

test('both languages fill the same holes', () => {
  const english: Readonly<Record<string, string>> = en;
  const different = Object.entries(vi).filter(
    ([key, text]) => holesOf(text).join() !== holesOf(english[key] ?? '').join(),
  );
  expect(different).toEqual([]);
});

test('no sentence is empty, and none ends in the middle', () => {
  const texts = [...Object.entries(vi), ...Object.entries(en)];
  const odd = texts.filter(
    ([, text]) => text.trim() !== text || text === '' || /\{[^}]*$/.test(text),
  );
  expect(odd).toEqual([]);
});

test('every problem is a sentence that ends as one', () => {
  const isSentence = ([key]: readonly [string, string]) =>
    /^(problem|syncProblem)\.[A-Z a-z-]+$/.test(key);
  const endless = [...Object.entries(vi), ...Object.entries(en)]
    .filter((entry) => isSentence(entry) && entry[0] !== 'problem.title')
    .filter(([, text]) => !text.endsWith('.'));
  expect(endless).toEqual([]);
});

test('a number chooses its word', () => {
  expect(fillText('{count} {count|lot|lots}', { count: 1 }, 'en')).toBe('1 lot');
  expect(fillText('{count} {count|lot|lots}', { count: 1_200 }, 'en')).toBe('1.200 lots');
});

test('only a lost command leaves in doubt whether it was recorded', () => {
  const sentenceOf = (problem: TillProblem) =>
    problemSentence(
      (key, ...[values]) => fillText(vi[key], values ?? {}, 'vi'),
      problem,
      plainNaming,
    );
  expect(sentenceOf({ type: 'TillUnreachable' })).toContain('chưa biết lần vừa rồi đã ghi chưa');
  expect(sentenceOf({ type: 'TillUnreachable', wasQuestion: true })).toBe(
    'Mất liên lạc với máy bán hàng; chưa mất gì. Đang thử lại.',
  );
});

test('a refusal names the drug and counts in its own unit', () => {
  const naming = {
    nameOf: () => 'Vitamin C 500 mg',
    unitsOf: (_drug: string, units: number) => `${units} viên`,
  };
  const sentence = problemSentence(
    (key, ...[values]) => fillText(vi[key], values ?? {}, 'vi'),
    {
      type: 'InsufficientStock',
      drug: 'X',
      wantedUnits: 15,
      sellableUnits: 10,
      expiredUnits: 4,
      blockedUnits: 0,
    },
    naming,
  );
  expect(sentence).toBe(
    'Cần 15 viên nhưng chỉ còn 10 viên Vitamin C 500 mg bán được; 4 viên đã hết hạn, không được bán. Giảm số lượng hoặc nhập thêm hàng.',
  );
});
