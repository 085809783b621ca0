import { err, ok, type Result } from '../../../shared/base/result.ts';
import type { ProblemType } from '../../../shared/contract/problem.ts';
import type { EnrolmentAnswer } from '../../../shared/contract/sync-api.ts';
import type { EnrolmentRefusal, TillProblem } from '../../../shared/contract/till-api.ts';
import { instantOfMs } from '../../../shared/model/calendar.ts';
import { certificateText } from '../../../shared/sync/batch.ts';
import { getSetting, setSetting, type TillIdentity } from '../db/sync-state.ts';
import type { TillDb } from '../db/till-db.ts';
import type { TillDeps } from '../deps.ts';
import type { CentreTrouble } from './centre-answer.ts';
import { type CentreAddress, createCentreClient, enrolAtCentre } from './centre-client.ts';
import { centreKeyOf, type DeviceKey, loadOrMakeDeviceKey, makeDeviceKey } from './device-key.ts';
import type { JournalTrouble } from './read-journal-pages.ts';
import { beginWith, readInheritance } from './recover-till.ts';

export type EnrolCommand = { readonly centreUrl: string; readonly code: string };
export type EnrolmentProblem = Extract<
  TillProblem,
  { type: 'EnrolmentRefused' | 'CentreUnreachable' | 'AlreadyEnrolled' | 'Fault' }
>;

export type EnrolParts = {
  readonly db: TillDb;
  readonly deps: Pick<TillDeps, 'keyStore' | 'centreWire' | 'programVersion' | 'newId' | 'nowMs'>;
  readonly signal: AbortSignal;
};

/**
 * Gives this installation its name. The key is made and stored before the request, so whatever gets
 * lost on the way, the same code may be typed again: the centre knows the key and repeats itself.
 */
export async function enrolTill(
  { db, deps, signal }: EnrolParts,
  { centreUrl: typedUrl, code }: EnrolCommand,
): Promise<Result<TillIdentity, EnrolmentProblem>> {
  if (getSetting(db, 'identity') !== null) return err({ type: 'AlreadyEnrolled' });
  const centreUrl = typedUrl.trim().replace(/\/+$/, '');
  const address = { wire: deps.centreWire, centreUrl, signal };
  const asked = await askWithKey(deps, address, code);
  if (!asked.ok) return asked;
  const { key, answer } = asked.value;
  const { publicKey } = key;
  const { tillId, shortCode, facility, centrePublicKey, certificate, proof } = answer;
  const centreKey = centreKeyOf(centrePublicKey);
  if (centreKey === undefined) {
    return err({ type: 'CentreUnreachable', detail: 'the centre sent no usable public key' });
  }
  const certified = certificateText({ till: tillId, facilityId: facility.id, publicKey });
  if (!centreKey.hasSigned(certified, certificate)) {
    return err({ type: 'CentreUnreachable', detail: 'the centre did not certify this key' });
  }
  const identity = { tillId, shortCode, centreUrl, centrePublicKey, publicKey, certificate };
  const client = createCentreClient(address, { till: tillId, key });
  const { recovers } = answer;
  const inherited =
    recovers === null ? ok(null) : await readInheritance({ client, centreKey }, recovers);
  if (!inherited.ok) return err(journalProblem(inherited.error));
  const inheritance = inherited.value;
  return db.immediately(() => {
    if (getSetting(db, 'identity') !== null) return err({ type: 'AlreadyEnrolled' as const });
    setSetting(db, 'identity', identity);
    setSetting(db, 'facility', facility);
    setSetting(db, 'enrolmentProof', proof);
    if (inheritance !== null) {
      const at = instantOfMs(deps.nowMs());
      beginWith(db, deps, { identity, at, inheritance });
    }
    return ok(identity);
  });
}

/**
 * With the key of this computer. Where its books were lost and the key was not, the key is that of
 * the till whose place is being taken: the centre knows it and wants another one for the new till.
 */
async function askWithKey(
  { keyStore, programVersion }: EnrolParts['deps'],
  address: CentreAddress,
  code: string,
): Promise<
  Result<{ readonly key: DeviceKey; readonly answer: EnrolmentAnswer }, EnrolmentProblem>
> {
  let key = loadOrMakeDeviceKey(keyStore);
  for (let isFirst = true; key.ok; isFirst = false) {
    const request = { code, publicKey: key.value.publicKey, programVersion };
    const answer = await enrolAtCentre(address, request);
    if (answer.ok) return ok({ key: key.value, answer: answer.value });
    const { error } = answer;
    const isKnownKey = error.type === 'refused' && error.problem.type === 'conflict';
    if (!isKnownKey || !isFirst) return err(problemOf(error));
    key = makeDeviceKey(keyStore);
  }
  return err({ type: 'Fault', code: 'key-store', detail: key.error.detail });
}

const refusals: Partial<Record<ProblemType, EnrolmentRefusal>> = {
  'not-found': 'unknown-code',
  'bad-request': 'unknown-code',
  'code-used': 'used-code',
  'code-expired': 'expired-code',
  'facility-has-till': 'facility-has-till',
  'licence-not-valid': 'licence-not-valid',
  'unknown-protocol': 'unknown-protocol',
};

function journalProblem(trouble: JournalTrouble): EnrolmentProblem {
  if (trouble.type !== 'fork') return problemOf(trouble);
  const detail = `the old journal does not hang together at ${trouble.atSeq}`;
  return { type: 'CentreUnreachable', detail };
}

function problemOf(trouble: CentreTrouble): EnrolmentProblem {
  switch (trouble.type) {
    case 'refused': {
      const { type, detail } = trouble.problem;
      const reason = new Map(Object.entries(refusals)).get(type);
      return reason === undefined
        ? { type: 'CentreUnreachable', detail: `${type}: ${detail}` }
        : { type: 'EnrolmentRefused', reason };
    }
    case 'closed':
      return { type: 'CentreUnreachable', detail: 'the till is being closed' };
    default:
      return { type: 'CentreUnreachable', detail: trouble.detail };
  }
}
