/** The console's routes whose body or answer is no JSON document: files and the news stream. */
import { pipeline } from 'node:stream/promises';
import type { IRouter, Request, Response } from 'express';
import { z } from 'zod';
import type { Result } from '../../shared/base/result.ts';
import {
  type CatalogueImport,
  consoleApi,
  consoleStreams,
} from '../../shared/contract/console-api.ts';
import { businessDateOf, instantOfMs } from '../../shared/model/calendar.ts';
import { recordAudit } from '../accounts/audit.ts';
import { provincesAsked, provincesOf } from '../accounts/permission.ts';
import { findImport } from '../catalogue/import-rows.ts';
import type { CentreDeps } from '../deps.ts';
import { sendCsv } from '../exports/csv.ts';
import { gzipOf, journalExportLines } from '../exports/journal-export.ts';
import { allPages, exportPageRows } from '../exports/pages.ts';
import { findFacility } from '../facilities/facility-table.ts';
import { facilities } from '../queries/facilities.ts';
import { facilityMovements } from '../queries/facility-movements.ts';
import { importIssues } from '../queries/import-issues.ts';
import { createConsoleNews } from './console-news.ts';
import { actorOf, problems } from './console-problems.ts';
import { type AccountCaller, mountStream } from './mount.ts';
import { type ProblemFacts, sendProblem } from './problem-answer.ts';

const IdParams = z.object({ id: z.uuid() });

export function mountConsoleStreams(router: IRouter, deps: CentreDeps): void {
  const account = { access: 'account' } as const;
  const national = { access: 'national' } as const;
  const subscribe = createConsoleNews(deps.notices);
  mountStream(router, deps, { ...consoleStreams.stream, ...account }, async (context) => {
    const stream = deps.eventStreams.open(context.request, context.response);
    if (stream === undefined) sendProblem(context.response, tooManyStreams);
    else subscribe(stream);
  });
  mountStream(router, deps, { ...consoleStreams.facilitiesCsv, ...account }, (context) =>
    sendFacilities(deps, context),
  );
  mountStream(router, deps, { ...consoleStreams.facilityMovementsCsv, ...account }, (context) =>
    sendMovements(deps, context),
  );
  mountStream(router, deps, { ...consoleStreams.facilityJournal, ...account }, (context) =>
    sendJournal(deps, context),
  );
  mountStream(router, deps, { ...consoleStreams.importIssuesCsv, ...national }, (context) =>
    sendIssues(deps, context),
  );
  mountStream(router, deps, { ...consoleStreams.uploadImport, ...national }, async (context) => {
    sendImport(context.response, await receiveUpload(deps, context));
  });
}

type Context = {
  readonly caller: AccountCaller;
  readonly request: Request;
  readonly response: Response;
};

const tooManyStreams: ProblemFacts = {
  type: 'too-many-requests',
  detail: 'As many consoles are open as this centre serves',
  retryAfterSeconds: 30,
};

async function sendFacilities(deps: CentreDeps, { caller, request, response }: Context) {
  const query = consoleApi.facilities.query.safeParse(request.query);
  if (!query.success) return sendProblem(response, problems['bad-request']);
  const visible = provincesAsked(caller.scope, query.data);
  if (!visible.ok) return sendProblem(response, problems[visible.error]);
  const question = {
    ...query.data,
    provinces: visible.value,
    limit: exportPageRows,
    nowMs: deps.nowMs(),
  };
  await sendCsv(response, {
    fileName: 'co-so.csv',
    header: facilityHeader,
    pages: mapped(
      allPages((cursor) => facilities(deps.pool, { ...question, cursor })),
      (row) => [
        row.code,
        row.name,
        row.kind,
        row.province,
        row.provinceName,
        row.unit34,
        row.unit34Name,
        row.commune,
        row.licenceNumber,
        row.state,
        row.lastReportedAt,
        row.openAlerts,
      ],
    ),
  });
}

const facilityHeader = [
  'ma_co_so',
  'ten_co_so',
  'loai_hinh',
  'ma_tinh_63',
  'tinh_63',
  'ma_tinh_34',
  'tinh_34',
  'xa_phuong',
  'so_gcn',
  'trang_thai',
  'bao_cao_gan_nhat',
  'canh_bao_mo',
];

async function sendMovements(deps: CentreDeps, { caller, request, response }: Context) {
  const params = IdParams.safeParse(request.params);
  const facility = params.success
    ? await findFacility(deps.pool, { ...params.data, provinces: provincesOf(caller.scope) })
    : undefined;
  if (facility === undefined) return sendProblem(response, problems['not-found']);
  const question = { id: facility.id, limit: exportPageRows };
  await sendCsv(response, {
    fileName: `so-xuat-nhap-${facility.code.replace(/[^A-Za-z0-9-]/g, '_')}.csv`,
    header: movementHeader,
    pages: mapped(
      allPages((cursor) => facilityMovements(deps.pool, { ...question, cursor })),
      (row) => [
        row.at,
        row.receivedAt,
        row.till,
        row.seq,
        row.line,
        row.kind,
        row.drug,
        row.name,
        row.lot,
        row.expiresOn,
        row.units,
        row.amountVnd,
      ],
    ),
  });
}

const movementHeader = [
  'thoi_diem',
  'trung_tam_nhan',
  'may_ban',
  'so_su_kien',
  'dong',
  'loai',
  'ma_thuoc',
  'ten_thuoc',
  'so_lo',
  'han_dung',
  'so_luong',
  'thanh_tien',
];

/** The evidence of one facility leaves the centre: who took it stands in the audit first. */
async function sendJournal(deps: CentreDeps, { caller, request, response }: Context) {
  const params = IdParams.safeParse(request.params);
  const facility = params.success
    ? await findFacility(deps.pool, { ...params.data, provinces: provincesOf(caller.scope) })
    : undefined;
  if (facility === undefined) return sendProblem(response, problems['not-found']);
  const nowMs = deps.nowMs();
  await recordAudit(deps.pool, {
    actor: actorOf(caller, request),
    action: 'journal-exported',
    subject: facility.code,
    detail: { name: facility.name },
    nowMs,
  });
  const code = facility.code.replace(/[^A-Za-z0-9-]/g, '_');
  const fileName = `so-${code}-trung-tam-${businessDateOf(instantOfMs(nowMs))}.so.gz`;
  response.setHeader('Content-Type', 'application/gzip');
  response.setHeader('Content-Disposition', `attachment; filename="${fileName}"`);
  response.setHeader('Cache-Control', 'no-store');
  await pipeline(gzipOf(journalExportLines(deps, facility)), response);
}

async function sendIssues(deps: CentreDeps, { request, response }: Context) {
  const params = IdParams.safeParse(request.params);
  const found = params.success ? await findImport(deps.pool, params.data.id) : undefined;
  if (found === undefined) return sendProblem(response, problems['not-found']);
  const query = consoleApi.importIssues.query.safeParse(request.query);
  if (!query.success) return sendProblem(response, problems['bad-request']);
  const question = { id: found.id, severity: query.data.severity, limit: exportPageRows };
  await sendCsv(response, {
    fileName: 'danh-muc-dong-can-xem.csv',
    header: ['dong', 'muc_do', 'ma_ly_do', 'ly_do', 'reason', 'noi_dung'],
    pages: mapped(
      allPages((cursor) => importIssues(deps.pool, { ...question, cursor })),
      (row) => [row.rowNumber, row.severity, row.reason, row.sentenceVi, row.sentenceEn, row.text],
    ),
  });
}

function receiveUpload(deps: CentreDeps, { caller, request }: Context) {
  const declared = Number(request.get('content-length'));
  return deps.catalogueImports.start({
    body: request,
    fileNameHeader: request.get('x-file-name'),
    declaredBytes: Number.isSafeInteger(declared) && declared > 0 ? declared : null,
    actor: actorOf(caller, request),
  });
}

function sendImport(response: Response, started: Result<CatalogueImport, ProblemFacts>): void {
  if (started.ok) response.status(200).json(started.value);
  else sendProblem(response, started.error);
}

async function* mapped<Row, Cell>(
  pages: AsyncIterable<readonly Row[]>,
  cellsOf: (row: Row) => readonly Cell[],
): AsyncGenerator<readonly (readonly Cell[])[]> {
  for await (const rows of pages) yield rows.map(cellsOf);
}
