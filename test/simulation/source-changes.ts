/**
 * Changes single lines of the product's source while a simulation loads it: bounds so small that a
 * handful of events fills a batch and a page, a protocol that has had four versions, and planted
 * bugs. The product itself carries no switch for any of it. A change whose place is not found, or
 * found twice, stops the run: a plant that no longer plants anything must not look caught or missed.
 */
import { registerHooks } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

export type SourceChange = {
  /** From the root of the project. */
  readonly file: string;
  readonly from: string;
  readonly to: string;
};

const root = path.resolve(import.meta.dirname, '../..');

/** The world every simulation runs in. The versions can be set by `setProtocol` while it runs. */
export const smallWorld: readonly SourceChange[] = [
  { file: 'shared/base/limits.ts', from: 'batchEventsMax: 500,', to: 'batchEventsMax: 12,' },
  {
    file: 'shared/base/limits.ts',
    from: 'feedPageChangesMax: 1_000,',
    to: 'feedPageChangesMax: 9,',
  },
  // Several processes share one PostgreSQL here, and each connection costs it more than a batch.
  { file: 'server/start-centre.ts', from: 'connectionsMax = 16;', to: 'connectionsMax = 5;' },
  // Each partition costs every statement on movements some planning: these few days need no year.
  { file: 'server/db/partitions.ts', from: 'monthsBehind = 12;', to: 'monthsBehind = 1;' },
  { file: 'server/db/partitions.ts', from: 'monthsAhead = 3;', to: 'monthsAhead = 1;' },
  {
    file: 'shared/sync/protocol-version.ts',
    from: 'export const protocolVersion = 1;',
    to: `export let protocolVersion = 4;
globalThis[Symbol.for('simulation.setProtocol')] = (version) => { protocolVersion = version; };`,
  },
  {
    file: 'shared/sync/protocol-version.ts',
    from: 'export const protocolVersionOldest = 1;',
    to: 'export const protocolVersionOldest = 1;',
  },
];

/** The newest version that the centre of the simulation speaks; tills announce their own. */
export const protocolNewest = 4;

/** The centre is installed anew and speaks up to `version`. */
export function setProtocol(version: number): void {
  const set: unknown = Reflect.get(globalThis, Symbol.for('simulation.setProtocol'));
  if (typeof set !== 'function') throw new Error('The protocol version was loaded unchanged');
  set(version);
}

/**
 * From now on these files load changed. Call it before anything of the product is imported.
 * @returns which files were not loaded since: they run unchanged, or not at all.
 */
export function changeSources(changes: readonly SourceChange[]): () => readonly string[] {
  const loadedUrls = new Set<string>();
  const byUrl = Map.groupBy(changes, ({ file }) => pathToFileURL(path.join(root, file)).href);
  registerHooks({
    load: (url, context, nextLoad) => {
      const loaded = nextLoad(url, context);
      const own = byUrl.get(url);
      if (own === undefined) return loaded;
      loadedUrls.add(url);
      const source = own.reduce(changed, sourceText(loaded.source));
      return { ...loaded, source, shortCircuit: true };
    },
  });
  return () => [...byUrl.keys()].filter((url) => !loadedUrls.has(url));
}

function changed(source: string, { file, from, to }: SourceChange): string {
  const places = source.split(from).length - 1;
  if (places !== 1) throw new Error(`${file} holds ${places} times: ${from}`);
  return source.replace(from, () => to);
}

function sourceText(source: unknown): string {
  if (typeof source === 'string') return source;
  if (source instanceof Uint8Array) return Buffer.from(source).toString();
  throw new Error('A module of TypeScript comes as text or bytes');
}
