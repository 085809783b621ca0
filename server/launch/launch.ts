/**
 * The story of a start: build what is out of date while the database is prepared, let the country
 * grow, make the newcomer's till ready meanwhile, then say where everything is. Until then a part
 * that dies ends the whole with its reason. Afterwards the other part goes on, as in a shop whose
 * centre is away, and Ctrl-C ends the till first, then the centre.
 */

import { businessDateOf, instantOfMs } from '../../shared/model/calendar.ts';
import { starterCatalogue } from '../catalogue/starter/starter-catalogue.ts';
import { type Child, startChild } from './child.ts';
import { isPortFree } from './free-ports.ts';
import {
  builds,
  counterHostProgram,
  electronProgram,
  nodeProgram,
  projectDir,
} from './programs.ts';
import { readyBox } from './ready-box.ts';
import { openScreen, type Screen } from './screen.ts';
import { setUpNewcomer } from './set-up-newcomer.ts';
import { readSettings, type Settings } from './settings.ts';
import { isStale } from './stale-build.ts';
import { type CentreNews, startCentreChild } from './start-centre-child.ts';
import { tillRpc } from './till-rpc.ts';

/** What ended the wait for something: the thing itself, a part that died, or a person. */
class CannotGoOn extends Error {
  override readonly name = 'CannotGoOn';
}

type Launch = {
  readonly settings: Settings;
  readonly screen: Screen;
  readonly children: Child[];
  /** Rejects when a child ends that nobody asked to and nothing useful is left. */
  readonly broken: PromiseWithResolvers<never>;
  readonly asked: PromiseWithResolvers<void>;
  isReady: boolean;
  isEnding: boolean;
};

/** @returns the exit code. */
export async function launch(options: { readonly isTillOnly: boolean }): Promise<number> {
  const screen = openScreen(process.stdout);
  const settings = readSettings(process.env);
  if (typeof settings === 'string') {
    process.stderr.write(`${settings}\n`);
    return 1;
  }
  const launched: Launch = {
    settings,
    screen,
    children: [],
    broken: Promise.withResolvers<never>(),
    asked: Promise.withResolvers<void>(),
    isReady: false,
    isEnding: false,
  };
  launched.broken.promise.catch(() => {});
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => launched.asked.resolve());
  }
  try {
    const story = options.isTillOnly ? startTillAlone(launched) : startEverything(launched);
    await Promise.race([story, launched.broken.promise, launched.asked.promise]);
    await Promise.race([launched.broken.promise, launched.asked.promise]);
    screen.say('Đang dừng … / Stopping …');
    return 0;
  } catch (error) {
    process.stderr.write(`${sentenceOf(error)}\n`);
    return 1;
  } finally {
    await endAll(launched);
  }
}

async function startEverything(launched: Launch): Promise<void> {
  const { settings, screen } = launched;
  const startedMs = performance.now();
  await refusePorts([
    ['PORT', settings.PORT],
    ['TILL_PORT', settings.TILL_PORT],
  ]);
  screen.say('Mạng Thuốc đang khởi động … / Mạng Thuốc is starting …');
  const built = buildWhatIsStale(launched);
  built.catch(() => {});
  const news = startCentreChild(settings, screen);
  watch(launched, news.child);
  const till = startTill(launched, { built, news });
  till.catch(() => {});
  const ready = await news.ready;
  const tillUrl = await till;
  await built;
  const seconds = (performance.now() - startedMs) / 1_000;
  screen.box(readyBox({ ...ready, tillUrl, seconds, dataDir: settings.DATA_DIR }));
  launched.isReady = true;
}

async function startTillAlone(launched: Launch): Promise<void> {
  await refusePorts([['TILL_PORT', launched.settings.TILL_PORT]]);
  await buildWhatIsStale(launched);
  const url = await openTill(launched);
  launched.screen.say(url === null ? 'Quầy thuốc / Till: Electron' : `Quầy thuốc / Till: ${url}`);
}

/** The counter host sets up the newcomer's shop; Electron, where there is one, opens after it. */
async function startTill(
  launched: Launch,
  { built, news }: { readonly built: Promise<void>; readonly news: CentreNews },
): Promise<string | null> {
  const newcomer = await Promise.race([news.newcomer, news.ready.then(() => null)]);
  await built;
  if (newcomer === null) return openTill(launched);
  const { child, url } = await startCounterHost(launched);
  await setUpNewcomer({
    rpc: tillRpc(url),
    centreUrl: newcomer.centreUrl,
    code: newcomer.code,
    seed: newcomer.seed,
    drugs: starterCatalogue(),
    createdOn: businessDateOf(instantOfMs(newcomer.createdMs)),
    report: () => {},
  });
  if (electronProgram(launched.settings.DATA_DIR) === undefined) return url;
  await endOne(launched, child);
  return openTill(launched);
}

/** @returns the address of its screens, or null when they have a window of their own. */
async function openTill(launched: Launch): Promise<string | null> {
  const electron = electronProgram(launched.settings.DATA_DIR);
  if (electron === undefined) return (await startCounterHost(launched)).url;
  const child = startChild('till', electron, { env: process.env, hasChannel: false });
  watch(launched, child);
  return null;
}

function startCounterHost(launched: Launch): Promise<{ child: Child; url: string }> {
  const address = Promise.withResolvers<string>();
  const child = startChild('till', counterHostProgram, {
    env: { ...process.env, TILL_PORT: String(launched.settings.TILL_PORT) },
    on: {
      line: (text) => {
        const url = /^Till: (\S+)$/.exec(text)?.[1];
        if (url !== undefined) address.resolve(url);
      },
    },
  });
  watch(launched, child);
  return address.promise.then((url) => ({ child, url }));
}

async function buildWhatIsStale(launched: Launch): Promise<void> {
  const stale = builds.filter((build) => isStale(build, projectDir));
  if (stale.length === 0) return;
  launched.screen.say('Dựng giao diện … / Building the screens …');
  await Promise.all(
    stale.map(async ({ script }) => {
      const child = startChild(script, nodeProgram(script), { env: process.env });
      launched.children.push(child);
      const { code, lastWords } = await child.ended;
      launched.children.splice(launched.children.indexOf(child), 1);
      if (code !== 0) throw new CannotGoOn(`${script} failed: ${lastWords}`);
    }),
  );
}

async function refusePorts(ports: readonly (readonly [string, number])[]): Promise<void> {
  for (const [name, port] of ports) {
    if (await isPortFree(port)) continue;
    throw new CannotGoOn(
      `Cổng ${port} đang được chương trình khác dùng: hãy dừng nó hoặc đặt ${name} khác.\n` +
        `Port ${port} is taken by another program: stop it, or set ${name} to a free one.`,
    );
  }
}

function watch(launched: Launch, child: Child): void {
  launched.children.push(child);
  void child.ended.then(({ code, lastWords }) => {
    if (launched.isEnding || !launched.children.includes(child)) return;
    launched.children.splice(launched.children.indexOf(child), 1);
    const reason = reasonOf(code, lastWords);
    if (launched.isReady && launched.children.length > 0) {
      launched.screen.say(goesOn(child.name, reason));
      return;
    }
    launched.broken.reject(
      new CannotGoOn(
        `${child.name} đã dừng: ${reason.vi}. Những gì đã ghi vẫn còn nguyên.\n` +
          `${child.name} has ended: ${reason.en}. What was recorded is safe.`,
      ),
    );
  });
}

type InBothLanguages = { readonly vi: string; readonly en: string };

/** Its own last words; a program that was killed had none, and no exit code either. */
function reasonOf(code: number | null, lastWords: string): InBothLanguages {
  if (lastWords !== '') return { vi: lastWords, en: lastWords };
  return code === null
    ? { vi: 'bị tắt đột ngột', en: 'it was killed' }
    : { vi: `mã thoát ${code}`, en: `exit code ${code}` };
}

/** Stopping one part while the other works is a demonstration of its own. */
function goesOn(name: string, reason: InBothLanguages): string {
  const command = `npm run ${name}`;
  return (
    `${name} đã dừng (${reason.vi}); phần còn lại vẫn chạy, không mất gì. Chạy lại: ${command}\n` +
    `${name} has ended (${reason.en}); the rest goes on and nothing is lost. Start it again: ${command}`
  );
}

async function endOne(launched: Launch, child: Child): Promise<void> {
  launched.children.splice(launched.children.indexOf(child), 1);
  await child.end();
}

/** The till first: what it just sold may still reach the centre. */
async function endAll(launched: Launch): Promise<void> {
  launched.isEnding = true;
  for (const child of [...launched.children].reverse()) await child.end();
}

function sentenceOf(error: unknown): string {
  if (error instanceof CannotGoOn) return error.message;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
