import {
  createServer,
  type IncomingMessage,
  type ServerResponse,
  request as send,
} from 'node:http';

/** A real TCP line between a till and a centre, which a test can cut in the worst moments. */
export type LineToCentre = {
  readonly url: string;
  /** Cable out: every connection is broken and none is accepted. */
  isDown: boolean;
  /** The centre answers this many batches; the line drops their answers. */
  batchAnswersToLose: number;
  /** Runs when the centre has answered a batch, before the till hears of it. */
  onBatchAnswered: (() => void) | undefined;
  /** Bytes of request bodies by path, as they came from the till. */
  readonly bodyBytes: Map<string, number>;
  readonly cut: () => void;
  readonly close: () => Promise<void>;
};

export async function openLineTo(centreUrl: string): Promise<LineToCentre> {
  const bodyBytes = new Map<string, number>();
  const server = createServer((incoming, outgoing) => {
    if (line.isDown) incoming.socket.destroy();
    else pass(line, centreUrl, incoming, outgoing);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const line: LineToCentre = {
    url: `http://127.0.0.1:${port}`,
    isDown: false,
    batchAnswersToLose: 0,
    onBatchAnswered: undefined,
    bodyBytes,
    cut: () => {
      line.isDown = true;
      server.closeAllConnections();
    },
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  return line;
}

function pass(
  line: LineToCentre,
  centreUrl: string,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
): void {
  const path = incoming.url ?? '/';
  const isBatch = path === '/v1/sync/batches';
  const { method = 'GET', headers } = incoming;
  const onward = send(new URL(path, centreUrl), { method, headers, agent: false }, (answer) => {
    if (isBatch) line.onBatchAnswered?.();
    if (isBatch && line.batchAnswersToLose > 0) {
      line.batchAnswersToLose -= 1;
      answer.resume().once('end', () => incoming.socket.destroy());
      return;
    }
    outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
    outgoing.flushHeaders();
    answer.pipe(outgoing);
  });
  onward.once('error', () => incoming.socket.destroy());
  outgoing.once('close', () => onward.destroy());
  incoming.on('data', (chunk: Buffer) => {
    line.bodyBytes.set(path, (line.bodyBytes.get(path) ?? 0) + chunk.length);
  });
  incoming.pipe(onward);
}
