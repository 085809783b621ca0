/**
 * The till as a desktop program. Thin: everything that can be right or wrong about selling lies
 * behind createTill, which knows nothing of Electron.
 */
import path from 'node:path';
import process from 'node:process';
import { app, type BrowserWindow, dialog } from 'electron';
import { keptLog } from './care/kept-log.ts';
import type { Log } from './deps.ts';
import {
  isOwnPage,
  lockDown,
  openWindow,
  pageUrl,
  registerScheme,
  sealedKeyStore,
  serveScreens,
  windowPrinting,
} from './electron-shell.ts';
import { jsonLog, productionDeps } from './production-deps.ts';
import { createTill } from './till.ts';
import { serveIpc } from './transport/ipc.ts';
import { electronInstaller } from './updates/electron-installer.ts';
import type { UpdateInstaller } from './updates/update-installer.ts';

/** A second copy on the same data must never run: one installation writes the shop's journal. */
const alreadyRunning = 3;
const outDir = path.resolve(import.meta.dirname, '..');

registerScheme();
let window: BrowserWindow | undefined;

if (app.requestSingleInstanceLock()) {
  app.on('second-instance', () => {
    if (window?.isMinimized() === true) window.restore();
    window?.focus();
  });
  app.enableSandbox();
  app.on('window-all-closed', () => app.quit());
  app.whenReady().then(start, reportAndExit);
} else {
  app.exit(alreadyRunning);
}

async function start(): Promise<void> {
  const dataDir = path.join(app.getPath('userData'), 'till');
  const kept = keptLog(path.join(dataDir, 'log'));
  const log = jsonLog('info', kept);
  const till = createTill(
    productionDeps({
      dataDir,
      programVersion: app.getVersion(),
      host: 'electron',
      log,
      kept,
      rendererDir: path.join(outDir, 'renderer'),
      keyStore: sealedKeyStore(dataDir, log),
      driverPrinting: windowPrinting,
      ...installerHere(dataDir, log),
    }),
  );
  lockDown(log);
  serveScreens(path.join(outDir, 'renderer'));
  window = openWindow(path.join(outDir, 'preload/preload.cjs'));
  const stopServing = serveIpc(till, { contents: window.webContents, isOwnPage });
  window.on('closed', () => {
    window = undefined;
  });
  closeBeforeQuitting(async () => {
    stopServing();
    await till.close();
  });
  await window.loadURL(pageUrl);
}

/** Only an installed copy can be exchanged; one run from a folder is somebody's workbench. */
function installerHere(dataDir: string, log: Log): { readonly installer?: UpdateInstaller } {
  if (!app.isPackaged) return {};
  const isAppImage = process.env['APPIMAGE'] !== undefined;
  const onLinux = isAppImage ? '.AppImage' : '.deb';
  const fileEnding = process.platform === 'win32' ? '.exe' : onLinux;
  return { installer: electronInstaller({ fileEnding, dataDir, log }) };
}

/** The database is closed before the process ends; the second `will-quit` lets it end. */
function closeBeforeQuitting(close: () => Promise<void>): void {
  let isClosed = false;
  app.on('will-quit', (event) => {
    if (isClosed) return;
    event.preventDefault();
    isClosed = true;
    close().then(() => app.quit(), reportAndExit);
  });
}

function reportAndExit(error: unknown): void {
  const detail = error instanceof Error ? (error.stack ?? error.message) : String(error);
  dialog.showErrorBox('Mạng Thuốc', detail);
  app.exit(1);
}
