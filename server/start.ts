/**
 * `npm start`: the centre with its demonstration country, and a till at a counter. `--till` starts
 * the till alone (`npm run till`).
 *
 * PORT (4700) and TILL_PORT (4780) · DATA_DIR (./data) · DATABASE_URL · DEMO=0 (an empty country)
 * · DEMO_LIVE=0 (the country stands still) · Ctrl-C ends everything in order.
 *
 * Exit codes: 0 ended as asked · 1 could not start or a part died, with the reason · 2 old Node.
 */
import process from 'node:process';

const nodeVersionMin = [22, 18] as const;

if (isOldNode(process.versions.node)) {
  // Before anything native is loaded: on an old Node it would end the program without a word.
  process.stderr.write(
    `Mạng Thuốc needs Node ${nodeVersionMin.join('.')} or newer; this is ${process.versions.node}. ` +
      'Run `npm ci`, then `npm start`: it brings its own.\n',
  );
  process.exitCode = 2;
} else {
  const { launch } = await import('./launch/launch.ts');
  process.exitCode = await launch({ isTillOnly: process.argv.includes('--till') });
}

function isOldNode(version: string): boolean {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const [majorMin, minorMin] = nodeVersionMin;
  return major < majorMin || (major === majorMin && minor < minorMin);
}
