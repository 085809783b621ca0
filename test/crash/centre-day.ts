/**
 * The scripted day at the centre, as one facility and one regulator see it: a till is enrolled and
 * reports (new, overlapping, repeated, unreadable and forked batches), asks for reference data and
 * compares stock; a register file is imported and published. What is answered is kept: the centre may
 * never take it back.
 */
import type { KeyObject } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { z } from 'zod';
import { EnrolmentAnswer } from '../../shared/contract/sync-api.ts';
import type { SealedEvent } from '../../shared/events/seal.ts';
import { BatchAnswer } from '../../shared/sync/batch.ts';
import {
  anOpening,
  askCentre,
  deviceOf,
  newKey,
  postBatch,
  postEnrolment,
  type TestDevice,
} from '../support/test-device.ts';

/** What one facility's till did and was told. */
export type CentreVisit = {
  readonly facilityId: string;
  readonly code: string;
  readonly key: { readonly privateKey: KeyObject; readonly publicKey: string };
  /** Undefined until the enrolment was answered. */
  enrolment: EnrolmentAnswer | undefined;
  /** The journal, once there is a till id to write it for. */
  events: readonly SealedEvent[];
  /** What the last receipt covers. */
  ackedSeq: number;
  /** An import whose publication was asked for and accepted. */
  importId: string | undefined;
  isPublicationAccepted: boolean;
  /** Answers that promise something. */
  acknowledged: number;
};

export function newVisit(facilityId: string, code: string): CentreVisit {
  return {
    facilityId,
    code,
    key: newKey(),
    enrolment: undefined,
    events: [],
    ackedSeq: 0,
    importId: undefined,
    isPublicationAccepted: false,
    acknowledged: 0,
  };
}

/** Events of a whole visit: opening, 6 sales, one that nobody can read, 2 sales. */
export const eventsPerVisit = 10;
/** Of the one drug, after the whole visit: 1,000 less eight sales of 3. */
export const onHandAfterVisit = 1_000 - 8 * 3;

/**
 * Plays the visit, or what is left of it, until it is over or the centre is gone.
 * @returns undefined when the centre went away, else what was not as it should be.
 */
export async function visit(
  url: string,
  seen: CentreVisit,
  cookie: string | undefined,
): Promise<readonly string[] | undefined> {
  const wrong: string[] = [];
  const must = (holds: boolean, otherwise: () => string): void => {
    if (!holds) wrong.push(otherwise());
  };
  try {
    const device = await enrol(url, seen, must);
    await report(device, seen, must);
    if (cookie !== undefined) await importRegister(url, seen, { cookie, must });
    return wrong;
  } catch (error) {
    if (isCutOff(error)) return undefined;
    throw error;
  }
}

/** fetch fails with a TypeError when the line broke, whatever was on it. */
export function isCutOff(error: unknown): boolean {
  return error instanceof TypeError && /fetch failed|terminated/.test(error.message);
}

type Must = (holds: boolean, otherwise: () => string) => void;

async function enrol(url: string, seen: CentreVisit, must: Must): Promise<TestDevice> {
  const { code, key } = seen;
  const response = await postEnrolment(url, { code, publicKey: key.publicKey });
  const text = await response.text();
  if (response.status !== 200) throw new Error(`Enrolment: ${text}`);
  const enrolment = EnrolmentAnswer.parse(JSON.parse(text));
  const first = seen.enrolment ?? enrolment;
  must(first.tillId === enrolment.tillId, () => 'the same code and key gave another till');
  seen.enrolment = first;
  seen.acknowledged += 1;
  const device = deviceOf({ url, enrolment, privateKey: key.privateKey }, seen.events);
  if (seen.events.length === 0) {
    writeJournal(device);
    seen.events = [...device.events];
  }
  return device;
}

function writeJournal(device: TestDevice): void {
  const at = new Date(Date.now() - 60_000).toISOString();
  device.append({ ...anOpening(1_000), at });
  device.sell(6, 3);
  device.append({ type: 'SaleCompleted.v1', at, data: { slip: 'A1-8', lines: 'unreadable' } });
  device.sell(2, 3);
}

async function report(device: TestDevice, seen: CentreVisit, must: Must): Promise<void> {
  const send = async (from: number, to: number): Promise<void> => {
    const { status, answer } = await postBatch(device, { from, to });
    const receipt = answer !== undefined && 'receipt' in answer ? answer.receipt : undefined;
    must(receipt !== undefined, () => `batch ${from}–${to}: ${status} ${JSON.stringify(answer)}`);
    if (receipt === undefined) return;
    must(receipt.ackedSeq >= seen.ackedSeq, () => `acknowledged ${receipt.ackedSeq} after more`);
    seen.ackedSeq = Math.max(seen.ackedSeq, receipt.ackedSeq);
    seen.acknowledged += 1;
  };
  await send(1, 4);
  await read(device, '/v1/sync/snapshot');
  await send(3, 7);
  await read(device, '/v1/sync/feed?after=0');
  await send(8, eventsPerVisit);
  await send(1, eventsPerVisit);
  const head = Head.parse(await read(device, '/v1/sync/head'));
  must(head.ackedSeq === eventsPerVisit, () => `the head says ${head.ackedSeq}`);
  const other = device.clone(eventsPerVisit - 1);
  other.sell(1, 99);
  const forked = BatchAnswer.safeParse((await postBatch(other, { from: eventsPerVisit })).json);
  must(forked.data?.verdict === 'fork', () => `a second past: ${forked.data?.verdict}`);
}

const Head = z.object({ ackedSeq: z.number() });

async function read(device: TestDevice, path: string): Promise<unknown> {
  const response = await askCentre(device, { path });
  const text = await response.text();
  if (response.status !== 200) throw new Error(`${path}: ${response.status} ${text}`);
  return response.headers.get('content-type')?.includes('ndjson') === true
    ? text
    : JSON.parse(text);
}

const ImportRow = z.object({ id: z.string(), state: z.string() });

/** Uploads the register of two drugs, waits until it was read, and publishes it. */
async function importRegister(
  url: string,
  seen: CentreVisit,
  { cookie, must }: { readonly cookie: string; readonly must: Must },
): Promise<void> {
  const ask = async (path: string, init: RequestInit = {}) => {
    const response = await fetch(`${url}/api/catalogue/imports${path}`, {
      ...init,
      headers: { cookie, ...init.headers },
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${path}: ${response.status} ${text}`);
    return ImportRow.parse(JSON.parse(text));
  };
  const settled = async (id: string): Promise<string> => {
    for (;;) {
      const { state } = await ask(`/${id}`);
      if (state !== 'reading' && state !== 'publishing') return state;
      await delay(30);
    }
  };
  if (seen.importId === undefined || !seen.isPublicationAccepted) {
    const started = await ask('', {
      method: 'POST',
      headers: { 'x-file-name': 'danh-muc.csv' },
      body: registerOf(seen.code),
    });
    seen.importId = started.id;
    seen.acknowledged += 1;
    const state = await settled(started.id);
    must(state === 'ready', () => `an import that was read is ${state}`);
    await ask(`/${started.id}/publication`, { method: 'POST' });
    seen.isPublicationAccepted = true;
    seen.acknowledged += 1;
  }
  const state = await settled(seen.importId);
  // Cut off half way, it says so, and nothing of it is in the catalogue.
  must(state === 'published' || state === 'failed', () => `the publication ends ${state}`);
}

function registerOf(code: string): string {
  const number = (parseInt(code.replaceAll('-', ''), 36) % 90_000) + 10_000;
  return [
    'Số đăng ký,Tên thuốc,Hoạt chất,Dạng bào chế,Quy cách',
    `VD-${number}-15,Thuốc ${code},Paracetamol 500mg,Viên nén,Hộp 10 vỉ x 10 viên`,
    '',
  ].join('\r\n');
}
