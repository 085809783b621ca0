/**
 * Signs installers, so that the tills of a country may take them:
 *
 * npm run release -- new-key <file>           a key pair; the private half goes into the new file
 * npm run release -- sign <folder> <key file> [rollout percent] [note in Vietnamese] [in English]
 *
 * `sign` writes till-win32.json and till-linux.json beside the installers of electron-builder that
 * it finds; the folder is then what the centre serves (UPDATES_DIR) or a stick carries.
 */
import {
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  sign,
} from 'node:crypto';
import { createReadStream, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { pipeline } from 'node:stream/promises';
import packageJson from '../package.json' with { type: 'json' };
import {
  manifestName,
  type UpdateFile,
  UpdateManifest,
  updateSystems,
  updateText,
} from '../shared/contract/update-manifest.ts';
import { instantOfMs } from '../shared/model/calendar.ts';

type System = (typeof updateSystems)[number];

const endings: Readonly<Record<System, RegExp>> = { win32: /\.exe$/, linux: /\.(deb|AppImage)$/ };

process.exitCode = await run(process.argv.slice(2));

async function run([command, ...words]: readonly string[]): Promise<number> {
  const [target, keyFile, rollout = '100', vi = '', en = ''] = words;
  if (command === 'new-key' && target !== undefined) return newKey(target);
  if (command === 'sign' && target !== undefined && keyFile !== undefined) {
    return signFolder(target, { keyFile, rolloutPercent: Number(rollout), notes: { vi, en } });
  }
  say('Usage: npm run release -- new-key <file> | sign <folder> <key file> [percent] [vi] [en]');
  return 2;
}

/** The private half is written once and never over another key. */
function newKey(file: string): number {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  const pem = privateKey.export({ format: 'pem', type: 'pkcs8' });
  writeFileSync(file, pem, { mode: 0o600, flag: 'wx' });
  const { x = '' } = publicKey.export({ format: 'jwk' });
  const raw = Buffer.from(x, 'base64url').toString('base64');
  say(`The private key is in ${file}: keep it off the network, and a copy in another building.`);
  say(`Put its public half into desktop/main/updates/release-keys.ts: '${raw}'`);
  return 0;
}

async function signFolder(
  folder: string,
  options: {
    readonly keyFile: string;
    readonly rolloutPercent: number;
    readonly notes: UpdateManifest['notes'];
  },
): Promise<number> {
  const key = createPrivateKey(readFileSync(options.keyFile));
  if (createPublicKey(key).asymmetricKeyType !== 'ed25519') {
    say('This is no release key: it must be Ed25519.');
    return 1;
  }
  const names = readdirSync(folder).toSorted();
  let written = 0;
  for (const system of updateSystems) {
    const found = names.filter((name) => endings[system].test(name));
    if (found.length === 0) continue;
    const manifest = UpdateManifest.parse({
      product: 'mang-thuoc-till',
      version: packageJson.version,
      system,
      releasedAt: instantOfMs(Date.now()),
      rolloutPercent: options.rolloutPercent,
      notes: options.notes,
      files: await Promise.all(found.map((name) => fileOf(folder, name))),
    });
    const text = JSON.stringify(manifest);
    const signature = sign(null, Buffer.from(updateText(text)), key).toString('base64');
    writeFileSync(path.join(folder, manifestName(system)), JSON.stringify({ text, signature }));
    say(`${manifestName(system)}: ${manifest.version}, ${found.join(', ')}`);
    written += 1;
  }
  if (written === 0) say(`There is no installer in ${folder}.`);
  return written === 0 ? 1 : 0;
}

async function fileOf(folder: string, name: string): Promise<UpdateFile> {
  const file = path.join(folder, name);
  const hash = createHash('sha512');
  await pipeline(createReadStream(file), hash);
  const arch = /arm64|aarch64/.test(name) ? 'arm64' : 'x64';
  return { name, arch, bytes: statSync(file).size, sha512: hash.digest('base64') };
}

function say(sentence: string): void {
  process.stdout.write(`${sentence}\n`);
}
