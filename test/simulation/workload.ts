/**
 * What people do at one simulated counter: they declare opening stock, take goods in, set prices,
 * sell, undo sales, keep the stock true (stock-intents.ts), press a key twice, ask again when the
 * machine died under their hands, and ask for things that must be refused. A basket may be begun now
 * and paid later, a stocktake goes on while others sell. Everything goes through the till's own
 * commands; what was asked for and what was answered is told to the auditor.
 */
import { cumulated } from '../../server/twin/random.ts';
import type { TillReply } from '../../shared/contract/till-api.ts';
import {
  type Counter,
  type Intent,
  impossibleSale,
  openingIntent,
  priceIntent,
  productOf,
  receiptIntent,
  type Sold,
  saleIntent,
  voidIntent,
} from './intents.ts';
import type { AcceptedAnswer, Asked } from './oracle.ts';
import {
  lossIntent,
  prescriptionIntent,
  productIntent,
  shiftIntent,
  staffIntent,
} from './shop-intents.ts';
import {
  acknowledgeIntent,
  type Counting,
  countIntent,
  countSome,
  customerReturnIntent,
  disposalIntent,
  type Partner,
  quarantineIntent,
  receiveIntent,
  releaseIntent,
  sendIntent,
  stockOf,
  supplierReturnIntent,
  type Transfer,
} from './stock-intents.ts';

/** The roads between the shops of a world. */
export type Roads = {
  /** A shop as another one's papers name it; undefined before it is registered. */
  readonly partnerOf: (shop: string) => Partner | undefined;
  readonly shops: () => readonly string[];
  /** Goods on their way. */
  readonly transfers: Transfer[];
};

export type WorkloadParts = Counter & {
  /** Traded like the others, and sold on prescription only. */
  readonly controlledDrug: string;
  /** The name of this shop in the world. */
  readonly shop: string;
  readonly roads: Roads;
  readonly asked: (asked: Asked) => void;
  readonly accepted: (answer: AcceptedAnswer) => void;
  readonly refused: (commandId: string) => void;
  /** The machine dies before its answer is heard. */
  readonly isDeaf: () => boolean;
  /** Faults are to be expected. */
  readonly isDiskSound: () => boolean;
  /** A reply that no rule allows: reported as a violation. */
  readonly wrong: (detail: string) => void;
};

type Documented = { readonly id: string; readonly seq: number };

export type Workload = {
  /** Does one thing. @returns what it was and how it ended, for the trace. */
  readonly act: () => Promise<string>;
  /** A customer's basket is filled and not yet paid. @returns the drugs in it. */
  readonly beginBasket: () => Promise<readonly string[]>;
  /** The lot that the next customer would get of it. */
  readonly firstLotOf: (drug: string) => Promise<string | undefined>;
  /** Reads the recall that waits, if one does. */
  readonly acknowledge: () => Promise<string>;
  /** The customer pays, whatever has happened since. */
  readonly finishBasket: () => Promise<string>;
  /** Asks again for whatever got no answer. */
  readonly askAgain: () => Promise<string>;
  /** An older program knew no more than selling, receiving and prices; today's knows everything. */
  readonly setProgram: (program: 'older' | 'of today') => void;
  /** The machine has another past now: what was answered before may never have happened. */
  readonly forget: () => void;
};

const actions = [
  ['sell', 36],
  ['basket', 8],
  ['receive', 8],
  ['undo', 5],
  ['price', 4],
  ['again', 7],
  ['refused', 6],
  ['count', 14],
  ['quarantine', 6],
  ['release', 4],
  ['dispose', 4],
  ['supplier-return', 4],
  ['customer-return', 6],
  ['send', 5],
  ['arrive', 6],
  ['acknowledge', 3],
  ['prescription', 7],
  ['loss', 3],
  ['shift', 5],
  ['product', 2],
  ['staff', 2],
] as const;
type Action = (typeof actions)[number][0];
const actionWeights = cumulated(actions.map(([, weight]) => weight));
const olderActions: ReadonlySet<Action> = new Set(['sell', 'receive', 'undo', 'price', 'again']);

/** @param drugCodes what this shop trades in; the first act declares stock and prices of all. */
export function createWorkload(parts: WorkloadParts, drugCodes: readonly string[]): Workload {
  const { random, controlledDrug } = parts;
  const traded = [...drugCodes, controlledDrug];
  let sales: Sold[] = [];
  let unanswered: Intent[] = [];
  let last: { readonly intent: Intent; readonly answer: Documented } | undefined;
  let hasOpened = false;
  let program: 'older' | 'of today' = 'of today';
  let basket: Intent | undefined;
  let counting: Counting | undefined;

  const perform = async (intent: Intent): Promise<string> => {
    const { name, input, ...expected } = intent;
    const { commandId } = input;
    const asked = { commandId, ...expected };
    parts.asked(asked);
    const reply = await parts.till().invoke(name, intent.input);
    if (parts.isDeaf()) {
      unanswered.push(intent);
      return `${name} unheard`;
    }
    const answer = documentOf(reply);
    if (answer === undefined) {
      // A till that cannot open its database knows nothing of an earlier try.
      if (parts.till().fault() === null) parts.refused(commandId);
      if (isFault(reply)) {
        unanswered.push(intent);
        if (parts.isDiskSound()) parts.wrong(`${name} met ${wordOf(reply)} on a sound disk`);
      }
      return `${name} ${wordOf(reply)}`;
    }
    parts.accepted({ ...asked, id: answer.id, seq: answer.seq });
    last = { intent, answer };
    if (name === 'sales.complete') {
      sales.push({ id: answer.id, unitsByDrug: intent.unitsByDrug });
    }
    if (isSending(intent)) sendOff(parts, intent, answer.id);
    return `${name} ${answer.seq}`;
  };
  /** Where there is nothing to do it with, a customer comes instead. */
  const performOrSell = async (intent: Intent | undefined): Promise<string> =>
    perform(intent ?? (await saleIntent(parts, drugCodes)));
  const askAgain = async (): Promise<string> => {
    const intents = unanswered.splice(0);
    const answers: string[] = [];
    for (const intent of intents) answers.push(`again ${await perform(intent)}`);
    return answers.join(', ');
  };
  const acts: Readonly<Record<Action, () => Promise<string>>> = {
    sell: () => performOrSell(undefined),
    basket: async () => {
      if (basket !== undefined) return finishBasket();
      return `basket of ${await beginBasket()}`;
    },
    count: async () => {
      if (counting !== undefined && random.isTrue(0.6)) {
        const done = counting;
        counting = undefined;
        if (done.lines.length > 0) return perform(countIntent(parts, done));
      }
      counting = await countSome(parts, counting);
      return `counts ${counting?.lines.length} lots`;
    },
    quarantine: async () => performOrSell(await quarantineIntent(parts)),
    release: async () => performOrSell(await releaseIntent(parts)),
    dispose: async () => performOrSell(await disposalIntent(parts)),
    'supplier-return': async () => performOrSell(await supplierReturnIntent(parts)),
    'customer-return': async () =>
      performOrSell(
        sales.length === 0
          ? undefined
          : await customerReturnIntent(parts, random.pick(sales.slice(-3))),
      ),
    send: async () => {
      const to = random.pick(parts.roads.shops());
      const partner = parts.roads.partnerOf(to);
      return performOrSell(partner && (await sendIntent(parts, partner)));
    },
    arrive: async () => {
      const { transfers } = parts.roads;
      const index = transfers.findIndex(({ to }) => to === parts.shop);
      const transfer = transfers[index];
      if (transfer === undefined) return performOrSell(undefined);
      // Now and then the paper lies about, and somebody takes the same goods in once more.
      if (random.isTrue(0.6)) transfers.splice(index, 1);
      return perform(receiveIntent(parts, transfer));
    },
    acknowledge: async () => performOrSell(await acknowledgeIntent(parts)),
    prescription: async () =>
      perform(
        await prescriptionIntent(
          parts,
          random.isTrue(0.5) ? [controlledDrug] : [...drugCodes, controlledDrug],
        ),
      ),
    loss: async () => performOrSell(await lossIntent(parts, controlledDrug)),
    shift: async () => perform(await shiftIntent(parts)),
    product: () => perform(productIntent(parts)),
    staff: () => perform(staffIntent(parts)),
    receive: async () => perform(await receiptIntent(parts, traded)),
    undo: async () =>
      sales.length === 0 ? 'nothing to undo' : perform(voidIntent(parts, random.pick(sales))),
    price: async () => perform(await priceIntent(parts, random.pick(drugCodes), 0.5)),
    again: async () => {
      if (last === undefined) return 'nothing to repeat';
      const { intent, answer } = last;
      const reply = await parts.till().invoke(intent.name, intent.input);
      const repeated = documentOf(reply);
      if (isFault(reply) && !parts.isDiskSound()) return `again ${wordOf(reply)}`;
      if (repeated?.id !== answer.id || repeated.seq !== answer.seq) {
        parts.wrong(`${intent.name} ${answer.seq} repeated gave ${wordOf(reply)}`);
      }
      return `again ${intent.name} ${repeated?.seq}`;
    },
    refused: async () => {
      const intent = await impossibleSale(parts, drugCodes);
      const reply = await parts.till().invoke(intent.name, intent.input);
      if (reply.ok) parts.wrong('the till sold what cannot be sold');
      return `refused ${wordOf(reply)}`;
    },
  };
  const beginBasket = async (): Promise<readonly string[]> => {
    basket = await saleIntent(parts, drugCodes);
    return Object.keys(basket.unitsByDrug);
  };
  const finishBasket = async (): Promise<string> => {
    const filled = basket;
    basket = undefined;
    return filled === undefined ? 'no basket' : perform(filled);
  };
  const open = async (): Promise<string> => {
    const known: string[] = [];
    for (const drug of traded) if ((await productOf(parts, drug)) !== null) known.push(drug);
    if (known.length < 3) return `knows ${known.length} drugs`;
    hasOpened = true;
    const done = [await perform(openingIntent(parts, known))];
    for (const drug of known) done.push(await perform(await priceIntent(parts, drug, 0.9)));
    return done.join(', ');
  };
  return {
    askAgain,
    act: async () => {
      if (unanswered.length > 0) return askAgain();
      if (!hasOpened) return open();
      const action = actions[random.weightedIndex(actionWeights)]?.[0] ?? 'sell';
      return acts[program === 'older' && !olderActions.has(action) ? 'sell' : action]();
    },
    beginBasket,
    finishBasket,
    setProgram: (now) => {
      program = now;
    },
    acknowledge: () => acts.acknowledge(),
    firstLotOf: async (drug) => {
      const rows = await stockOf(parts);
      return rows.find((row) => row.drug === drug && row.daysLeft > 0)?.lot;
    },
    forget: () => {
      basket = undefined;
      counting = undefined;
      sales = [];
      unanswered = [];
      last = undefined;
    },
  };
}

function isSending(intent: Intent): intent is Intent<'transfers.send'> {
  return intent.name === 'transfers.send';
}

/** Once, however often its answer was asked for: the goods leave with the document's number. */
function sendOff(
  { roads, shop }: WorkloadParts,
  { input }: Intent<'transfers.send'>,
  transferId: string,
): void {
  const from = roads.partnerOf(shop);
  const to = roads
    .shops()
    .find((name) => roads.partnerOf(name)?.facilityCode === input.to.facilityCode);
  if (from === undefined || to === undefined) return;
  if (roads.transfers.some((transfer) => transfer.transferId === transferId)) return;
  roads.transfers.push({ transferId, to, from, lines: input.lines });
}

function documentOf(reply: TillReply): Documented | undefined {
  // Safe: every command used here answers with its document (shared/contract/till-api.ts).
  return reply.ok ? (reply.value as Documented) : undefined;
}

function isFault(reply: TillReply): boolean {
  return !reply.ok && reply.error.type === 'Fault';
}

function wordOf(reply: TillReply): string {
  if (reply.ok) return 'done';
  return reply.error.type === 'Fault' ? `Fault ${reply.error.code}` : reply.error.type;
}
