import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { appendEvent, chainHead } from '../../desktop/main/db/event-log.ts';
import { openDatabase } from '../../desktop/main/db/open-database.ts';
import { getSetting } from '../../desktop/main/db/sync-state.ts';
import type { TillDb } from '../../desktop/main/db/till-db.ts';
import type { KeyStore, Log } from '../../desktop/main/deps.ts';
import type { CentreWire } from '../../desktop/main/sync/centre-wire.ts';
import { type Sync, startSync } from '../../desktop/main/sync/start-sync.ts';
import { instantOfMs } from '../../shared/model/calendar.ts';
import { aSale, aTillId, day } from './builders.ts';
import { ManualTime } from './manual-time.ts';

const silentLog: Log = { info: () => undefined, warn: () => undefined, error: () => undefined };

/** A till reduced to its journal and its sync: real SQLite in a folder of its own. */
export class SyncTill {
  readonly dataDir = mkdtempSync(path.join(tmpdir(), 'sync-till-'));
  readonly time = new ManualTime();
  readonly news: string[] = [];
  storedKey: Uint8Array | undefined;
  random = 0.5;
  db: TillDb;
  sync: Sync;
  readonly #wire: CentreWire;
  #documents = 0;

  constructor(wire: CentreWire) {
    this.#wire = wire;
    this.db = this.#open();
    this.sync = this.#start();
  }

  readonly keyStore: KeyStore = {
    load: () => this.storedKey,
    save: (key) => {
      this.storedKey = Uint8Array.from(key);
    },
  };

  async enrol(code = 'ABCD-EFGH-JKLM') {
    const enrolled = await this.sync.enrol({ centreUrl: 'https://centre.example/', code });
    await this.sync.now();
    return enrolled;
  }

  declareStock(units = 1_000): void {
    const lines = [
      { drug: 'DEMO-1', lot: 'A1', expiresOn: day('2027-06-30'), units, unitCostVnd: null },
    ];
    this.#append((stamp) =>
      appendEvent(this.db, { ...stamp, type: 'OpeningStockDeclared.v1', data: { lines } }),
    );
  }

  /** Sells `count` times one unit; other slip numbers make them other events than those of a copy. */
  sell(count = 1, slipsAfter = 0): void {
    for (let sale = 0; sale < count; sale += 1) {
      const fact = aSale({ units: 1, slip: `A1-${slipsAfter + chainHead(this.db).seq + 1}` });
      if (fact.type !== 'SaleCompleted.v1') throw new Error('aSale builds a sale');
      this.#append((stamp) => appendEvent(this.db, { ...stamp, type: fact.type, data: fact.data }));
    }
  }

  get ackedSeq(): number {
    return getSetting(this.db, 'ackedHead').seq;
  }

  /** The program ends and starts again on the same files. */
  async restart(): Promise<void> {
    await this.sync.close();
    this.db.close();
    this.db = this.#open();
    this.sync = this.#start();
  }

  /** Somebody puts a copy of another computer's disk, and of its device key, into this one. */
  async takeDiskOf(other: SyncTill): Promise<void> {
    await this.sync.close();
    this.db.close();
    rmSync(path.join(this.dataDir, 'till.db'));
    other.db.run('VACUUM INTO ?', path.join(this.dataDir, 'till.db'));
    this.storedKey = other.storedKey;
    this.db = this.#open();
    this.sync = this.#start();
  }

  async close(): Promise<void> {
    await this.sync.close();
    this.db.close();
    rmSync(this.dataDir, { recursive: true, force: true });
  }

  #open(): TillDb {
    const openedAt = instantOfMs(this.time.nowMs());
    const opened = openDatabase({ dataDir: this.dataDir, openedAt });
    if (!opened.ok) throw new Error(opened.error.detail);
    return opened.value;
  }

  #start(): Sync {
    return startSync({
      db: this.db,
      deps: {
        nowMs: this.time.nowMs,
        newId: () => crypto.randomUUID(),
        random: () => this.random,
        timers: this.time.timers,
        log: silentLog,
        keyStore: this.keyStore,
        centreWire: this.#wire,
        programVersion: '0.0.0',
      },
      tell: (topics) => this.news.push(...topics),
    });
  }

  #append(
    append: (stamp: {
      till: string;
      id: string;
      at: ReturnType<typeof instantOfMs>;
      by: string;
    }) => void,
  ): void {
    // What was caught up with bears the names of its number, too.
    this.#documents = Math.max(this.#documents, chainHead(this.db).seq) + 1;
    const id = `01980000-0000-7000-8000-${String(this.#documents).padStart(12, '0')}`;
    const at = instantOfMs(this.time.nowMs());
    this.db.immediately(() => append({ till: aTillId, id, at, by: 'DS01' }));
    this.sync.wakePush();
  }
}
