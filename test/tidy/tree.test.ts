import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';

const root = path.resolve(import.meta.dirname, '../..');
const tracked = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], {
  cwd: root,
  encoding: 'utf8',
})
  .split('\n')
  .filter((file) => file !== '' && existsSync(path.join(root, file)));
const sources = tracked.filter((file) => /\.tsx?$/.test(file));

test('the top level holds its fixed rooms and files, and dotfiles', () => {
  const top = new Set(tracked.map((file) => file.split('/')[0] ?? ''));
  const visible = [...top].filter((name) => !name.startsWith('.')).toSorted();
  expect(visible).toEqual([
    'README.md',
    'desktop',
    'electron-builder.yml',
    'package-lock.json',
    'package.json',
    'server',
    'shared',
    'test',
    'tsconfig.json',
  ]);
});

test('every source is named in lower case with hyphens', () => {
  expect(sources.length).toBeGreaterThan(100);
  const odd = sources.filter(
    (file) => !/^[a-z0-9-]+(\.[a-z0-9]+)*\.tsx?$/.test(path.basename(file)),
  );
  expect(odd).toEqual([]);
});

test('no test is switched off or alone', () => {
  const pattern = /\b(test|it|describe)(\.\w+)*\.(only|skip|todo|fails)\b/;
  const switchedOff = sources.filter((file) => pattern.test(text(file)));
  expect(switchedOff).toEqual([]);
});

test('no source hides a problem from its checker', () => {
  const hides = /@ts-ignore|@ts-nocheck|@ts-expect-error|eslint-disable/;
  const hiding = sources.filter(
    (file) => file !== 'test/tidy/tree.test.ts' && hides.test(text(file)),
  );
  expect(hiding).toEqual([]);
});

test('every cast says why it is safe, outside tests and brands', () => {
  const careless = sources
    .filter((file) => !file.startsWith('test/') && file !== 'shared/base/brand.ts')
    .flatMap((file) => carelessCasts(file));
  expect(careless).toEqual([]);
});

test('the README gives a reason for every dependency', () => {
  const { dependencies, devDependencies, optionalDependencies } = packageJson();
  const names = Object.keys({ ...dependencies, ...devDependencies, ...optionalDependencies });
  const readme = text('README.md');
  expect(names.length).toBeGreaterThan(20);
  expect(names.filter((name) => !readme.includes(`\`${name}\``))).toEqual([]);
});

test('the README names every command of package.json', () => {
  const readme = text('README.md');
  const missing = Object.keys(packageJson().scripts).filter(
    (name) => !readme.includes(`npm run ${name}`) && !readme.includes(`npm ${name}`),
  );
  expect(missing).toEqual([]);
});

/** Lines with `as Type` (not `as const`, not an import alias) without `Safe:` within two lines above. */
function carelessCasts(file: string): readonly string[] {
  const lines = text(file).split('\n');
  return lines.flatMap((line, index) => {
    const code = line.replace(/\/\/.*$/, '').replace(/'[^']*'|`[^`]*`/g, '');
    const isCast = /[\w)\]}>] as (?!const\b)[A-Z{(\w[]/.test(code);
    if (!isCast || /^\s*(import|export|\*|\/\*|<|\w+ as \w+,)/.test(code)) return [];
    const nearby = lines.slice(Math.max(0, index - 4), index + 1).join('\n');
    return nearby.includes('Safe:') ? [] : [`${file}:${index + 1}: ${line.trim()}`];
  });
}

function packageJson() {
  // Safe in a test: a missing part fails the test that reads it.
  return JSON.parse(text('package.json')) as {
    readonly scripts: Readonly<Record<string, string>>;
    readonly dependencies: Readonly<Record<string, string>>;
    readonly devDependencies: Readonly<Record<string, string>>;
    readonly optionalDependencies: Readonly<Record<string, string>>;
  };
}

function text(file: string): string {
  return readFileSync(path.join(root, file), 'utf8');
}
