import { type ChildProcess, fork } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { _electron, type Browser, chromium, type Page } from 'playwright-core';

const root = path.resolve(import.meta.dirname, '../../..');

/** The till as a desktop program, started as a person starts it. */
export type TillProgram = {
  readonly kind: 'electron' | 'shim';
  readonly page: Page;
  /** Windows open now. */
  readonly pages: () => readonly Page[];
  readonly process: ChildProcess;
  /** As the window's close button does. @returns the exit code. */
  readonly close: () => Promise<number | null>;
  /** As a power cut does. */
  readonly kill: () => Promise<void>;
};

export type LaunchOptions = {
  readonly userDataDir: string;
  readonly environment?: Readonly<Record<string, string>>;
  /** A packed program laid out as a folder; the built work tree unless told. */
  readonly programDir?: string;
};

/** The real Electron where its binary is, otherwise the shim. Rejects when the program gives up. */
export async function launchTill(options: LaunchOptions): Promise<TillProgram> {
  const electron = electronBinary();
  return electron === undefined ? launchShim(options) : launchElectron(electron, options);
}

function electronBinary(): string | undefined {
  const mark = path.join(root, 'node_modules/electron/path.txt');
  if (!existsSync(mark)) return undefined;
  const file = path.join(root, 'node_modules/electron/dist', readFileSync(mark, 'utf8'));
  return existsSync(file) ? file : undefined;
}

async function launchElectron(
  executablePath: string,
  { userDataDir, environment = {}, programDir = root }: LaunchOptions,
): Promise<TillProgram> {
  const program = await _electron.launch({
    executablePath,
    args: [programDir, `--user-data-dir=${userDataDir}`],
    env: { ...definedOf(process.env), ...environment },
  });
  const child = program.process();
  const exited = exitOf(child);
  return {
    kind: 'electron',
    page: await program.firstWindow(),
    pages: () => program.windows(),
    process: child,
    close: async () => {
      await program.close();
      return exited;
    },
    kill: async () => {
      child.kill('SIGKILL');
      await exited;
    },
  };
}

async function launchShim(options: LaunchOptions): Promise<TillProgram> {
  const { userDataDir, environment = {}, programDir = root } = options;
  // In the folder that the test removes at its end: a killed Chromium writes on for a moment.
  const profileDir = mkdtempSync(path.join(userDataDir, 'shim-profile-'));
  const child = fork(
    path.join(programDir, 'out/main/main.js'),
    [`--user-data-dir=${userDataDir}`],
    {
      execArgv: ['--import', path.join(import.meta.dirname, 'register.ts')],
      env: {
        ...definedOf(process.env),
        ELECTRON_SHIM_APP: programDir,
        ELECTRON_SHIM_PROFILE: profileDir,
        ...environment,
      },
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    },
  );
  const exited = exitOf(child);
  const browser = await Promise.race([
    readyBrowser(child),
    exited.then((code) => {
      throw new Error(`the program ended with ${code} before it was ready`);
    }),
  ]);
  const end = async () => {
    const code = await exited;
    if (browser.isConnected()) await new Promise((gone) => browser.once('disconnected', gone));
    return code;
  };
  const pages = () => browser.contexts().flatMap((context) => context.pages());
  return {
    kind: 'shim',
    page: await loadedPage(browser),
    pages,
    process: child,
    close: async () => {
      child.send('quit');
      return end();
    },
    kill: async () => {
      child.kill('SIGKILL');
      await end();
    },
  };
}

async function readyBrowser(child: ChildProcess): Promise<Browser> {
  const endpoint = await new Promise<string>((resolve) => {
    child.on('message', (message: { readonly type: string; readonly endpoint: string }) => {
      if (message.type === 'ready') resolve(message.endpoint);
    });
  });
  return chromium.connectOverCDP(endpoint);
}

/** The program's page, once it shows its own screens. */
async function loadedPage(browser: Browser): Promise<Page> {
  const context = browser.contexts()[0];
  const page = context?.pages()[0] ?? (await context?.waitForEvent('page'));
  if (page === undefined) throw new Error('the program has no window');
  await page.waitForURL(/index\.html/);
  return page;
}

function exitOf(child: ChildProcess): Promise<number | null> {
  return new Promise((resolve) => child.once('exit', resolve));
}

function definedOf(environment: NodeJS.ProcessEnv): Record<string, string> {
  const entries = Object.entries(environment).filter(([, value]) => value !== undefined);
  // Safe: undefined values were taken out on the line above.
  return Object.fromEntries(entries) as Record<string, string>;
}
