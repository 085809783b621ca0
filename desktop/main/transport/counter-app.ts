/**
 * The screens and the till's contract as browsers meet them, on this machine (counter-host.ts) and,
 * where the shop wants it, on its own network (lan/lan-host.ts).
 *
 * POST /rpc/<name>  JSON in, the contract's envelope out; 200 whenever the till answered
 * GET  /events      server-sent TillNews; the first says that anything may be new, because what was
 *                   told before the stream was open is lost
 * GET  /…           the built renderer
 *
 * Any web page the seller visits can send requests to this port. So: no foreign Host (a name that
 * was rebound to this address), no foreign Origin, JSON only, bounded bodies, strict CSP.
 */
import express, { type ErrorRequestHandler, type RequestHandler, type Response } from 'express';
import helmet from 'helmet';
import { limits } from '../../../shared/base/limits.ts';
import { TillNews, type TillProblem, type TillReply } from '../../../shared/contract/till-api.ts';
import type { Log } from '../deps.ts';
import { counterOf, nameBrowser } from './counter-name.ts';
import type { TillCalls } from './till-calls.ts';

/** How browsers come in. */
export type Door = {
  readonly scheme: 'http' | 'https';
  /** Names and addresses under which this machine is meant; brackets around IPv6. */
  readonly hosts: () => readonly string[];
  /** Who is let in at all; everybody where there is none. */
  readonly entrance?: RequestHandler;
};

export type CounterAppOptions = {
  readonly till: TillCalls;
  /** Folder of the built renderer. */
  readonly rendererDir: string;
  readonly log: Log;
  readonly door: Door;
};

const keepAliveMs = 15_000;
/** A shop has a few counters; more streams than this are a fault of somebody's. */
const streamsMax = 64;

export function createCounterApp(
  options: CounterAppOptions,
  streams: Set<Response>,
): express.Express {
  const { door } = options;
  const app = express();
  app.disable('x-powered-by');
  app.disable('etag');
  app.use(securityHeaders(door));
  app.use(refuseForeignRequests(door));
  if (door.entrance !== undefined) app.use(door.entrance);
  app.post('/rpc/:name', refuseOtherContent, readJson(), answerCall(options.till));
  app.get('/events', streamNews(options.till, streams));
  app.use(['/rpc', '/events'], (_request, response) => {
    refuse(response, 405, { type: 'BadInput', detail: 'method: not allowed here' });
  });
  app.use(nameBrowser, serveRenderer(options.rendererDir));
  app.use(answerTrouble(options.log));
  return app;
}

function securityHeaders({ entrance }: Door): RequestHandler {
  return helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'none'"],
        scriptSrc: ["'self'"],
        styleSrc: ["'self'"],
        fontSrc: ["'self'"],
        imgSrc: ["'self'", 'data:'],
        connectSrc: ["'self'"],
        baseUri: ["'none'"],
        formAction: [entrance === undefined ? "'none'" : "'self'"],
        frameAncestors: ["'none'"],
      },
    },
    // Loopback is plain HTTP; and no page may forbid a browser to accept the shop's own certificate.
    strictTransportSecurity: false,
    frameguard: { action: 'deny' },
    referrerPolicy: { policy: 'no-referrer' },
  });
}

/** Browsers name the page that asks (Origin, Sec-Fetch-Site) and the host they believe to reach. */
function refuseForeignRequests({ scheme, hosts }: Door): RequestHandler {
  return (request, response, next) => {
    const host = request.headers.host ?? '';
    const port = request.socket.localPort;
    const isOwnHost = hosts().some((name) => host === `${name}:${port}`);
    const { origin } = request.headers;
    const isOwnOrigin = origin === undefined || origin === `${scheme}://${host}`;
    const site = request.headers['sec-fetch-site'];
    // `none` is a person typing the address; a link from elsewhere may open the screens, not call.
    const isNavigation =
      request.method === 'GET' && request.headers['sec-fetch-mode'] === 'navigate';
    const isOwnSite =
      site === undefined || site === 'same-origin' || site === 'none' || isNavigation;
    if (isOwnHost && isOwnOrigin && isOwnSite) next();
    else refuse(response, 403, { type: 'BadInput', detail: 'request: from another site' });
  };
}

/** A page elsewhere can send text or forms without asking first, but never JSON. */
const refuseOtherContent: RequestHandler = (request, response, next) => {
  if (request.is('application/json') === 'application/json') next();
  else refuse(response, 415, { type: 'BadInput', detail: 'content-type: application/json only' });
};

function readJson(): RequestHandler {
  return express.json({ limit: limits.rpcBodyBytesMax, strict: false, inflate: false });
}

function answerCall(till: Pick<TillCalls, 'invoke'>): RequestHandler<{ name: string }> {
  return async (request, response) => {
    const counter = counterOf(request, response);
    const reply = await till.invoke(request.params.name, request.body, counter);
    response.set('cache-control', 'no-store').json(reply);
  };
}

function streamNews(till: Pick<TillCalls, 'subscribe'>, streams: Set<Response>): RequestHandler {
  const everything: TillNews = {
    topics: TillNews.shape.topics.element.options,
  };
  return (_request, response) => {
    if (streams.size >= streamsMax) {
      refuse(response, 503, { type: 'BadInput', detail: `events: more than ${streamsMax} open` });
      return;
    }
    const send = (news: TillNews) => response.write(`data: ${JSON.stringify(news)}\n\n`);
    response.set({ 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
    response.flushHeaders();
    response.write('retry: 1000\n\n');
    streams.add(response);
    const unsubscribe = till.subscribe(send);
    const keepAlive = setInterval(() => response.write(': still here\n\n'), keepAliveMs);
    send(everything);
    response.on('close', () => {
      clearInterval(keepAlive);
      unsubscribe();
      streams.delete(response);
    });
  };
}

function serveRenderer(rendererDir: string): express.Router {
  const router = express.Router();
  router.use(
    express.static(rendererDir, {
      setHeaders: (response, file) => {
        // Names under assets/ carry the hash of their content; everything else must be asked anew.
        const isHashed = /[\\/]assets[\\/]/.test(file);
        response.setHeader(
          'cache-control',
          isHashed ? 'public, max-age=31536000, immutable' : 'no-cache',
        );
      },
    }),
  );
  router.get('/', (_request, response) => {
    response
      .status(503)
      .type('text/plain')
      .send('The screens are not built yet: run `npm run build`, then reload this page.\n');
  });
  router.use((_request, response) => {
    response.status(404).type('text/plain').send('There is nothing at this address.\n');
  });
  return router;
}

function answerTrouble(log: Log): ErrorRequestHandler {
  return (error: unknown, _request, response, next) => {
    if (response.headersSent) {
      next(error);
      return;
    }
    const status = statusOf(error);
    if (status === 413) {
      const detail = `body: more than ${limits.rpcBodyBytesMax} bytes`;
      refuse(response, status, { type: 'BadInput', detail });
    } else if (status < 500) {
      refuse(response, status, { type: 'BadInput', detail: 'body: not readable as JSON' });
    } else {
      log.error({ err: error }, 'The counter host failed');
      refuse(response, 500, {
        type: 'Fault',
        code: 'counter-host',
        detail: 'nothing was recorded',
      });
    }
  };
}

function statusOf(error: unknown): number {
  const hasStatus = error instanceof Error && 'status' in error;
  return hasStatus && typeof error.status === 'number' ? error.status : 500;
}

function refuse(response: Response, status: number, error: TillProblem): void {
  const reply: TillReply = { ok: false, error };
  response.status(status).set('cache-control', 'no-store').json(reply);
}
