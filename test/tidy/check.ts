/**
 * `npm run check`: types of every runtime, lint and format, direction of imports. Each step says how
 * much it looked at, and fails when that is less than the tree holds: a checker that silently sees
 * nothing has approved nothing.
 */
import { spawn } from 'node:child_process';
import { readdirSync } from 'node:fs';
import path from 'node:path';

const root = path.resolve(import.meta.dirname, '../..');
const rooms = ['shared', 'desktop', 'server', 'test'];
const typeProjects = [
  'shared',
  'desktop/main',
  'desktop/preload',
  'desktop/renderer',
  'server',
  'server/console',
  'test',
];

type Step = { readonly name: string; readonly run: () => Promise<string> };

const sources = rooms.flatMap((room) => sourcesIn(path.join(root, room)));
const steps: readonly Step[] = [
  ...typeProjects.map((project) => ({ name: `types ${project}`, run: () => checkTypes(project) })),
  { name: 'lint and format', run: lint },
  { name: 'imports', run: checkImports },
];

const failures = await runAll(steps);
process.stdout.write(
  `\ncheck: ${steps.length - failures} of ${steps.length} steps passed, ${sources.length} sources\n`,
);
process.exitCode = failures === 0 ? 0 : 1;

/** Two at a time: the machines this runs on have two cores. */
async function runAll(queue: readonly Step[]): Promise<number> {
  const waiting = [...queue];
  let failed = 0;
  const worker = async () => {
    for (let step = waiting.shift(); step !== undefined; step = waiting.shift()) {
      const { name } = step;
      try {
        process.stdout.write(`✓ ${name}: ${await step.run()}\n`);
      } catch (problem) {
        failed += 1;
        process.stdout.write(`✗ ${name}\n${String(problem)}\n`);
      }
    }
  };
  await Promise.all([worker(), worker()]);
  return failed;
}

async function checkTypes(project: string): Promise<string> {
  const output = await run('tsc', ['-p', project, '--listFilesOnly']);
  await run('tsc', ['-p', project]);
  const own = output.split('\n').filter((file) => file !== '' && !file.includes('node_modules'));
  const inRoom = own.filter((file) => path.relative(root, file).startsWith(project));
  return seen(inRoom.length, 'files', 1);
}

async function lint(): Promise<string> {
  const output = await run('biome', ['check', '--error-on-warnings', '.']);
  const checked = /Checked (\d+) files/.exec(output)?.[1];
  return seen(Number(checked ?? 0), 'files', sources.length);
}

async function checkImports(): Promise<string> {
  const args = ['--config', '.dependency-cruiser.json', '--output-type', 'json', ...rooms];
  const output = await run('depcruise', args, [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
  // Safe: the report's own format; a missing part makes the counts NaN and the step fail.
  const { summary, modules } = JSON.parse(output) as {
    readonly summary: {
      readonly totalCruised: number;
      readonly totalDependenciesCruised: number;
      readonly violations: readonly {
        readonly from: string;
        readonly to: string;
        readonly rule: { readonly name: string; readonly severity: string };
      }[];
    };
    readonly modules: readonly { readonly source: string }[];
  };
  const broken = summary.violations.filter(({ rule }) => rule.severity === 'error');
  if (broken.length > 0) {
    throw new Error(broken.map((v) => `  ${v.rule.name}: ${v.from} → ${v.to}`).join('\n'));
  }
  const own = modules.filter(({ source }) => rooms.some((room) => source.startsWith(`${room}/`)));
  const arrows = seen(summary.totalDependenciesCruised, 'imports', sources.length);
  return `${seen(own.length, 'modules', sources.length)}, ${arrows}`;
}

function seen(count: number, what: string, atLeast: number): string {
  if (count >= atLeast) return `${count} ${what}`;
  throw new Error(`  looked at ${count} ${what}; the tree has at least ${atLeast}`);
}

function run(
  command: string,
  args: readonly string[],
  goodExits: readonly number[] = [0],
): Promise<string> {
  return new Promise((resolve, reject) => {
    const bin = path.join(root, 'node_modules/.bin', command);
    const child = spawn(bin, args, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    let errors = '';
    child.stdout.on('data', (chunk) => {
      output += String(chunk);
    });
    child.stderr.on('data', (chunk) => {
      errors += String(chunk);
    });
    child.once('error', reject);
    child.once('close', (code) => {
      if (goodExits.includes(code ?? -1)) resolve(output);
      else reject(new Error(`${output}${errors}`));
    });
  });
}

function sourcesIn(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name))
    .map((entry) => path.join(entry.parentPath, entry.name));
}
