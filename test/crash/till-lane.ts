/**
 * Where one life of the till after another is played: a folder, a centre (the double behind a real
 * socket) and, for each life of the day, what folder and centre looked like before it.
 */
import { cpSync, mkdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import type { TillReply } from '../../shared/contract/till-api.ts';
import { CentreDouble } from '../support/centre-double.ts';
import { serveCentre } from '../support/serve-centre.ts';
import { type FaultControl, openFaultControl, type WriteFault } from './fault-library.ts';
import { day, type Known, type Life, type Step } from './till-day.ts';
import { startTill, type TillProgram } from './till-program.ts';

/** What the till has answered, by step; answers are what it may never take back. */
export type Answers = readonly TillReply[];
export type Ended = {
  readonly answers: Answers;
  readonly wasKilled: boolean;
  /** Write calls of this life. */
  readonly calls: number;
};

export type TillLane = {
  readonly dataDir: string;
  readonly centre: CentreDouble;
  /** Puts folder and centre back to where this life of the day begins. */
  readonly rewind: (life: number) => void;
  /** Plays a life from its beginning, with a fault. */
  readonly play: (life: number, fault: WriteFault, recordFile?: string) => Promise<Ended>;
  /** What the centre knows now, and the way back to it. */
  readonly state: () => CentreState;
  readonly setState: (state: CentreState) => void;
  /** For steps that name what earlier steps made. */
  readonly knownAfter: (life: number, answers: Answers) => Known;
  /** Write calls of each life when nothing goes wrong. */
  readonly callsByLife: readonly number[];
  /** What the till answered in each life when nothing went wrong. */
  readonly answersByLife: readonly Answers[];
  readonly close: () => Promise<void>;
};

export type CentreState = Pick<
  CentreDouble,
  'changes' | 'codes' | 'devicePublicKey' | 'snapshotPosition'
> & { readonly events: CentreDouble['events'] };

/** Plays the whole day once, undisturbed, keeping what stood before each life. */
export async function openTillLane(folder: string, program: TillProgram): Promise<TillLane> {
  const centre = new CentreDouble();
  const served = await serveCentre(centre);
  const dataDir = path.join(folder, 'till');
  const states: CentreState[] = [];
  const callsByLife: number[] = [];
  const answersByLife: Answers[] = [];
  const knownAfter = (life: number, answers: Answers): Known => ({
    centreUrl: served.url,
    saleOf: (commandId) => saleIdOf(commandId, { life, answers, answersByLife }),
  });
  const play: TillLane['play'] = async (life, fault, recordFile) => {
    const control = openFaultControl({
      library: program.library,
      file: path.join(folder, 'control'),
      watched: dataDir,
      ...(recordFile === undefined ? {} : { recordFile }),
    });
    control.set(fault);
    try {
      const known = (answers: Answers) => knownAfter(life, answers);
      return await playLife({ program, dataDir, control, steps: lifeOf(life).steps, known });
    } finally {
      control.close();
    }
  };
  const state = (): CentreState => {
    const { changes, codes, devicePublicKey, snapshotPosition, events } = centre;
    return {
      changes,
      codes: new Map(codes),
      devicePublicKey,
      snapshotPosition,
      events: [...events],
    };
  };
  const setState = ({ events, ...rest }: CentreState): void => {
    Object.assign(centre, { ...rest, codes: new Map(rest.codes) });
    centre.events.splice(0, Number.POSITIVE_INFINITY, ...events);
  };
  const saved = (life: number) => path.join(folder, `before-${life}`);
  const rewind = (life: number): void => {
    rmSync(dataDir, { recursive: true, force: true });
    cpSync(saved(life), dataDir, { recursive: true });
    const known = states[life];
    if (known === undefined) throw new Error(`The day has no life ${life}`);
    setState(known);
  };

  mkdirSync(dataDir, { recursive: true });
  for (const [life, { atCentre }] of day.entries()) {
    atCentre?.(centre);
    cpSync(dataDir, saved(life), { recursive: true });
    states.push(state());
    const ended = await play(life, { type: 'none' });
    const refused = ended.answers.find((answer) => !answer.ok);
    if (refused !== undefined || ended.answers.length !== lifeOf(life).steps.length) {
      throw new Error(`The undisturbed day stops: ${JSON.stringify(refused ?? ended)}`);
    }
    callsByLife.push(ended.calls);
    answersByLife.push(ended.answers);
  }
  return {
    dataDir,
    centre,
    rewind,
    play,
    state,
    setState,
    knownAfter,
    callsByLife,
    answersByLife,
    close: served.close,
  };
}

export function lifeOf(life: number): Life {
  const found = day[life];
  if (found === undefined) throw new Error(`The day has no life ${life}`);
  return found;
}

const Id = z.object({ id: z.string() });

function saleIdOf(
  commandId: string,
  past: { life: number; answers: Answers; answersByLife: readonly Answers[] },
): string {
  const lives = [...past.answersByLife.slice(0, past.life), past.answers];
  for (const [life, answers] of lives.entries()) {
    const index = lifeOf(life).steps.findIndex((step) => step.commandId === commandId);
    const answer = answers[index];
    if (answer?.ok === true) return Id.parse(answer.value).id;
  }
  throw new Error(`No sale was answered under ${commandId}`);
}

async function playLife(parts: {
  readonly program: TillProgram;
  readonly dataDir: string;
  readonly control: FaultControl;
  readonly steps: readonly Step[];
  readonly known: (answers: Answers) => Known;
}): Promise<Ended> {
  const { control, steps, known } = parts;
  const till = await startTill(parts);
  const answers: TillReply[] = [];
  for (const { name, input } of steps) {
    const answer = await till.ask(name, input(known(answers)));
    if (answer === undefined) break;
    answers.push(answer);
  }
  const { exitCode, signal, words } = await till.end();
  const wasKilled = signal === 'SIGKILL';
  if (!wasKilled && exitCode !== 0) throw new Error(`The till ended with ${exitCode}: ${words}`);
  return { answers, wasKilled, calls: control.calls() };
}
