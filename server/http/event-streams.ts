import type { Request, Response } from 'express';

/** One open server-sent event stream; sending on a closed one does nothing. */
export type EventStream = {
  readonly send: (event: string, data: unknown) => void;
  readonly onClose: (listener: () => void) => void;
};

export type EventStreams = {
  /** Begins a stream on a response, or gives undefined when there are as many as there may be. */
  readonly open: (request: Request, response: Response) => EventStream | undefined;
  readonly count: () => number;
  /** Ends every stream; the clients come back, to another process if this one is gone. */
  readonly closeAll: () => void;
};

/** A quarter of the time after which a reader takes a silent stream for dead. */
const keepAliveMs = 20_000;
const streamsMax = 20_000;
/** A reader this far behind is cut off: it asks again when it comes back. */
const unsentBytesMax = 64 * 1024;

/** All streams of this process, kept alive by one timer. */
export function createEventStreams(): EventStreams {
  const open = new Set<Response>();
  const timer = setInterval(() => {
    for (const response of open) write(response, ': still here\n\n');
  }, keepAliveMs);
  timer.unref();
  return {
    open: (request, response) => {
      if (open.size >= streamsMax) return undefined;
      response.writeHead(200, {
        'Content-Type': 'text/event-stream',
        'Cache-Control': 'no-store',
        // Proxies that gather an answer before passing it on would hold the news back.
        'X-Accel-Buffering': 'no',
      });
      open.add(response);
      response.once('close', () => open.delete(response));
      request.socket.setNoDelay(true);
      write(response, ': open\n\n');
      return {
        send: (event, data) =>
          write(response, `event: ${event}\ndata: ${JSON.stringify(data)}\n\n`),
        onClose: (listener) => void response.once('close', listener),
      };
    },
    count: () => open.size,
    closeAll: () => {
      clearInterval(timer);
      for (const response of open) response.end();
    },
  };
}

function write(response: Response, text: string): void {
  if (response.writableEnded || response.destroyed) return;
  if (response.writableLength > unsentBytesMax) response.destroy();
  else response.write(text);
}
