import { describe, expect, test } from 'vitest';
import { type Target, urlOf, viewAt, viewOfUrl } from '../../../server/console/paths.ts';
import { CalendarDate } from '../../../shared/model/calendar.ts';

const day = (text: string) => CalendarDate.parse(text);

describe('every view is a URL', () => {
  const views: readonly Target[] = [
    { page: 'overview' },
    {
      page: 'overview',
      scheme: '34',
      area: '91',
      colour: 'alerts',
      map: 'table',
      mapSort: '-units',
    },
    { page: 'drugs', text: 'thuốc ho & cảm' },
    {
      page: 'drug',
      code: 'VD-1/19 x?#',
      scheme: '34',
      area: '80',
      from: day('2026-10-01'),
      to: day('2026-10-31'),
      bucket: 'week',
      movement: 'table',
      areaSort: '-cover',
    },
    { page: 'lots', text: 'A12' },
    { page: 'lot', drug: 'VD-20000-19', lot: 'A/1 (Đ)', area: '96', sort: 'name' },
    { page: 'facilities', state: 'silent', kind: 'pharmacy', text: 'an bình', sort: 'alerts' },
    { page: 'newFacility' },
    { page: 'facility', id: 'f-1', tab: 'enrolment' },
    { page: 'editFacility', id: 'f-1' },
    { page: 'codes' },
    { page: 'alerts', kind: 'fork', scheme: '34', area: '01' },
    { page: 'imports' },
    { page: 'import', id: 'i-1', severity: 'unreadable' },
    { page: 'audit', text: 'quoc-gia' },
    { page: 'notFound' },
  ];

  test.each(views)('$page comes back from its own address', (view) => {
    const url = urlOf(view);
    expect(viewOfUrl(url)).toMatchObject(view);
    expect(urlOf(viewOfUrl(url))).toBe(url);
  });

  test('what equals its default is left out', () => {
    const view = viewAt({ pathname: '/', search: '' });
    expect(urlOf(view)).toBe('/');
    expect(urlOf({ ...view, page: 'overview', scheme: '63', colour: 'freshness' })).toBe('/');
  });

  test('what cannot be read falls back to its default', () => {
    expect(viewOfUrl('/?scheme=99&area=x&colour=pink&map=table')).toMatchObject({
      page: 'overview',
      scheme: '63',
      area: undefined,
      colour: 'freshness',
      map: 'table',
    });
    expect(viewOfUrl('/drugs/A?from=2026-02-30')).toMatchObject({ page: 'drug', from: undefined });
  });

  test('a fixed path comes before a pattern', () => {
    expect(viewOfUrl('/facilities/new').page).toBe('newFacility');
    expect(viewOfUrl('/facilities/nothing')).toMatchObject({ page: 'facility', id: 'nothing' });
  });

  test('an unknown, empty or half-typed address is no page', () => {
    expect(viewOfUrl('/elsewhere').page).toBe('notFound');
    expect(viewOfUrl('/drugs/%E0%A4%A').page).toBe('notFound');
    expect(viewOfUrl('/facilities//edit').page).toBe('notFound');
  });

  test('a slash at the end changes nothing', () => {
    expect(viewOfUrl('/facilities/').page).toBe('facilities');
  });
});
