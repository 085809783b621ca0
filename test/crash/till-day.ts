/**
 * The scripted day at the till: five programs' lives, one after the other on one folder. Each is
 * short, so that a crash at any of its write calls costs one short life to play again.
 */
import { z } from 'zod';
import type { TillCallName } from '../../shared/contract/till-api.ts';
import { addDays, businessDateOf, instantOfMs } from '../../shared/model/calendar.ts';
import type { Drug } from '../../shared/model/drug.ts';
import { aDrug } from '../support/builders.ts';
import type { CentreDouble } from '../support/centre-double.ts';

export type Step = {
  readonly name: TillCallName | 'rest';
  /** `saleOf` gives the id of a sale of this day, by the name of its step. */
  readonly input: (known: Known) => Readonly<Record<string, unknown>>;
  /** Records a fact: sent again under the same commandId, it must give the same answer. */
  readonly commandId?: string;
};
export type Known = {
  readonly centreUrl: string;
  readonly saleOf: (commandId: string) => string;
};
export type Life = {
  readonly name: string;
  readonly steps: readonly Step[];
  /** What the centre does before this life begins. */
  readonly atCentre?: (centre: CentreDouble) => void;
};

export const enrolmentCode = 'ABCD-EFGH-JKLM';
/** Nothing in common: no basket of this day needs a pharmacist's word. */
const drugs: readonly Drug[] = [
  aDrug({ code: 'DEMO-1', name: 'Paracetamol 500 mg' }),
  aDrug({ code: 'DEMO-2', name: 'Vitamin C 500 mg', ingredients: 'Acid ascorbic 500 mg' }),
  aDrug({ code: 'DEMO-3', name: 'Vitamin B1 100 mg', ingredients: 'Thiamin nitrat 100 mg' }),
];
const expiresOn = addDays(businessDateOf(instantOfMs(Date.now())), 700);
/** Units of each drug at the end of the day, by this table and nothing the till computes. */
export const onHandAtTheEnd: ReadonlyMap<string, number> = new Map([
  ['DEMO-1', 1_000 + 200 - 3 - 10 - 2 - 1 - 1 - 1],
  ['DEMO-2', 1_000 - 20 - 5],
  ['DEMO-3', 1_000 - 1],
]);
export const salesAtTheEnd = 9;

let numbered = 0;
const commandOf = new Map<string, string>();

export const day: readonly Life[] = [
  {
    name: 'first start',
    atCentre: (centre) => publish(centre, drugs),
    steps: [
      step('setup.enrol', ({ centreUrl }) => ({ centreUrl, code: enrolmentCode })),
      step('sync.now'),
      step('drugs.search', () => ({ text: 'para' })),
    ],
  },
  {
    name: 'opening',
    steps: [
      fact('stock.declareOpening', {
        lines: drugs.map(({ code }) => ({ ...lot(code), units: 1_000 })),
      }),
      ...drugs.map(({ code }) => fact('prices.set', { drug: code, unit: 'viên', priceVnd: 500 })),
      step('rest'),
      step('sync.now'),
    ],
  },
  {
    name: 'morning',
    steps: [
      fact('stock.receive', aReceipt()),
      sale([['DEMO-1', 3]]),
      sale([
        ['DEMO-1', 10],
        ['DEMO-2', 20],
      ]),
      sale([['DEMO-3', 1]]),
      sale([['DEMO-2', 7]], 'command-to-void'),
      voidOf('command-to-void'),
      step('sync.now'),
      sale([['DEMO-2', 5]]),
    ],
  },
  {
    name: 'news from the centre',
    atCentre: (centre) =>
      publish(
        centre,
        drugs.map((drug) => ({ ...drug, group: 'Nhóm mới' })),
      ),
    steps: [
      step('sync.now'),
      sale([['DEMO-1', 2]]),
      step('journal.rebuild'),
      step('rest'),
      sale([['DEMO-1', 1]]),
      step('sync.now'),
    ],
  },
  {
    name: 'evening',
    steps: [
      sale([['DEMO-1', 1]]),
      fact('prices.set', { drug: 'DEMO-1', unit: 'vỉ', priceVnd: 4_500 }),
      step('rest'),
      sale([['DEMO-1', 1]]),
      step('sync.now'),
      step('rest'),
    ],
  },
];

/** Facts of the day up to and with a life: what the journal holds when it has ended. */
export function eventsAfter(life: number): number {
  return day
    .slice(0, life + 1)
    .flatMap(({ steps }) => steps)
    .filter(({ commandId }) => commandId !== undefined).length;
}

function step(name: Step['name'], input: Step['input'] = () => ({})): Step {
  return { name, input };
}

function fact(name: TillCallName, input: Readonly<Record<string, unknown>>): Step {
  const commandId = newCommandId();
  return { name, commandId, input: () => ({ commandId, ...input }) };
}

function sale(lines: readonly (readonly [drug: string, quantity: number])[], label?: string): Step {
  const totalVnd = lines.reduce((sum, [, quantity]) => sum + quantity * 500, 0);
  const made = fact('sales.complete', {
    lines: lines.map(([drug, quantity]) => ({ drug, unit: 'viên', quantity })),
    payment: { method: 'cash', tenderedVnd: totalVnd },
    shownTotalVnd: totalVnd,
  });
  if (label !== undefined && made.commandId !== undefined) commandOf.set(label, made.commandId);
  return made;
}

function voidOf(label: string): Step {
  const commandId = newCommandId();
  return {
    name: 'sales.void',
    commandId,
    input: ({ saleOf }) => ({
      commandId,
      saleId: saleOf(commandOf.get(label) ?? ''),
      reason: 'khách đổi ý',
    }),
  };
}

function newCommandId(): string {
  numbered += 1;
  return `01980000-0000-7000-a000-${String(numbered).padStart(12, '0')}`;
}

function lot(drug: string) {
  return { drug, lot: 'A1', expiresOn };
}

function publish(centre: CentreDouble, published: readonly Drug[]): void {
  const last = centre.changes.at(-1)?.position ?? 0;
  centre.changes = [
    ...centre.changes,
    ...published.map((drug, index) => ({
      position: last + index + 1,
      kind: 'drug',
      key: drug.code,
      value: drug,
    })),
  ];
  if (centre.snapshotPosition === 0) centre.snapshotPosition = published.length;
}

/** A command that can be given again and again, for faults at each of its write calls. */
export type Command = {
  readonly name: TillCallName | 'rest';
  /** Records one fact. */
  readonly isFact: boolean;
  /** Makes what the command needs. @returns its input and the facts made on the way. */
  readonly prepare: (
    ask: (name: TillCallName, input: unknown) => Promise<unknown>,
  ) => Promise<{ readonly input: Readonly<Record<string, unknown>>; readonly facts: number }>;
};

const Made = z.object({ id: z.string() });

export const everyCommand: readonly Command[] = [
  { name: 'sales.complete', isFact: true, prepare: async () => ({ input: aSale(), facts: 0 }) },
  {
    name: 'sales.void',
    isFact: true,
    prepare: async (ask) => {
      const { id: saleId } = Made.parse(await ask('sales.complete', aSale()));
      return { input: { commandId: newCommandId(), saleId, reason: 'nhầm' }, facts: 1 };
    },
  },
  {
    name: 'stock.receive',
    isFact: true,
    prepare: async () => ({ input: { commandId: newCommandId(), ...aReceipt() }, facts: 0 }),
  },
  {
    name: 'prices.set',
    isFact: true,
    prepare: async () => ({
      input: { commandId: newCommandId(), drug: 'DEMO-3', unit: 'viên', priceVnd: 700 },
      facts: 0,
    }),
  },
  ...(['sync.now', 'journal.rebuild', 'rest'] as const).map(
    (name): Command => ({ name, isFact: false, prepare: async () => ({ input: {}, facts: 0 }) }),
  ),
];

function aSale() {
  const lines = [{ drug: 'DEMO-2', unit: 'viên', quantity: 1 }];
  const payment = { method: 'cash', tenderedVnd: 500 };
  return { commandId: newCommandId(), lines, payment, shownTotalVnd: 500 };
}

function aReceipt() {
  return {
    supplierName: 'Công ty mẫu',
    invoiceNumber: 'HD-1',
    lines: [{ ...lot('DEMO-1'), unit: 'hộp', quantity: 2, unitCostVnd: 30_000 }],
  };
}
