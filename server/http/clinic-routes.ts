import type { IRouter } from 'express';
import { err, ok } from '../../shared/base/result.ts';
import { consoleApi } from '../../shared/contract/console-api.ts';
import { recordAudit } from '../accounts/audit.ts';
import { provincesAsked, provincesOf } from '../accounts/permission.ts';
import type { CentreDeps } from '../deps.ts';
import { findFacility } from '../facilities/facility-table.ts';
import { checkFacility } from '../ingest/check-facility.ts';
import { agreementReport, agreements, facilityHealth } from '../queries/agreements.ts';
import { centreEpoch } from '../queries/centre-epoch.ts';
import { clinicFigures, parkedRecords } from '../queries/clinic.ts';
import { askFacility, judgeAgain, mapDrugCode, readRecord } from '../supervision/clinic-desk.ts';
import { actorOf, badCursor, problems } from './console-problems.ts';
import { mountRoute } from './mount.ts';

/** The clinic and the agreement, cut to what an account may see. */
export function mountClinicRoutes(router: IRouter, deps: CentreDeps): void {
  const { pool, nowMs } = deps;
  mountRoute(router, deps, consoleApi.clinicFigures, async ({ query }, { caller }) => {
    const visible = provincesAsked(caller.scope, query);
    return visible.ok ? ok(await clinicFigures(pool, visible.value)) : err(problems[visible.error]);
  });
  mountRoute(router, deps, consoleApi.parkedRecords, async ({ query }, { caller }) => {
    const visible = provincesAsked(caller.scope, query);
    if (!visible.ok) return err(problems[visible.error]);
    const cut = { provinces: visible.value, nowMs: nowMs() };
    return badCursor(await parkedRecords(pool, { ...query, ...cut }));
  });
  mountRoute(router, deps, consoleApi.agreements, async ({ query }, { caller }) => {
    const visible = provincesAsked(caller.scope, query);
    if (!visible.ok) return err(problems[visible.error]);
    const cut = { provinces: visible.value, nowMs: nowMs() };
    return badCursor(await agreements(pool, { ...query, ...cut }));
  });
  mountRoute(router, deps, consoleApi.agreementReport, async ({ query }, { caller }) => {
    const visible = provincesAsked(caller.scope, query);
    if (!visible.ok) return err(problems[visible.error]);
    const cut = { provinces: visible.value, scheme: query.scheme, nowMs: nowMs() };
    return ok(await agreementReport(pool, cut));
  });
  mountRoute(router, deps, consoleApi.centreEpoch, async (_, { caller }) =>
    ok(await centreEpoch(pool, { provinces: provincesOf(caller.scope) })),
  );
  mountRoute(router, deps, consoleApi.parkedRecord, ({ params }, { caller }) =>
    readRecord(pool, params, caller),
  );
  mountRoute(router, deps, consoleApi.judgeAgain, ({ params }, { caller, request }) =>
    judgeAgain(deps, params, { actor: actorOf(caller, request), scope: caller.scope }),
  );
  mountRoute(router, deps, consoleApi.mapDrugCode, ({ params, body }, { caller, request }) =>
    mapDrugCode(
      deps,
      { ...params, ...body },
      { actor: actorOf(caller, request), scope: caller.scope },
    ),
  );
  mountRoute(router, deps, consoleApi.askFacility, ({ params, body }, { caller, request }) =>
    askFacility(
      deps,
      { ...params, ...body },
      { actor: actorOf(caller, request), scope: caller.scope },
    ),
  );
  mountRoute(router, deps, consoleApi.facilityHealth, async ({ params }, { caller }) => {
    const provinces = provincesOf(caller.scope);
    const facility = await findFacility(pool, { id: params.id, provinces });
    if (facility === undefined) return err(problems['not-found']);
    return ok(await facilityHealth(pool, { ...params, nowMs: nowMs() }));
  });
  mountRoute(router, deps, consoleApi.checkFacility, async ({ params }, { caller, request }) => {
    const provinces = provincesOf(caller.scope);
    const facility = await findFacility(pool, { id: params.id, provinces });
    if (facility === undefined) return err(problems['not-found']);
    const actor = actorOf(caller, request);
    const checked = await checkFacility(deps, { facilityId: facility.id, askedBy: actor.account });
    await recordAudit(pool, {
      actor,
      action: 'facility-checked',
      subject: `${facility.code} ${facility.name}`,
      detail: { ...checked.repaired },
      nowMs: nowMs(),
    });
    return ok({ ...checked, repaired: { ...checked.repaired } });
  });
}
