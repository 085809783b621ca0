import type { IRouter, Request } from 'express';
import { limits } from '../../shared/base/limits.ts';
import { err, ok, type Result } from '../../shared/base/result.ts';
import { consoleApi } from '../../shared/contract/console-api.ts';
import type { ProblemType } from '../../shared/contract/problem.ts';
import { recordAudit } from '../accounts/audit.ts';
import { provincesAsked, provincesOf } from '../accounts/permission.ts';
import { closeSession, sessionCookie, sessionTokenIn } from '../accounts/sessions.ts';
import { signIn } from '../accounts/sign-in.ts';
import { countCatalogue, findImport, listImports } from '../catalogue/import-rows.ts';
import type { CentreDeps } from '../deps.ts';
import { issueCode, issueRecoveryCode, revokeCode, revokeTill } from '../facilities/admission.ts';
import { findFacility } from '../facilities/facility-table.ts';
import { registerFacility, updateFacility } from '../facilities/register.ts';
import { receiveCarried } from '../ingest/carried.ts';
import { alerts } from '../queries/alerts.ts';
import { auditTrail } from '../queries/audit-trail.ts';
import { drugMovement } from '../queries/drug-movement.ts';
import { enrolmentCodes } from '../queries/enrolment-codes.ts';
import { facilities } from '../queries/facilities.ts';
import { facilityFile } from '../queries/facility-file.ts';
import { facilityMovements } from '../queries/facility-movements.ts';
import { facilityStock } from '../queries/facility-stock.ts';
import { importIssues } from '../queries/import-issues.ts';
import { localProducts } from '../queries/local-products.ts';
import { lotTrace } from '../queries/lot-trace.ts';
import { overview } from '../queries/overview.ts';
import { searchDrugs } from '../queries/search-drugs.ts';
import { searchLots } from '../queries/search-lots.ts';
import { transfersOnTheWay } from '../queries/transfers-on-the-way.ts';
import { publishRecall, recallsInForce, withdrawRecall } from '../supervision/recalls.ts';
import { mountClinicRoutes } from './clinic-routes.ts';
import { actorOf, badCursor, problems } from './console-problems.ts';
import { mountConsoleStreams } from './console-streams.ts';
import { type AccountCaller, mountRoute } from './mount.ts';
import type { ProblemFacts } from './problem-answer.ts';
import { failureLimit } from './rate-limit.ts';

const importsShown = 50;

/**
 * Every route of the regulator's console (shared/contract/console-api.ts). What an account may see
 * is decided in accounts/permission.ts and handed to the question as `provinces`.
 */
export function mountConsoleRoutes(router: IRouter, deps: CentreDeps): void {
  mountSession(router, deps);
  mountFigures(router, deps);
  mountFacilities(router, deps);
  mountRegister(router, deps);
  mountAdmission(router, deps);
  mountCatalogue(router, deps);
  mountClinicRoutes(router, deps);
  mountCarried(router, deps);
  mountRecalls(router, deps);
  mountConsoleStreams(router, deps);
}

function mountSession(router: IRouter, deps: CentreDeps): void {
  const { pool, nowMs } = deps;
  const guessing = failureLimit({ failuresPerMinute: limits.signInFailuresPerMinute });
  mountRoute(
    router,
    deps,
    consoleApi.signIn,
    async ({ body }, { request, response }) => {
      const address = request.ip ?? '';
      const signedIn = await signIn(pool, { ...body, address, nowMs: nowMs() });
      if (!signedIn.ok) return err(signInProblems[signedIn.error]);
      const { account, token } = signedIn.value;
      response.setHeader('Set-Cookie', sessionCookie(token, { isHttps: request.secure }));
      return ok(account);
    },
    guessing,
  );
  mountRoute(router, deps, consoleApi.session, async (_input, { caller }) => ok({ ...caller }));
  mountRoute(router, deps, consoleApi.signOut, async (_input, { caller, request, response }) => {
    const isHttps = request.secure;
    const token = sessionTokenIn(request.get('cookie'), { isHttps });
    if (token !== undefined) await closeSession(pool, token);
    await recordAudit(pool, {
      actor: actorOf(caller, request),
      action: 'sign-out',
      subject: caller.name,
      detail: {},
      nowMs: nowMs(),
    });
    response.setHeader('Set-Cookie', sessionCookie('', { isHttps }));
    return ok({});
  });
}

function mountFigures(router: IRouter, deps: CentreDeps): void {
  const { pool, nowMs } = deps;
  mountRoute(router, deps, consoleApi.overview, async ({ query }, { caller }) => {
    const visible = provincesAsked(caller.scope, query);
    if (!visible.ok) return err(problems[visible.error]);
    const { scheme } = query;
    return ok(await overview(pool, { provinces: visible.value, scheme, nowMs: nowMs() }));
  });
  mountRoute(router, deps, consoleApi.searchDrugs, async ({ query }, { caller }) =>
    ok(await searchDrugs(pool, { ...query, provinces: provincesOf(caller.scope) })),
  );
  mountRoute(router, deps, consoleApi.drugMovement, async ({ params, query }, { caller }) => {
    const visible = provincesAsked(caller.scope, query);
    if (!visible.ok) return err(problems[visible.error]);
    const cut = { provinces: visible.value, nowMs: nowMs() };
    return withProblem(await drugMovement(pool, { ...params, ...query, ...cut }));
  });
  mountRoute(router, deps, consoleApi.lotTrace, async ({ params, query }, { caller }) => {
    const visible = provincesAsked(caller.scope, query);
    if (!visible.ok) return err(problems[visible.error]);
    const cut = { provinces: visible.value, nowMs: nowMs() };
    return withProblem(await lotTrace(pool, { ...params, ...cut }));
  });
  mountRoute(router, deps, consoleApi.searchLots, async ({ query }, { caller }) =>
    ok(await searchLots(pool, { ...query, provinces: provincesOf(caller.scope) })),
  );
  mountRoute(router, deps, consoleApi.alerts, async ({ query }, { caller }) => {
    const visible = provincesAsked(caller.scope, query);
    if (!visible.ok) return err(problems[visible.error]);
    return badCursor(await alerts(pool, { ...query, provinces: visible.value }));
  });
}

function mountFacilities(router: IRouter, deps: CentreDeps): void {
  const { pool, nowMs } = deps;
  mountRoute(router, deps, consoleApi.facilities, async ({ query }, { caller }) => {
    const visible = provincesAsked(caller.scope, query);
    if (!visible.ok) return err(problems[visible.error]);
    const cut = { provinces: visible.value, nowMs: nowMs() };
    return badCursor(await facilities(pool, { ...query, ...cut }));
  });
  mountRoute(router, deps, consoleApi.facility, async ({ params }, { caller }) => {
    const cut = { provinces: provincesOf(caller.scope), nowMs: nowMs() };
    return withProblem(await facilityFile(pool, { ...params, ...cut }));
  });
  mountRoute(router, deps, consoleApi.facilityStock, async ({ params, query }, { caller }) => {
    if (!(await isVisible(deps, params.id, caller))) return err(problems['not-found']);
    return badCursor(await facilityStock(pool, { ...params, ...query }));
  });
  mountRoute(router, deps, consoleApi.facilityMovements, async ({ params, query }, { caller }) => {
    if (!(await isVisible(deps, params.id, caller))) return err(problems['not-found']);
    return badCursor(await facilityMovements(pool, { ...params, ...query }));
  });
  mountRoute(router, deps, consoleApi.facilityTransfers, async ({ params, query }, { caller }) => {
    if (!(await isVisible(deps, params.id, caller))) return err(problems['not-found']);
    return ok(await transfersOnTheWay(pool, { ...params, ...query }));
  });
  mountRoute(router, deps, consoleApi.facilityProducts, async ({ params, query }, { caller }) => {
    if (!(await isVisible(deps, params.id, caller))) return err(problems['not-found']);
    return ok(await localProducts(pool, { ...params, ...query }));
  });
}

function mountRecalls(router: IRouter, deps: CentreDeps): void {
  mountRoute(router, deps, consoleApi.recalls, async () =>
    ok({ rows: [...(await recallsInForce(deps.pool, limits.recallsShownMax))] }),
  );
  mountRoute(router, deps, consoleApi.publishRecall, ({ body }, { caller, request }) =>
    publishRecall(deps, body, actorOf(caller, request)),
  );
  mountRoute(router, deps, consoleApi.withdrawRecall, ({ body }, { caller, request }) =>
    withdrawRecall(deps, body, actorOf(caller, request)),
  );
}

/** Whether the facility exists for this account. */
export async function isVisible(
  deps: Pick<CentreDeps, 'pool'>,
  id: string,
  caller: AccountCaller,
): Promise<boolean> {
  const found = await findFacility(deps.pool, { id, provinces: provincesOf(caller.scope) });
  return found !== undefined;
}

function mountRegister(router: IRouter, deps: CentreDeps): void {
  mountRoute(router, deps, consoleApi.registerFacility, ({ body }, { caller, request }) =>
    registerFacility(deps, body, registrarOf(caller, request)),
  );
  mountRoute(router, deps, consoleApi.updateFacility, ({ params, body }, { caller, request }) =>
    updateFacility(deps, { ...params, ...body }, registrarOf(caller, request)),
  );
}

function mountAdmission(router: IRouter, deps: CentreDeps): void {
  mountRoute(router, deps, consoleApi.issueCode, ({ params }, { caller, request }) =>
    issueCode(deps, params.id, registrarOf(caller, request)),
  );
  mountRoute(router, deps, consoleApi.issueRecoveryCode, ({ params }, { caller, request }) =>
    issueRecoveryCode(deps, params.id, registrarOf(caller, request)),
  );
  mountRoute(router, deps, consoleApi.enrolmentCodes, async ({ query }, { caller }) => {
    const cut = { provinces: provincesOf(caller.scope), nowMs: deps.nowMs() };
    return badCursor(await enrolmentCodes(deps.pool, { ...query, ...cut }));
  });
  mountRoute(router, deps, consoleApi.revokeCode, ({ params }, { caller, request }) =>
    revokeCode(deps, params.id, registrarOf(caller, request)),
  );
  mountRoute(router, deps, consoleApi.revokeTill, ({ params, body }, { caller, request }) =>
    revokeTill(deps, { ...params, ...body }, registrarOf(caller, request)),
  );
}

function mountCatalogue(router: IRouter, deps: CentreDeps): void {
  const { pool, catalogueImports } = deps;
  mountRoute(router, deps, consoleApi.imports, async () =>
    ok({
      rows: [...(await listImports(pool, importsShown))],
      catalogueDrugs: await countCatalogue(pool),
    }),
  );
  mountRoute(router, deps, consoleApi.catalogueImport, async ({ params }) => {
    const row = await findImport(pool, params.id);
    return row === undefined ? err(problems['not-found']) : ok(row);
  });
  mountRoute(router, deps, consoleApi.importIssues, async ({ params, query }) => {
    if ((await findImport(pool, params.id)) === undefined) return err(problems['not-found']);
    return badCursor(await importIssues(pool, { ...params, ...query }));
  });
  mountRoute(router, deps, consoleApi.publishImport, ({ params }, { caller, request }) =>
    catalogueImports.publish({ ...params, actor: actorOf(caller, request) }),
  );
  mountRoute(router, deps, consoleApi.cancelImport, ({ params }, { caller, request }) =>
    catalogueImports.cancel({ ...params, actor: actorOf(caller, request) }),
  );
  mountRoute(router, deps, consoleApi.audit, async ({ query }) =>
    badCursor(await auditTrail(pool, query)),
  );
}

/** Reports on a stick or as pictures, brought to somebody who may work for that area. */
function mountCarried(router: IRouter, deps: CentreDeps): void {
  mountRoute(router, deps, consoleApi.carry, async ({ body }, { caller, request }) => {
    const { file, carrier } = body;
    const visible = provincesOf(caller.scope);
    const mayTouch = (province: string) => visible.includes(province);
    const taken = await receiveCarried(deps, Buffer.from(file, 'base64'), { carrier, mayTouch });
    if (!taken.ok) return taken;
    const { facilityName, till, batches, newEvents, refused } = taken.value;
    await recordAudit(deps.pool, {
      actor: actorOf(caller, request),
      action: 'batches-carried',
      subject: facilityName,
      detail: { till, carrier, batches, newEvents, refused },
      nowMs: deps.nowMs(),
    });
    return taken;
  });
}

const signInProblems: Readonly<Record<'wrong-sign-in' | 'locked-out', ProblemFacts>> = {
  'wrong-sign-in': { type: 'wrong-sign-in', detail: 'No account has this name and password' },
  'locked-out': {
    type: 'locked-out',
    detail: 'Too many failed tries with this name',
    retryAfterSeconds: limits.lockoutMinutes * 60,
  },
};

function registrarOf(caller: AccountCaller, request: Request) {
  return { actor: actorOf(caller, request), scope: caller.scope };
}

function withProblem<Value>(
  result: Result<Value, Extract<ProblemType, keyof typeof problems>>,
): Result<Value, ProblemFacts> {
  return result.ok ? result : err(problems[result.error]);
}
