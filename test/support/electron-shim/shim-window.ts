import { randomUUID } from 'node:crypto';
import { EventEmitter } from 'node:events';
import { readFileSync } from 'node:fs';
import process from 'node:process';
import type { BrowserContext, CDPSession, Page, Route } from 'playwright-core';
import { mainWorldBridge, preloadWorld } from './page-world.ts';
import { app } from './shim-app.ts';

const worldName = 'Electron Isolated Context';
const binding = '__shimSend';

type Handler = (event: unknown, ...values: readonly unknown[]) => unknown;
const handlers = new Map<string, Handler>();
export const ipcMain = {
  handle: (channel: string, handler: Handler) => {
    if (handlers.has(channel)) throw new Error(`A second handler for '${channel}'`);
    handlers.set(channel, handler);
  },
  removeHandler: (channel: string) => handlers.delete(channel),
};

const schemes = new Map<string, (request: Request) => Promise<Response>>();
export const protocol = {
  registerSchemesAsPrivileged: () => undefined,
  handle: (scheme: string, serve: (request: Request) => Promise<Response>) => {
    schemes.set(scheme, serve);
  },
};

type WebPreferences = {
  readonly preload?: string;
  readonly sandbox?: boolean;
  readonly contextIsolation?: boolean;
  readonly nodeIntegration?: boolean;
};

/** A page and its preload. Its main frame is the only frame this shim lets call. */
class WebContents extends EventEmitter {
  readonly mainFrame = { url: '' };
  readonly #isDestroyed: () => boolean;
  #page: Page | undefined;
  #session: CDPSession | undefined;
  #world: number | undefined;
  #openHandler: (detail: { url: string }) => { action: string } = () => ({ action: 'allow' });
  #ownNavigation = '';

  constructor(isDestroyed: () => boolean) {
    super();
    this.#isDestroyed = isDestroyed;
  }

  isDestroyed(): boolean {
    return this.#isDestroyed();
  }

  setWindowOpenHandler(handler: (detail: { url: string }) => { action: string }): void {
    this.#openHandler = handler;
  }

  send(channel: string, value: unknown): void {
    if (this.isDestroyed()) throw new TypeError('Object has been destroyed');
    this.#deliver({ channel, value });
  }

  async load(page: Page, url: string): Promise<void> {
    this.#ownNavigation = httpsOf(url);
    await page.goto(this.#ownNavigation, { waitUntil: 'load' });
  }

  async attach(page: Page, preload: string | undefined): Promise<void> {
    this.#page = page;
    page.on('framenavigated', (frame) => {
      if (frame === page.mainFrame()) this.mainFrame.url = schemeUrlOf(frame.url());
    });
    page.on('popup', (popup) => {
      const { action } = this.#openHandler({ url: popup.url() });
      if (action === 'deny') void popup.close();
    });
    page.on('pageerror', (error) => process.stderr.write(`[page] ${error.stack ?? error}\n`));
    // The route registered last is asked first.
    await page.route(/^https:\/\/[^/]+\.[a-z]+\.invalid\//, serveScheme);
    await page.route('**', (route) => this.#guardNavigation(route));
    if (preload !== undefined) await this.#installPreload(page, preload);
  }

  async #installPreload(page: Page, preload: string): Promise<void> {
    const session = await page.context().newCDPSession(page);
    this.#session = session;
    session.on('Runtime.executionContextCreated', ({ context }) => {
      if (context.name === worldName) this.#world = context.id;
    });
    session.on('Runtime.executionContextDestroyed', ({ executionContextId }) => {
      if (executionContextId === this.#world) this.#world = undefined;
    });
    session.on('Runtime.bindingCalled', ({ name, payload }) => {
      if (name === binding) void this.#answer(payload);
    });
    await session.send('Runtime.enable');
    await session.send('Page.enable');
    await session.send('Runtime.addBinding', { name: binding, executionContextName: worldName });
    const secret = JSON.stringify(`shim-${randomUUID()}`);
    const source = readFileSync(preload, 'utf8');
    await session.send('Page.addScriptToEvaluateOnNewDocument', {
      source: `(${mainWorldBridge.toString()})(${secret})`,
    });
    await session.send('Page.addScriptToEvaluateOnNewDocument', {
      worldName,
      source: `(${preloadWorld.toString()})(${secret}, "${binding}", (require) => {${source}\n})`,
    });
  }

  async #answer(payload: string): Promise<void> {
    // Safe: only the preload's world has this binding, and page-world.ts writes this shape.
    const call = JSON.parse(payload) as { id: number; channel: string; values: unknown[] };
    const event = { sender: this, senderFrame: this.mainFrame };
    try {
      const handler = handlers.get(call.channel);
      if (handler === undefined) throw new Error(`No handler registered for '${call.channel}'`);
      const value = await handler(event, ...call.values);
      this.#deliver({ id: call.id, ok: true, text: JSON.stringify(value) ?? 'null' });
    } catch (error) {
      this.#deliver({ id: call.id, ok: false, text: String(error) });
    }
  }

  /** What is told to a page that is being replaced is lost, as with Electron. */
  #deliver(message: unknown): void {
    if (this.#world === undefined || this.#page?.isClosed() !== false) return;
    this.#session
      ?.send('Runtime.callFunctionOn', {
        executionContextId: this.#world,
        functionDeclaration: 'function (text) { globalThis.__shimDeliver(text); }',
        arguments: [{ value: JSON.stringify(message) }],
      })
      .catch(() => undefined);
  }

  /** `will-navigate` is for navigation that the page began, not for the program's own. */
  async #guardNavigation(route: Route): Promise<void> {
    const request = route.request();
    const page = this.#page;
    const isTopLevel = request.isNavigationRequest() && request.frame() === page?.mainFrame();
    if (!isTopLevel || request.url() === this.#ownNavigation) return route.fallback();
    let isPrevented = false;
    const preventDefault = () => {
      isPrevented = true;
    };
    this.emit('will-navigate', { preventDefault, url: request.url() });
    return isPrevented ? route.abort('aborted') : route.fallback();
  }
}

export class BrowserWindow extends EventEmitter {
  readonly webContents: WebContents;
  readonly #opening: Promise<Page>;
  #isDestroyed = false;

  constructor({ webPreferences = {} }: { readonly webPreferences?: WebPreferences } = {}) {
    super();
    const { sandbox, contextIsolation, nodeIntegration, preload } = webPreferences;
    if (sandbox === false || contextIsolation === false || nodeIntegration === true) {
      throw new Error('Only sandboxed, context-isolated windows without Node are supported');
    }
    this.webContents = new WebContents(() => this.#isDestroyed);
    app.windows.push(this);
    app.emit('web-contents-created', {}, this.webContents);
    this.#opening = this.#open(preload);
  }

  async loadURL(url: string): Promise<void> {
    await this.webContents.load(await this.#opening, url);
    this.emit('ready-to-show');
  }

  close(): void {
    if (this.#isDestroyed) return;
    this.#destroyed();
    void this.#opening.then((page) => page.close()).catch(() => undefined);
  }

  isDestroyed(): boolean {
    return this.#isDestroyed;
  }

  isMinimized(): boolean {
    return false;
  }

  restore(): void {
    // Never minimised.
  }

  show(): void {
    this.emit('show');
  }

  focus(): void {
    void this.#opening.then((page) => page.bringToFront());
  }

  async #open(preload: string | undefined): Promise<Page> {
    const browser: BrowserContext | undefined = app.browser;
    if (browser === undefined) throw new Error('Cannot create a window before the app is ready');
    const page = browser.pages()[0] ?? (await browser.newPage());
    page.on('close', () => this.#destroyed());
    await this.webContents.attach(page, preload);
    return page;
  }

  #destroyed(): void {
    if (this.#isDestroyed) return;
    this.#isDestroyed = true;
    app.windows.splice(app.windows.indexOf(this), 1);
    this.emit('closed');
    app.windowClosed();
  }
}

async function serveScheme(route: Route): Promise<void> {
  const request = route.request();
  const url = schemeUrlOf(request.url());
  const serve = schemes.get(url.slice(0, url.indexOf(':')));
  if (serve === undefined) return route.abort('failed');
  const response = await serve(new Request(url, { method: request.method() }));
  await route.fulfill({
    status: response.status,
    headers: Object.fromEntries(response.headers),
    body: Buffer.from(await response.arrayBuffer()),
  });
}

/** Chromium knows no `till://screens/x`, so it is asked for as `https://screens.till.invalid/x`. */
function httpsOf(url: string): string {
  const [, scheme = '', host = '', rest = '/'] = /^([a-z]+):\/\/([^/]+)(.*)$/.exec(url) ?? [];
  return schemes.has(scheme) ? `https://${host}.${scheme}.invalid${rest}` : url;
}

function schemeUrlOf(url: string): string {
  return url.replace(/^https:\/\/(.+)\.([a-z]+)\.invalid\//, '$2://$1/');
}
