import { expect, test } from 'vitest';
import { provinceBeside } from '../../../desktop/renderer/province-beside.ts';

test('the province is shown once: in the name or after it', () => {
  const province = '96';
  expect(provinceBeside({ name: 'Nhà thuốc An Bình', province })).toBe('Cà Mau');
  expect(provinceBeside({ name: 'Nhà thuốc An Bình · Cà Mau', province })).toBeUndefined();
  expect(provinceBeside({ name: 'Nhà thuốc Cà Mau 2', province })).toBe('Cà Mau');
});
