import { limits } from '../../../shared/base/limits.ts';
import { err, ok, type Result } from '../../../shared/base/result.ts';
import type {
  TillAnswer,
  TillCallName,
  TillInput,
  TillProblem,
} from '../../../shared/contract/till-api.ts';
import type {
  PrinterProfile,
  PrintRefusal,
  PrintRequest,
} from '../../../shared/contract/till-print-api.ts';
import type { Instant } from '../../../shared/model/calendar.ts';
import { instantOfMs, msOfInstant } from '../../../shared/model/calendar.ts';
import { noteAudit } from '../db/audit.ts';
import { databaseFaultOf } from '../db/database-fault.ts';
import { saleEventOf } from '../db/old-sales.ts';
import { getSetting, setSetting } from '../db/sync-state.ts';
import type { TillDb } from '../db/till-db.ts';
import type { TillDeps } from '../deps.ts';
import { createRetryLoop, type RetryLoop, type RunEnd } from '../sync/retry-loop.ts';
import { composePaper, type PaperRequest, staffName } from './compose-paper.ts';
import type { PrintEnd } from './link/printer-link.ts';
import { drawPaper } from './paper/draw-paper.ts';
import { pagePdf } from './paper/page-pdf.ts';
import type { Paper } from './paper/paper.ts';
import { pngOf } from './paper/png.ts';
import {
  addJob,
  beginJob,
  cancelJob,
  cancelJobsWithout,
  countPrints,
  countWaiting,
  endJob,
  nextWaiting,
  openJob,
  openJobs,
  type QueuedJob,
  repeatJob,
  settleAfterStart,
} from './print-queue.ts';
import { sendPaper, sendPulse } from './send-paper.ts';

type Answered<Name extends TillCallName> = Result<TillAnswer<Name>, TillProblem>;

/**
 * Paper for a counter. Whoever asks for one goes on as soon as it is in the queue; it is printed
 * behind the work at the counter, and a printer that is off delays nobody.
 */
export type Printing = {
  readonly state: () => TillAnswer<'printing.get'>;
  readonly change: (settings: TillInput<'printing.change'>) => Answered<'printing.change'>;
  readonly devices: () => Promise<TillAnswer<'printing.devices'>>;
  /** @param by staff id of whoever asks. */
  readonly print: (input: TillInput<'printing.print'>, by: string) => Answered<'printing.print'>;
  readonly retry: (input: TillInput<'printing.retry'>) => Answered<'printing.retry'>;
  readonly cancel: (input: TillInput<'printing.cancel'>) => Answered<'printing.cancel'>;
  readonly preview: (
    input: TillInput<'paper.preview'>,
    by: string,
  ) => Promise<TillAnswer<'paper.preview'>>;
  readonly pdf: (input: TillInput<'paper.pdf'>, by: string) => Promise<TillAnswer<'paper.pdf'>>;
  /** Ends behind the paper that is under way. */
  readonly close: () => Promise<void>;
};

export type PrintingParts = {
  readonly db: TillDb;
  readonly deps: Pick<TillDeps, 'nowMs' | 'random' | 'timers' | 'log' | 'printers'>;
  /** The queue or the settings changed. */
  readonly tell: () => void;
};

export function createPrinting(parts: PrintingParts): Printing {
  const { db, deps, tell } = parts;
  const now = (): Instant => instantOfMs(deps.nowMs());
  const loops = new Map<string, RetryLoop>();
  const loopOf = (printerId: string): RetryLoop => {
    const known = loops.get(printerId);
    if (known !== undefined) return known;
    const loop = createRetryLoop({
      run: () => printWaiting(parts, printerId),
      timers: deps.timers,
      random: deps.random,
      nowMs: deps.nowMs,
      delayMsMax: limits.printRetryDelayMsMax,
    });
    loops.set(printerId, loop);
    return loop;
  };
  /** Not at once: whoever queued something gets an answer first. */
  const wakeSoon = (printerId: string) => deps.timers.after(0, () => loopOf(printerId).wake());
  const begin = () => {
    settleAfterStart(db, now());
    for (const { printerId } of openJobs(db)) wakeSoon(printerId);
  };
  if (deps.printers !== undefined) begin();
  const found = (jobId: number): Result<QueuedJob, TillProblem> => {
    const job = openJob(db, jobId);
    return job === undefined ? refused('not-found') : ok(job);
  };
  return {
    state: () => ({
      settings: getSetting(db, 'printing'),
      jobs: openJobs(db).map((job) => ({ ...shownJob(job), name: nameOf(db, job.request) })),
    }),
    change: (settings) => {
      setSetting(db, 'printing', settings);
      const ids = settings.printers.map(({ id }) => id);
      cancelJobsWithout(db, ids, now());
      // Another address may be the one that answers.
      for (const id of ids) void loopOf(id).now();
      tell();
      return ok(settings);
    },
    devices: async () => {
      const [serialPaths = [], systemPrinters = []] = await Promise.all([
        deps.printers?.listSerial(),
        deps.printers?.driver.list(),
      ]);
      return { serialPaths: [...serialPaths], systemPrinters: [...systemPrinters] };
    },
    print: (input, by) => {
      const queued = queue(parts, input, { by, now: now() });
      if (!queued.ok || queued.value === undefined) {
        return queued.ok ? ok({ jobId: null, copy: 0 }) : queued;
      }
      const { printerId, jobId, copy } = queued.value;
      wakeSoon(printerId);
      tell();
      return ok({ jobId, copy });
    },
    retry: ({ jobId }) => {
      const job = found(jobId);
      if (!job.ok) return job;
      repeatJob(db, jobId);
      tell();
      void loopOf(job.value.printerId).now();
      return ok({});
    },
    cancel: ({ jobId }) => {
      const job = found(jobId);
      if (!job.ok) return job;
      cancelJob(db, job.value, now());
      tell();
      return ok({});
    },
    preview: async ({ request, widthMm }, by) => {
      const paper = composeFor(parts, request, { by, now: now() });
      if (paper === undefined) return null;
      const drawn = await drawPaper(paper, widthMm);
      const { widthDots, heightDots } = drawn;
      return { picture: pngOf(drawn).toString('base64'), widthDots, heightDots };
    },
    pdf: async ({ request, format }, by) => {
      const paper = composeFor(parts, request, { by, now: now() });
      if (paper === undefined) return null;
      const file = await pagePdf(paper, { format, madeAt: now() });
      const fileName = `${paper.title.replace(/[^\p{L}\p{N}-]+/gu, '-')}.pdf`;
      return { fileName, file: file.toString('base64') };
    },
    close: async () => {
      for (const loop of loops.values()) await loop.close();
    },
  };
}

function refused(reason: PrintRefusal): Result<never, TillProblem> {
  return err({ type: 'PrintRefused', reason });
}

function shownJob({ copy: _copy, opensDrawer: _drawer, isAfterCut: _cut, ...job }: QueuedJob) {
  return job;
}

/** What somebody at the counter knows a paper by; empty where its kind says enough. */
function nameOf(db: TillDb, request: PrintRequest): string {
  switch (request.type) {
    case 'sale':
      return saleEventOf(db, request.saleId)?.data.slip ?? '';
    case 'label':
      return request.label.drugName;
    default:
      return '';
  }
}

type Queued = { readonly printerId: string; readonly jobId: number; readonly copy: number };

/** @returns undefined where there is nothing to be done. */
function queue(
  { db, deps }: PrintingParts,
  { request, printerId, isAutomatic }: TillInput<'printing.print'>,
  { by, now }: { readonly by: string; readonly now: Instant },
): Result<Queued | undefined, TillProblem> {
  const { printers, automaticSlip } = getSetting(db, 'printing');
  const printer = printers.find(({ id }) => id === printerId) ?? printers[0];
  if (printer === undefined || deps.printers === undefined) {
    return isAutomatic ? ok(undefined) : refused('no-printer');
  }
  const wanted = isAutomatic
    ? automaticJob(db, { request, printer, automaticSlip })
    : { request, opensDrawer: request.type === 'drawer' };
  if (wanted === undefined) return ok(undefined);
  if (wanted.request.type === 'drawer' && !canPulse(printer)) return refused('no-drawer');
  if (!isThere(db, wanted.request)) return refused('not-found');
  if (countWaiting(db, printer.id) >= limits.printJobsWaitingMax) return refused('queue-full');
  if (request.type === 'drawer') {
    const atMs = msOfInstant(now);
    noteAudit(db, { atMs, what: 'drawer-opened', by, detail: { printer: printer.name } });
  }
  return ok({
    printerId: printer.id,
    ...addJob(db, { printerId: printer.id, ...wanted, by, now }),
  });
}

/** What the end of a sale asks for: its slip, or at least the drawer for the change. */
function automaticJob(
  db: TillDb,
  {
    request,
    printer,
    automaticSlip,
  }: {
    readonly request: PrintRequest;
    readonly printer: PrinterProfile;
    readonly automaticSlip: 'always' | 'ask' | 'never';
  },
): { readonly request: PrintRequest; readonly opensDrawer: boolean } | undefined {
  // A repeated answer of the same sale must not print it twice.
  if (request.type !== 'sale' || countPrints(db, request) > 0) return undefined;
  const sale = saleEventOf(db, request.saleId)?.data;
  const opensDrawer = sale !== undefined && isPaidInCash(sale) && canPulse(printer);
  if (automaticSlip === 'always') return { request, opensDrawer };
  return opensDrawer ? { request: { type: 'drawer' }, opensDrawer } : undefined;
}

function isPaidInCash({ payment }: NonNullable<ReturnType<typeof saleEventOf>>['data']): boolean {
  return payment.parts?.some(({ method }) => method === 'cash') ?? payment.method === 'cash';
}

function canPulse({ hasDrawer, address }: PrinterProfile): boolean {
  return hasDrawer && address.kind !== 'system';
}

function isThere(db: TillDb, request: PrintRequest): boolean {
  return request.type !== 'sale' || saleEventOf(db, request.saleId) !== undefined;
}

function composeFor(
  { db }: PrintingParts,
  request: PrintRequest,
  { by, now }: { readonly by: string; readonly now: Instant },
): Paper | undefined {
  if (request.type === 'drawer') return undefined;
  const asking = { reprint: null, isAfterCut: false, printerName: '', by, now };
  return composePaper(db, request, asking);
}

/** Prints what waits for one printer, oldest first, until nothing is left or it does not print. */
async function printWaiting({ db, deps, tell }: PrintingParts, printerId: string): Promise<RunEnd> {
  try {
    for (let count = 0; count < limits.printJobsWaitingMax; count += 1) {
      const now = instantOfMs(deps.nowMs());
      const job = nextWaiting(db, printerId);
      const printer = getSetting(db, 'printing').printers.find(({ id }) => id === printerId);
      if (job === undefined || printer === undefined) return { type: 'done' };
      if (isTooLate(job, now)) {
        cancelJob(db, job, now);
        tell();
        continue;
      }
      const end = await printJob({ db, deps }, { job, printer, now });
      const hadTrouble = job.trouble !== null;
      endJob(db, job.id, end, instantOfMs(deps.nowMs()));
      if (end.type !== 'printed' || hadTrouble || job.tries > 0) {
        deps.log.info({ job: job.id, ...end }, 'A paper was not printed at once');
      }
      tell();
      if (end.type === 'not-begun') return { type: 'retry', retryAfterMs: 0 };
    }
    return { type: 'retry', retryAfterMs: 0 };
  } catch (error) {
    // A disk in trouble must not end the program that sells.
    deps.log.error({ err: error, ...databaseFaultOf(error) }, 'Printing failed');
    return { type: 'stopped' };
  }
}

/** The customer has gone: a drawer that opens by itself later helps only a thief. */
function isTooLate({ request, queuedAt }: QueuedJob, now: Instant): boolean {
  return request.type === 'drawer' && ageMs(queuedAt, now) > limits.drawerSecondsMax * 1_000;
}

function ageMs(since: Instant, now: Instant): number {
  return msOfInstant(now) - msOfInstant(since);
}

async function printJob(
  { db, deps }: Pick<PrintingParts, 'db' | 'deps'>,
  { job, printer, now }: { job: QueuedJob; printer: PrinterProfile; now: Instant },
): Promise<PrintEnd> {
  const ways = deps.printers;
  if (ways === undefined) return { type: 'not-begun', trouble: 'error', detail: 'No way' };
  const { request } = job;
  if (request.type === 'drawer') {
    beginJob(db, job.id);
    return sendPulse(ways, printer);
  }
  const paper = paperOfJob(db, { ...job, request }, { printer, now });
  // A shift that was closed meanwhile has no figures so far: nothing is left to print.
  if (paper === undefined) return { type: 'printed' };
  beginJob(db, job.id);
  const isInTime = ageMs(job.queuedAt, now) <= limits.drawerSecondsMax * 1_000;
  const opensDrawer = job.opensDrawer && isInTime;
  try {
    return await sendPaper(ways, printer, { paper, opensDrawer, madeAt: now });
  } catch (error) {
    // A paper that cannot be drawn must not hold up those behind it, nor be tried for ever.
    deps.log.error({ err: error, job: job.id }, 'A paper could not be drawn');
    return { type: 'interrupted', trouble: 'error', detail: 'The paper could not be drawn' };
  }
}

function paperOfJob(
  db: TillDb,
  job: QueuedJob & { readonly request: PaperRequest },
  { printer, now }: { readonly printer: PrinterProfile; readonly now: Instant },
): Paper | undefined {
  const facility = getSetting(db, 'facility');
  if (facility === null) return undefined;
  const by = staffName(db, facility, job.by);
  return composePaper(db, job.request, {
    reprint: job.copy === 0 ? null : { copy: job.copy, by, at: job.queuedAt },
    isAfterCut: job.isAfterCut,
    printerName: printer.name,
    by: job.by,
    now,
  });
}
