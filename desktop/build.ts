/**
 * `node desktop/build.ts`: everything of the till that is not run from source.
 *
 * out/main/main.js         Electron's main process, one ES module; what is compiled stays outside
 * out/main/migrations/     the SQL that db/migrate.ts reads beside its own module
 * out/main/fonts/         the typeface of slips (devices/paper/fonts.ts)
 * out/preload/preload.cjs  one CommonJS file, as a sandboxed preload must be
 * out/renderer/            the screens, served by Electron and by the counter host
 */
import { cpSync } from 'node:fs';
import { builtinModules } from 'node:module';
import path from 'node:path';
import process from 'node:process';
import react from '@vitejs/plugin-react';
import { build, type InlineConfig } from 'vite';
import { fontFile, fontParts } from './main/devices/paper/font-files.ts';

const root = path.resolve(import.meta.dirname, '..');
const outDir = path.join(root, 'out');
const nodeModules = [...builtinModules, ...builtinModules.map((name) => `node:${name}`)];
/** Old shop computers run the screens in the last browsers of Windows 7 and 8. */
const oldBrowsers = ['chrome109', 'firefox115'];

/** Electron's own, and what carries compiled parts that cannot be bundled. */
const outside = ['electron', 'better-sqlite3', '@serialport/bindings-cpp'];

const common: InlineConfig = { root, configFile: false, logLevel: 'warn' };

const main: InlineConfig = {
  ...common,
  ssr: { noExternal: true, external: outside },
  build: {
    ssr: 'desktop/main/main.ts',
    outDir: path.join(outDir, 'main'),
    emptyOutDir: true,
    target: 'node24',
    minify: false,
    rolldownOptions: {
      external: [...outside, ...nodeModules],
      output: { entryFileNames: 'main.js', codeSplitting: false },
    },
  },
};

const preload: InlineConfig = {
  ...common,
  build: {
    lib: {
      entry: 'desktop/preload/preload.ts',
      formats: ['cjs'],
      fileName: () => 'preload.cjs',
    },
    outDir: path.join(outDir, 'preload'),
    emptyOutDir: true,
    target: 'chrome140',
    minify: false,
    rolldownOptions: { external: ['electron'] },
  },
};

const renderer: InlineConfig = {
  ...common,
  root: path.join(root, 'desktop/renderer'),
  base: './',
  plugins: [react()],
  build: {
    outDir: path.join(outDir, 'renderer'),
    emptyOutDir: true,
    target: oldBrowsers,
    // The content security policy allows no data: fonts and no inline scripts.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 1_000,
  },
};

process.env['NODE_ENV'] = 'production';
for (const config of [main, preload, renderer]) await build(config);
cpSync(path.join(root, 'desktop/main/db/migrations'), path.join(outDir, 'main/migrations'), {
  recursive: true,
});
const fonts = path.join(root, 'node_modules/@fontsource/be-vietnam-pro/files');
for (const part of fontParts) {
  for (const weight of ['regular', 'bold'] as const) {
    const file = fontFile(part, weight);
    cpSync(path.join(fonts, file), path.join(outDir, 'main/fonts', file));
  }
}
