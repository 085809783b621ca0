import { expect, test } from 'vitest';
import { areaName, provinces63, provincesOfArea, units34 } from '../../shared/model/area.ts';
import { provincesInScope, visibleProvinces } from '../../shared/rules/scope.ts';

test('63 provinces make up 34 units, each province in exactly one', () => {
  expect(provinces63).toHaveLength(63);
  expect(units34).toHaveLength(34);
  const covered = units34.flatMap((unit) => provincesOfArea('34', unit.code));
  expect(covered.toSorted()).toEqual(provinces63.map((province) => province.code).toSorted());
});

test('seven codes name another province in each scheme (domain.md §12)', () => {
  const changed = units34
    .filter((unit) => provinces63.some((old) => old.code === unit.code && old.name !== unit.name))
    .map((unit) => unit.code);
  expect(changed).toEqual(['15', '24', '44', '52', '80', '82', '91']);
  expect([areaName('63', '91'), areaName('34', '91')]).toEqual(['Kiên Giang', 'An Giang']);
});

test('a code unknown to its scheme covers nothing', () => {
  expect(provincesOfArea('34', '27')).toEqual([]);
  expect(provincesOfArea('63', '00')).toEqual([]);
});

test('an area sees its provinces and nothing else, whatever it asks for', () => {
  const anGiang = { kind: 'area', scheme: '34', code: '91' } as const;
  expect(provincesInScope(anGiang).toSorted()).toEqual(['89', '91']);
  expect(visibleProvinces(anGiang, { scheme: '63', code: '89' })).toEqual(['89']);
  expect(visibleProvinces(anGiang, { scheme: '63', code: '01' })).toEqual([]);
  expect(visibleProvinces({ kind: 'nation' }, undefined)).toHaveLength(63);
});
