import { randomBytes } from 'node:crypto';
import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  writeSync,
} from 'node:fs';
import path from 'node:path';
import cron from 'node-cron';
import pino from 'pino';
import type { KeptLog } from './care/kept-log.ts';
import { syncFolder } from './db/sync-folder.ts';
import type { KeyStore, Log, TillDeps, Timers } from './deps.ts';
import type { DriverPrinting } from './devices/link/printer-link.ts';
import { realPrinters } from './devices/link/real-printers.ts';
import { cupsPrinting } from './devices/link/system-link.ts';
import { createDocumentIds } from './document-ids.ts';
import { createAxiosWire } from './sync/centre-wire-axios.ts';
import { releaseKeys } from './updates/release-keys.ts';
import type { UpdateInstaller } from './updates/update-installer.ts';

export type ProductionOptions = Pick<TillDeps, 'dataDir' | 'programVersion' | 'host' | 'log'> & {
  /** What the log also goes to, and support is shown. */
  readonly kept?: KeptLog;
  /** Electron gives one over safeStorage; the counter host keeps a file. */
  readonly keyStore?: KeyStore;
  /** Electron's; the till in a browser only says that a newer program exists. */
  readonly installer?: UpdateInstaller;
  /** Electron prints through its window; the counter host through CUPS. */
  readonly driverPrinting?: DriverPrinting;
  readonly rendererDir?: string;
};

/** The real world. */
export function productionDeps(options: ProductionOptions): TillDeps {
  const { dataDir, programVersion, host, log } = options;
  return {
    dataDir,
    backupDir: path.join(dataDir, 'backups'),
    removableFolders,
    programVersion,
    host,
    log,
    ...(options.kept === undefined ? {} : { recentLog: options.kept.recent }),
    nowMs: Date.now,
    elapsedMs: () => performance.now(),
    newId: createDocumentIds(randomBytes(16), Date.now),
    random: Math.random,
    timers: realTimers(),
    keyStore: options.keyStore ?? fileKeyStore(dataDir),
    centreWire: createAxiosWire(),
    ...(options.rendererDir === undefined ? {} : { rendererDir: options.rendererDir }),
    ...updatesOf(options.installer),
    printers: realPrinters(options.driverPrinting ?? cupsPrinting),
  };
}

/** Programs are made for these two systems; on another one a till looks for none. */
function updatesOf(installer: UpdateInstaller | undefined): Pick<TillDeps, 'updates'> {
  const { platform: system, arch } = process;
  if (system !== 'win32' && system !== 'linux') return {};
  return { updates: { releaseKeys, system, arch, ...(installer && { installer }) } };
}

/** Where sticks appear: drive letters, `/media/<person>/<stick>` or `/Volumes/<stick>`. */
function removableFolders(): readonly string[] {
  if (process.platform === 'win32') {
    return [...'DEFGHIJKLMNOPQRSTUVWXYZ'].map((letter) => `${letter}:\\`).filter(existsSync);
  }
  const roots = ['/media', '/run/media', '/mnt', '/Volumes'].flatMap(foldersIn);
  return [...roots, ...roots.flatMap(foldersIn)];
}

function foldersIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder, { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map(({ name }) => path.join(folder, name));
  } catch {
    // Not on this system, or not to be read by this account.
    return [];
  }
}

/** One JSON line per event on standard error, so that standard output stays for people. */
export function jsonLog(level = 'info', kept?: KeptLog): Log {
  const toPerson = pino.destination({ fd: 2, sync: true });
  if (kept === undefined) return pino({ level, base: null }, toPerson);
  const both = pino.multistream([
    { level: isPinoLevel(level) ? level : 'fatal', stream: toPerson },
    { level: 'info', stream: kept },
  ]);
  return pino({ level: 'info', base: null }, both);
}

function isPinoLevel(level: string): level is pino.Level {
  return Object.hasOwn(pino.levels.values, level);
}

export function realTimers(): Timers {
  return {
    after: (delayMs, run) => {
      const timer = setTimeout(run, delayMs);
      return () => clearTimeout(timer);
    },
    schedule: (expression, run) => {
      const task = cron.schedule(expression, run, {
        timezone: 'Asia/Ho_Chi_Minh',
        // A laptop that slept through a time misses nothing: everything periodic here only looks.
        suppressMissedWarning: true,
      });
      return () => void task.destroy();
    },
  };
}

/** The device key as a file that only the till's own account can read. */
export function fileKeyStore(dataDir: string): KeyStore {
  const file = path.join(dataDir, 'device.key');
  return {
    load: () => {
      try {
        return readFileSync(file);
      } catch (error) {
        if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
        throw error;
      }
    },
    save: (privateKey) => {
      mkdirSync(dataDir, { recursive: true });
      const draft = `${file}.new`;
      const descriptor = openSync(draft, 'w', 0o600);
      try {
        writeSync(descriptor, privateKey);
        fsyncSync(descriptor);
      } finally {
        closeSync(descriptor);
      }
      renameSync(draft, file);
      syncFolder(dataDir);
    },
  };
}
