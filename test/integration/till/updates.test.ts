import { generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { type UpdateInstaller, WrongFile } from '../../../desktop/main/updates/update-installer.ts';
import { updateText } from '../../../shared/contract/update-manifest.ts';
import { moment } from '../../support/builders.ts';
import { settled } from '../../support/manual-time.ts';
import { aTemporaryFolder, aTestTill, type TestTill } from '../../support/test-till.ts';

const release = generateKeyPairSync('ed25519');
const minuteMs = 60_000;

function signedManifest(
  changes: Readonly<Record<string, unknown>> = {},
  key: KeyObject = release.privateKey,
): { readonly text: string; readonly signature: string } {
  const sha512 = `${'A'.repeat(86)}==`;
  const text = JSON.stringify({
    product: 'mang-thuoc-till',
    version: '1.2.0',
    system: 'linux',
    releasedAt: moment('2026-11-20T08:00:00+07:00'),
    rolloutPercent: 100,
    notes: { vi: 'Bán nhanh hơn.', en: 'Sells faster.' },
    files: [{ name: 'Mang-Thuoc-1.2.0.AppImage', arch: 'x64', bytes: 90_000_000, sha512 }],
    ...changes,
  });
  const signature = sign(null, Buffer.from(updateText(text)), key).toString('base64');
  return { text, signature };
}

type Program = TestTill & {
  readonly fetched: string[];
  readonly installs: () => number;
  /** What the centre has to offer; undefined: no line. */
  offer: unknown;
  trouble: Error | undefined;
};

/** A packed program whose installer only remembers what it was told. */
async function aProgram({ backupDir }: { readonly backupDir?: string } = {}): Promise<Program> {
  const fetched: string[] = [];
  let installs = 0;
  const world: { offer: unknown; trouble: Error | undefined } = {
    offer: undefined,
    trouble: undefined,
  };
  const installer: UpdateInstaller = {
    fileEnding: '.AppImage',
    download: ({ baseUrl, file, onPercent }) => {
      onPercent(40.7);
      if (world.trouble !== undefined) return Promise.reject(world.trouble);
      fetched.push(`${baseUrl}${file.name}`);
      return Promise.resolve();
    },
    install: () => {
      installs += 1;
    },
  };
  const raw = release.publicKey.export({ format: 'jwk' }).x ?? '';
  const releaseKeys = [Buffer.from(raw, 'base64url').toString('base64')];
  const till = await aTestTill({
    deps: {
      programVersion: '1.1.9',
      backupDir: backupDir ?? path.join(aTemporaryFolder(), 'backups'),
      updates: { releaseKeys, system: 'linux', arch: 'x64', installer },
      centreWire: {
        listen: () => () => undefined,
        send: ({ url }) => {
          const isThere = world.offer !== undefined && url.endsWith('/v1/updates/till-linux.json');
          const body = Buffer.from(isThere ? JSON.stringify(world.offer) : '');
          return Promise.resolve({ status: isThere ? 200 : 404, headers: {}, body });
        },
      },
    },
  });
  return Object.assign(world, till, { fetched, installs: () => installs });
}

test('finds what was signed, fetches it by itself, and exchanges it at the time the shop chose', async () => {
  const program = await aProgram();
  program.offer = signedManifest();
  program.time.advance(30 * minuteMs);
  await settled();
  expect(program.fetched).toEqual(['http://127.0.0.1:1/v1/updates/Mang-Thuoc-1.2.0.AppImage']);
  expect(await program.ask('updates.status', {})).toMatchObject({
    installed: '1.1.9',
    offered: { version: '1.2.0', folder: null },
    step: 'ready',
    problem: null,
  });
  await program.ask('settings.change', { updateAt: '20:00' });
  const watch = program.time.schedules.find(({ expression }) => expression === '*/10 * * * *');
  watch?.run();
  await settled();
  expect(program.installs()).toBe(0);
  // 15:02 in Việt Nam now: five hours later it is the time, and somebody is still searching.
  program.time.advance(5 * 60 * minuteMs);
  await program.ask('drugs.search', { text: 'para' });
  watch?.run();
  await settled();
  expect(program.installs()).toBe(0);
  program.time.advance(11 * minuteMs);
  watch?.run();
  await expect.poll(program.installs).toBe(1);
  expect(await program.ask('backup.status', {})).toMatchObject({ failure: null });
  expect((await program.ask('backup.status', {})).lastVerifiedAt).not.toBeNull();
});

test.each([
  [
    'another key',
    () => signedManifest({}, generateKeyPairSync('ed25519').privateKey),
    'not-authentic',
  ],
  [
    'a text changed after it was signed',
    () => {
      const signed = signedManifest();
      return { ...signed, text: signed.text.replace('1.2.0', '1.3.0') };
    },
    'not-authentic',
  ],
  ['an older program', () => signedManifest({ version: '1.1.8' }), 'not-newer'],
  ['this program', () => signedManifest({ version: '1.1.9' }), 'not-newer'],
  ['another system', () => signedManifest({ system: 'win32' }), 'other-computer'],
  ['junk', () => 'junk', 'unreadable'],
  [
    'a file name that leads elsewhere',
    () => signedManifest({ files: [{ name: '../x.AppImage', arch: 'x64', bytes: 1, sha512: '' }] }),
    'unreadable',
  ],
])('refuses %s', async (_what, offer, problem) => {
  const program = await aProgram();
  program.offer = offer();
  const status = await program.ask('updates.check', {});
  expect(status).toMatchObject({ offered: null, step: 'none', problem });
  expect(program.fetched).toEqual([]);
});

test('a stick brings the program to a shop without a line', async () => {
  const program = await aProgram();
  const folder = aTemporaryFolder();
  expect(await program.ask('updates.check', { folder })).toMatchObject({
    problem: 'nothing-there',
  });
  writeFileSync(path.join(folder, 'till-linux.json'), JSON.stringify(signedManifest()));
  const status = await program.ask('updates.check', { folder });
  expect(status).toMatchObject({ step: 'ready', offered: { folder }, problem: null });
  expect(program.fetched[0]).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/Mang-Thuoc-1\.2\.0\.AppImage$/);
  expect(await program.ask('updates.install', {})).toMatchObject({ step: 'installing' });
  expect(program.installs()).toBe(1);
});

test('a program outside the share that goes first waits until a person asks', async () => {
  const program = await aProgram();
  program.offer = signedManifest({ rolloutPercent: 0 });
  program.time.advance(30 * minuteMs);
  await settled();
  expect(await program.ask('updates.status', {})).toMatchObject({ step: 'offered' });
  expect(program.fetched).toEqual([]);
  expect(await program.ask('updates.check', {})).toMatchObject({ step: 'ready' });
});

test('a file that is not the announced one is named, and tried again when asked', async () => {
  const program = await aProgram();
  program.offer = signedManifest();
  program.trouble = new WrongFile('checksum mismatch');
  const first = await program.ask('updates.check', {});
  expect(first).toMatchObject({ step: 'offered', problem: 'wrong-file' });
  program.trouble = undefined;
  expect(await program.ask('updates.check', {})).toMatchObject({ step: 'ready', problem: null });
});

test('without a proved backup the program stays as it is', async () => {
  const inTheWay = path.join(aTemporaryFolder(), 'a-file');
  writeFileSync(inTheWay, '');
  const program = await aProgram({ backupDir: path.join(inTheWay, 'backups') });
  program.offer = signedManifest();
  await program.ask('updates.check', {});
  const status = await program.ask('updates.install', {});
  expect(status).toMatchObject({ step: 'ready', problem: 'no-backup' });
  expect(program.installs()).toBe(0);
});
