import { createHash, randomBytes, randomInt } from 'node:crypto';
import { limits } from '../../../shared/base/limits.ts';
import { type Instant, instantOfMs } from '../../../shared/model/calendar.ts';
import { getSetting, setSetting } from '../db/sync-state.ts';
import type { TillDb } from '../db/till-db.ts';
import type { TillDeps } from '../deps.ts';
import type { LanDevice } from './lan-device.ts';

/**
 * Which devices of the shop's network are let in. A customer's phone is on the same wireless, so a
 * device comes in only with a code that stands on the main machine's screen: once, for ten minutes,
 * and no more after five wrong ones.
 */
export type LanDevices = {
  readonly code: () => { readonly text: string; readonly expiresAt: Instant } | null;
  readonly newCode: () => void;
  /** @returns the device's token, or undefined for a code that does not hold. */
  readonly pair: (code: string, name: string) => string | undefined;
  readonly admits: (token: string) => boolean;
  readonly list: () => readonly (LanDevice & { readonly lastSeenAt: Instant | null })[];
  readonly forget: (id: string) => void;
};

/** Without letters and digits that look alike. */
const codeLetters = 'ABCDEFGHJKLMNPQRSTUVWXYZ23456789';
const codeLength = 8;
const codeMinutes = 10;
const wrongCodesMax = 5;

export function createLanDevices(
  db: TillDb,
  { nowMs, newId }: Pick<TillDeps, 'nowMs' | 'newId'>,
): LanDevices {
  let code: { text: string; expiresMs: number; wrong: number } | undefined;
  const lastSeen = new Map<string, Instant>();
  const holding = () =>
    code !== undefined && code.expiresMs > nowMs() && code.wrong < wrongCodesMax ? code : undefined;
  return {
    code: () => {
      const now = holding();
      return now === undefined ? null : { text: now.text, expiresAt: instantOfMs(now.expiresMs) };
    },
    newCode: () => {
      const letters = Array.from({ length: codeLength }, () => codeLetters[randomInt(32)] ?? '');
      code = { text: letters.join(''), expiresMs: nowMs() + codeMinutes * 60_000, wrong: 0 };
    },
    pair: (typed, name) => {
      const now = holding();
      if (now === undefined) return undefined;
      if (typed.toUpperCase().replace(/[^A-Z0-9]/g, '') !== now.text) {
        now.wrong += 1;
        return undefined;
      }
      code = undefined;
      const token = randomBytes(32).toString('hex');
      const device = {
        id: newId(),
        name,
        tokenHash: hashOf(token),
        pairedAt: instantOfMs(nowMs()),
      };
      const devices = [device, ...getSetting(db, 'lanDevices')].slice(0, limits.lanDevicesMax);
      setSetting(db, 'lanDevices', devices);
      return token;
    },
    admits: (token) => {
      const hash = hashOf(token);
      const device = getSetting(db, 'lanDevices').find(({ tokenHash }) => tokenHash === hash);
      if (device !== undefined) lastSeen.set(device.id, instantOfMs(nowMs()));
      return device !== undefined;
    },
    list: () =>
      getSetting(db, 'lanDevices').map((device) => ({
        ...device,
        lastSeenAt: lastSeen.get(device.id) ?? null,
      })),
    forget: (id) => {
      const devices = getSetting(db, 'lanDevices').filter((device) => device.id !== id);
      setSetting(db, 'lanDevices', devices);
    },
  };
}

function hashOf(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}
