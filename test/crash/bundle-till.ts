/** The till under test as one file: it starts in a third of the time, and starts hundreds of times. */
import { cpSync } from 'node:fs';
import { builtinModules } from 'node:module';
import path from 'node:path';
import { build } from 'vite';

const root = path.resolve(import.meta.dirname, '../..');

/** Bundles as the desktop program is bundled. @returns the script; node_modules must be in reach. */
export async function bundleTill(): Promise<string> {
  const outDir = path.join(root, 'out/crash');
  await build({
    root,
    configFile: false,
    logLevel: 'warn',
    ssr: { noExternal: true, external: ['better-sqlite3'] },
    build: {
      ssr: 'test/crash/till-child.ts',
      outDir,
      emptyOutDir: true,
      target: 'node24',
      minify: false,
      rolldownOptions: {
        external: [
          'better-sqlite3',
          ...builtinModules,
          ...builtinModules.map((name) => `node:${name}`),
        ],
        output: { entryFileNames: 'till.js', codeSplitting: false },
      },
    },
  });
  cpSync(path.join(root, 'desktop/main/db/migrations'), path.join(outDir, 'migrations'), {
    recursive: true,
  });
  return path.join(outDir, 'till.js');
}
