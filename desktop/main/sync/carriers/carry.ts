import { err, ok, type Result } from '../../../../shared/base/result.ts';
import type { TillAnswer, TillProblem } from '../../../../shared/contract/till-api.ts';
import { instantOfMs } from '../../../../shared/model/calendar.ts';
import { framesOf } from '../../../../shared/sync/qr-frames.ts';
import { getSetting } from '../../db/sync-state.ts';
import type { TillDb } from '../../db/till-db.ts';
import type { TillDeps } from '../../deps.ts';
import type { CentreTrouble } from '../centre-answer.ts';
import { loadDeviceKey } from '../device-key.ts';
import type { SyncParts } from '../sync-parts.ts';
import { carrierFileName, makeReports, openCarrierFile, takeAnswers } from './usb-file.ts';

export type CarriedReports = TillAnswer<'carry.export'>;
export type TakenFile = TillAnswer<'carry.import'>;

/** Reports for a stick and, where they are short enough, for a row of QR frames. */
export function exportReports(
  { db, deps }: { readonly db: TillDb; readonly deps: Pick<TillDeps, 'nowMs' | 'keyStore'> },
  afterSeq: number | undefined,
): Result<CarriedReports, TillProblem> {
  const identity = getSetting(db, 'identity');
  const facility = getSetting(db, 'facility');
  if (identity === null || facility === null) return err({ type: 'NotEnrolled' });
  const key = loadDeviceKey(deps.keyStore);
  if (!key.ok) return err({ type: 'Fault', code: 'key-store', detail: key.error.detail });
  const nowMs = deps.nowMs();
  const own = { db, identity, key: key.value };
  const { bytes, ...reports } = makeReports(own, { madeAt: instantOfMs(nowMs), afterSeq });
  const name = { facilityCode: facility.code, shortCode: identity.shortCode };
  return ok({
    ...reports,
    fileName: carrierFileName(name, nowMs),
    file: Buffer.from(bytes).toString('base64'),
    frames: [...(framesOf(bytes) ?? [])],
  });
}

/** Whatever a stick brought: answers for this till are kept, reports are passed on. */
export async function takeFile(
  parts: SyncParts,
  bytes: Uint8Array,
): Promise<Result<TakenFile, TillProblem>> {
  const opened = await openCarrierFile(bytes);
  if (!opened.ok) return err({ type: 'CarrierRefused', reason: opened.error.type });
  if (opened.value.kind === 'answers') {
    const taken = takeAnswers(parts, opened.value.file);
    return taken.ok
      ? ok({ kind: 'answers', ...taken.value })
      : err({ type: 'CarrierRefused', reason: taken.error.type });
  }
  const passed = await parts.client.carry(Buffer.from(bytes).toString('base64'));
  return passed.ok ? ok({ kind: 'relayed', ...passed.value }) : err(problemOf(passed.error));
}

function problemOf(trouble: CentreTrouble): TillProblem {
  switch (trouble.type) {
    case 'refused': {
      const { type, detail } = trouble.problem;
      if (type === 'not-authentic') return { type: 'CarrierRefused', reason: 'not-authentic' };
      if (type === 'unreadable') return { type: 'CarrierRefused', reason: 'damaged' };
      return { type: 'CentreUnreachable', detail: `${type}: ${detail}` };
    }
    case 'closed':
      return { type: 'CentreUnreachable', detail: 'the till is being closed' };
    default:
      return { type: 'CentreUnreachable', detail: trouble.detail };
  }
}
