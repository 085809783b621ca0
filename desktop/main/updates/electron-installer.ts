/**
 * The program as electron-updater exchanges it: NSIS on Windows, deb or AppImage on Linux. What is
 * offered was read and proved before (read-manifest.ts), so the library is given that instead of a
 * feed of its own; it still checks the hash of what it fetched, and that the version is no older.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { AppUpdater, UpdateInfo } from 'electron-updater';
import updaterLibrary from 'electron-updater';
import {
  type ProviderRuntimeOptions,
  resolveFiles,
} from 'electron-updater/out/providers/Provider.js';
import type { Log } from '../deps.ts';
import { type UpdateInstaller, WrongFile } from './update-installer.ts';

const { CancellationToken, Provider } = updaterLibrary;

/** What the library hands to a provider. */
type ProviderParts = readonly [options: unknown, updater: unknown, runtime: ProviderRuntimeOptions];
type Wanted = Parameters<UpdateInstaller['download']>[0];

export type InstallerOptions = {
  readonly fileEnding: UpdateInstaller['fileEnding'];
  /** Of the till's own; the library's configuration lies there. */
  readonly dataDir: string;
  readonly log: Log;
};

export function electronInstaller({ fileEnding, dataDir, log }: InstallerOptions): UpdateInstaller {
  // Made by the library when first asked for.
  const { autoUpdater } = updaterLibrary;
  autoUpdater.updateConfigPath = configFile(dataDir);
  autoUpdater.autoDownload = false;
  // Otherwise what was fetched would be installed whenever the shop closes the program.
  autoUpdater.autoInstallOnAppQuit = false;
  autoUpdater.allowDowngrade = false;
  autoUpdater.logger = {
    info: () => undefined,
    warn: (message) => log.warn({ detail: String(message) }, 'The updater warns'),
    error: (message) => log.warn({ detail: String(message) }, 'The updater failed'),
  };
  // Its failures also reject the call that met them; unheard, this event would end the program.
  autoUpdater.on('error', () => undefined);
  return {
    fileEnding,
    download: (wanted) => download(autoUpdater, wanted),
    // Silent, and started again: nobody may be at the counter.
    install: () => autoUpdater.quitAndInstall(true, true),
  };
}

/** All that the library wants to read there: the folder below the cache where downloads wait. */
function configFile(dataDir: string): string {
  const file = path.join(dataDir, 'updater.yml');
  mkdirSync(dataDir, { recursive: true });
  writeFileSync(file, 'updaterCacheDirName: mang-thuoc-updater\n');
  return file;
}

async function download(autoUpdater: AppUpdater, wanted: Wanted): Promise<void> {
  autoUpdater.setFeedURL({ provider: 'custom', updateProvider: provedProvider(wanted) });
  const found = await autoUpdater.checkForUpdates();
  if (found?.isUpdateAvailable !== true) throw new WrongFile('not newer for the updater');
  const token = new CancellationToken();
  const cancel = () => token.cancel();
  wanted.signal.addEventListener('abort', cancel, { once: true });
  const onProgress = ({ percent }: { readonly percent: number }) => wanted.onPercent(percent);
  autoUpdater.on('download-progress', onProgress);
  try {
    await autoUpdater.downloadUpdate(token);
  } catch (error) {
    throw isWrongHash(error) ? new WrongFile('checksum mismatch') : error;
  } finally {
    autoUpdater.off('download-progress', onProgress);
    wanted.signal.removeEventListener('abort', cancel);
  }
}

/** A class, because the library makes it: it knows the one version that was proved. */
function provedProvider({ baseUrl, version, file }: Wanted) {
  const { name, sha512, bytes } = file;
  const files = [{ url: encodeURIComponent(name), sha512, size: bytes }];
  const info: UpdateInfo = { version, files, path: name, sha512, releaseDate: '' };
  return class ProvedProvider extends Provider<UpdateInfo> {
    // The library's own is protected, and it makes its providers itself.
    public constructor(...[_options, _updater, runtime]: ProviderParts) {
      super(runtime);
    }

    override getLatestVersion(): Promise<UpdateInfo> {
      return Promise.resolve(info);
    }

    override resolveFiles(proved: UpdateInfo) {
      return resolveFiles(proved, new URL(baseUrl));
    }
  };
}

function isWrongHash(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ERR_CHECKSUM_MISMATCH';
}
