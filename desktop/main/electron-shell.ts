/**
 * The window and its walls. The page is served under its own scheme, so that it has an origin, a
 * content security policy in a real header and no reach into the disk; it cannot navigate, open
 * windows, or ask for any permission. Electron's security checklist, points 1 to 20.
 */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { app, BrowserWindow, Menu, protocol, safeStorage, session } from 'electron';
import type { KeyStore, Log } from './deps.ts';
import type { DriverPrinting, PrintEnd } from './devices/link/printer-link.ts';
import { fileKeyStore } from './production-deps.ts';

const scheme = 'till';
export const pageUrl = `${scheme}://screens/index.html`;

const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "font-src 'self'",
  "img-src 'self' data:",
  "connect-src 'none'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  "object-src 'none'",
].join('; ');

const contentTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff': 'font/woff',
  '.woff2': 'font/woff2',
};

/** Before the program is ready: a scheme with an origin of its own, storage and fetch. */
export function registerScheme(): void {
  const privileges = { standard: true, secure: true, supportFetchAPI: true };
  protocol.registerSchemesAsPrivileged([{ scheme, privileges }]);
}

export function isOwnPage(url: string): boolean {
  return url.split(/[?#]/)[0] === pageUrl;
}

/** Serves the built screens; anything outside their folder does not exist. */
export function serveScreens(rendererDir: string): void {
  protocol.handle(scheme, async (request) => {
    const { host, pathname } = new URL(request.url);
    const file = path.resolve(rendererDir, `.${decodeURIComponent(pathname)}`);
    const contentType = contentTypes[path.extname(file)];
    const isInside = file.startsWith(rendererDir + path.sep);
    if (host !== 'screens' || !isInside || contentType === undefined) return notFound();
    try {
      return new Response(new Uint8Array(await readFile(file)), {
        headers: {
          'content-type': contentType,
          'content-security-policy': contentSecurityPolicy,
          'x-content-type-options': 'nosniff',
          'cache-control': 'no-cache',
        },
      });
    } catch (error) {
      if (error instanceof Error && 'code' in error) return notFound();
      throw error;
    }
  });
}

export function openWindow(preloadFile: string): BrowserWindow {
  const window = new BrowserWindow({
    width: 1366,
    height: 768,
    minWidth: 1024,
    minHeight: 640,
    show: false,
    backgroundColor: '#f3f5f4',
    autoHideMenuBar: true,
    webPreferences: {
      preload: preloadFile,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      webviewTag: false,
      spellcheck: false,
      navigateOnDragDrop: false,
    },
  });
  window.once('ready-to-show', () => window.show());
  return window;
}

/** Walls around every page there will ever be, and no menu with its reload and zoom accelerators. */
export function lockDown(log: Log): void {
  Menu.setApplicationMenu(null);
  session.defaultSession.setPermissionRequestHandler((_contents, permission, answer) => {
    log.warn({ permission }, 'The page asked for a permission and was refused');
    answer(false);
  });
  session.defaultSession.setPermissionCheckHandler(() => false);
  app.on('web-contents-created', (_event, contents) => {
    contents.setWindowOpenHandler(() => ({ action: 'deny' }));
    contents.on('will-navigate', (event) => event.preventDefault());
    contents.on('will-redirect', (event) => event.preventDefault());
    contents.on('will-attach-webview', (event) => event.preventDefault());
  });
}

/**
 * The device key, sealed by the operating system's own key store. Where there is none (a bare Linux
 * desktop), it stays in a file that only this account can read, and the log says so.
 */
export function sealedKeyStore(dataDir: string, log: Log): KeyStore {
  const file = fileKeyStore(dataDir);
  if (!safeStorage.isEncryptionAvailable()) {
    log.warn({}, 'No key store of the operating system: the device key is kept in a file (0600)');
    return file;
  }
  return {
    load: () => {
      const stored = file.load();
      if (stored === undefined) return undefined;
      const text = Buffer.from(stored);
      // A key written while there was no key store is read as it is, and sealed at the next save.
      return isSealed(text) ? Buffer.from(safeStorage.decryptString(text), 'base64') : stored;
    },
    save: (privateKey) => {
      const text = Buffer.from(privateKey).toString('base64');
      file.save(safeStorage.encryptString(text));
    },
  };
}

/** DER of a PKCS#8 key begins with a SEQUENCE (0x30); what the operating system seals does not. */
function isSealed(stored: Buffer): boolean {
  return stored[0] !== 0x30;
}

/** How long a driver may take to draw one slip. */
const driverTimeoutMs = 30_000;

/** Prints dots through the operating system's driver: a hidden page that holds one picture. */
export const windowPrinting: DriverPrinting = {
  print: async ({ printerName, png, widthMm, heightMm }) => {
    const window = new BrowserWindow({
      show: false,
      webPreferences: {
        sandbox: true,
        contextIsolation: true,
        nodeIntegration: false,
        javascript: false,
      },
    });
    try {
      const picture = (await png()).toString('base64');
      const style = 'html,body{margin:0}img{width:100%;display:block;image-rendering:pixelated}';
      const page = `<style>${style}</style><img alt="" src="data:image/png;base64,${picture}">`;
      await window.loadURL(`data:text/html;base64,${Buffer.from(page).toString('base64')}`);
      return await printed(window, {
        silent: true,
        deviceName: printerName,
        printBackground: true,
        margins: { marginType: 'none' },
        pageSize: { width: Math.round(widthMm * 1_000), height: Math.round(heightMm * 1_000) },
      });
    } catch (error) {
      const detail = error instanceof Error ? error.message : String(error);
      return { type: 'not-begun', trouble: 'error', detail };
    } finally {
      window.destroy();
    }
  },
  list: async () => {
    const [window] = BrowserWindow.getAllWindows();
    const printers = (await window?.webContents.getPrintersAsync()) ?? [];
    return printers.map(({ name }) => name);
  },
};

function printed(
  window: BrowserWindow,
  options: Electron.WebContentsPrintOptions,
): Promise<PrintEnd> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => {
      resolve({ type: 'interrupted', trouble: 'off', detail: 'The driver gives no answer' });
    }, driverTimeoutMs);
    window.webContents.print(options, (isDone, reason) => {
      clearTimeout(timer);
      // The driver takes a job whole or not at all.
      resolve(isDone ? { type: 'printed' } : { type: 'not-begun', trouble: 'off', detail: reason });
    });
  });
}

function notFound(): Response {
  return new Response('', { status: 404 });
}
