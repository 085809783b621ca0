import { expect, test } from 'vitest';
import { DatabaseFaulted } from '../../../desktop/main/db/database-fault.ts';
import { createDispatch, type Handlers } from '../../../desktop/main/transport/dispatch.ts';
import { ok } from '../../../shared/base/result.ts';
import { tillApi } from '../../../shared/contract/till-api.ts';

test.each(['', 'no.such', '__proto__', 'constructor', 'toString', 'x'.repeat(500)])(
  'refuses the unknown call %j before any handler',
  async (name) => {
    const { invoke, called } = aDispatch();
    expect(await invoke(name, {})).toMatchObject({ ok: false, error: { type: 'UnknownCall' } });
    expect(called).toEqual([]);
  },
);

test.each([undefined, null, 7, 'text', [], { code: 7 }, { code: '' }, { code: 'a b' }])(
  'refuses the junk %j before any handler',
  async (input) => {
    const { invoke, called } = aDispatch();
    const reply = await invoke('drugs.get', input);
    expect(reply).toMatchObject({ ok: false, error: { type: 'BadInput' } });
    expect(called).toEqual([]);
  },
);

test('gives a handler what the schema read, defaults included', async () => {
  const { invoke, called } = aDispatch();
  await invoke('drugs.search', { text: 'para', extra: 1 });
  expect(called).toEqual([{ text: 'para', limit: 12 }]);
});

test('keeps the code of a fault and gives a bug one of its own', async () => {
  const fault = { code: 'disk-full', detail: 'no room' } as const;
  const faulted = aDispatch(() => Promise.reject(new DatabaseFaulted(fault)));
  expect(await faulted.invoke('status.get', {})).toEqual({
    ok: false,
    error: { type: 'Fault', ...fault },
  });
  const buggy = aDispatch(() => {
    throw new Error('secret inside');
  });
  const reply = await buggy.invoke('status.get', {});
  expect(reply).toMatchObject({ ok: false, error: { type: 'Fault', code: 'bug-0000-0000' } });
  expect(JSON.stringify(reply)).not.toContain('secret');
  expect(buggy.logged).toMatchObject([{ call: 'status.get', code: 'bug-0000-0000' }]);
});

function aDispatch(answer: () => unknown = () => ok(null)) {
  const called: unknown[] = [];
  const logged: object[] = [];
  const names = Object.keys(tillApi);
  const handle = (input: unknown) => {
    called.push(input);
    return answer();
  };
  const dispatch = createDispatch({
    handlers: Object.fromEntries(names.map((name) => [name, handle])) as unknown as Handlers,
    faultFor: () => undefined,
    authorise: (counter) => ok({ counter, by: 'DS01', may: () => true }),
    deps: {
      newId: () => '01980000-0000-7000-9000-000000000001',
      log: {
        info: () => undefined,
        warn: () => undefined,
        error: (detail) => logged.push(detail),
      },
    },
  });
  const invoke = (name: string, input: unknown) => dispatch(name, input, 'own');
  return { invoke, called, logged };
}
