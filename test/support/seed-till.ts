import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { TillDeps } from '../../desktop/main/deps.ts';
import { productionDeps } from '../../desktop/main/production-deps.ts';
import { createTill, type Till } from '../../desktop/main/till.ts';
import { type CounterHost, startCounterHost } from '../../desktop/main/transport/counter-host.ts';
import { starterCatalogue } from '../../server/catalogue/starter/starter-catalogue.ts';
import type { TillAnswer, TillCallName, TillRequest } from '../../shared/contract/till-api.ts';
import { addDays, businessDateOf } from '../../shared/model/calendar.ts';
import { CentreDouble } from './centre-double.ts';

/** 14:32:05 of Sunday, 22 November 2026 in Việt Nam, from which the counter's clock runs on. */
const storyStartMs = Date.parse('2026-11-22T14:32:05+07:00');
export const enrolmentCode = 'ABCD-EFGH-JKLM';
export const centreUrl = 'https://trungtam.example.vn/';
export const rendererDir = path.resolve(import.meta.dirname, '../../out/renderer');

/** A counter as a shop has it: real till, real SQLite, real counter host; the centre is a double. */
export type Counter = {
  readonly till: Till;
  readonly centre: CentreDouble;
  readonly url: string;
  readonly dataDir: string;
  /** The answer; a refusal fails the test. */
  readonly ask: <Name extends TillCallName>(
    name: Name,
    input: TillRequest<Name>,
  ) => Promise<TillAnswer<Name>>;
  /** The host goes away, as when the main computer is switched off; @returns its return. */
  readonly unplug: () => Promise<() => Promise<void>>;
  readonly close: () => Promise<void>;
};

export type CounterOptions = {
  readonly dataDir?: string;
  readonly host?: TillDeps['host'];
  /** Without: the story's fixed day. */
  readonly nowMs?: () => number;
  /** A till fresh from its box; otherwise enrolled, with a catalogue, stock and prices. */
  readonly isNew?: boolean;
  /** Without: one of its own, that has published the starter catalogue. */
  readonly centre?: CentreDouble;
};

export async function openCounter(options: CounterOptions = {}): Promise<Counter> {
  const dataDir = options.dataDir ?? mkdtempSync(path.join(tmpdir(), 'counter-'));
  const centre = options.centre ?? centreWithCatalogue();
  const nowMs = options.nowMs ?? storyClock();
  const till = createTill({
    ...productionDeps({
      dataDir,
      programVersion: '0.0.0-test',
      host: options.host ?? 'counter-host',
      log: { info: nothing, warn: nothing, error: showBug },
    }),
    nowMs,
    centreWire: centre.wire,
  });
  const host = await serveTill(till, 0);
  const counter = counterOf({ till, centre, host, dataDir, isOwn: !options.dataDir });
  if (options.isNew !== true) await stockUp(counter, nowMs);
  return counter;
}

/** A centre that has published the starter catalogue. */
export function centreWithCatalogue(): CentreDouble {
  const centre = new CentreDouble();
  centre.changes = starterCatalogue().map((drug, index) => ({
    position: index + 1,
    kind: 'drug',
    key: drug.code,
    value: drug,
  }));
  centre.snapshotPosition = centre.changes.length;
  return centre;
}

/** Makes the data of a shop in a folder and leaves it, for a program that is started on it. */
export async function seedTill(dataDir: string): Promise<void> {
  const counter = await openCounter({ dataDir, nowMs: Date.now });
  await counter.close();
}

/** Enrols and fills the shelves by the same commands a person would use. */
async function stockUp(counter: Counter, nowMs: () => number): Promise<void> {
  await counter.ask('setup.enrol', { centreUrl, code: enrolmentCode });
  await counter.ask('sync.now', {});
  const today = businessDateOf(new Date(nowMs()).toISOString());
  await counter.ask('stock.declareOpening', {
    commandId: commandId(),
    lines: shelf.map(([drug, lot, days, units, unitCostVnd]) => ({
      drug,
      lot,
      expiresOn: addDays(today, days),
      units,
      unitCostVnd,
    })),
  });
  for (const [drug, unit, priceVnd] of prices) {
    await counter.ask('prices.set', { commandId: commandId(), drug, unit, priceVnd });
  }
  await counter.ask('sync.now', {});
}

type ShelfLine = [drug: string, lot: string, days: number, units: number, unitCostVnd: number];
const shelf: readonly ShelfLine[] = [
  ['DEMO-00101', 'A123', 210, 400, 320],
  ['DEMO-00101', 'B204', 560, 840, 330],
  ['DEMO-00111', 'PE77', 420, 432, 900],
  ['DEMO-00105', 'H150', 300, 96, 1_500],
  ['DEMO-00115', 'IB40', 330, 300, 600],
  ['DEMO-00302', 'LR10', 365, 500, 380],
  ['DEMO-00401', 'OR01', -12, 40, 1_900],
  ['DEMO-00402', 'OR41', 75, 120, 1_050],
  ['DEMO-00418', 'OM20', 260, 700, 540],
  ['DEMO-00502', 'B77', 38, 160, 800],
  ['DEMO-00502', 'C118', 480, 600, 820],
  ['DEMO-00516', 'CF25', 22, 80, 2_600],
  ['DEMO-00728', 'MT50', 610, 280, 3_600],
  ['DEMO-01001', 'VC05', 190, 10, 300],
];
const prices: readonly [drug: string, unit: string, priceVnd: number][] = [
  ['DEMO-00101', 'viên', 500],
  ['DEMO-00101', 'vỉ', 5_000],
  ['DEMO-00101', 'hộp', 48_000],
  ['DEMO-00111', 'viên', 1_250],
  ['DEMO-00111', 'vỉ', 15_000],
  ['DEMO-00105', 'gói', 2_000],
  ['DEMO-00115', 'viên', 900],
  ['DEMO-00401', 'gói', 2_500],
  ['DEMO-00402', 'gói', 1_500],
  ['DEMO-00418', 'viên', 850],
  ['DEMO-00502', 'viên', 1_200],
  ['DEMO-00502', 'vỉ', 12_000],
  ['DEMO-00516', 'viên', 3_500],
  ['DEMO-00728', 'viên', 4_900],
  ['DEMO-01001', 'viên', 450],
];

function counterOf(parts: {
  readonly till: Till;
  readonly centre: CentreDouble;
  readonly host: CounterHost;
  readonly dataDir: string;
  readonly isOwn: boolean;
}): Counter {
  const { till, centre, dataDir, isOwn } = parts;
  let { host } = parts;
  return {
    till,
    centre,
    url: parts.host.url,
    dataDir,
    ask: async (name, input) => {
      const reply = await till.invoke(name, input);
      if (!reply.ok) throw new Error(`${name}: ${JSON.stringify(reply.error)}`);
      // Safe: the dispatcher's handlers are typed by the contract.
      return reply.value as TillAnswer<typeof name>;
    },
    unplug: async () => {
      await host.close();
      return async () => {
        host = await serveTill(till, Number(new URL(host.url).port));
      };
    },
    close: async () => {
      await host.close();
      await till.close();
      if (isOwn && existsSync(dataDir)) rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

async function serveTill(till: Till, port: number): Promise<CounterHost> {
  const host = await startCounterHost({ till, port, rendererDir, log: silent });
  if (!host.ok) throw new Error(host.error.detail);
  return host.value;
}

function storyClock(): () => number {
  const startedMs = performance.now();
  return () => storyStartMs + Math.round(performance.now() - startedMs);
}

export function commandId(): string {
  return crypto.randomUUID();
}

function nothing(): void {
  // Faults are what many tests are about.
}

const silent = { info: nothing, warn: nothing, error: showBug };

function showBug(detail: Readonly<Record<string, unknown>>, message: string): void {
  if (!String(detail['code']).startsWith('bug-')) return;
  const trouble = detail['err'];
  process.stderr.write(
    `${message} ${trouble instanceof Error ? trouble.stack : String(trouble)}\n`,
  );
}
