import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { takePoints } from '../../crash/take.ts';
import { playShare } from '../../crash/watched-worker.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'watched-worker-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Plays five points of one check each; what it does at a point is told by the point's number. */
function worker(name: string, atPoint: Readonly<Record<number, string>>): string {
  const script = path.join(folder, `${name}.mjs`);
  writeFileSync(
    script,
    `import { spawn } from 'node:child_process';
     import { writeFileSync } from 'node:fs';
     const { from } = JSON.parse(process.argv[2]);
     const say = (line) => process.stdout.write(JSON.stringify(line) + '\\n');
     const hang = () => new Promise(() => setInterval(() => {}, 1_000));
     say({ type: 'planned', points: 5 });
     for (let number = from; number < 5; number += 1) {
       say({ type: 'begin', number, point: 'call ' + number });
       ${Object.entries(atPoint)
         .map(([number, deed]) => `if (number === ${number}) { ${deed} }`)
         .join('\n')}
     }
     const counts = { calls: 5, points: 5 - from, acknowledged: 1, checks: 5 - from };
     say({ type: 'report', report: { what: 'a part', ...counts, violations: [] } });`,
  );
  return script;
}

function play(script: string, signal = new AbortController().signal) {
  const order = {
    part: 'till-kill',
    isWhole: false,
    seed: 1,
    share: { index: 0, count: 1 },
    from: 0,
    library: '',
    script: '',
    folder,
    diskFolder: folder,
  } as const;
  return playShare({
    order,
    pointMsMax: 400,
    startMsMax: 20_000,
    script,
    tell: () => undefined,
    signal,
  });
}

test('a share that goes through is its report', async () => {
  const report = await play(worker('well', {}));
  expect(report).toMatchObject({ points: 5, checks: 5, violations: [] });
});

test('a point that hangs is named, ended with its children, and gone past', async () => {
  const child = path.join(folder, 'child');
  const hangs = `const child = spawn('sleep', ['600']);
    writeFileSync('${child}', String(child.pid)); await hang();`;
  const report = await play(worker('hanging', { 2: hangs }));
  expect(report).toMatchObject({ points: 4, violations: ['call 2: hangs for 0 s'] });
  const childId = Number(readFileSync(child, 'utf8'));
  await expect.poll(() => isAlive(childId)).toBe(false);
});

test('a worker that dies is a violation with its last words', async () => {
  const report = await play(worker('dying', { 3: `throw new Error('broken here');` }));
  expect(report.points).toBe(4);
  expect(report.violations).toHaveLength(1);
  expect(report.violations[0]).toMatch(/^call 3: ended with 1: [\s\S]*broken here/);
});

test('a part that hangs everywhere is given up, not waited for', async () => {
  const report = await play(
    worker('always', {
      0: 'await hang();',
      1: 'await hang();',
      2: 'await hang();',
      3: 'await hang();',
    }),
  );
  expect(report.violations).toHaveLength(5);
  expect(report.violations.at(-1)).toBe('till-kill: given up');
});

test('shares of an enumeration have every point once', () => {
  const all = Array.from({ length: 103 }, (_, index) => ({ index }));
  const taken = [0, 1, 2].flatMap((index) => {
    const take = { stride: 1, share: { index, count: 3 }, from: 0, tell: () => undefined };
    const first = takePoints(all, take, String).points;
    expect(takePoints(all, { ...take, from: 9 }, String).points).toEqual(first.slice(9));
    return first;
  });
  expect(taken.map(({ index }) => index).sort((a, b) => a - b)).toEqual([...all.keys()]);
});

function isAlive(processId: number): boolean {
  try {
    // A process that ended and is not yet waited for is a zombie.
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${processId}/status`, 'utf8'));
  } catch {
    return false;
  }
}
