/** `node --import …/register.ts out/main/main.js`: `electron` is the shim in this process. */
import { registerHooks } from 'node:module';

const shim = new URL('./electron.ts', import.meta.url).href;

registerHooks({
  resolve: (specifier, context, next) =>
    specifier === 'electron' ? { url: shim, shortCircuit: true } : next(specifier, context),
});
