import { mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { buildTillOnce } from '../support/build-till.ts';
import { packTill } from '../support/pack-till.ts';

const root = path.resolve(import.meta.dirname, '../..');
const requireHere = createRequire(import.meta.url);

type Configuration = Readonly<Record<string, unknown>>;
type BuilderConfig = {
  readonly getConfig: (dir: string, file: string, override: null) => Promise<Configuration>;
  readonly validateConfiguration: (config: Configuration, log: unknown) => Promise<void>;
};

test('electron-builder accepts the configuration, and its walls stand', async () => {
  // Safe: these two functions are what electron-builder's own command line calls.
  const builder = requireHere('app-builder-lib/out/util/config/config') as BuilderConfig;
  const { DebugLogger } = requireHere('builder-util');
  const config = await builder.getConfig(root, 'electron-builder.yml', null);
  await builder.validateConfiguration(config, new DebugLogger(false));
  expect(config).toMatchObject({
    asar: true,
    npmRebuild: false,
    electronFuses: {
      runAsNode: false,
      enableNodeOptionsEnvironmentVariable: false,
      enableNodeCliInspectArguments: false,
      onlyLoadAppFromAsar: true,
    },
    nsis: { perMachine: false, deleteAppDataOnUninstall: false },
  });
});

test('the package holds the built till, two native modules, and nothing else', async () => {
  await buildTillOnce();
  const workDir = mkdtempSync(path.join(tmpdir(), 'package-'));
  onTestFinished(() => rmSync(workDir, { recursive: true, force: true }));
  const { files } = await packTill(workDir);
  const modules = files.filter((file) => file.startsWith('node_modules/'));
  expect(files).toEqual(expect.arrayContaining(['out/main/main.js', 'out/preload/preload.cjs']));
  expect(files).toEqual(expect.arrayContaining(['out/renderer/index.html', 'package.json']));
  expect(files.some((file) => file.startsWith('out/main/migrations/0001-'))).toBe(true);
  expect(files).toContain('out/main/fonts/be-vietnam-pro-vietnamese-400-normal.woff');
  const packages = new Set(
    modules.map((file) => /^node_modules\/((@[^/]+\/)?[^/]+)/.exec(file)?.[1]),
  );
  expect([...packages].sort()).toEqual([
    // Serial ports, with what they are made of.
    '@serialport/bindings-cpp',
    '@serialport/parser-delimiter',
    '@serialport/parser-readline',
    'better-sqlite3',
    'ms',
    'node-gyp-build',
  ]);
  expect(modules.filter((file) => file.endsWith('.node'))).toHaveLength(2);
  const strangers = files.filter(
    (file) => !/^(out\/(main|preload|renderer)\/|node_modules\/|package\.json$)/.test(file),
  );
  expect(strangers).toEqual([]);
  expect(files.filter((file) => file.endsWith('.map') || file.endsWith('.ts'))).toEqual([]);
}, 120_000);
