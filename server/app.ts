import express, { type Express } from 'express';
import helmet from 'helmet';
import { pinoHttp } from 'pino-http';
import type { CentreDeps } from './deps.ts';
import { mountConsoleFiles } from './http/console-files.ts';
import { mountConsoleRoutes } from './http/console-routes.ts';
import { answerFault } from './http/error-handler.ts';
import { mountHealth } from './http/health.ts';
import { openApiDocument } from './http/openapi.ts';
import { sendProblem } from './http/problem-answer.ts';
import { mountSyncRoutes } from './http/sync-routes.ts';

/** The centre as a request meets it, from top to bottom. */
export function createApp(deps: CentreDeps): Express {
  const app = express();
  app.set('trust proxy', deps.trustedProxies);
  app.set('etag', false);
  app.use(requestLog(deps));
  app.use(securityHeaders());
  mountHealth(app, deps);
  mountOpenApi(app, deps);
  mountSyncRoutes(app, deps);
  app.use('/v1/updates', updateFiles(deps.updatesDir));
  mountConsoleRoutes(app, deps);
  mountConsoleFiles(app, deps.consoleDir);
  app.use((_request, response) =>
    sendProblem(response, { type: 'not-found', detail: 'There is nothing at this address' }),
  );
  app.use(answerFault);
  return app;
}

/**
 * Programs for tills, as they lie in the folder: anybody may have them, and a till believes only the
 * signature (shared/contract/update-manifest.ts). In parts, so that a broken download goes on.
 */
function updateFiles(updatesDir: string) {
  return express.static(updatesDir, { index: false, redirect: false, dotfiles: 'ignore' });
}

/** Who asked for what and how it ended: no query, no header, no body, no address. */
function requestLog(deps: CentreDeps) {
  return pinoHttp({
    logger: deps.log,
    genReqId: (_request, response) => {
      const id = deps.newId();
      response.setHeader('X-Request-Id', id);
      return id;
    },
    serializers: {
      req: (request: { id: unknown; method: string; url: string }) => ({
        id: request.id,
        method: request.method,
        path: request.url.split('?')[0],
      }),
      res: (response: { statusCode: number }) => ({ status: response.statusCode }),
    },
    customLogLevel: (_request, response, error) => {
      if (error !== undefined || response.statusCode >= 500) return 'error';
      return response.statusCode >= 400 ? 'info' : 'debug';
    },
  });
}

function securityHeaders() {
  return helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'none'"],
        scriptSrc: ["'self'"],
        // The component library writes its theme into a style element.
        styleSrc: ["'self'", "'unsafe-inline'"],
        imgSrc: ["'self'", 'data:'],
        fontSrc: ["'self'"],
        connectSrc: ["'self'"],
        manifestSrc: ["'self'"],
        formAction: ["'self'"],
        baseUri: ["'none'"],
        frameAncestors: ["'none'"],
      },
    },
  });
}

function mountOpenApi(app: Express, deps: CentreDeps): void {
  // Made when first asked for: it takes longer than all the rest of a start.
  let document: string | undefined;
  app.get('/openapi.json', (_request, response) => {
    document ??= JSON.stringify(openApiDocument(deps.programVersion));
    response.type('application/json').send(document);
  });
}
