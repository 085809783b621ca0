import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';

const root = path.resolve(import.meta.dirname, '../..');
const requireHere = createRequire(import.meta.url);

export type PackedTill = {
  /** Relative paths of everything in the package. */
  readonly files: readonly string[];
  /** The package laid out as a folder, with its native module: what a shop's computer gets. */
  readonly programDir: string;
};

/** Packs the built till offline, around a stand-in for Electron's own folder. */
export async function packTill(workDir: string): Promise<PackedTill> {
  const electronDist = path.join(workDir, 'electron');
  for (const file of ['electron', 'resources/version', 'locales/vi.pak']) {
    mkdirSync(path.dirname(path.join(electronDist, file)), { recursive: true });
    writeFileSync(path.join(electronDist, file), '');
  }
  const { build, Platform } = requireHere('electron-builder');
  await build({
    projectDir: root,
    targets: Platform.LINUX.createTarget('dir', 1),
    publish: 'never',
    config: {
      extends: 'electron-builder.yml',
      electronDist,
      electronFuses: null,
      directories: { output: path.join(workDir, 'dist') },
    },
  });
  const resources = path.join(workDir, 'dist/linux-unpacked/resources');
  if (!existsSync(path.join(resources, 'app.asar.unpacked'))) {
    throw new Error('A native module cannot be loaded from inside an archive');
  }
  const { listPackage, extractAll } = requireHere('@electron/asar');
  const archive = path.join(resources, 'app.asar');
  const packed: string[] = listPackage(archive, { isPack: false });
  const folders = new Set(packed.map((file) => path.dirname(file)));
  const programDir = path.join(workDir, 'program');
  extractAll(archive, programDir);
  return {
    files: packed.filter((file) => !folders.has(file)).map((file) => file.replace(/^\//, '')),
    programDir,
  };
}
