import { createServer, type Server, type Socket } from 'node:net';
import { onTestFinished } from 'vitest';
import { commandName, commandSize, type PrinterTrace, readEscPos } from './escpos-reader.ts';

/**
 * A network printer on this machine: it takes bytes as a real one does, answers DLE EOT at once and
 * GS r in its turn, and can be switched off, run out of paper, lose its cover or its cable.
 */
export type LoopbackPrinter = {
  readonly address: { readonly kind: 'tcp'; readonly host: string; readonly port: number };
  /** Everything printed since the last switching on. */
  readonly trace: () => PrinterTrace;
  readonly bytes: () => Buffer;
  readonly behave: (behaviour: Partial<Behaviour>) => void;
  readonly switchOff: () => Promise<void>;
  readonly switchOn: () => Promise<void>;
  /** Settles when this many papers lie in the tray. */
  readonly printed: (papers: number) => Promise<void>;
};

export type Behaviour = {
  /** Cheap ones cannot. */
  readonly canAnswer: boolean;
  readonly hasPaper: boolean;
  readonly isCoverOpen: boolean;
  /** The cable is pulled when so many bytes of slips have come. */
  readonly cutAfterBytes: number | undefined;
  /** The roll ends when so many have: it stops there and says so. */
  readonly paperEndsAfterBytes: number | undefined;
};

const usual: Behaviour = {
  canAnswer: true,
  hasPaper: true,
  isCoverOpen: false,
  cutAfterBytes: undefined,
  paperEndsAfterBytes: undefined,
};

export async function aLoopbackPrinter(widthDots = 576): Promise<LoopbackPrinter> {
  let behaviour = usual;
  let server: Server | undefined;
  let port = 0;
  let bytes: Buffer = Buffer.alloc(0);
  const sockets = new Set<Socket>();
  const listeners = new Set<() => void>();

  const take = (socket: Socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => undefined);
    let pending: Uint8Array = Buffer.alloc(0);
    socket.on('data', (chunk) => {
      const [last] = chunk.subarray(-1);
      const isQuestion = chunk.length === 3 && chunk[0] === 0x10 && chunk[1] === 0x04;
      // In real time: answered although what came before it still waits for paper.
      if (isQuestion && pending.length > 0) answer(socket, statusOf(behaviour, last ?? 0));
      else pending = work(Buffer.concat([pending, chunk]), socket);
      for (const listener of listeners) listener();
    });
  };
  /** @returns what is still to be worked off. */
  const work = (input: Buffer, socket: Socket): Uint8Array => {
    let at = 0;
    while (at < input.length) {
      const size = commandSize(input, at);
      if (size === undefined || at + size > input.length) break;
      const name = commandName(input, at);
      if (name === 'DLE EOT') answer(socket, statusOf(behaviour, input[at + 2] ?? 0));
      else if (name === 'GS r') {
        if (behaviour.hasPaper) answer(socket, 0);
      } else {
        if (!behaviour.hasPaper) return input.subarray(at);
        bytes = Buffer.concat([bytes, input.subarray(at, at + size)]);
        if (bytes.length >= (behaviour.cutAfterBytes ?? Number.POSITIVE_INFINITY)) {
          socket.resetAndDestroy();
          return Buffer.alloc(0);
        }
        if (bytes.length >= (behaviour.paperEndsAfterBytes ?? Number.POSITIVE_INFINITY)) {
          behaviour = { ...behaviour, hasPaper: false, paperEndsAfterBytes: undefined };
        }
      }
      at += size;
    }
    return input.subarray(at);
  };
  const answer = (socket: Socket, byte: number) => {
    if (behaviour.canAnswer) socket.write(Uint8Array.of(byte));
  };
  const switchOn = async () => {
    const started = createServer(take);
    server = started;
    await new Promise<void>((resolve) => {
      started.listen(port, '127.0.0.1', resolve);
    });
    const address = started.address();
    if (address === null || typeof address === 'string') throw new Error('No port');
    port = address.port;
  };
  const switchOff = async () => {
    const stopped = server;
    server = undefined;
    for (const socket of sockets) socket.destroy();
    if (stopped !== undefined) await new Promise((resolve) => stopped.close(resolve));
  };
  await switchOn();
  onTestFinished(switchOff);
  const trace = () => readEscPos(bytes, widthDots);
  return {
    address: { kind: 'tcp', host: '127.0.0.1', port },
    trace,
    bytes: () => bytes,
    behave: (change) => {
      behaviour = { ...behaviour, ...change };
    },
    switchOff,
    switchOn,
    printed: (papers) =>
      new Promise((resolve) => {
        const look = () => {
          if (trace().papers.filter(({ isCut }) => isCut).length < papers) return;
          listeners.delete(look);
          resolve();
        };
        listeners.add(look);
        look();
      }),
  };
}

/** Bits 1 and 4 are always set. */
function statusOf({ hasPaper, isCoverOpen }: Behaviour, about: number): number {
  const isOffline = !hasPaper || isCoverOpen;
  if (about === 1) return 0x12 | (isOffline ? 0x08 : 0);
  if (about === 2) return 0x12 | (isCoverOpen ? 0x04 : 0) | (hasPaper ? 0 : 0x20);
  if (about === 4) return 0x12 | (hasPaper ? 0 : 0x60);
  return 0x12;
}
