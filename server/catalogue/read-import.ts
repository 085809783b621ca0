import { createReadStream } from 'node:fs';
import type { Drug } from '../../shared/model/drug.ts';
import { notifyConsole } from '../db/notices.ts';
import { inTransaction, type Pool } from '../db/pool.ts';
import {
  changeState,
  countDifferences,
  forgetStagedDrugs,
  type StagedDrug,
  type StagedIssue,
  saveProgress,
  stageRows,
} from './import-rows.ts';
import { readRegister } from './read-register.ts';
import { type FileRefusal, refusalSentence } from './reasons.ts';

const rowsPerFlush = 2_000;

export type ReadImport = {
  readonly id: string;
  readonly file: string;
  readonly fileName: string;
  readonly sizeBytes: number;
};

/**
 * Reads an uploaded register into the staging tables. Rows, issues and progress of one flush stand
 * in one transaction, so what the console shows is what is stored. Ends with the state `ready`,
 * with `failed` when the file is no register, or as it is when somebody cancelled.
 */
export async function readImport(
  pool: Pool,
  source: ReadImport,
  { nowMs, signal }: { readonly nowMs: () => number; readonly signal: AbortSignal },
): Promise<void> {
  const staging = new Staging(pool, source.id);
  const events = readRegister(createReadStream(source.file), {
    fileName: source.fileName,
    sizeBytes: source.sizeBytes,
    signal,
    onProgress: ({ bytesRead, rows }) => staging.reached({ bytesRead, rows }),
  });
  for await (const event of events) {
    switch (event.kind) {
      case 'row':
        staging.addDrug(placed(event), event.drug, event.warnings);
        break;
      case 'unreadable':
        staging.addUnreadable(placed(event), event.reason, event.rawText);
        break;
      case 'refused':
        return refuse(pool, { id: source.id, refusal: event.refusal, nowMs: nowMs() });
      case 'finished':
        staging.reached({ bytesRead: source.sizeBytes, rows: event.summary.rows });
        if (await staging.flush()) await becomeReady(pool, { id: source.id, nowMs: nowMs() });
        return;
    }
    if (staging.isFull && !(await staging.flush())) return;
  }
}

type Place = { readonly rowNumber: number; readonly sheet: string | null };

function placed({ rowNumber, sheet }: Place): Place {
  return { rowNumber, sheet };
}

/** Owns the rows between two flushes and the sums so far. */
class Staging {
  private readonly pool: Pool;
  private readonly id: string;
  private drugs: StagedDrug[] = [];
  private issues: StagedIssue[] = [];
  private issueCount = 0;
  private bytesRead = 0;
  private rows = 0;
  private unreadableRows = 0;
  private warnings = 0;
  private stagedRows = 0;

  constructor(pool: Pool, id: string) {
    this.pool = pool;
    this.id = id;
  }

  get isFull(): boolean {
    return this.drugs.length + this.issues.length >= rowsPerFlush;
  }

  reached({ bytesRead, rows }: { readonly bytesRead: number; readonly rows: number }): void {
    this.bytesRead = bytesRead;
    this.rows = rows;
  }

  addDrug(place: Place, drug: Drug, warnings: readonly string[]): void {
    // A workbook numbers the rows of each sheet anew; the key of a staged row is its order.
    this.stagedRows += 1;
    this.drugs.push({ rowNumber: this.stagedRows, drug });
    this.warnings += warnings.length;
    const text = [drug.registrationNumber, drug.name, drug.packaging].join(' · ');
    for (const reason of warnings) this.addIssue(place, { severity: 'warning', reason, text });
  }

  addUnreadable(place: Place, reason: string, text: string): void {
    this.unreadableRows += 1;
    this.addIssue(place, { severity: 'unreadable', reason, text });
  }

  /** False when the import was cancelled: nothing of this flush is kept then. */
  async flush(): Promise<boolean> {
    const { drugs, issues } = this;
    this.drugs = [];
    this.issues = [];
    const progress = {
      bytesRead: this.bytesRead,
      rows: Math.max(this.rows, this.stagedRows + this.unreadableRows),
      unreadableRows: this.unreadableRows,
      warnings: this.warnings,
    };
    return inTransaction(this.pool, async (transaction) => {
      if (!(await saveProgress(transaction, this.id, progress))) return false;
      await stageRows(transaction, this.id, { drugs, issues });
      await notifyConsole(transaction, ['catalogue']);
      return true;
    });
  }

  private addIssue(
    { rowNumber, sheet }: Place,
    issue: Pick<StagedIssue, 'severity' | 'reason' | 'text'>,
  ): void {
    this.issueCount += 1;
    const text = sheet === null ? issue.text : `[${sheet}] ${issue.text}`;
    this.issues.push({ ...issue, text, rowNumber, issueNumber: this.issueCount });
  }
}

async function becomeReady(
  pool: Pool,
  { id, nowMs }: { readonly id: string; readonly nowMs: number },
): Promise<void> {
  await inTransaction(pool, async (transaction) => {
    await countDifferences(transaction, id);
    await changeState(transaction, id, { from: ['reading'], to: 'ready', nowMs });
    await notifyConsole(transaction, ['catalogue']);
  });
}

/** Nothing of a refused file may become the catalogue. */
async function refuse(
  pool: Pool,
  {
    id,
    refusal,
    nowMs,
  }: { readonly id: string; readonly refusal: FileRefusal; readonly nowMs: number },
): Promise<void> {
  await inTransaction(pool, async (transaction) => {
    await changeState(transaction, id, {
      from: ['reading'],
      to: 'failed',
      nowMs,
      failure: refusalSentence(refusal, 'vi'),
    });
    await forgetStagedDrugs(transaction, id);
    await notifyConsole(transaction, ['catalogue']);
  });
}
