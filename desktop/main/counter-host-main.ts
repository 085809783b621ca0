/**
 * The till in a browser: `node desktop/main/counter-host-main.ts`.
 *
 * TILL_PORT  port on this machine's loopback address, 4780 unless told; 0 takes any free one
 * DATA_DIR   folder of both programs, `data` unless told; the till keeps its own in `till/`
 *
 * Exit codes: 0 ended as asked · 1 cannot start, with one sentence why · 2 Node is too old.
 */
import { enableCompileCache } from 'node:module';
import path from 'node:path';
import process from 'node:process';

const nodeVersionMin = [22, 18] as const;

if (isOldNode(process.versions.node)) {
  // Before anything native is loaded: on an old Node it would end the program without a word.
  process.stderr.write(
    `The till needs Node ${nodeVersionMin.join('.')} or newer; this is ${process.versions.node}.\n`,
  );
  process.exitCode = 2;
} else {
  // Translated and compiled once: the next start is a third of a second shorter.
  enableCompileCache(path.resolve(process.env['DATA_DIR'] ?? 'data', 'till', 'program-cache'));
  const { runCounterHost } = await import('./run-counter-host.ts');
  process.exitCode = await runCounterHost(process.env);
}

function isOldNode(version: string): boolean {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const [majorMin, minorMin] = nodeVersionMin;
  return major < majorMin || (major === majorMin && minor < minorMin);
}
