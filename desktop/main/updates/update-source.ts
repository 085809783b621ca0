import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import path from 'node:path';
import express from 'express';
import { err, ok, type Result } from '../../../shared/base/result.ts';
import type { UpdateRefusal } from '../../../shared/contract/till-care-api.ts';
import { type CentreWire, WireFailure } from '../sync/centre-wire.ts';

/** Where a manifest and the installers beside it lie. */
export type UpdateSource = {
  /** A stick's folder; null for the centre. */
  readonly folder: string | null;
  readonly read: (name: string) => Promise<Result<Uint8Array, UpdateRefusal>>;
  /** While `use` runs, the files can be fetched from below this address. */
  readonly withUrl: (use: (baseUrl: string) => Promise<void>) => Promise<void>;
};

const manifestBytesMax = 64 * 1024;

export function centreSource(wire: CentreWire, centreUrl: string): UpdateSource {
  const baseUrl = new URL('v1/updates/', `${centreUrl.replace(/\/+$/, '')}/`).href;
  return {
    folder: null,
    withUrl: (use) => use(baseUrl),
    read: async (name) => {
      try {
        const url = new URL(name, baseUrl).href;
        const answerBytesMax = manifestBytesMax;
        const answer = await wire.send({ method: 'GET', url, headers: {}, answerBytesMax });
        if (answer.status === 200) return ok(answer.body);
        return err(answer.status === 404 ? 'nothing-there' : 'unreachable');
      } catch (error) {
        if (error instanceof WireFailure) return err('unreachable');
        throw error;
      }
    },
  };
}

export function folderSource(folder: string): UpdateSource {
  return {
    folder,
    withUrl: (use) => whileServed(folder, use),
    read: async (name) => {
      try {
        const bytes = await readFile(path.join(folder, name));
        return bytes.length > manifestBytesMax ? err('unreadable') : ok(bytes);
      } catch (error) {
        if (error instanceof Error && 'code' in error) return err('nothing-there');
        throw error;
      }
    },
  };
}

/** The installer's library fetches by HTTP only: the stick is served on the loopback address. */
async function whileServed(folder: string, use: (baseUrl: string) => Promise<void>): Promise<void> {
  const app = express().use(express.static(folder, { index: false, redirect: false }));
  const server = createServer(app);
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  try {
    const address = server.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    await use(`http://127.0.0.1:${port}/`);
  } finally {
    server.closeAllConnections();
    server.close();
  }
}
