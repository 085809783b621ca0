/**
 * What people do at one simulated counter: they declare opening stock, take goods in, set prices,
 * sell, undo sales, press a key twice, ask again when the machine died under their hands, and ask
 * for things that must be refused. Everything goes through the till's own commands; what was asked
 * for and what was answered is told to the auditor.
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

export type WorkloadParts = Counter & {
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
  /** Asks again for whatever got no answer. */
  readonly askAgain: () => Promise<string>;
  /** The machine has another past now: what was answered before may never have happened. */
  readonly forget: () => void;
};

const actions = [
  ['sell', 60],
  ['receive', 9],
  ['undo', 6],
  ['price', 5],
  ['again', 8],
  ['refused', 8],
] as const;
type Action = (typeof actions)[number][0];
const actionWeights = cumulated(actions.map(([, weight]) => weight));

/** @param drugCodes what this shop trades in; the first act declares stock and prices of all. */
export function createWorkload(parts: WorkloadParts, drugCodes: readonly string[]): Workload {
  const { random } = parts;
  let sales: Sold[] = [];
  let unanswered: Intent[] = [];
  let last: { readonly intent: Intent; readonly answer: Documented } | undefined;
  let hasOpened = false;

  const perform = async (intent: Intent): Promise<string> => {
    const { name, type, unitsByDrug } = intent;
    const { commandId } = intent.input;
    parts.asked({ commandId, type, unitsByDrug });
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
    parts.accepted({ commandId, type, unitsByDrug, id: answer.id, seq: answer.seq });
    last = { intent, answer };
    if (name === 'sales.complete') sales.push({ id: answer.id, unitsByDrug });
    return `${name} ${answer.seq}`;
  };
  const askAgain = async (): Promise<string> => {
    const intents = unanswered.splice(0);
    const answers: string[] = [];
    for (const intent of intents) answers.push(`again ${await perform(intent)}`);
    return answers.join(', ');
  };
  const acts: Readonly<Record<Action, () => Promise<string>>> = {
    sell: async () => perform(await saleIntent(parts, drugCodes)),
    receive: async () => perform(await receiptIntent(parts, drugCodes)),
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
  const open = async (): Promise<string> => {
    const known: string[] = [];
    for (const drug of drugCodes) if ((await productOf(parts, drug)) !== null) known.push(drug);
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
      return acts[actions[random.weightedIndex(actionWeights)]?.[0] ?? 'sell']();
    },
    forget: () => {
      sales = [];
      unanswered = [];
      last = undefined;
    },
  };
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
