/**
 * Paper on its way, kept in the till's database. A job goes from `waiting` to `printing` (written
 * down before its first byte) to `printed`. What failed before its first byte waits on; what broke
 * off after it, by a cut cable or a crash, is `interrupted`: nobody knows what lies in the printer, so
 * it is never repeated by itself, but offered, and marked when it is printed again.
 */
import { z } from 'zod';
import { limits } from '../../../shared/base/limits.ts';
import {
  type PrinterTrouble,
  PrintJob,
  PrintRequest,
} from '../../../shared/contract/till-print-api.ts';
import { Instant, instantOfMs, msOfInstant } from '../../../shared/model/calendar.ts';
import type { SqlParameter, TillDb } from '../db/till-db.ts';
import type { PrintEnd } from './link/printer-link.ts';

const JobRow = z.object({
  id: z.int(),
  printerId: z.string(),
  request: z.string(),
  copy: z.int(),
  queuedAt: Instant,
  by: z.string(),
  state: PrintJob.shape.state,
  opensDrawer: z.int(),
  isAfterCut: z.int(),
  tries: z.int(),
  trouble: PrintJob.shape.trouble,
});

export type QueuedJob = Omit<PrintJob, 'name'> & {
  readonly copy: number;
  readonly opensDrawer: boolean;
  readonly isAfterCut: boolean;
};

/** Jobs that are not done, oldest first. */
export function openJobs(db: TillDb): readonly QueuedJob[] {
  return jobs(db, "state IN ('waiting', 'printing', 'interrupted') ORDER BY id");
}

export function openJob(db: TillDb, id: number): QueuedJob | undefined {
  return jobs(db, "state IN ('waiting', 'printing', 'interrupted') AND id = ?", id)[0];
}

export function nextWaiting(db: TillDb, printerId: string): QueuedJob | undefined {
  return jobs(db, "state = 'waiting' AND printer_id = ? ORDER BY id LIMIT 1", printerId)[0];
}

export function countWaiting(db: TillDb, printerId: string): number {
  const row = db.one(
    z.object({ count: z.int() }),
    `SELECT count(*) AS count FROM print_job
     WHERE state IN ('waiting', 'printing', 'interrupted') AND printer_id = ?`,
    printerId,
  );
  return row?.count ?? 0;
}

function jobs(db: TillDb, rest: string, ...parameters: readonly SqlParameter[]) {
  const sql = `SELECT id, printer_id AS printerId, request, copy, queued_at AS queuedAt,
      queued_by AS by, state, opens_drawer AS opensDrawer, is_after_cut AS isAfterCut, tries, trouble
    FROM print_job WHERE ${rest}`;
  return db.all(JobRow, sql, ...parameters).map((row) => ({
    ...row,
    request: PrintRequest.parse(JSON.parse(row.request)),
    opensDrawer: row.opensDrawer === 1,
    isAfterCut: row.isAfterCut === 1,
  }));
}

export type NewJob = Pick<QueuedJob, 'printerId' | 'request' | 'by' | 'opensDrawer'> & {
  readonly now: Instant;
};

/**
 * Durable when it returns. A paper that was asked for before becomes a copy with the next number.
 * @returns its number in the queue and the number of the copy.
 */
export function addJob(db: TillDb, job: NewJob): { readonly jobId: number; readonly copy: number } {
  const { printerId, request, by, opensDrawer, now } = job;
  return db.immediately(() => {
    const copy = countPrints(db, request);
    const paper = paperOf(request);
    if (paper !== undefined) {
      db.run(
        'INSERT INTO paper_print (paper, copy, asked_at, asked_by) VALUES (?, ?, ?, ?)',
        paper,
        copy,
        now,
        by,
      );
    }
    const row = db.one(
      z.object({ id: z.int() }),
      `INSERT INTO print_job (printer_id, request, copy, queued_at, queued_by, state, opens_drawer)
       VALUES (?, ?, ?, ?, ?, 'waiting', ?) RETURNING id`,
      printerId,
      JSON.stringify(request),
      copy,
      now,
      by,
      opensDrawer ? 1 : 0,
    );
    forgetOldJobs(db);
    return { jobId: row?.id ?? 0, copy };
  });
}

/** How often this paper was asked for; 0 for papers that have no copies (labels, tests). */
export function countPrints(db: TillDb, request: PrintRequest): number {
  const paper = paperOf(request);
  if (paper === undefined) return 0;
  const row = db.one(
    z.object({ next: z.int() }),
    'SELECT coalesce(max(copy) + 1, 0) AS next FROM paper_print WHERE paper = ?',
    paper,
  );
  return row?.next ?? 0;
}

function paperOf(request: PrintRequest): string | undefined {
  switch (request.type) {
    case 'sale':
      return `sale ${request.saleId}`;
    case 'return':
      return `return ${request.returnId}`;
    case 'shift':
      return `shift ${request.shiftId}`;
    case 'shift-so-far':
    case 'label':
    case 'test':
    case 'drawer':
      return undefined;
  }
}

/** Before the first byte: after a crash from here on nobody knows what was printed. */
export function beginJob(db: TillDb, id: number): void {
  db.run("UPDATE print_job SET state = 'printing', tries = tries + 1 WHERE id = ?", id);
}

export function endJob(db: TillDb, id: number, end: PrintEnd, now: Instant): void {
  const trouble: PrinterTrouble | null = end.type === 'printed' ? null : end.trouble;
  const state = { printed: 'printed', 'not-begun': 'waiting', interrupted: 'interrupted' }[
    end.type
  ];
  db.run(
    'UPDATE print_job SET state = ?, trouble = ?, ended_at = ? WHERE id = ?',
    state,
    trouble,
    end.type === 'printed' ? now : null,
    id,
  );
}

/** Lets an interrupted job wait again: it will say that it is a second try. */
export function repeatJob(db: TillDb, id: number): void {
  db.run(
    `UPDATE print_job SET state = 'waiting', is_after_cut = 1, opens_drawer = 0
     WHERE id = ? AND state = 'interrupted'`,
    id,
  );
}

/** A paper of which not one byte was sent was never printed: the next print is no copy of it. */
export function cancelJob(db: TillDb, job: QueuedJob, now: Instant): void {
  db.immediately(() => {
    db.run(
      "UPDATE print_job SET state = 'cancelled', ended_at = ? WHERE id = ? AND state <> 'printing'",
      now,
      job.id,
    );
    const paper = paperOf(job.request);
    if (paper === undefined || job.state !== 'waiting' || job.isAfterCut) return;
    db.run(
      `DELETE FROM paper_print WHERE paper = @paper AND copy = @copy
       AND copy = (SELECT max(copy) FROM paper_print WHERE paper = @paper)`,
      { paper, copy: job.copy },
    );
  });
}

/**
 * At the start: what was being printed when the program ended broke off, and what has waited too long
 * (or came back with an old backup) is nobody's paper any more unless somebody wants it.
 */
export function settleAfterStart(db: TillDb, now: Instant): void {
  if (openJobs(db).length === 0) return;
  const longAgo = instantOfMs(msOfInstant(now) - limits.printJobHoursMax * 3_600_000);
  db.run(
    `UPDATE print_job SET state = 'interrupted', trouble = NULL
     WHERE state = 'printing' OR (state = 'waiting' AND queued_at < ?)`,
    longAgo,
  );
}

/** Jobs of a printer that was taken away have nowhere to go. */
export function cancelJobsWithout(db: TillDb, printerIds: readonly string[], now: Instant): void {
  for (const job of openJobs(db)) {
    if (!printerIds.includes(job.printerId)) cancelJob(db, job, now);
  }
}

function forgetOldJobs(db: TillDb): void {
  db.run(
    `DELETE FROM print_job WHERE state IN ('printed', 'cancelled') AND id <=
       (SELECT max(id) FROM print_job) - ?`,
    limits.printJobsKept,
  );
}
