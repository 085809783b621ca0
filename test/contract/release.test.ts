import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { readManifest } from '../../desktop/main/updates/read-manifest.ts';

const script = path.resolve(import.meta.dirname, '../../desktop/release.ts');

function aFolder(): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'release-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

test('what the release script signs, a till with its key believes, and no other till', () => {
  const folder = aFolder();
  const keyFile = path.join(aFolder(), 'release.key');
  const said = execFileSync(process.execPath, [script, 'new-key', keyFile], { encoding: 'utf8' });
  const publicKey = /'([A-Za-z0-9+/]{43}=)'/.exec(said)?.[1] ?? '';
  expect(statSync(keyFile).mode & 0o077).toBe(0);
  const installer = Buffer.from('an installer');
  writeFileSync(path.join(folder, 'Mang-Thuoc-Setup-0.1.0.exe'), installer);
  writeFileSync(path.join(folder, 'mang-thuoc_0.1.0_arm64.deb'), installer);
  execFileSync(process.execPath, [script, 'sign', folder, keyFile, '10', 'Nhanh hơn', 'Faster']);
  const bytes = readFileSync(path.join(folder, 'till-win32.json'));
  const sha512 = createHash('sha512').update(installer).digest('base64');
  expect(readManifest(bytes, [publicKey])).toMatchObject({
    ok: true,
    value: {
      version: '0.1.0',
      system: 'win32',
      rolloutPercent: 10,
      notes: { vi: 'Nhanh hơn', en: 'Faster' },
      files: [{ name: 'Mang-Thuoc-Setup-0.1.0.exe', arch: 'x64', bytes: 12, sha512 }],
    },
  });
  const forLinux = readFileSync(path.join(folder, 'till-linux.json'));
  expect(readManifest(forLinux, [publicKey])).toMatchObject({
    value: { files: [{ arch: 'arm64' }] },
  });
  expect(readManifest(bytes, [])).toEqual({ ok: false, error: 'not-authentic' });
});

test('never writes over a key, and says how it is used', () => {
  const keyFile = path.join(aFolder(), 'release.key');
  writeFileSync(keyFile, 'a key');
  expect(spawnSync(process.execPath, [script, 'new-key', keyFile]).status).not.toBe(0);
  expect(readFileSync(keyFile, 'utf8')).toBe('a key');
  expect(spawnSync(process.execPath, [script]).status).toBe(2);
});
