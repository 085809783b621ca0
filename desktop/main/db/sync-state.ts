import { z } from 'zod';
import {
  Agreement,
  BackupState,
  DerivedProof,
  Recovered,
  SyncProblem,
} from '../../../shared/contract/till-api.ts';
import { Restored } from '../../../shared/contract/till-backup-api.ts';
import { PrintSettings } from '../../../shared/contract/till-print-api.ts';
import { HashHex, zeroHash } from '../../../shared/events/envelope.ts';
import { CalendarDate, Instant } from '../../../shared/model/calendar.ts';
import { Facility, TillId } from '../../../shared/model/facility.ts';
import { SafetyPack } from '../../../shared/model/safety-pack.ts';
import { ShopSettings } from '../../../shared/model/shop-settings.ts';
import { Receipt } from '../../../shared/sync/batch.ts';
import { EnrolmentProof } from '../../../shared/sync/enrolment-proof.ts';
import { ClinicNotice } from '../../../shared/sync/feed.ts';
import { LanDevice } from '../lan/lan-device.ts';
import type { TillDb } from './till-db.ts';

/** Who this till is; absent until it is enrolled, never changed afterwards. */
export const TillIdentity = z.object({
  tillId: TillId,
  /** Begins the slip numbers. */
  shortCode: z.string().regex(/^[A-Z0-9]{2,8}$/),
  centreUrl: z.string(),
  /** Raw Ed25519 keys, base64. */
  centrePublicKey: z.string(),
  publicKey: z.string(),
  /** The centre's word that this key is this till's; shown to whoever verifies an export. */
  certificate: z.string().default(''),
});
export type TillIdentity = z.infer<typeof TillIdentity>;

/** Everything this installation remembers beside its journal and catalogue, with its schema. */
const schemas = {
  identity: TillIdentity.nullable(),
  facility: Facility.nullable(),
  /** Where the books that were put aside reported to: the next enrolment begins with it. */
  formerCentreUrl: z.string().nullable(),
  /** What the centre has acknowledged. */
  ackedHead: z.object({ seq: z.int().min(0), hash: HashHex }),
  feedCursor: z.int().min(0),
  /** The life of the centre's database in which the cursor counts (shared/sync/feed.ts). */
  feedEpoch: z.uuid().nullable(),
  /** The centre's signature over this till's enrolment (shared/sync/enrolment-proof.ts). */
  enrolmentProof: EnrolmentProof.nullable(),
  agreement: Agreement,
  problem: SyncProblem.nullable(),
  /** Whose place this till took, and what of it was reported (sync/recover-till.ts). */
  recovered: Recovered.nullable(),
  backup: BackupState,
  /** The backup this till was put back from; nothing is recorded before it has caught up. */
  restored: Restored.nullable(),
  lastContactAt: Instant.nullable(),
  offlineSince: Instant.nullable(),
  /** Till clock minus centre clock at the last answer. */
  clockSkewMs: z.number().nullable(),
  lastFailure: z.string().nullable(),
  /** When the derived tables were last proved, and what had to be repaired, newest first. */
  derivedProof: DerivedProof,
  /** Up to where movements by day have agreed, and on which day all of them were compared. */
  agreedDays: z.object({ seq: z.int().min(0), fullOn: CalendarDate.nullable() }),
  /** Records that the centre asks this till to look at. */
  clinicNotices: z.array(ClinicNotice),
  /** Sets of safety rules from the centre, oldest first (db/safety-packs.ts). */
  safetyPacks: z.array(SafetyPack),
  /** What the shop has chosen; never sent. */
  shopSettings: ShopSettings,
  /** Devices of the shop's network that were let in. */
  lanDevices: z.array(LanDevice),
  /** A counter was locked and not unlocked since: a restart of the program does not open it. */
  isLocked: z.boolean(),
  printing: PrintSettings,
} as const;
type SettingName = keyof typeof schemas;
export type SettingValue<Name extends SettingName> = z.output<(typeof schemas)[Name]>;

const initialValues: { readonly [Name in SettingName]: SettingValue<Name> } = {
  identity: null,
  facility: null,
  formerCentreUrl: null,
  ackedHead: { seq: 0, hash: zeroHash },
  feedCursor: 0,
  feedEpoch: null,
  enrolmentProof: null,
  agreement: {
    state: 'never',
    comparedAt: null,
    events: 0,
    headHash: zeroHash,
    stockDigest: '',
    differences: [],
    waiting: [],
    first: null,
  },
  problem: null,
  recovered: null,
  restored: null,
  backup: {
    lastVerifiedAt: null,
    events: 0,
    file: null,
    bytes: 0,
    failure: null,
    second: null,
  },
  lastContactAt: null,
  offlineSince: null,
  clockSkewMs: null,
  lastFailure: null,
  derivedProof: { provedAt: null, events: 0, repairs: [] },
  agreedDays: { seq: 0, fullOn: null },
  clinicNotices: [],
  safetyPacks: [],
  shopSettings: ShopSettings.parse({}),
  lanDevices: [],
  isLocked: false,
  printing: { printers: [], automaticSlip: 'ask' },
};

const ValueRow = z.object({ value: z.string() });

/** The value last set, or the one a new till begins with. */
export function getSetting<Name extends SettingName>(db: TillDb, name: Name): SettingValue<Name> {
  const row = db.one(ValueRow, 'SELECT value FROM setting WHERE name = ?', name);
  if (row === undefined) return initialValues[name];
  // Safe: the value was parsed by the schema that stands under exactly this name.
  return schemas[name].parse(JSON.parse(row.value)) as SettingValue<Name>;
}

/** Durable when the surrounding transaction is; on its own, when it returns. */
export function setSetting<Name extends SettingName>(
  db: TillDb,
  name: Name,
  value: SettingValue<Name>,
): void {
  db.run(
    `INSERT INTO setting (name, value) VALUES (?, ?)
     ON CONFLICT (name) DO UPDATE SET value = excluded.value`,
    name,
    JSON.stringify(value),
  );
}

/** Put back from a backup and not yet told by the centre what it has: nothing may be recorded. */
export function mustCatchUp(db: TillDb): boolean {
  return getSetting(db, 'restored')?.caughtUpAt === null;
}

/** Keeps the centre's proof; a later proof of the same head replaces an earlier one. */
export function saveReceipt(db: TillDb, receipt: Receipt): void {
  db.run(
    `INSERT INTO receipt (acked_seq, receipt) VALUES (?, ?)
     ON CONFLICT (acked_seq) DO UPDATE SET receipt = excluded.receipt`,
    receipt.ackedSeq,
    JSON.stringify(receipt),
  );
}

/** Every proof the centre gave, oldest head first. */
export function allReceipts(db: TillDb): readonly Receipt[] {
  return db
    .all(ValueRow, 'SELECT receipt AS value FROM receipt ORDER BY acked_seq')
    .map((row) => Receipt.parse(JSON.parse(row.value)));
}

export function lastReceipt(db: TillDb): Receipt | undefined {
  const row = db.one(
    ValueRow,
    'SELECT receipt AS value FROM receipt ORDER BY acked_seq DESC LIMIT 1',
  );
  return row === undefined ? undefined : Receipt.parse(JSON.parse(row.value));
}
