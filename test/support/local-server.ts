import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';

export type LocalAnswer = (request: LocalRequest, response: ServerResponse) => void;
export type LocalRequest = {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: Buffer;
};

/** A real HTTP server on a free port whose manners a test decides. */
export type LocalServer = {
  readonly url: string;
  readonly requests: readonly LocalRequest[];
  answerWith: (answer: LocalAnswer) => void;
  readonly close: () => Promise<void>;
};

export async function startLocalServer(): Promise<LocalServer> {
  const requests: LocalRequest[] = [];
  let answer: LocalAnswer = (_request, response) => response.writeHead(404).end();
  const server = createServer((message, response) => {
    const chunks: Buffer[] = [];
    message.on('data', (chunk: Buffer) => chunks.push(chunk));
    message.on('end', () => {
      const request = {
        method: message.method ?? '',
        url: message.url ?? '',
        headers: message.headers,
        body: Buffer.concat(chunks),
      };
      requests.push(request);
      answer(request, response);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return {
    url: `http://127.0.0.1:${port}`,
    requests,
    answerWith: (next) => {
      answer = next;
    },
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

export function json(status: number, body: unknown, headers: Record<string, string> = {}) {
  return (_request: LocalRequest, response: ServerResponse): void => {
    response.writeHead(status, { 'content-type': 'application/json', ...headers });
    response.end(typeof body === 'string' ? body : JSON.stringify(body));
  };
}
