import type { IRouter, Request, Response } from 'express';
import { err, ok } from '../../shared/base/result.ts';
import { syncApi, syncStreams } from '../../shared/contract/sync-api.ts';
import { instantOfMs } from '../../shared/model/calendar.ts';
import { redeemEnrolmentCode } from '../accounts/enrolment.ts';
import { readmitTill } from '../accounts/readmission.ts';
import type { TillCaller } from '../accounts/till-authentication.ts';
import { readFeedPage } from '../catalogue/feed.ts';
import { createSnapshots, type Snapshots } from '../catalogue/snapshot.ts';
import type { CentreDeps } from '../deps.ts';
import { compareRanges, compareStock } from '../ingest/agreement.ts';
import { receiveCarried } from '../ingest/carried.ts';
import { readJournalHashes } from '../ingest/journal-hashes.ts';
import { receiveLostReceipt } from '../ingest/lost-receipts.ts';
import { soldOnPrescriptions } from '../ingest/prescriptions-sold.ts';
import { readJournalPage } from '../ingest/recovery.ts';
import { answerBatch, sendBatchAnswer } from './batch-answer.ts';
import { mountRoute, mountStream } from './mount.ts';
import { sendProblem } from './problem-answer.ts';
import { createAllowance, failureLimit } from './rate-limit.ts';

const failedEnrolmentsPerMinute = 20;
/** A counter looks up one prescription a customer; whoever guesses codes needs thousands. */
const lookUpsPerMinute = 60;

/** Everything tills speak (shared/contract/sync-api.ts). */
export function mountSyncRoutes(router: IRouter, deps: CentreDeps): void {
  const enrolmentLimit = failureLimit({ failuresPerMinute: failedEnrolmentsPerMinute });
  mountRoute(
    router,
    deps,
    syncApi.enrol,
    ({ body }) => redeemEnrolmentCode(deps, body),
    enrolmentLimit,
  );
  mountRoute(
    router,
    deps,
    syncApi.readmit,
    ({ body }) => readmitTill(deps, body),
    failureLimit({ failuresPerMinute: failedEnrolmentsPerMinute }),
  );
  mountRoute(router, deps, syncApi.presentReceipt, ({ body }, { caller }) =>
    receiveLostReceipt(deps, caller, body),
  );
  mountRoute(router, deps, syncApi.head, async (_input, { caller }) =>
    ok({
      ackedSeq: caller.ackedSeq,
      ackedHash: caller.ackedHash,
      serverTime: instantOfMs(deps.nowMs()),
    }),
  );
  mountRoute(router, deps, syncApi.feed, async ({ query }, { caller }) => {
    const question = { after: query.after, facilityId: caller.facilityId };
    return readFeedPage(deps.pool, deps.centreKey, question);
  });
  mountRoute(router, deps, syncApi.journal, ({ query }, { caller }) =>
    readJournalPage(deps, caller, query),
  );
  mountRoute(router, deps, syncApi.journalHashes, ({ body }, { caller }) =>
    readJournalHashes(deps, caller, body),
  );
  mountRoute(router, deps, syncApi.agreement, ({ body }, { caller }) =>
    compareStock(deps, caller, body),
  );
  mountRoute(router, deps, syncApi.agreementRanges, ({ body }, { caller }) =>
    compareRanges(deps, caller, body),
  );
  const mayLookUp = createAllowance(lookUpsPerMinute);
  mountRoute(router, deps, syncApi.prescription, async ({ body }, { caller }) => {
    if (!mayLookUp(caller.tillId, deps.nowMs())) {
      const detail = 'This till looks up too many prescriptions';
      return err({ type: 'too-many-requests', detail, retryAfterSeconds: 60 });
    }
    const options = { withoutFacility: caller.facilityId };
    const sold = await soldOnPrescriptions(deps.pool, [body.key], options);
    return ok({
      lines: sold.map((line) => ({
        drug: line.drug,
        prescribedUnits: line.prescribed_units,
        dispensedUnits: line.dispensed_units,
      })),
      serverTime: instantOfMs(deps.nowMs()),
    });
  });
  mountRoute(router, deps, syncApi.carry, ({ body }) =>
    // The reports prove themselves; the till that passes them on only lends its line.
    receiveCarried(deps, Buffer.from(body.file, 'base64'), {
      carrier: 'relay',
      mayTouch: () => true,
    }),
  );
  const snapshots = createSnapshots(deps);
  mountStream(
    router,
    deps,
    { ...syncStreams.snapshot, access: 'till' },
    async ({ caller, request, response }) => sendSnapshot(snapshots, caller, request, response),
  );
  mountStream(
    router,
    deps,
    { ...syncStreams.stream, access: 'till' },
    async ({ caller, request, response }) => streamNews(deps, caller, request, response),
  );
  // Proves itself by the signature in its own headers, over the batch and not over the request.
  router.post(syncStreams.batches.path, async (request, response) => {
    const answer = await answerBatch(deps, request, response);
    if (answer.ok) sendBatchAnswer(response, answer.value);
    else sendProblem(response, answer.error);
  });
}

async function sendSnapshot(
  snapshots: Snapshots,
  caller: TillCaller,
  request: Request,
  response: Response,
): Promise<void> {
  const { epoch, position, members } = await snapshots.forFacility(caller.facilityId);
  const etag = `"${epoch}-${position}-${caller.facilityId}"`;
  response.setHeader('ETag', etag);
  response.setHeader('Cache-Control', 'private, no-cache');
  if (request.get('if-none-match') === etag) {
    response.status(304).end();
    return;
  }
  response.type('application/x-ndjson').setHeader('Content-Encoding', 'gzip');
  response.setHeader('Content-Length', String(members.reduce((sum, part) => sum + part.length, 0)));
  for (const member of members) response.write(member);
  response.end();
}

function streamNews(
  deps: CentreDeps,
  caller: TillCaller,
  request: Request,
  response: Response,
): void {
  const stream = deps.eventStreams.open(request, response);
  if (stream === undefined) {
    sendProblem(response, {
      type: 'too-many-requests',
      detail: 'This process holds as many streams as it may',
      retryAfterSeconds: 30,
    });
    return;
  }
  const stopListening = deps.notices.onFeed(({ audience }) => {
    const isForThisTill = typeof audience === 'string' || audience.facility === caller.facilityId;
    if (isForThisTill) stream.send('news', {});
  });
  stream.onClose(stopListening);
  // What changed while nobody listened: the till asks once.
  stream.send('news', {});
}
