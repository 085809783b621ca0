/**
 * The names of the `electron` module that the till uses, in its main process. Behaviour follows
 * Electron's documentation; what it is not faithful to stands in the README beside it.
 */
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { EventEmitter } from 'node:events';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { request as httpRequest, type RequestOptions } from 'node:http';
import { request as httpsRequest } from 'node:https';
import path from 'node:path';
import process from 'node:process';
import { app } from './shim-app.ts';
import { BrowserWindow, ipcMain, protocol } from './shim-window.ts';

export { app, BrowserWindow, ipcMain, protocol };

/** Where a packed program's own files lie. */
Object.assign(process, { resourcesPath: path.dirname(process.execPath) });

export const Menu = { setApplicationMenu: () => undefined };

export const session = {
  fromPartition: () => session.defaultSession,
  defaultSession: Object.assign(new EventEmitter(), {
    setPermissionRequestHandler: () => undefined,
    setPermissionCheckHandler: () => undefined,
  }),
};

/** Electron's own updater, of which another one only borrows the event. */
export const autoUpdater = new EventEmitter();

/** As much of Electron's client as an updater uses. */
export const net = {
  request: (options: RequestOptions) => {
    const client = options.protocol === 'https:' ? httpsRequest : httpRequest;
    // The proxy and cookies of a session are Electron's; here there are none.
    return client(options);
  },
};

export const dialog = {
  showErrorBox: (title: string, content: string) => {
    process.stderr.write(`[error box] ${title}: ${content}\n`);
  },
};

/** Sealed with a key beside the data: proves that the till seals, not that anybody's disk is safe. */
export const safeStorage = {
  isEncryptionAvailable: () => process.env['ELECTRON_SHIM_NO_KEY_STORE'] !== '1',
  encryptString: (text: string): Buffer => {
    const iv = randomBytes(12);
    const cipher = createCipheriv('aes-256-gcm', sealingKey(), iv);
    const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
    return Buffer.concat([Buffer.from('v10'), iv, cipher.getAuthTag(), body]);
  },
  decryptString: (sealed: Buffer): string => {
    if (sealed.subarray(0, 3).toString() !== 'v10') throw new Error('Error while decrypting');
    const decipher = createDecipheriv('aes-256-gcm', sealingKey(), sealed.subarray(3, 15));
    decipher.setAuthTag(sealed.subarray(15, 31));
    return Buffer.concat([decipher.update(sealed.subarray(31)), decipher.final()]).toString('utf8');
  },
};

function sealingKey(): Buffer {
  const file = path.join(app.getPath('userData'), 'shim-sealing.key');
  if (!existsSync(file)) {
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, randomBytes(32), { mode: 0o600 });
  }
  return readFileSync(file);
}
