/** All crash points, and how much of them a run takes: some in every change, all of them at night. */
import path from 'node:path';
import { bundleTill } from './bundle-till.ts';
import { killCentreEverywhere } from './centre-points.ts';
import { killDatabaseRepeatedly } from './database-kills.ts';
import { troubleEveryCommand, troubleEveryStart } from './disk-trouble.ts';
import { compileFaultLibrary } from './fault-library.ts';
import { cutPowerEverywhere } from './power-loss.ts';
import { openTillLane, type TillLane } from './till-lane.ts';
import { type CrashReport, killTillEverywhere } from './till-points.ts';
import type { TillProgram } from './till-program.ts';

/** Every how manieth point is taken. 1: all of them. */
export type Extent = {
  readonly tillStride: number;
  readonly powerStride: number;
  readonly startStride: number;
  readonly centreStride: number;
  readonly databaseRounds: number;
};

/** Every n-th point, with n odd: before the call and half way through it take turns. */
export const someExtent: Extent = {
  tillStride: 17,
  powerStride: 17,
  startStride: 71,
  centreStride: 19,
  databaseRounds: 3,
};
export const wholeExtent: Extent = {
  tillStride: 1,
  powerStride: 1,
  startStride: 1,
  centreStride: 1,
  databaseRounds: 40,
};

const lanes = 2;

export type Workshop = {
  readonly folder: string;
  readonly library: string;
  readonly till: TillProgram;
};

/** Compiles and bundles what every part needs, once. */
export async function openWorkshop(folder: string): Promise<Workshop> {
  const library = compileFaultLibrary(folder);
  return { folder, library, till: { script: await bundleTill(), library } };
}

export function killTill({ folder, till }: Workshop, extent: Extent): Promise<CrashReport> {
  return killTillEverywhere(till, { folder, stride: extent.tillStride, lanes });
}

export function cutPower(
  workshop: Workshop,
  extent: Extent,
  { seed, hasDeafDisk = false }: { readonly seed: number; readonly hasDeafDisk?: boolean },
): Promise<CrashReport> {
  return inLane(workshop, (lane, folder) =>
    cutPowerEverywhere({ lane, folder, stride: extent.powerStride, seed, hasDeafDisk }),
  );
}

export function troubleCommands(workshop: Workshop): Promise<CrashReport> {
  const { till: program } = workshop;
  return inLane(workshop, (lane, folder) => troubleEveryCommand({ lane, program, folder }));
}

export function troubleStarts(workshop: Workshop, extent: Extent): Promise<CrashReport> {
  const { till: program } = workshop;
  return inLane(workshop, (lane, folder) =>
    troubleEveryStart({ lane, program, folder }, extent.startStride),
  );
}

export function killCentre(
  { folder, library }: Workshop,
  extent: Extent,
  postgresUrl: string,
): Promise<CrashReport> {
  const options = { folder, stride: extent.centreStride, lanes };
  return killCentreEverywhere({ postgresUrl, library }, options);
}

export function killDatabase({ folder }: Workshop, extent: Extent): Promise<CrashReport> {
  return killDatabaseRepeatedly({ folder, rounds: extent.databaseRounds });
}

let lanesOpened = 0;

/** Parts run side by side: each has a folder of its own for its lane, its control and its records. */
async function inLane(
  { folder, till }: Workshop,
  work: (lane: TillLane, folder: string) => Promise<CrashReport>,
): Promise<CrashReport> {
  lanesOpened += 1;
  const own = path.join(folder, `single-${lanesOpened}`);
  const lane = await openTillLane(path.join(own, 'lane'), till);
  try {
    return await work(lane, own);
  } finally {
    await lane.close();
  }
}
