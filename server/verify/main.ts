/**
 * `npm run verify -- <journal export>`: checks a facility's journal offline, as an inspector would,
 * and says in words what it proves and what it does not. Needs nothing but the file.
 *
 * --against <export>    another export of the same facility (the centre's, an original): both pasts
 *                       must be the same one
 * --centre-key <key>    the centre's public key or its fingerprint, known from elsewhere
 * --lang vi|en          the language of the words; Vietnamese without it
 * --lots                every lot, not only the first ones
 * --findings            every finding, not only the first ones
 *
 * Exit status: 0 nothing contradicts the journal, 1 something does, 2 it could not be judged: the
 * file is none of ours, is cut short, or was to be held against one that is of no use for that.
 */
import path from 'node:path';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { verdictOf } from '../../shared/sync/export-report.ts';
import { compareReports } from '../../shared/sync/verify-export.ts';
import { type CannotRead, verifyExportFile } from './read-export.ts';
import { type ReportedFile, reportText, type Speaker, speakerOf } from './report-text.ts';

const Options = z.object({
  against: z.string().min(1).optional(),
  'centre-key': z.string().min(16).optional(),
  lang: z.enum(['vi', 'en']).default('vi'),
  lots: z.boolean().default(false),
  findings: z.boolean().default(false),
});
type Options = z.output<typeof Options>;

process.exitCode = await run(process.argv.slice(2));

async function run(args: readonly string[]): Promise<number> {
  const read = readArguments(args);
  const speaker = speakerOf(read?.options.lang ?? 'vi');
  if (read === undefined) {
    process.stderr.write(`${speaker.say('usage')}\n`);
    return 2;
  }
  return verify(read.file, read.options, speaker);
}

function readArguments(args: readonly string[]) {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        against: { type: 'string' },
        'centre-key': { type: 'string' },
        lang: { type: 'string' },
        lots: { type: 'boolean' },
        findings: { type: 'boolean' },
      },
    });
    const options = Options.safeParse(values);
    const [file, ...more] = positionals;
    if (file === undefined || more.length > 0 || !options.success) return undefined;
    return { file, options: options.data };
  } catch {
    // parseArgs has no other way to say that an option is unknown: the usage is the answer.
    return undefined;
  }
}

async function verify(file: string, options: Options, speaker: Speaker): Promise<number> {
  const own = await verifyExportFile(file, options['centre-key']);
  if (!own.ok) return tellUnread(file, own.error, speaker);
  let reported: ReportedFile = { file: path.basename(file), report: own.value };
  if (options.against !== undefined) {
    const other = await verifyExportFile(options.against, options['centre-key']);
    if (!other.ok) return tellUnread(options.against, other.error, speaker);
    const against = {
      file: path.basename(options.against),
      report: other.value,
      ...compareReports(own.value, other.value),
    };
    reported = { ...reported, against };
  }
  const { lots: hasAllLots, findings: hasAllFindings } = options;
  const lines = reportText(reported, speaker, { hasAllLots, hasAllFindings });
  process.stdout.write(`${lines.join('\n')}\n`);
  return exitStatusOf(reported);
}

function exitStatusOf({ report, against }: ReportedFile): number {
  const verdict = verdictOf([...report.findings, ...(against?.findings ?? [])]);
  if (verdict === 'contradicted') return 1;
  const isJudged = verdict === 'whole';
  if (against === undefined) return isJudged ? 0 : 2;
  const isCompared = against.comparedTills > 0 && verdictOf(against.report.findings) === 'whole';
  return isJudged && isCompared ? 0 : 2;
}

function tellUnread(file: string, { type, detail }: CannotRead, { say }: Speaker): number {
  const words = say(`file.${type}`);
  process.stdout.write(`${say('file', { file })}\n\n${say('verdictUnread', { words })}\n`);
  process.stderr.write(`${detail}\n`);
  return 2;
}
