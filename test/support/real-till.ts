import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { productionDeps } from '../../desktop/main/production-deps.ts';
import type { CentreWire } from '../../desktop/main/sync/centre-wire.ts';
import { WireFailure } from '../../desktop/main/sync/centre-wire.ts';
import { createTill, type Till } from '../../desktop/main/till.ts';
import type {
  TillAnswer,
  TillCallName,
  TillProblem,
  TillRequest,
} from '../../shared/contract/till-api.ts';

const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };

/** A real till on real files, whose line a test can take out and put back. */
export type RealTill = {
  readonly dataDir: string;
  /** Cable out: nothing reaches the centre but what is carried. */
  readonly line: { isDown: boolean };
  readonly till: Till;
  readonly ask: <Name extends TillCallName>(
    name: Name,
    input: TillRequest<Name>,
  ) => Promise<TillAnswer<Name>>;
  /** The problem a call ends in. */
  readonly refusal: (name: TillCallName, input: unknown) => Promise<TillProblem | undefined>;
  readonly sell: (sales: number) => Promise<void>;
  readonly close: () => Promise<void>;
};

export function openRealTill(): RealTill {
  const dataDir = mkdtempSync(path.join(tmpdir(), 'real-till-'));
  const line = { isDown: false };
  const deps = productionDeps({
    dataDir,
    programVersion: '0.0.0',
    host: 'counter-host',
    log: silent,
  });
  const till = createTill({ ...deps, centreWire: cuttable(deps.centreWire, line) });
  const ask: RealTill['ask'] = async (name, input) => {
    const reply = await till.invoke(name, input);
    if (!reply.ok) throw new Error(`${name}: ${JSON.stringify(reply.error)}`);
    // Safe: the dispatcher's handlers are typed by the contract.
    return reply.value as TillAnswer<typeof name>;
  };
  return {
    dataDir,
    line,
    till,
    ask,
    refusal: async (name, input) => {
      const reply = await till.invoke(name, input);
      return reply.ok ? undefined : reply.error;
    },
    sell: async (sales) => {
      for (let sale = 0; sale < sales; sale += 1) {
        await ask('sales.complete', {
          commandId: crypto.randomUUID(),
          lines: [{ drug: 'DEMO-1', unit: 'viên', quantity: 2 }],
          payment: { method: 'cash', tenderedVnd: 1_000 },
          shownTotalVnd: 1_000,
        });
      }
    },
    close: async () => {
      await till.close();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

/** Enrolled, downloaded, with opening stock and a price. */
export async function stockUp({ ask }: RealTill): Promise<void> {
  const lot = { drug: 'DEMO-1', lot: 'A1', expiresOn: '2099-06-30', units: 10_000 };
  const commandId = crypto.randomUUID();
  await ask('stock.declareOpening', { commandId, lines: [lot] });
  const price = { drug: 'DEMO-1', unit: 'viên', priceVnd: 500 };
  await ask('prices.set', { commandId: crypto.randomUUID(), ...price });
}

export function cuttable(wire: CentreWire, line: { readonly isDown: boolean }): CentreWire {
  return {
    send: (request) =>
      line.isDown ? Promise.reject(new WireFailure('the cable is out')) : wire.send(request),
    listen: (request, on) => {
      if (!line.isDown) return wire.listen(request, on);
      queueMicrotask(on.ended);
      return () => undefined;
    },
  };
}
