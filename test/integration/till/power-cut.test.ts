import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { rebuild } from '../../../desktop/main/db/rebuild.ts';
import { verifyJournal } from '../../../desktop/main/db/verify-journal.ts';
import { aTestTill, openTestTill } from '../../support/test-till.ts';
import { newTestId, withDatabase } from '../../support/till-parts.ts';

const Answered = z.object({
  command: z.int(),
  reply: z.object({ ok: z.literal(true), value: z.looseObject({ slip: z.string() }) }),
});
type Answered = z.infer<typeof Answered>;

test('kill -9 at any moment: every acknowledged sale is there once, and retries add nothing', async () => {
  const shop = await aTestTill();
  const line = { drug: 'DEMO-1', lot: 'A1', expiresOn: '2027-06-30', units: 100_000 };
  await shop.ask('stock.declareOpening', { commandId: newTestId(), lines: [line] });
  const price = { drug: 'DEMO-1', unit: 'viên', priceVnd: 500 };
  await shop.ask('prices.set', { commandId: newTestId(), ...price });
  await shop.till.close();
  const { dataDir } = shop;

  const acknowledged: Answered[] = [];
  for (const answers of [1, 7, 40]) {
    const first = acknowledged.length;
    acknowledged.push(...(await sellUntilKilled({ dataDir, first, answers })));
  }

  const again = openTestTill(dataDir);
  expect(again.till.fault()).toBeNull();
  const slips = acknowledged.map(({ reply }) => reply.value.slip);
  expect(new Set(slips).size).toBe(acknowledged.length);
  for (const { command, reply } of acknowledged) {
    expect(await again.till.invoke('sales.complete', saleOf(command))).toEqual(reply);
  }
  const stored = (await again.ask('sales.list', { limit: 500 })).rows.map(({ slip }) => slip);
  expect(stored).toEqual(expect.arrayContaining(slips));
  expect(new Set(stored).size).toBe(stored.length);
  const [lot] = await again.ask('stock.lots', { drug: 'DEMO-1' });
  expect(lot?.onHandUnits).toBe(100_000 - stored.length);
  await again.till.close();
  withDatabase(dataDir, (db) => {
    expect(verifyJournal(db)).toMatchObject({ ok: true });
    expect(rebuild(db)).toMatchObject({ ok: true, value: { differingTables: [] } });
  });
});

/** @returns what the child had answered before it died. */
async function sellUntilKilled(parts: {
  readonly dataDir: string;
  readonly first: number;
  readonly answers: number;
}): Promise<readonly Answered[]> {
  const script = path.resolve('test/support/selling-child.ts');
  const child = spawn(process.execPath, [script, parts.dataDir, String(parts.first)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const answered: Answered[] = [];
  const exited = once(child, 'exit');
  for await (const line of createInterface({ input: child.stdout })) {
    answered.push(Answered.parse(JSON.parse(line)));
    // No pause: the blow falls wherever the child is with its next sales.
    if (answered.length === parts.answers) child.kill('SIGKILL');
  }
  await exited;
  expect(child.signalCode).toBe('SIGKILL');
  return answered;
}

function saleOf(command: number) {
  return {
    commandId: `01980000-0000-7000-a000-${String(command).padStart(12, '0')}`,
    lines: [{ drug: 'DEMO-1', unit: 'viên', quantity: 1 }],
    payment: { method: 'cash', tenderedVnd: 500 },
    shownTotalVnd: 500,
  };
}
