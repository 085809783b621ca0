import { EventEmitter } from 'node:events';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import process from 'node:process';
import type { BrowserContext } from 'playwright-core';
import { chromium } from 'playwright-core';
import { chromiumFlags, chromiumPath } from '../chromium.ts';

const appDir = process.env['ELECTRON_SHIM_APP'] ?? process.cwd();
const profileDir = process.env['ELECTRON_SHIM_PROFILE'] ?? path.join(tmpdir(), 'shim-profile');

type Preventable = { readonly preventDefault: () => void };
type Closable = { readonly close: () => void; readonly isDestroyed: () => boolean };

/** The program's life: ready, single instance, and the order of events in which it ends. */
class ShimApp extends EventEmitter {
  readonly windows: Closable[] = [];
  /** A packed program updates itself; one of a work tree does not. */
  readonly isPackaged = process.env['ELECTRON_SHIM_PACKED'] === '1';
  browser: BrowserContext | undefined;
  isQuitting = false;
  #ready: Promise<void> | undefined;
  #lockFile: string | undefined;

  whenReady(): Promise<void> {
    this.#ready ??= this.#start();
    return this.#ready;
  }

  getVersion(): string {
    const text = readFileSync(path.join(appDir, 'package.json'), 'utf8');
    // Safe: this repository's own package.json.
    return (JSON.parse(text) as { version: string }).version;
  }

  getName(): string {
    return 'Mạng Thuốc';
  }

  getPath(_name: 'userData'): string {
    const flag = '--user-data-dir=';
    const given = process.argv.find((argument) => argument.startsWith(flag));
    return given?.slice(flag.length) ?? path.join(tmpdir(), 'shim-user-data');
  }

  enableSandbox(): void {
    // Chromium runs in its own process anyway.
  }

  /** Answers at once, as Electron does: a lock file with a living process, a socket to tell it. */
  requestSingleInstanceLock(): boolean {
    const dir = this.getPath('userData');
    mkdirSync(dir, { recursive: true });
    const file = path.join(dir, 'shim-instance.json');
    const holder = livingHolder(file);
    if (holder !== undefined) {
      connect(holder).on('error', () => undefined);
      return false;
    }
    const socket = path.join(dir, 'shim.sock');
    // A killed program leaves its socket behind.
    rmSync(socket, { force: true });
    createServer((connection) => {
      connection.end();
      this.emit('second-instance');
    })
      .listen(socket)
      .unref();
    writeFileSync(file, JSON.stringify({ pid: process.pid, socket }));
    this.#lockFile = file;
    return true;
  }

  quit(): void {
    if (!this.#isAllowed('before-quit')) return;
    for (const window of [...this.windows]) window.close();
    if (this.windows.length > 0 || !this.#isAllowed('will-quit')) return;
    this.exit(0);
  }

  exit(code = 0): void {
    if (this.isQuitting) return;
    this.isQuitting = true;
    this.emit('quit');
    if (this.#lockFile !== undefined) rmSync(this.#lockFile, { force: true });
    const end = () => process.exit(code);
    // The socket's connection must leave before the process does.
    if (this.browser === undefined) setTimeout(end, 50);
    else this.browser.close().then(end, end);
  }

  windowClosed(): void {
    if (this.windows.length === 0 && !this.isQuitting) this.emit('window-all-closed');
  }

  #isAllowed(name: 'before-quit' | 'will-quit'): boolean {
    let isPrevented = false;
    const event: Preventable = {
      preventDefault: () => {
        isPrevented = true;
      },
    };
    this.emit(name, event);
    return !isPrevented;
  }

  async #start(): Promise<void> {
    // The program's module body runs first, as with Electron.
    await new Promise((resolve) => setImmediate(resolve));
    if (this.isQuitting) return new Promise(() => undefined);
    this.browser = await chromium.launchPersistentContext(profileDir, {
      executablePath: chromiumPath,
      viewport: { width: 1366, height: 768 },
      handleSIGINT: false,
      handleSIGTERM: false,
      handleSIGHUP: false,
      args: [...chromiumFlags, '--remote-debugging-port=0'],
    });
    this.browser.on('close', () => this.exit(0));
    const port = readFileSync(path.join(profileDir, 'DevToolsActivePort'), 'utf8').split('\n')[0];
    process.send?.({ type: 'ready', endpoint: `http://127.0.0.1:${port}` });
    this.emit('ready');
  }
}

export const app = new ShimApp();

process.on('message', (message) => {
  if (message === 'quit') app.quit();
});
process.on('disconnect', () => app.exit(0));

/** The socket of the process that holds the lock, if it still lives. */
function livingHolder(file: string): string | undefined {
  try {
    // Safe: written by this shim; a process that does not exist throws below.
    const holder = JSON.parse(readFileSync(file, 'utf8')) as { pid: number; socket: string };
    process.kill(holder.pid, 0);
    return holder.socket;
  } catch {
    return undefined;
  }
}
