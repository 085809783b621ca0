import { describe, expect, test } from 'vitest';
import { lineCode, lineKey, supportCode } from '../../../desktop/renderer/text/support-code.ts';
import { vi } from '../../../desktop/renderer/text/vi.ts';

describe('the code in small print', () => {
  test.each([
    [['fork', 'the centre has another event 10 of this till'], 'fork.10'],
    [['revoked', 'This till was revoked'], 'revoked'],
    [
      ['database-damaged', 'journal-damaged: event 7 is not what its hash says'],
      'database-damaged.journal-damaged.7',
    ],
    [['malformed', 'event 37 (0123456789ab): line 1 is no event'], 'malformed.37'],
    [
      ['unexpected-answer', 'HTTP 302, text/html, redirects to http://x'],
      'unexpected-answer.HTTP.302',
    ],
    [['backup', 'ENOSPC: no space left on device, write'], 'backup.ENOSPC'],
    [['file', 'not-a-carrier-file'], 'file.not-a-carrier-file'],
    [['input', 'lines.0.quantity: Too small: expected number to be >=1'], 'input.lines.0.quantity'],
  ] as const)('of %j is one token', ([type, detail], code) => {
    expect(supportCode(type, detail)).toBe(code);
  });

  test('is never a sentence', () => {
    const code = supportCode(
      'backup',
      'the copy ends in another event 12 than this till'.repeat(9),
    );
    expect(code).toBe('backup.12');
  });
});

describe('a line that failed', () => {
  test.each([
    ['ECONNREFUSED', 'line.refused', 'ECONNREFUSED'],
    ['ETIMEDOUT', 'line.slow', 'ETIMEDOUT'],
    ['silent for 30000 ms', 'line.slow', 'line'],
    ['ENOTFOUND', 'line.none', 'ENOTFOUND'],
    ['ECONNRESET', 'line.cut', 'ECONNRESET'],
    ['DEPTH_ZERO_SELF_SIGNED_CERT', 'line.unsafe', 'DEPTH_ZERO_SELF_SIGNED_CERT'],
    ['HTTP 503: the centre is being backed up', 'line.busy', 'HTTP.503'],
    ['HTTP 302, text/html: <html>', 'line.other', 'HTTP.302'],
    ['the line failed', 'line.other', 'line'],
  ] as const)('%s is told in words', (failure, key, code) => {
    expect([lineKey(failure), lineCode(failure)]).toEqual([key, code]);
    expect(vi[key]).not.toMatch(/E[A-Z]{4}|HTTP/);
  });
});
