import type { PrinterWays } from './devices/link/printer-link.ts';
import type { CentreWire } from './sync/centre-wire.ts';
import type { UpdateInstaller } from './updates/update-installer.ts';

/**
 * Everything a till takes from outside: time, chance, names, keys, the network. The program gives
 * real ones (production-deps.ts), tests and the simulation give their own.
 */
export type TillDeps = {
  /** Folder that holds everything of this till: `till.db` and, beside it, nothing it cannot lose. */
  readonly dataDir: string;
  /** Where backups go; a till without it makes none by itself. */
  readonly backupDir?: string;
  /** Sticks and drives that are plugged in now, to look for backups on. */
  readonly removableFolders?: () => readonly string[];
  readonly programVersion: string;
  readonly host: 'electron' | 'counter-host';
  readonly nowMs: () => number;
  /** Monotonic milliseconds, for durations: the wall clock may jump. */
  readonly elapsedMs: () => number;
  /** UUIDv7, as a string. */
  readonly newId: () => string;
  /** Uniform in [0, 1): jitter only, never secrets. */
  readonly random: () => number;
  readonly timers: Timers;
  readonly keyStore: KeyStore;
  readonly centreWire: CentreWire;
  /** Ways to printers; a till without them prints nothing. */
  readonly printers?: PrinterWays;
  readonly log: Log;
  /** The built screens, where this program can show them to other devices of the shop. */
  readonly rendererDir?: string;
  /** How this copy can be replaced by a newer one; a till without it never looks for one. */
  readonly updates?: {
    /** Raw Ed25519 keys, base64, whose word is believed. */
    readonly releaseKeys: readonly string[];
    readonly system: 'win32' | 'linux';
    readonly arch: string;
    readonly installer?: UpdateInstaller;
  };
  /** The last lines of the log, for support; a till without it has none to show. */
  readonly recentLog?: (linesMax: number) => readonly string[];
  /** What hashing a PIN costs; without, what a shop's counter can bear (commands/staff-pin.ts). */
  readonly pinCost?: PinCost;
};

/** Of scrypt (RFC 7914). */
export type PinCost = { readonly N: number; readonly r: number; readonly p: number };

export type Timers = {
  /** @returns a function that cancels. */
  readonly after: (delayMs: number, run: () => void) => () => void;
  /** A cron expression (node-cron); @returns a function that stops it. */
  readonly schedule: (expression: string, run: () => void) => () => void;
};

/** Keeps the till's Ed25519 private key (PKCS#8 DER) outside the database. */
export type KeyStore = {
  readonly load: () => Uint8Array | undefined;
  /** Durable when it returns. */
  readonly save: (privateKey: Uint8Array) => void;
};

export type Log = {
  readonly info: (detail: Readonly<Record<string, unknown>>, message: string) => void;
  readonly warn: (detail: Readonly<Record<string, unknown>>, message: string) => void;
  readonly error: (detail: Readonly<Record<string, unknown>>, message: string) => void;
};
