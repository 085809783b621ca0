/** All crash points, and how much of them a run takes: some in every change, all of them at night. */
import path from 'node:path';
import { bundleTill } from './bundle-till.ts';
import { killCentreEverywhere } from './centre-points.ts';
import { killDatabaseRepeatedly } from './database-kills.ts';
import { troubleEveryCommand, troubleEveryStart } from './disk-trouble.ts';
import { compileFaultLibrary } from './fault-library.ts';
import { cutPowerEverywhere } from './power-loss.ts';
import { type Take, takeAlone } from './take.ts';
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

/** Which points of a part, and who is told of them; without it all of the extent. */
export type Portion = Omit<Take, 'stride'> & { readonly lanes: number };
const alone: Portion = { ...takeAlone(1), lanes: 2 };

export function killTill(
  { folder, till }: Workshop,
  extent: Extent,
  { lanes, ...portion }: Portion = alone,
): Promise<CrashReport> {
  const take = { ...portion, stride: extent.tillStride };
  return killTillEverywhere(till, { folder, take, lanes });
}

export function cutPower(
  workshop: Workshop,
  extent: Extent,
  { seed, hasDeafDisk = false }: { readonly seed: number; readonly hasDeafDisk?: boolean },
  portion: Portion = alone,
): Promise<CrashReport> {
  const take = { ...portion, stride: extent.powerStride };
  return inLane(workshop, (lane, folder) =>
    cutPowerEverywhere({ lane, folder, take, seed, hasDeafDisk }),
  );
}

export function troubleCommands(
  workshop: Workshop,
  portion: Portion = alone,
): Promise<CrashReport> {
  const { till: program } = workshop;
  const take = { ...portion, stride: 1 };
  return inLane(workshop, (lane, folder) => troubleEveryCommand({ lane, program, folder }, take));
}

export function troubleStarts(
  workshop: Workshop,
  extent: Extent,
  portion: Portion = alone,
): Promise<CrashReport> {
  const { till: program } = workshop;
  const take = { ...portion, stride: extent.startStride };
  return inLane(workshop, (lane, folder) => troubleEveryStart({ lane, program, folder }, take));
}

export function killCentre(
  { folder, library }: Workshop,
  extent: Extent,
  postgresUrl: string,
  { lanes, ...portion }: Portion = alone,
): Promise<CrashReport> {
  const take = { ...portion, stride: extent.centreStride };
  return killCentreEverywhere({ postgresUrl, library }, { folder, take, lanes });
}

export function killDatabase(
  { folder }: Workshop,
  extent: Extent,
  portion: Portion = alone,
): Promise<CrashReport> {
  const take = { ...portion, stride: 1 };
  return killDatabaseRepeatedly({ folder, rounds: extent.databaseRounds, take });
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
