import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { makeSimulationFolder } from '../simulation/simulation-folder.ts';
import {
  cutPower,
  type Extent,
  killCentre,
  killDatabase,
  killTill,
  openWorkshop,
  someExtent,
  troubleCommands,
  troubleStarts,
  type Workshop,
} from './crash-suite.ts';

// Preloading a library and reading /proc is how Linux works; elsewhere there is nothing to run.
describe.runIf(process.platform === 'linux').concurrent('a crash loses nothing', () => {
  const folder = makeSimulationFolder();
  const onDisk = mkdtempSync(path.join(tmpdir(), 'mang-thuoc-crash-'));
  let workshop: Workshop;
  beforeAll(async () => {
    workshop = await openWorkshop(folder);
  });
  afterAll(() => {
    for (const each of [folder, onDisk]) rmSync(each, { recursive: true, force: true });
  });

  test('the till, killed at write calls all over its day', async () => {
    const report = await killTill(workshop, someExtent);
    expect(report.violations).toEqual([]);
    expect(report.calls).toBeGreaterThan(700);
    expect(report.points).toBeGreaterThan(90);
    expect(report.acknowledged).toBeGreaterThan(500);
  });

  test('the till, its power cut: synced bytes only, or any part of the others', async () => {
    // Always the same here; `npm run crash-points -- --seed S` takes others.
    const seed = 7;
    const report = await cutPower(workshop, someExtent, { seed });
    expect(report.violations, `seed ${seed}`).toEqual([]);
    expect(report.points).toBeGreaterThan(80);
    expect(report.acknowledged).toBeGreaterThan(500);
  });

  test('a disk that only says it has synced is found out by that', async () => {
    const few: Extent = { ...someExtent, powerStride: 101 };
    const report = await cutPower(workshop, few, { seed: 1, hasDeafDisk: true });
    expect(report.violations.length).toBeGreaterThan(0);
  });

  test('the till, on a disk that is full, read-only or broken at any write call', async () => {
    const report = await troubleCommands(workshop);
    expect(report.violations).toEqual([]);
    expect(report.points).toBeGreaterThan(150);
  });

  test('the till, started on such a disk', async () => {
    const report = await troubleStarts(workshop, someExtent);
    expect(report.violations).toEqual([]);
    expect(report.points).toBeGreaterThan(6);
  });

  test('the centre, killed at write calls all over its day', async () => {
    const report = await killCentre(workshop, someExtent, inject('postgresUrl'));
    expect(report.violations).toEqual([]);
    expect(report.calls).toBeGreaterThan(200);
    expect(report.points).toBeGreaterThan(12);
    expect(report.acknowledged).toBeGreaterThan(80);
  });

  test('the centre, its embedded PostgreSQL killed in the middle of ingest', async () => {
    const report = await killDatabase({ ...workshop, folder: onDisk }, someExtent);
    expect(report.violations).toEqual([]);
    expect(report.points).toBe(someExtent.databaseRounds);
    expect(report.acknowledged).toBeGreaterThan(15);
  });
});
