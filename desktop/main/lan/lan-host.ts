/**
 * The screens on the shop's own network, by HTTPS with the shop's own certificate. A device that was
 * not let in sees one page, which asks for the code on the main machine's screen, and nothing else.
 */
import { createServer } from 'node:https';
import os from 'node:os';
import express, { type Request, type RequestHandler, type Response } from 'express';
import { z } from 'zod';
import { limits } from '../../../shared/base/limits.ts';
import { ok, type Result } from '../../../shared/base/result.ts';
import type { Log } from '../deps.ts';
import { createCounterApp } from '../transport/counter-app.ts';
import {
  type CannotListen,
  type CounterHost,
  closeServer,
  listen,
} from '../transport/counter-host.ts';
import type { TillCalls } from '../transport/till-calls.ts';
import type { LanCertificate } from './lan-certificate.ts';
import type { LanDevices } from './lan-devices.ts';
import { pairingPage, pairingStyle } from './pairing-page.ts';

export type LanHostOptions = {
  readonly till: TillCalls;
  readonly devices: Pick<LanDevices, 'pair' | 'admits'>;
  readonly certificate: LanCertificate;
  readonly rendererDir: string;
  readonly port: number;
  readonly log: Log;
  /** Told after a device was let in. */
  readonly onPaired: () => void;
};

const cookieName = 'till-device';
const cookiePattern = new RegExp(`(?:^|;\\s*)${cookieName}=([0-9a-f]{64})(?:;|$)`);
const cookieYearsMs = 2 * 365 * 86_400_000;

export async function startLanHost(
  options: LanHostOptions,
): Promise<Result<CounterHost & { readonly port: number }, CannotListen>> {
  const { certificate, port: wanted } = options;
  const streams = new Set<Response>();
  const door = { scheme: 'https', hosts: lanNames, entrance: entrance(options) } as const;
  const app = createCounterApp({ ...options, door }, streams);
  const server = createServer({ cert: certificate.certificate, key: certificate.key }, app);
  const port = await listen(server, { port: wanted, host: '0.0.0.0' });
  if (!port.ok) return port;
  const url = `https://${lanAddresses()[0] ?? '127.0.0.1'}:${port.value}/`;
  return ok({ url, port: port.value, close: () => closeServer(server, streams) });
}

/** This machine's addresses in private networks; a counter never needs one of the open internet. */
export function lanAddresses(): readonly string[] {
  return Object.values(os.networkInterfaces())
    .flatMap((entries) => entries ?? [])
    .filter(({ family, internal }) => family === 'IPv4' && !internal)
    .map(({ address }) => address)
    .filter(isPrivate);
}

/** RFC 1918, RFC 3927 and RFC 6598. */
export function isPrivate(address: string): boolean {
  return /^(10\.|192\.168\.|169\.254\.|172\.(1[6-9]|2\d|3[01])\.|100\.(6[4-9]|[7-9]\d|1[01]\d|12[0-7])\.)/.test(
    address,
  );
}

/** What a device of the shop may call this machine. */
export function lanNames(): readonly string[] {
  const name = os.hostname().toLowerCase();
  return [...lanAddresses(), name, `${name}.local`, '127.0.0.1', 'localhost'];
}

const PairForm = z.object({
  code: z.string().max(40),
  name: z.string().trim().min(1).max(limits.deviceNameLength).catch('–'),
});

/** Before everything else of the application. */
function entrance({ devices, onPaired }: LanHostOptions): RequestHandler {
  const router = express.Router();
  router.use((request, response, next) => {
    // The certificate is the shop's own; an address of the open internet is somebody's mistake.
    const from = (request.socket.remoteAddress ?? '').replace(/^::ffff:/, '');
    if (isPrivate(from) || from === '127.0.0.1') next();
    else response.status(403).type('text/plain').send('Only from the network of the shop.\n');
  });
  router.get('/pair.css', (_request, response) => {
    response.type('css').send(pairingStyle);
  });
  router.get('/pair', (request, response) => {
    const { code } = request.query;
    sendPairing(response, { code: typeof code === 'string' ? code.slice(0, 40) : '', status: 200 });
  });
  router.post(
    '/pair',
    express.urlencoded({ extended: false, limit: 2_048 }),
    (request, response) => {
      const form = PairForm.safeParse(request.body);
      const token = form.success ? devices.pair(form.data.code, form.data.name) : undefined;
      if (token === undefined) {
        sendPairing(response, { code: '', status: 403 });
        return;
      }
      response.cookie(cookieName, token, {
        httpOnly: true,
        secure: true,
        sameSite: 'strict',
        path: '/',
        maxAge: cookieYearsMs,
      });
      onPaired();
      response.redirect(303, '/');
    },
  );
  router.use((request, response, next) => {
    if (devices.admits(tokenOf(request) ?? '')) next();
    else if (request.method === 'GET' && request.accepts('html') === 'html') {
      response.redirect(303, '/pair');
    } else response.status(401).json({ ok: false, error: { type: 'TillUnreachable' } });
  });
  return router;
}

function sendPairing(
  response: Response,
  { code, status }: { readonly code: string; readonly status: 200 | 403 },
): void {
  const page = pairingPage({ code, isWrong: status === 403 });
  response.status(status).set('cache-control', 'no-store').type('html').send(page);
}

function tokenOf(request: Request): string | undefined {
  return cookiePattern.exec(request.headers.cookie ?? '')?.[1];
}
