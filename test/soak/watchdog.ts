/** Looks at every process and every till, again and again, for what gets stuck or only grows. */
import { readdirSync, readFileSync } from 'node:fs';
import type { TillReport } from './fleet-child.ts';

export type Sample = {
  readonly atMs: number;
  readonly residentMb: number;
  readonly handles: number;
};

/** Resident memory and open file handles of a process; undefined when it is gone. */
export function sampleProcess(processId: number, atMs: number): Sample | undefined {
  try {
    const status = readFileSync(`/proc/${processId}/status`, 'utf8');
    const kilobytes = Number(/^VmRSS:\s+(\d+)/m.exec(status)?.[1] ?? 0);
    const handles = readdirSync(`/proc/${processId}/fd`).length;
    return { atMs, residentMb: Math.round(kilobytes / 1_024), handles };
  } catch {
    // Killed by the soak itself: its successor is looked at instead.
    return undefined;
  }
}

/** Growth that levels off is warming up; what still grows in the last quarter is a leak. */
const growthMax = 1.25;
const growthMbMax = 64;
const handlesGrowthMax = 32;

/**
 * @param samples of one process, in order of time, without restarts.
 * @returns what grew, in words.
 */
export function growthOf(name: string, samples: readonly Sample[]): readonly string[] {
  const quarter = Math.floor(samples.length / 4);
  if (quarter < samplesPerQuarterMin) return [];
  const early = samples.slice(quarter, 2 * quarter);
  const late = samples.slice(-quarter);
  const earlyMb = median(early.map(({ residentMb }) => residentMb));
  const lateMb = median(late.map(({ residentMb }) => residentMb));
  const earlyHandles = Math.max(...early.map(({ handles }) => handles));
  const lateHandles = median(late.map(({ handles }) => handles));
  return [
    ...(lateMb > earlyMb * growthMax + growthMbMax
      ? [`${name} grew from ${earlyMb} to ${lateMb} MB`]
      : []),
    ...(lateHandles > earlyHandles + handlesGrowthMax
      ? [`${name} holds ${lateHandles} file handles after ${earlyHandles}`]
      : []),
  ];
}

const samplesPerQuarterMin = 3;

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}

/** Follows the queue of every till: one that does not move while the line is good is stuck. */
export function createQueueWatch(stuckMsMax: number) {
  const known = new Map<string, { ackedSeq: number; sinceMs: number }>();
  let lineGoodSinceMs = 0;
  return {
    /** The line or the centre was away until now. */
    excuse: (atMs: number): void => {
      lineGoodSinceMs = atMs;
    },
    /** @returns in words what does not move. */
    look: (tills: readonly TillReport[], atMs: number): readonly string[] => {
      const stuck: string[] = [];
      for (const { tillId, lastSeq, ackedSeq, state, problem } of tills) {
        const before = known.get(tillId);
        const hasMoved = before === undefined || before.ackedSeq !== ackedSeq;
        if (hasMoved || ackedSeq === lastSeq) known.set(tillId, { ackedSeq, sinceMs: atMs });
        const sinceMs = Math.max(known.get(tillId)?.sinceMs ?? atMs, lineGoodSinceMs);
        if (atMs - sinceMs > stuckMsMax) {
          const seconds = Math.round((atMs - sinceMs) / 1_000);
          const waiting = lastSeq - ackedSeq;
          stuck.push(
            `till ${tillId} keeps ${waiting} events for ${seconds} s: ${state} ${problem}`,
          );
          known.set(tillId, { ackedSeq, sinceMs: atMs });
        }
      }
      return stuck;
    },
  };
}
