/**
 * A packed program of which only the updater runs: fetches what it is told, puts it in its own place
 * and ends. Run with `register.ts` of the Electron stand-in; prints one JSON line per step.
 */
import process from 'node:process';
import { z } from 'zod';
import { electronInstaller } from '../../desktop/main/updates/electron-installer.ts';
import { UpdateFile } from '../../shared/contract/update-manifest.ts';

const Wanted = z.object({
  baseUrl: z.string(),
  version: z.string(),
  file: UpdateFile,
  dataDir: z.string(),
});
const wanted = Wanted.parse(JSON.parse(process.argv[2] ?? ''));
const silent = () => undefined;
const log = { info: silent, warn: silent, error: silent };
const installer = electronInstaller({ fileEnding: '.AppImage', dataDir: wanted.dataDir, log });
const say = (line: Readonly<Record<string, unknown>>) =>
  process.stdout.write(`${JSON.stringify(line)}\n`);

try {
  const percents: number[] = [];
  const { signal } = new AbortController();
  await installer.download({ ...wanted, signal, onPercent: (percent) => percents.push(percent) });
  say({ step: 'fetched', wasShown: percents.length > 0 });
  installer.install();
} catch (error) {
  say({ step: 'refused', name: error instanceof Error ? error.name : '' });
  process.exit(1);
}
