import { expect, test } from 'vitest';
import { measure } from '../../bench/wire-bytes.ts';

test('a day of 100 sales weighs at most 30 bytes a sale line', async () => {
  const [compressed] = await measure({ isQuick: true });
  expect(compressed?.unit).toBe('B');
  expect(compressed?.value).toBeLessThanOrEqual(30);
});
