/**
 * Serves the screens and the till's contract to browsers on this machine.
 *
 * POST /rpc/<name>  JSON in, the contract's envelope out; 200 whenever the till answered
 * GET  /events      server-sent TillNews; the first says that anything may be new, because what was
 *                   told before the stream was open is lost
 * GET  /…           the built renderer
 *
 * Any web page the seller visits can send requests to this port. So: loopback only, no foreign Host
 * (a name that was rebound to 127.0.0.1), no foreign Origin, JSON only, bounded bodies, strict CSP.
 */
import { createServer, type Server } from 'node:http';
import express, { type ErrorRequestHandler, type RequestHandler, type Response } from 'express';
import helmet from 'helmet';
import { limits } from '../../../shared/base/limits.ts';
import { err, ok, type Result } from '../../../shared/base/result.ts';
import { TillNews, type TillProblem, type TillReply } from '../../../shared/contract/till-api.ts';
import type { Log } from '../deps.ts';
import type { Till } from '../till.ts';
import { counterOf, nameBrowser } from './counter-name.ts';

export type CounterHost = {
  /** With the real port, and a slash at the end. */
  readonly url: string;
  /** Ends open streams and frees the port; the till stays open. */
  readonly close: () => Promise<void>;
};

export type CounterHostOptions = {
  readonly till: Pick<Till, 'invoke' | 'subscribe'>;
  /** 0 takes any free port. */
  readonly port: number;
  /** Folder of the built renderer. */
  readonly rendererDir: string;
  readonly log: Log;
};

export type CannotListen = { readonly type: 'PortTaken' | 'CannotListen'; readonly detail: string };

const loopback = '127.0.0.1';
const keepAliveMs = 15_000;
/** A shop has a few counters; more streams than this are a fault of somebody's. */
const streamsMax = 64;

export async function startCounterHost(
  options: CounterHostOptions,
): Promise<Result<CounterHost, CannotListen>> {
  const streams = new Set<Response>();
  const server = createServer(createApp(options, streams));
  const port = await listen(server, options.port);
  if (!port.ok) return port;
  return ok({
    url: `http://${loopback}:${port.value}/`,
    close: async () => {
      for (const stream of streams) stream.end();
      await new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      });
    },
  });
}

function createApp(options: CounterHostOptions, streams: Set<Response>): express.Express {
  const app = express();
  app.disable('x-powered-by');
  app.disable('etag');
  app.use(securityHeaders());
  app.use(refuseForeignRequests);
  app.post('/rpc/:name', refuseOtherContent, readJson(), answerCall(options.till));
  app.get('/events', streamNews(options.till, streams));
  app.use(['/rpc', '/events'], (_request, response) => {
    refuse(response, 405, { type: 'BadInput', detail: 'method: not allowed here' });
  });
  app.use(nameBrowser, serveRenderer(options.rendererDir));
  app.use(answerTrouble(options.log));
  return app;
}

function securityHeaders(): RequestHandler {
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
        formAction: ["'none'"],
        frameAncestors: ["'none'"],
      },
    },
    // Plain HTTP on the loopback address: there is nothing to upgrade to.
    strictTransportSecurity: false,
    frameguard: { action: 'deny' },
    referrerPolicy: { policy: 'no-referrer' },
  });
}

/** Browsers name the page that asks (Origin, Sec-Fetch-Site) and the host they believe to reach. */
const refuseForeignRequests: RequestHandler = (request, response, next) => {
  const host = request.headers.host ?? '';
  const port = request.socket.localPort;
  const isOwnHost = [loopback, 'localhost', '[::1]'].some((name) => host === `${name}:${port}`);
  const { origin } = request.headers;
  const isOwnOrigin = origin === undefined || origin === `http://${host}`;
  const site = request.headers['sec-fetch-site'];
  // `none` is a person typing the address; a link from elsewhere may open the screens, not call.
  const isNavigation = request.method === 'GET' && request.headers['sec-fetch-mode'] === 'navigate';
  const isOwnSite = site === undefined || site === 'same-origin' || site === 'none' || isNavigation;
  if (isOwnHost && isOwnOrigin && isOwnSite) next();
  else refuse(response, 403, { type: 'BadInput', detail: 'request: from another site' });
};

/** A page elsewhere can send text or forms without asking first, but never JSON. */
const refuseOtherContent: RequestHandler = (request, response, next) => {
  if (request.is('application/json') === 'application/json') next();
  else refuse(response, 415, { type: 'BadInput', detail: 'content-type: application/json only' });
};

function readJson(): RequestHandler {
  return express.json({ limit: limits.rpcBodyBytesMax, strict: false, inflate: false });
}

function answerCall(till: Pick<Till, 'invoke'>): RequestHandler<{ name: string }> {
  return async (request, response) => {
    const counter = counterOf(request, response);
    const reply = await till.invoke(request.params.name, request.body, counter);
    response.set('cache-control', 'no-store').json(reply);
  };
}

function streamNews(till: Pick<Till, 'subscribe'>, streams: Set<Response>): RequestHandler {
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

function listen(server: Server, port: number): Promise<Result<number, CannotListen>> {
  return new Promise((resolve) => {
    server.once('error', (error) => {
      const code = 'code' in error ? error.code : undefined;
      const type = code === 'EADDRINUSE' ? 'PortTaken' : 'CannotListen';
      resolve(err({ type, detail: error.message }));
    });
    server.listen({ port, host: loopback, exclusive: true }, () => {
      const address = server.address();
      resolve(ok(typeof address === 'object' && address !== null ? address.port : port));
    });
  });
}
