/** Serves the screens to browsers on this machine alone: the loopback address, plain HTTP. */
import { createServer, type Server } from 'node:http';
import type { Server as SecureServer } from 'node:https';
import type { Response } from 'express';
import { err, ok, type Result } from '../../../shared/base/result.ts';
import { type CounterAppOptions, createCounterApp } from './counter-app.ts';

export type CounterHost = {
  /** With the real port, and a slash at the end. */
  readonly url: string;
  /** Ends open streams and frees the port; the till stays open. */
  readonly close: () => Promise<void>;
};

export type CounterHostOptions = Omit<CounterAppOptions, 'door'> & {
  /** 0 takes any free port. */
  readonly port: number;
};

export type CannotListen = { readonly type: 'PortTaken' | 'CannotListen'; readonly detail: string };

const loopback = '127.0.0.1';

export async function startCounterHost(
  options: CounterHostOptions,
): Promise<Result<CounterHost, CannotListen>> {
  const streams = new Set<Response>();
  const hosts = () => [loopback, 'localhost', '[::1]'];
  const app = createCounterApp({ ...options, door: { scheme: 'http', hosts } }, streams);
  const server = createServer(app);
  const port = await listen(server, { port: options.port, host: loopback });
  if (!port.ok) return port;
  const url = `http://${loopback}:${port.value}/`;
  return ok({ url, close: () => closeServer(server, streams) });
}

/** Ends what would go on for ever, and frees the port. */
export async function closeServer(
  server: Server | SecureServer,
  streams: ReadonlySet<Response>,
): Promise<void> {
  for (const stream of streams) stream.end();
  await new Promise<void>((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}

/** @returns the real port. */
export function listen(
  server: Server | SecureServer,
  where: { readonly port: number; readonly host: string },
): Promise<Result<number, CannotListen>> {
  return new Promise((resolve) => {
    server.once('error', (error) => {
      const code = 'code' in error ? error.code : undefined;
      const type = code === 'EADDRINUSE' ? 'PortTaken' : 'CannotListen';
      resolve(err({ type, detail: error.message }));
    });
    server.listen({ ...where, exclusive: true }, () => {
      const address = server.address();
      resolve(ok(typeof address === 'object' && address !== null ? address.port : where.port));
    });
  });
}
