import { generateKeyPairSync } from 'node:crypto';
import { applyChanges } from '../../desktop/main/db/catalogue.ts';
import { openDatabase } from '../../desktop/main/db/open-database.ts';
import { setSetting } from '../../desktop/main/db/sync-state.ts';
import type { TillDb } from '../../desktop/main/db/till-db.ts';
import type { KeyStore, TillDeps } from '../../desktop/main/deps.ts';
import { WireFailure } from '../../desktop/main/sync/centre-wire.ts';
import type { Drug } from '../../shared/model/drug.ts';
import { aDrug, aFacility, aTillId, moment } from './builders.ts';
import type { ManualTime } from './manual-time.ts';

/** Pieces of a till for tests and measurements: free of any test runner. */

/** 14:32:05 of Sunday, 22 November 2026 in Việt Nam. */
export const openedAt = moment('2026-11-22T14:32:05+07:00');

export type PreparedParts = {
  readonly drugs?: readonly Drug[];
  readonly isEnrolled?: boolean;
};

/** Makes the database of an enrolled till with a catalogue, as sync would leave it. */
export function prepareDatabase(dataDir: string, parts: PreparedParts = {}): void {
  withDatabase(dataDir, (db) =>
    db.immediately(() => {
      applyChanges(
        db,
        (parts.drugs ?? [aDrug()]).map((drug, index) => ({
          position: index + 1,
          kind: 'drug',
          key: drug.code,
          value: drug,
        })),
      );
      if (parts.isEnrolled === false) return;
      setSetting(db, 'identity', {
        tillId: aTillId,
        shortCode: 'A1',
        centreUrl: 'http://127.0.0.1:1',
        centrePublicKey: aPublicKey(),
        publicKey: aPublicKey(),
        certificate: '',
      });
      setSetting(db, 'facility', aFacility());
    }),
  );
}

/** Opens the file of a closed till for a moment. */
export function withDatabase<Answer>(dataDir: string, work: (db: TillDb) => Answer): Answer {
  const opened = openDatabase({ dataDir, openedAt });
  if (!opened.ok) throw new Error(JSON.stringify(opened.error));
  try {
    return work(opened.value);
  } finally {
    opened.value.close();
  }
}

/** The real way of hashing at a price that a test can pay. */
export const testPinCost = { N: 16, r: 1, p: 1 };

export function testDeps(dataDir: string, time: ManualTime): TillDeps {
  return {
    dataDir,
    programVersion: '0.0.0-test',
    host: 'counter-host',
    nowMs: time.nowMs,
    elapsedMs: time.nowMs,
    newId: newTestId,
    random: () => 0.5,
    timers: time.timers,
    keyStore: memoryKeyStore(),
    centreWire: {
      send: () => Promise.reject(new WireFailure('the cable is out')),
      listen: (_request, on) => {
        on.ended();
        return () => undefined;
      },
    },
    pinCost: testPinCost,
    log: { info: () => undefined, warn: () => undefined, error: showBug },
  };
}

/** Faults are what many tests are about; a bug is what none is about. */
function showBug({ code, err }: Readonly<Record<string, unknown>>): void {
  if (typeof code !== 'string' || !code.startsWith('bug-')) return;
  process.stderr.write(`${code} ${err instanceof Error ? err.stack : String(err)}\n`);
}

let idCounter = 0;

/** A UUID never given before in this process. */
export function newTestId(): string {
  idCounter += 1;
  return `01980000-0000-7000-9000-${String(idCounter).padStart(12, '0')}`;
}

function memoryKeyStore(): KeyStore {
  const { privateKey } = generateKeyPairSync('ed25519');
  let stored: Uint8Array = privateKey.export({ format: 'der', type: 'pkcs8' });
  return {
    load: () => stored,
    save: (key) => {
      stored = key;
    },
  };
}

function aPublicKey(): string {
  const { x = '' } = generateKeyPairSync('ed25519').publicKey.export({ format: 'jwk' });
  return Buffer.from(x, 'base64url').toString('base64');
}
