import type { LotOnHand } from '../../shared/rules/fefo.ts';
import {
  type Conversion,
  type ExportReport,
  type Finding,
  type TillReport,
  verdictOf,
} from '../../shared/sync/export-report.ts';
import { en } from './words-en.ts';
import { vi, type Words } from './words-vi.ts';

export type Language = 'vi' | 'en';

export type ReportedFile = {
  readonly file: string;
  readonly report: ExportReport;
  readonly against?: {
    readonly file: string;
    readonly report: ExportReport;
    readonly findings: readonly Finding[];
    readonly comparedTills: number;
  };
};

export type Speaker = {
  readonly say: (key: keyof Words, values?: Readonly<Record<string, string>>) => string;
  readonly number: (value: number) => string;
  readonly time: (instant: string) => string;
};

const lotsShown = 20;
const findingsShown = 20;

export function speakerOf(language: Language): Speaker {
  const words: Words = language === 'vi' ? vi : en;
  const locale = language === 'vi' ? 'vi-VN' : 'en-GB';
  const numbers = new Intl.NumberFormat(locale);
  const times = new Intl.DateTimeFormat(locale, {
    dateStyle: 'short',
    timeStyle: 'medium',
    timeZone: 'Asia/Ho_Chi_Minh',
  });
  return {
    say: (key, values = {}) => filled(words[key], values),
    number: (value) => numbers.format(value),
    time: (instant) => times.format(new Date(instant)),
  };
}

/** `{count:one|many}` is a word that goes with a number, `{count}` the number itself. */
function filled(words: string, values: Readonly<Record<string, string>>): string {
  return words
    .replaceAll(/\{(\w+):((?:[^|{}]|\{\w+\})*)\|((?:[^|{}]|\{\w+\})*)\}/g, pluralOf(values))
    .replaceAll(/\{(\w+)\}/g, (whole, name: string) => values[name] ?? whole);
}

function pluralOf(values: Readonly<Record<string, string>>) {
  return (_: string, name: string, one: string, many: string) =>
    values[name] === '1' ? one : many;
}

/** Everything a verification says, in lines. */
export function reportText(
  reported: ReportedFile,
  speaker: Speaker,
  {
    hasAllLots,
    hasAllFindings,
  }: { readonly hasAllLots: boolean; readonly hasAllFindings: boolean },
): readonly string[] {
  const { say } = speaker;
  const { report, against } = reported;
  const findings = inRanges([...report.findings, ...(against?.findings ?? [])]);
  const shown = hasAllFindings ? findings : findings.slice(0, findingsShown);
  const hidden = findings.length - shown.length;
  return [
    say('title'),
    say('file', { file: reported.file }),
    ...headText(report, speaker),
    ...report.tills.flatMap((till) => [
      '',
      ...tillText(till, isChainWhole(report, till), { speaker, hasAllLots }),
    ]),
    ...(against === undefined ? [] : ['', ...againstText(against, speaker)]),
    ...(findings.length === 0
      ? []
      : ['', say('findings', { count: speaker.number(findings.length) })]),
    ...shown.map((finding) => findingText(finding, speaker)),
    ...(hidden > 0 ? [say('findingsMore', { count: speaker.number(hidden) })] : []),
    '',
    conclusion(findings, against?.report.findings ?? [], speaker),
  ];
}

/** The same finding about one event after the other is one finding about all of them. */
function inRanges(findings: readonly Finding[]): readonly Finding[] {
  const ranges: Finding[] = [];
  for (const finding of findings) {
    const last = ranges.at(-1);
    const isNext =
      last !== undefined &&
      last.type === finding.type &&
      last.till === finding.till &&
      last.toSeq !== null &&
      finding.fromSeq === last.toSeq + 1;
    if (isNext) ranges[ranges.length - 1] = { ...last, toSeq: finding.toSeq };
    else ranges.push(finding);
  }
  return ranges;
}

function headText(
  { conversion, head, centreFingerprint, isCentreKeyPinned, tills }: ExportReport,
  speaker: Speaker,
) {
  const { say, time } = speaker;
  if (head === null) return [];
  return [
    say('facility', { name: head.facility.name, code: head.facility.code }),
    say('exported', { time: time(head.exportedAt), source: say(`source.${head.source}`) }),
    ...(conversion === null ? [] : conversionText(conversion, speaker)),
    say('centreKey', { fingerprint: centreFingerprint ?? '' }),
    say(isCentreKeyPinned ? 'centreKeyPinned' : 'centreKeyUnpinned'),
    ...(tills.length === 0 ? ['', say('noTills')] : []),
  ];
}

function conversionText(
  { carriageReturns, hasByteOrderMark, isUndone }: Conversion,
  { say, number }: Speaker,
): readonly string[] {
  const what = [
    ...(carriageReturns > 0 ? [say('convertedLines', { count: number(carriageReturns) })] : []),
    ...(hasByteOrderMark ? [say('convertedMark')] : []),
  ].join(say('convertedAnd'));
  return [say('converted', { what }), say(isUndone ? 'convertedUndone' : 'convertedOther')];
}

function tillText(
  report: TillReport,
  isWhole: boolean,
  { speaker, hasAllLots }: { readonly speaker: Speaker; readonly hasAllLots: boolean },
): readonly string[] {
  const { say } = speaker;
  return [
    say('till', { code: report.till.shortCode, id: report.till.id }),
    say('deviceKey', { fingerprint: report.keyFingerprint }),
    ...(report.isCertified ? [say('certified')] : []),
    ...provenText(report, isWhole, speaker),
    say('provesNot'),
    ...tailText(report, speaker),
    say('notTruth'),
    say('notClocks'),
    say('notLater'),
    ...clockText(report, speaker),
    ...totalsText(report, speaker),
    ...lotsText(report.totals.lots, speaker, hasAllLots),
  ];
}

const chainFindings: ReadonlySet<string> = new Set([
  'event-unreadable',
  'foreign-event',
  'event-repeated',
  'event-inserted',
  'events-missing',
  'events-reordered',
  'event-altered',
]);

function isChainWhole(report: ExportReport, { till }: TillReport): boolean {
  return !report.findings.some(
    (finding) => finding.till === till.shortCode && chainFindings.has(finding.type),
  );
}

function provenText(report: TillReport, isWhole: boolean, { say, number, time }: Speaker) {
  const { receiptedSeq, receiptedAt, signedSeq, lastSeq } = report;
  const lines = [say('proves')];
  if (isWhole && lastSeq > 0) {
    lines.push(say('provesChain', { count: number(report.events), last: number(lastSeq) }));
  } else if (!isWhole) lines.push(say('chainBroken'));
  if (report.receiptsInFile === 0) lines.push(say('provesNoReceipts'));
  else if (receiptedAt === null || receiptedSeq === 0) {
    lines.push(say('provesReceiptsUnmatched', { count: number(report.receiptsInFile) }));
  } else {
    const values = { seq: number(receiptedSeq), time: time(receiptedAt) };
    lines.push(say('provesReceipts', { ...values, count: number(report.receipts) }));
  }
  if (signedSeq > 0) lines.push(say('provesSignature', { seq: number(signedSeq) }));
  return lines;
}

/** What only the till's own word stands for, or nobody's. */
function tailText({ receiptedSeq, signedSeq, lastSeq }: TillReport, { say, number }: Speaker) {
  const words = (key: 'tailUnreported' | 'tailUnsigned', from: number, to: number) =>
    from > to
      ? []
      : [say(key, { count: number(to - from + 1), from: number(from), to: number(to) })];
  return [
    ...words('tailUnreported', receiptedSeq + 1, Math.max(signedSeq, receiptedSeq)),
    ...words('tailUnsigned', Math.max(receiptedSeq, signedSeq) + 1, lastSeq),
  ];
}

function clockText({ clock }: TillReport, speaker: Speaker): readonly string[] {
  const { say, number, time } = speaker;
  if (clock.firstAt === null || clock.lastAt === null) return [];
  const lines = [say('clock', { first: time(clock.firstAt), last: time(clock.lastAt) })];
  const odd = (key: 'clockBackwards' | 'clockAhead' | 'clockBehind', count: number, ms: number) => {
    if (count > 0) lines.push(say(key, { count: number(count), duration: duration(ms, speaker) }));
  };
  odd('clockBackwards', clock.backwards, clock.backwardsMsMax);
  odd('clockAhead', clock.ahead, clock.aheadMsMax);
  odd('clockBehind', clock.behind, clock.behindMsMax);
  if (lines.length === 1) lines.push(say('clockGood'));
  return lines;
}

function duration(ms: number, { say, number }: Speaker): string {
  const minutes = ms / 60_000;
  if (minutes < 2) return say('seconds', { count: number(Math.round(ms / 1_000)) });
  if (minutes < 120) return say('minutes', { count: number(Math.round(minutes)) });
  return minutes < 2_880
    ? say('hours', { count: number(Math.round(minutes / 60)) })
    : say('days', { count: number(Math.round(minutes / 1_440)) });
}

function totalsText({ totals }: TillReport, { say, number }: Speaker): readonly string[] {
  const negative = totals.lots.filter((lot) => lot.onHandUnits < 0).length;
  const units = totals.lots.reduce((sum, lot) => sum + lot.onHandUnits, 0);
  return [
    say('totals'),
    say('totalsSales', {
      sales: number(totals.sales),
      voided: number(totals.voidedSales),
      amount: number(totals.soldVnd),
    }),
    say('totalsReceipts', {
      receipts: number(totals.receipts),
      amount: number(totals.receivedVnd),
    }),
    say('totalsLots', { lots: number(totals.lots.length), units: number(units) }),
    ...(negative > 0 ? [say('totalsNegative', { count: number(negative) })] : []),
    ...(totals.unreadEvents > 0
      ? [say('totalsUnread', { count: number(totals.unreadEvents) })]
      : []),
  ];
}

function lotsText(lots: readonly LotOnHand[], { say, number }: Speaker, hasAllLots: boolean) {
  if (lots.length === 0) return [];
  const shown = hasAllLots ? lots : lots.slice(0, lotsShown);
  const hidden = lots.length - shown.length;
  return [
    say('lots'),
    ...shown.map(
      (lot) => `  ${lot.drug} · ${lot.lot} · ${lot.expiresOn} · ${number(lot.onHandUnits)}`,
    ),
    ...(hidden > 0 ? [say('lotsMore', { count: number(hidden) })] : []),
  ];
}

function againstText(
  against: NonNullable<ReportedFile['against']>,
  { say, number, time }: Speaker,
) {
  const { head } = against.report;
  const ownFindings = against.report.findings.length;
  return [
    say('against', {
      file: against.file,
      source: head === null ? '–' : say(`source.${head.source}`),
      time: head === null ? '–' : time(head.exportedAt),
      count: number(against.comparedTills),
    }),
    ...(against.comparedTills === 0 && ownFindings === 0 ? [say('againstNothing')] : []),
    ...(against.findings.length === 0 && against.comparedTills > 0 ? [say('againstGood')] : []),
    ...(ownFindings > 0 ? [say('againstBad', { count: number(ownFindings) })] : []),
  ];
}

function findingText(finding: Finding, speaker: Speaker): string {
  const { say } = speaker;
  const { till, type } = finding;
  return say('finding', {
    till: till === null ? '' : say('findingTill', { code: till }),
    words: findingWords(finding, speaker),
    type,
  });
}

function findingWords({ type, fromSeq, toSeq }: Finding, { say, number }: Speaker): string {
  const from = number(fromSeq ?? 0);
  const to = number(toSeq ?? fromSeq ?? 0);
  const seqs = from === to ? say('seqOne', { from }) : say('seqMany', { from, to });
  return say(`finding.${type}`, { seqs: fromSeq === null ? '–' : seqs });
}

const verdictWords = {
  contradicted: 'verdictContradicted',
  inconclusive: 'verdictInconclusive',
  unread: 'verdictUnread',
} as const;

function conclusion(
  findings: readonly Finding[],
  ofOther: readonly Finding[],
  speaker: Speaker,
): string {
  const verdict = verdictOf(findings);
  const [gravest] = verdict === 'whole' ? ofOther : findings;
  if (gravest === undefined) return speaker.say('verdictWhole');
  const words = findingWords(gravest, speaker);
  return speaker.say(verdict === 'whole' ? 'verdictOther' : verdictWords[verdict], { words });
}
