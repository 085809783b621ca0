import { writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import { keptLog } from '../../../desktop/main/care/kept-log.ts';
import { aFacility } from '../../support/builders.ts';
import { aTemporaryFolder, aTestTill } from '../../support/test-till.ts';

test('what the shop chose is there after a restart, and the rest keeps its default', async () => {
  const till = await aTestTill();
  expect(await till.ask('settings.get', {})).toMatchObject({ updateAt: '22:30' });
  await till.ask('settings.change', { updateAt: '06:15' });
  await till.ask('settings.change', {});
  const again = await till.reopened();
  expect(await again.ask('settings.get', {})).toMatchObject({ updateAt: '06:15' });
});

test('refuses a time of day that no clock shows', async () => {
  const till = await aTestTill();
  for (const updateAt of ['24:00', '7:05', '07:60', '']) {
    expect(await till.refusal('settings.change', { updateAt })).toMatchObject({ type: 'BadInput' });
  }
});

test('the text for support names figures and nobody', async () => {
  const log = keptLog(path.join(aTemporaryFolder(), 'log'));
  log.write(`{"msg":"a sale failed in ${path.join(homedir(), 'till.db')}"}\n`);
  const till = await aTestTill({ deps: { recentLog: log.recent } });
  const { fileName, text } = await till.ask('care.diagnostics', {});
  const report = JSON.parse(text);
  expect(fileName).toMatch(/^chan-doan-[A-Z0-9]+-\d{4}-\d{2}-\d{2}\.txt$/);
  expect(report.books).toMatchObject({ rows: { drug: 1 }, events: {} });
  expect(report.sync).toMatchObject({ lastSeq: 0 });
  expect(report.log).toEqual(['{"msg":"a sale failed in ~/till.db"}']);
  const facility = aFacility();
  for (const secret of [facility.name, facility.responsiblePharmacist.name, 'Paracetamol']) {
    expect(text).not.toContain(secret);
  }
});

test('the log is kept in two files of bounded size, and its last lines are found over both', () => {
  const folder = path.join(aTemporaryFolder(), 'log');
  const log = keptLog(folder, { bytesMax: 100 });
  for (let line = 1; line <= 60; line += 1) log.write(`line ${line}\n`);
  expect(log.recent(3)).toEqual(['line 58', 'line 59', 'line 60']);
  expect(log.recent(1_000).length).toBeLessThan(40);
  expect(keptLog(folder).recent(1)).toEqual(['line 60']);
});

test('a log that cannot be written stops nothing', () => {
  const file = path.join(aTemporaryFolder(), 'a-file');
  writeFileSync(file, '');
  const log = keptLog(path.join(file, 'log'));
  log.write('a line\n');
  expect(log.recent(10)).toEqual([]);
});
