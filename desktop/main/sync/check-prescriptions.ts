/**
 * Asks the centre what other facilities sold on a prescription: at the counter before a sale, and
 * by itself at the next line for those that were sold on without one. The centre knows a prescription
 * by its key (rules/prescription.ts); nothing about a patient travels.
 */
import { limits } from '../../../shared/base/limits.ts';
import type { PrescriptionKnowledge } from '../../../shared/contract/till-safety-api.ts';
import { instantOfMs } from '../../../shared/model/calendar.ts';
import type { Prescription } from '../../../shared/model/prescription.ts';
import { prescriptionKey } from '../../../shared/rules/prescription.ts';
import { keepCheck, pendingChecks } from '../db/prescription-checks.ts';
import { getSetting } from '../db/sync-state.ts';
import type { SyncParts } from './sync-parts.ts';

/** What is known beyond this shop; without a line it says so, and the sale waits for nobody. */
export async function lookUpPrescription(
  parts: SyncParts | undefined,
  prescription: Prescription,
): Promise<PrescriptionKnowledge> {
  const unreachable: PrescriptionKnowledge = { state: 'unreachable', lines: [] };
  if (parts === undefined) return unreachable;
  return (await ask(parts, prescriptionKey(prescription))) ?? unreachable;
}

/** Asks for all that wait. @returns how many were answered. */
export async function checkPending(parts: SyncParts): Promise<number> {
  const { db, tell } = parts;
  const acked = getSetting(db, 'ackedHead').seq;
  let answered = 0;
  for (const key of pendingChecks(db, acked, limits.prescriptionChecksPerRun)) {
    // A line that broke, or a centre that is busy: the rest is asked for next time.
    if ((await ask(parts, key)) === undefined) break;
    answered += 1;
  }
  if (answered > 0) tell(['sales']);
  return answered;
}

async function ask(
  { db, deps, client }: SyncParts,
  key: string,
): Promise<PrescriptionKnowledge | undefined> {
  const answer = await client.prescription(key);
  if (!answer.ok) return undefined;
  const { lines } = answer.value;
  db.immediately(() => keepCheck(db, key, { lines, at: instantOfMs(deps.nowMs()) }));
  return { state: 'known', lines };
}
