/**
 * Loaded before any program of this project (`node --import`). Plain JavaScript, because what it has
 * to say is meant for a Node that cannot read TypeScript, and that would crash without a word on the
 * first native module.
 */
import process from 'node:process';

const [majorMin, minorMin] = [22, 18];
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);

if (major < majorMin || (major === majorMin && minor < minorMin)) {
  process.stderr.write(
    `Mạng Thuốc cần Node ${majorMin}.${minorMin} trở lên; đây là ${process.versions.node}.\n` +
      `Mạng Thuốc needs Node ${majorMin}.${minorMin} or newer; this is ${process.versions.node}.\n` +
      'On Linux `npm ci` brings its own; elsewhere install it from nodejs.org.\n',
  );
  process.exit(2);
}
