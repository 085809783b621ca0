import { present } from '../base/assert.ts';
import type { HashHex } from '../events/envelope.ts';
import type { Instant } from '../model/calendar.ts';
import type { FindingType } from './export-report.ts';

/** One event as it stands in the file, in the order of its lines. */
export type ChainEntry = {
  readonly seq: number;
  readonly at: Instant;
  readonly prev: HashHex;
  /** Behind the hash that the line itself names. */
  readonly hash: HashHex;
  /** The hash the line would have, did it name its predecessor in the file; where that differs. */
  readonly mendedHash: HashHex | undefined;
};

/** A signature that holds: this number has this hash. */
export type Anchor = {
  readonly by: 'centre' | 'device';
  readonly kind: 'receipt' | 'batch' | 'head';
  readonly seq: number;
  readonly hash: HashHex;
  /** The hash before that number, where the same signature covers it. */
  readonly prevHash?: HashHex;
};

export type ChainFinding = {
  readonly type: FindingType;
  readonly fromSeq: number;
  readonly toSeq: number;
};

export type ChainDiagnosis = {
  readonly findings: readonly ChainFinding[];
  /** One entry per number, in the order of numbers. */
  readonly chain: readonly ChainEntry[];
  /** Every event up to this one stands behind its predecessor. */
  readonly wholeSeq: number;
};

/**
 * Names what is wrong with a journal from its lines and the signatures that hold over it.
 * Pure; an untouched journal gives no findings.
 * @param unreadableSeqs numbers under which a line stands that is no event.
 */
export function diagnoseChain(
  entries: readonly ChainEntry[],
  unreadableSeqs: ReadonlySet<number>,
  anchors: readonly Anchor[],
): ChainDiagnosis {
  const entriesBySeq = Map.groupBy(entries, (entry) => entry.seq);
  const seqs = [...entriesBySeq.keys()].sort((a, b) => a - b);
  const chain = chosenEntries(seqs, entriesBySeq, anchors);
  const links = [
    ...doubled(entriesBySeq),
    ...missing(seqs, unreadableSeqs),
    ...reordered(entries),
    ...altered(chain, anchors),
  ];
  const brokenSeqs = links
    .filter((finding) => finding.type !== 'event-repeated' && finding.type !== 'events-reordered')
    .map((finding) => finding.fromSeq);
  const firstBroken = Math.min(...brokenSeqs, ...unreadableSeqs, Number.POSITIVE_INFINITY);
  const lastSeq = seqs.at(-1) ?? 0;
  return {
    findings: [...links, ...contradicted(chain, links, anchors)],
    chain,
    wholeSeq: Math.min(lastSeq, firstBroken - 1),
  };
}

/** Of several events under one number, the one that its neighbours and the signatures know. */
function chosenEntries(
  seqs: readonly number[],
  entriesBySeq: ReadonlyMap<number, readonly ChainEntry[]>,
  anchors: readonly Anchor[],
): readonly ChainEntry[] {
  const chain: ChainEntry[] = [];
  for (const seq of seqs) {
    const candidates = entriesBySeq.get(seq) ?? [];
    const next = entriesBySeq.get(seq + 1) ?? [];
    const before = chain.at(-1);
    const isKnown = ({ hash }: ChainEntry) =>
      next.some((entry) => entry.prev === hash) ||
      anchors.some((anchor) => anchor.seq === seq && anchor.hash === hash);
    const chosen =
      candidates.length === 1
        ? candidates[0]
        : (candidates.find(isKnown) ??
          candidates.find((entry) => entry.prev === before?.hash) ??
          candidates[0]);
    chain.push(present(chosen, 'Every number has an entry'));
  }
  return chain;
}

function doubled(
  entriesBySeq: ReadonlyMap<number, readonly ChainEntry[]>,
): readonly ChainFinding[] {
  const findings: ChainFinding[] = [];
  for (const [seq, entries] of entriesBySeq) {
    if (entries.length === 1) continue;
    // Equal hashes behind equal predecessors are equal bytes.
    const isSame = entries.every((entry) => entry.hash === entries[0]?.hash);
    findings.push({
      type: isSame ? 'event-repeated' : 'event-inserted',
      fromSeq: seq,
      toSeq: seq,
    });
  }
  return findings;
}

function missing(
  seqs: readonly number[],
  unreadableSeqs: ReadonlySet<number>,
): readonly ChainFinding[] {
  const findings: ChainFinding[] = [];
  const present = [...new Set([...seqs, ...unreadableSeqs])].sort((a, b) => a - b);
  let last = 0;
  for (const seq of present) {
    if (seq > last + 1) {
      findings.push({ type: 'events-missing', fromSeq: last + 1, toSeq: seq - 1 });
    }
    last = seq;
  }
  return findings;
}

/** A repeated line is told as repeated, not as out of order as well. */
function reordered(entries: readonly ChainEntry[]): readonly ChainFinding[] {
  const seen = new Set<number>();
  let last = 0;
  let from = 0;
  let to = 0;
  for (const { seq } of entries) {
    if (seen.has(seq)) continue;
    seen.add(seq);
    if (seq < last) {
      if (from === 0) from = seq;
      from = Math.min(from, seq);
      to = Math.max(to, last);
    }
    last = Math.max(last, seq);
  }
  return from === 0 ? [] : [{ type: 'events-reordered', fromSeq: from, toSeq: to }];
}

/**
 * A link that does not fit leaves two suspects: the event before, whose bytes no longer have the hash
 * its successor names, and the event itself, whose `prev` was changed. What comes after tells.
 */
function altered(
  chain: readonly ChainEntry[],
  anchors: readonly Anchor[],
): readonly ChainFinding[] {
  const alteredSeqs = new Set<number>();
  for (const [index, entry] of chain.entries()) {
    const before = chain[index - 1];
    const isNeighbour = before === undefined ? entry.seq === 1 : before.seq === entry.seq - 1;
    const expected = before?.hash ?? firstPrev;
    if (!isNeighbour || entry.prev === expected) continue;
    const after = chain[index + 1];
    const isMended =
      entry.mendedHash !== undefined &&
      (after?.prev === entry.mendedHash ||
        anchors.some(({ seq, hash }) => seq === entry.seq && hash === entry.mendedHash));
    if (isMended || before === undefined) alteredSeqs.add(entry.seq);
    else if (!alteredSeqs.has(before.seq)) alteredSeqs.add(before.seq);
  }
  const last = chain.at(-1);
  if (last !== undefined && isLastAltered(last, anchors)) alteredSeqs.add(last.seq);
  return [...alteredSeqs].map((seq) => ({ type: 'event-altered', fromSeq: seq, toSeq: seq }));
}

/**
 * Nothing stands behind the last event to tell that its bytes were changed, but a signature over it
 * and over the hash before it does: the event names that hash, and its bytes are not those signed.
 */
function isLastAltered(last: ChainEntry, anchors: readonly Anchor[]): boolean {
  const known = anchors.filter(({ seq }) => seq === last.seq);
  return (
    known.every(({ hash }) => hash !== last.hash) &&
    known.some(({ prevHash }) => prevHash === last.prev)
  );
}

const firstPrev: HashHex = '0'.repeat(64);

/** Where signatures that hold say otherwise than the lines; what a link explained is not told twice. */
function contradicted(
  chain: readonly ChainEntry[],
  links: readonly ChainFinding[],
  anchors: readonly Anchor[],
): readonly ChainFinding[] {
  const hashBySeq = new Map(chain.map((entry) => [entry.seq, entry.hash]));
  const lastSeq = chain.at(-1)?.seq ?? 0;
  const explained = new Set(links.filter(isExplaining).map((finding) => finding.toSeq));
  const findings = new Map<FindingType, ChainFinding>();
  const tell = (type: FindingType, fromSeq: number, toSeq: number) => {
    const known = findings.get(type);
    findings.set(type, {
      type,
      fromSeq: known?.fromSeq ?? fromSeq,
      toSeq: Math.max(known?.toSeq ?? 0, toSeq),
    });
  };
  let agreedSeq = 0;
  for (const { by, kind, seq, hash } of [...anchors].sort((a, b) => a.seq - b.seq)) {
    const found = hashBySeq.get(seq);
    if (found === hash || seq === 0) agreedSeq = seq;
    else if (seq > lastSeq) tell(by === 'centre' ? 'rolled-back' : 'tail-cut', lastSeq + 1, seq);
    else if (found !== undefined && !explained.has(seq)) {
      tell(by === 'centre' ? 'rewritten' : deviceFinding[kind], agreedSeq + 1, seq);
    }
  }
  return [...findings.values()];
}

const deviceFinding: Readonly<Record<Anchor['kind'], FindingType>> = {
  receipt: 'rewritten',
  batch: 'signature-differs',
  head: 'signature-differs',
};

function isExplaining({ type }: ChainFinding): boolean {
  return type === 'event-altered' || type === 'event-inserted' || type === 'event-unreadable';
}
