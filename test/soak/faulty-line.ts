/**
 * A TCP line between tills and the centre that does what lines do: it is slow, it breaks in the middle
 * of a request or an answer, it swallows everything and says nothing, and now and then it is gone for
 * a while. It knows nothing of HTTP.
 */
import { connect, createServer, type Socket } from 'node:net';
import type { Random } from '../../server/twin/random.ts';

export type LineFaults = {
  /** Connections broken after some bytes of a request or an answer. */
  cuts: number;
  /** Connections that swallowed everything until the other side gave up. */
  stalls: number;
  /** Connections as thin as an old modem. */
  thin: number;
  /** Connections refused or broken because the whole line was down. */
  refused: number;
  /** Times the whole line went down. */
  outages: number;
};

export type FaultyLine = {
  readonly port: number;
  readonly faults: LineFaults;
  readonly connections: () => number;
  /** Down: everything breaks, nothing is accepted. */
  readonly setDown: (isDown: boolean) => void;
  /** No more faults, and every broken connection ends: what was begun may be finished. */
  readonly calm: () => void;
  readonly close: () => Promise<void>;
};

type Fate =
  | { readonly type: 'fine' | 'stall' }
  | { readonly type: 'cut'; readonly afterBytes: number }
  | { readonly type: 'thin'; readonly bytesPerSecond: number };

const latencyMsMax = 60;
const cutBytesMax = 12_000;
const thinBytesPerSecond = 4_000;

export async function openFaultyLine(options: {
  readonly centrePort: number;
  readonly random: Random;
}): Promise<FaultyLine> {
  const { random } = options;
  const faults: LineFaults = { cuts: 0, stalls: 0, thin: 0, refused: 0, outages: 0 };
  const open = new Set<Socket>();
  let isDown = false;
  let isCalm = false;
  const fateOfNext = (): Fate => {
    const chance = isCalm ? 1 : random.unit();
    if (chance < 0.25) {
      return { type: 'cut', afterBytes: random.between(0, cutBytesMax) };
    }
    if (chance < 0.28) return { type: 'stall' };
    if (chance < 0.33) return { type: 'thin', bytesPerSecond: thinBytesPerSecond };
    return { type: 'fine' };
  };
  const server = createServer((till) => {
    till.on('error', () => undefined);
    if (isDown) {
      faults.refused += 1;
      till.destroy();
      return;
    }
    open.add(till);
    till.once('close', () => open.delete(till));
    const fate = fateOfNext();
    if (fate.type === 'stall') {
      faults.stalls += 1;
      till.resume();
      return;
    }
    if (fate.type === 'thin') faults.thin += 1;
    const centre = connect(options.centrePort, '127.0.0.1');
    const breakBoth = (): void => {
      till.destroy();
      centre.destroy();
    };
    let bytes = 0;
    const cutWhenDue = (chunk: Buffer): boolean => {
      bytes += chunk.length;
      if (fate.type !== 'cut' || bytes < fate.afterBytes || isCalm) return false;
      faults.cuts += 1;
      breakBoth();
      return true;
    };
    const latencyMs = isCalm ? 0 : random.between(1, latencyMsMax);
    const pass = { fate, latencyMs, cutWhenDue, breakBoth };
    carry(till, centre, pass);
    carry(centre, till, pass);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The line has no port');
  const breakAll = (): void => {
    for (const socket of open) socket.destroy();
  };
  return {
    port: address.port,
    faults,
    connections: () => open.size,
    setDown: (down) => {
      isDown = down;
      if (!down) return;
      faults.outages += 1;
      faults.refused += open.size;
      breakAll();
    },
    calm: () => {
      isCalm = true;
      isDown = false;
      breakAll();
    },
    close: async () => {
      breakAll();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

/** One direction: each piece comes later, in order; a pause on one side is a pause on the other. */
function carry(
  from: Socket,
  to: Socket,
  pass: {
    readonly fate: Fate;
    readonly latencyMs: number;
    readonly cutWhenDue: (chunk: Buffer) => boolean;
    readonly breakBoth: () => void;
  },
): void {
  const { fate, latencyMs, cutWhenDue, breakBoth } = pass;
  from.on('data', (chunk: Buffer) => {
    if (cutWhenDue(chunk)) return;
    from.pause();
    const thinMs = fate.type === 'thin' ? (chunk.length / fate.bytesPerSecond) * 1_000 : 0;
    setTimeout(() => {
      if (to.destroyed) return breakBoth();
      to.write(chunk);
      from.resume();
    }, latencyMs + thinMs);
  });
  from.on('error', breakBoth);
  from.on('close', breakBoth);
  from.on('end', () => setTimeout(() => to.end(), latencyMs));
}
