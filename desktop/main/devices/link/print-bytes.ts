import type { PrinterTrouble } from '../../../../shared/contract/till-print-api.ts';
import type { ByteLink, PrintEnd } from './printer-link.ts';

/**
 * One slip to one printer over a way that may be cut at any moment.
 *
 * 1. open; ask whether it can print (DLE EOT 1, 2 and 4: real time). Silence is no "no": many cheap
 *    printers cannot answer.
 * 2. send in pieces, each in a bounded time.
 * 3. ask behind the last byte (GS r 1: answered in its turn, when all before it is printed). A printer
 *    that answered before and does not now, and says it has no paper, broke off.
 */
export type PrintTimes = {
  readonly answerMs: number;
  /** For one piece: a slow printer prints 50 mm a second and takes no more meanwhile. */
  readonly pieceMs: number;
  /** From the last byte to the end of the paper. */
  readonly finishMs: number;
};

export const usualTimes: PrintTimes = { answerMs: 1_000, pieceMs: 15_000, finishMs: 10_000 };

const pieceBytes = 4_096;

/** @param open rejects when the printer is not there. Never rejects itself. */
export async function printBytes(
  open: () => Promise<ByteLink>,
  bytes: Uint8Array,
  times: PrintTimes = usualTimes,
): Promise<PrintEnd> {
  let link: ByteLink;
  try {
    link = await open();
  } catch (error) {
    return { type: 'not-begun', trouble: 'off', detail: messageOf(error) };
  }
  try {
    return await converse(link, bytes, times);
  } finally {
    await link.close().catch(() => undefined);
  }
}

async function converse(link: ByteLink, bytes: Uint8Array, times: PrintTimes): Promise<PrintEnd> {
  let sentBytes: number | undefined;
  try {
    const status = await askStatus(link, times);
    if (typeof status === 'string') {
      return { type: 'not-begun', trouble: status, detail: 'The printer says so' };
    }
    for (let at = 0; at < bytes.length; at += pieceBytes) {
      sentBytes = at;
      await within(times.pieceMs, link.write(bytes.subarray(at, at + pieceBytes)));
      sentBytes = Math.min(bytes.length, at + pieceBytes);
    }
    return await finished(link, { ...status, times });
  } catch (error) {
    const trouble = await lastTrouble(link, times);
    if (sentBytes === undefined) return { type: 'not-begun', trouble, detail: messageOf(error) };
    const detail = `${messageOf(error)} (${sentBytes} of ${bytes.length} bytes)`;
    return { type: 'interrupted', trouble, detail };
  }
}

async function finished(
  link: ByteLink,
  { canAnswer, times }: { readonly canAnswer: boolean; readonly times: PrintTimes },
): Promise<PrintEnd> {
  if (!canAnswer) return { type: 'printed' };
  link.drain();
  await link.write(Uint8Array.of(0x1d, 0x72, 0x01));
  const answer = await link.read(times.finishMs);
  // Whatever it says of the roll: it said it behind the last line of the slip.
  if (answer !== undefined) return { type: 'printed' };
  // Some answer in real time only: believed when they say that nothing is wrong.
  const status = await askStatus(link, times);
  if (typeof status === 'string') {
    return { type: 'interrupted', trouble: status, detail: 'The printer stopped before the end' };
  }
  if (status.canAnswer) return { type: 'printed' };
  return { type: 'interrupted', trouble: 'off', detail: 'The printer fell silent before the end' };
}

/** @returns what is wrong, or whether the printer can say that nothing is. */
async function askStatus(
  link: ByteLink,
  { answerMs }: PrintTimes,
): Promise<PrinterTrouble | { readonly canAnswer: boolean }> {
  const ask = async (about: number): Promise<number | undefined> => {
    link.drain();
    await link.write(Uint8Array.of(0x10, 0x04, about));
    const answer = await link.read(answerMs);
    // Bits 0, 1, 4 and 7 are the same in every answer: anything else is no status.
    return answer !== undefined && (answer & 0b1001_0011) === 0b0001_0010 ? answer : undefined;
  };
  const general = await ask(1);
  if (general === undefined) return { canAnswer: false };
  const paper = await ask(4);
  if (paper !== undefined && (paper & 0b0110_0000) !== 0) return 'paper-out';
  const isOffline = (general & 0b0000_1000) !== 0;
  if (!isOffline) return { canAnswer: true };
  const reason = (await ask(2)) ?? 0;
  if ((reason & 0b0000_0100) !== 0) return 'cover-open';
  if ((reason & 0b0010_0000) !== 0) return 'paper-out';
  return 'error';
}

/** Why it broke off, where the printer can still say it. */
async function lastTrouble(link: ByteLink, times: PrintTimes): Promise<PrinterTrouble> {
  try {
    const status = await within(times.answerMs * 3, askStatus(link, times));
    return typeof status === 'string' ? status : 'off';
  } catch {
    return 'off';
  }
}

async function within<Answer>(timeoutMs: number, work: Promise<Answer>): Promise<Answer> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('The printer takes nothing any more')), timeoutMs);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
