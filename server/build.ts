/** Builds the regulator's console into `out/console`, from where the centre serves it. */
import path from 'node:path';
import react from '@vitejs/plugin-react';
import { build } from 'vite';

const root = path.resolve(import.meta.dirname, '..');

await build({
  configFile: false,
  root: path.join(import.meta.dirname, 'console'),
  plugins: [react()],
  logLevel: 'warn',
  build: {
    outDir: path.join(root, 'out', 'console'),
    emptyOutDir: true,
    target: 'es2022',
    sourcemap: false,
    // Charts arrive in a chunk of their own, after the page has its figures.
    chunkSizeWarningLimit: 700,
    // The content security policy allows no inline script or data address.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
});
