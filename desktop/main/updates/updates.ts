/**
 * A newer program on its way into this till: looked for at the centre or on a stick, believed only
 * when a release key signed it, fetched beside the work at the counter, and put in place when a
 * person says so or at the time the shop chose – after a backup that was proved.
 */
import { err, ok, type Result } from '../../../shared/base/result.ts';
import type { BackupStatus, TillCallName } from '../../../shared/contract/till-api.ts';
import type { UpdateRefusal, UpdateStatus } from '../../../shared/contract/till-care-api.ts';
import {
  manifestName,
  type UpdateFile,
  type UpdateManifest,
} from '../../../shared/contract/update-manifest.ts';
import { type Instant, instantOfMs } from '../../../shared/model/calendar.ts';
import { isInRollout, isInstallTime, isNewerVersion } from '../../../shared/rules/update.ts';
import { getSetting } from '../db/sync-state.ts';
import type { TillDb } from '../db/till-db.ts';
import type { TillDeps } from '../deps.ts';
import { readManifest } from './read-manifest.ts';
import { WrongFile } from './update-installer.ts';
import { centreSource, folderSource, type UpdateSource } from './update-source.ts';

export type Updates = {
  readonly status: () => UpdateStatus;
  /** Looks now; a folder stands for a stick. */
  readonly check: (folder?: string) => Promise<UpdateStatus>;
  readonly install: () => Promise<UpdateStatus>;
  /** A person did something at the counter. */
  readonly noteCall: (name: TillCallName) => void;
  readonly close: () => Promise<void>;
};

export type UpdateParts = {
  readonly db: TillDb;
  readonly deps: Pick<
    TillDeps,
    'nowMs' | 'random' | 'timers' | 'log' | 'programVersion' | 'centreWire' | 'updates'
  >;
  readonly backUp: () => Promise<BackupStatus>;
  readonly tell: () => void;
};

/** An offer that was believed: what was signed, the file for this computer, and where it lies. */
type Offer = {
  readonly manifest: UpdateManifest;
  readonly file: UpdateFile;
  readonly source: UpdateSource;
};
type Progress = Pick<UpdateStatus, 'step' | 'percent' | 'problem'>;

/** Between two looks: 6 to 8 hours, so that a nation of tills does not come at one minute. */
const lookEveryMs = 6 * 3_600_000;
const lookSpreadMs = 2 * 3_600_000;
const firstLookMs = 3 * 60_000;
const firstSpreadMs = 20 * 60_000;
/** Every ten minutes: is it the time the shop chose? */
const installExpression = '*/10 * * * *';
const workCalls: ReadonlySet<TillCallName> = new Set([
  'drugs.search',
  'drugs.byBarcode',
  'sales.complete',
]);

export function createUpdates(parts: UpdateParts): Updates {
  const { db, deps, tell } = parts;
  let offer: Offer | undefined;
  let progress: Progress = { step: 'none', percent: 0, problem: null };
  let checkedAt: Instant | null = null;
  let lastWorkAt: Instant | null = null;
  let running: Promise<void> = Promise.resolve();
  let cancelNextLook: () => void = () => undefined;
  const closing = new AbortController();

  const show = (change: Partial<Progress>): void => {
    progress = { ...progress, ...change };
    tell();
  };
  const status = (): UpdateStatus => ({
    installed: deps.programVersion,
    isInstallable: deps.updates?.installer !== undefined,
    checkedAt,
    offered:
      offer === undefined
        ? null
        : {
            version: offer.manifest.version,
            bytes: offer.file.bytes,
            notes: offer.manifest.notes,
            folder: offer.source.folder,
          },
    ...progress,
  });
  const look = async (source: UpdateSource, { isAsked }: { isAsked: boolean }): Promise<void> => {
    const found = await findOffer(parts, source);
    checkedAt = instantOfMs(deps.nowMs());
    if (!found.ok) {
      // What was fetched stays fetched: a line that is down now takes nothing away.
      const isKept = progress.step === 'ready' && found.error === 'unreachable';
      if (!isKept) offer = undefined;
      show({ step: isKept ? 'ready' : 'none', problem: isAsked ? found.error : null });
      return;
    }
    const isSame = offer?.file.sha512 === found.value.file.sha512 && progress.step === 'ready';
    if (isSame) return show({ problem: null });
    offer = found.value;
    show({ step: 'offered', percent: 0, problem: null });
    if (isAsked || isInRollout(tillNumber(db), offer.manifest.rolloutPercent)) await fetchFile();
  };
  const fetchFile = async (): Promise<void> => {
    const installer = deps.updates?.installer;
    if (offer === undefined || installer === undefined) return;
    const { manifest, file, source } = offer;
    show({ step: 'downloading', percent: 0 });
    try {
      const onPercent = (percent: number) => {
        const whole = Math.min(100, Math.max(0, Math.floor(percent)));
        if (whole !== progress.percent) show({ percent: whole });
      };
      await source.withUrl((baseUrl) =>
        installer.download({
          baseUrl,
          version: manifest.version,
          file,
          onPercent,
          signal: closing.signal,
        }),
      );
      show({ step: 'ready', percent: 100 });
    } catch (error) {
      deps.log.warn({ err: error }, 'A newer program could not be fetched');
      const problem: UpdateRefusal = error instanceof WrongFile ? 'wrong-file' : 'unreachable';
      show({ step: 'offered', percent: 0, problem });
    }
  };
  const install = async (): Promise<void> => {
    const installer = deps.updates?.installer;
    if (installer === undefined) return show({ problem: 'not-installable' });
    if (progress.step !== 'ready') return;
    show({ step: 'installing', problem: null });
    const backup = await parts.backUp();
    if (backup.failure !== null) return show({ step: 'ready', problem: 'no-backup' });
    deps.log.info({ version: offer?.manifest.version }, 'The program is exchanged');
    installer.install();
  };
  /** One thing at a time: a look must not exchange what is being fetched. */
  const inTurn = async (work: () => Promise<void>): Promise<UpdateStatus> => {
    running = running.then(() => (closing.signal.aborted ? undefined : work()));
    await running;
    return status();
  };
  const lookAtCentre = (isAsked: boolean) => async (): Promise<void> => {
    const identity = getSetting(db, 'identity');
    if (identity !== null)
      await look(centreSource(deps.centreWire, identity.centreUrl), { isAsked });
  };
  const planLook = (delayMs: number): void => {
    if (closing.signal.aborted) return;
    cancelNextLook = deps.timers.after(delayMs, () => {
      void inTurn(lookAtCentre(false)).then(() =>
        planLook(lookEveryMs + deps.random() * lookSpreadMs),
      );
    });
  };
  const isUsed = deps.updates !== undefined && deps.updates.releaseKeys.length > 0;
  if (isUsed) planLook(firstLookMs + deps.random() * firstSpreadMs);
  const stopWatch = deps.timers.schedule(installExpression, () => {
    const { updateAt } = getSetting(db, 'shopSettings');
    const now = instantOfMs(deps.nowMs());
    const isTime = progress.step === 'ready' && isInstallTime({ now, updateAt, lastWorkAt });
    if (isTime) void inTurn(install);
  });
  return {
    status,
    check: (folder) =>
      inTurn(
        folder === undefined
          ? lookAtCentre(true)
          : () => look(folderSource(folder), { isAsked: true }),
      ),
    install: () => inTurn(install),
    noteCall: (name) => {
      if (workCalls.has(name)) lastWorkAt = instantOfMs(deps.nowMs());
    },
    close: async () => {
      closing.abort();
      cancelNextLook();
      stopWatch();
      await running;
    },
  };
}

async function findOffer(
  { deps }: UpdateParts,
  source: UpdateSource,
): Promise<Result<Offer, UpdateRefusal>> {
  const { updates } = deps;
  if (updates === undefined || updates.releaseKeys.length === 0) return err('not-installable');
  const bytes = await source.read(manifestName(updates.system));
  if (!bytes.ok) return bytes;
  const manifest = readManifest(bytes.value, updates.releaseKeys);
  if (!manifest.ok) return manifest;
  if (manifest.value.system !== updates.system) return err('other-computer');
  if (!isNewerVersion(manifest.value.version, deps.programVersion)) return err('not-newer');
  const ending = updates.installer?.fileEnding;
  const file = manifest.value.files.find(
    ({ name, arch }) => arch === updates.arch && (ending === undefined || name.endsWith(ending)),
  );
  return file === undefined
    ? err('other-computer')
    : ok({ manifest: manifest.value, file, source });
}

/** The same number all its life, evenly spread: the random end of the till's name (UUIDv7). */
function tillNumber(db: TillDb): number {
  const tillId = getSetting(db, 'identity')?.tillId ?? '';
  return Number.parseInt(tillId.slice(-6), 16) || 0;
}
