import type { LanStatus } from '../../../shared/contract/till-care-api.ts';
import { getSetting } from '../db/sync-state.ts';
import type { TillDb } from '../db/till-db.ts';
import type { TillDeps } from '../deps.ts';
import type { CounterHost } from '../transport/counter-host.ts';
import type { TillCalls } from '../transport/till-calls.ts';
import { type LanCertificate, lanCertificate } from './lan-certificate.ts';
import { createLanDevices } from './lan-devices.ts';
import { lanAddresses, lanNames, startLanHost } from './lan-host.ts';

/** Other counters of the shop: opened and closed as the shop's settings say. */
export type Lan = {
  readonly status: () => LanStatus;
  /** Opens, closes or moves the door after the settings changed. */
  readonly settle: () => Promise<void>;
  readonly newCode: () => void;
  readonly forget: (id: string) => void;
  readonly close: () => Promise<void>;
};

export type LanParts = {
  readonly db: TillDb;
  readonly deps: Pick<TillDeps, 'dataDir' | 'nowMs' | 'newId' | 'log' | 'rendererDir'>;
  readonly till: TillCalls;
  readonly tell: () => void;
};

type OpenDoor = {
  readonly host: CounterHost & { readonly port: number };
  readonly certificate: LanCertificate;
  readonly wantedPort: number;
};

export function createLan({ db, deps, till, tell }: LanParts): Lan {
  const devices = createLanDevices(db, deps);
  const { rendererDir, log, dataDir, nowMs } = deps;
  let door: OpenDoor | undefined;
  let problem: LanStatus['problem'] = null;
  let running: Promise<void> = Promise.resolve();
  let isClosed = false;

  const open = async (port: number): Promise<void> => {
    if (rendererDir === undefined) return;
    const certificate = await lanCertificate(dataDir, { nowMs: nowMs(), names: lanNames() });
    const parts = { till, devices, certificate, rendererDir, port, log, onPaired: tell };
    const host = await startLanHost(parts);
    problem = host.ok ? null : host.error.type === 'PortTaken' ? 'port-taken' : 'failed';
    if (host.ok) door = { host: host.value, certificate, wantedPort: port };
    else log.warn({ ...host.error }, 'The door to the shop’s network stays closed');
  };
  const shut = async (): Promise<void> => {
    const host = door?.host;
    door = undefined;
    await host?.close();
  };
  const settleNow = async (): Promise<void> => {
    const { isLanOn, lanPort } = getSetting(db, 'shopSettings');
    const isWanted = isLanOn && !isClosed;
    if (door !== undefined && (!isWanted || door.wantedPort !== lanPort)) await shut();
    if (isWanted && door === undefined) await open(lanPort);
    if (!isLanOn) problem = null;
    if (!isClosed) tell();
  };
  const settle = (): Promise<void> => {
    running = running.then(settleNow).catch((error: unknown) => {
      problem = 'failed';
      log.error({ err: error }, 'The door to the shop’s network failed');
    });
    return running;
  };
  return {
    status: () => {
      const port = door?.host.port ?? getSetting(db, 'shopSettings').lanPort;
      return {
        isOffered: rendererDir !== undefined,
        isOpen: door !== undefined,
        port,
        urls: lanAddresses().map((address) => `https://${address}:${port}/`),
        fingerprint: door?.certificate.fingerprint ?? null,
        code: devices.code(),
        devices: devices.list().map(({ tokenHash: _, ...device }) => device),
        problem,
      };
    },
    settle,
    newCode: () => {
      devices.newCode();
      tell();
    },
    forget: (id) => {
      devices.forget(id);
      tell();
    },
    close: async () => {
      isClosed = true;
      await running;
      await shut();
    },
  };
}
