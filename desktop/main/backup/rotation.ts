import { limits } from '../../../shared/base/limits.ts';

/**
 * A backup by its file name: `till-A1-9c21f0b7a4e3-20261122T143205.db.zst`, in Việt Nam's time. The
 * second part is the end of the till's id: every shop has a till A1, and one stick may serve two.
 */
const namePattern = /^till-([A-Z0-9]{2,8})-(?:([0-9a-f]{12})-)?(\d{8})T(\d{6})\.db\.zst$/;

export type BackedUpTill = { readonly shortCode: string; readonly tillId: string };

export function backupName({ shortCode, tillId }: BackedUpTill, at: string): string {
  const moment = at.slice(0, 19).replaceAll(/[-:]/g, '');
  return `till-${shortCode}-${tillId.slice(-12)}-${moment}.db.zst`;
}

export function isBackupName(name: string): boolean {
  return namePattern.test(name);
}

/** Whose it is, by its name; undefined for any other name. */
export function shortCodeOfBackup(name: string): string | undefined {
  return namePattern.exec(name)?.[1];
}

/** The moment in a backup's name, RFC 3339; undefined for any other name. */
export function momentOfBackup(name: string): string | undefined {
  const [, , , day, time] = namePattern.exec(name) ?? [];
  if (day === undefined || time === undefined) return undefined;
  const date = `${day.slice(0, 4)}-${day.slice(4, 6)}-${day.slice(6)}`;
  return `${date}T${time.slice(0, 2)}:${time.slice(2, 4)}:${time.slice(4)}+07:00`;
}

/**
 * Which backups stay: of each till the newest of each of the last days, weeks and months that have
 * one. The last backup of a burnt till may hold what was never reported: no other till's removes it.
 * @returns the names to remove.
 */
export function outdatedBackups(names: readonly string[]): readonly string[] {
  const byTill = Map.groupBy(names.filter(isBackupName), tillOf);
  return [...byTill.values()].flatMap(outdatedOfTill);
}

function tillOf(name: string): string {
  const [, shortCode = '', idEnd = ''] = namePattern.exec(name) ?? [];
  return `${shortCode} ${idEnd}`;
}

function outdatedOfTill(names: readonly string[]): readonly string[] {
  const newestFirst = [...names].sort(byMomentDescending);
  const kept = new Set<string>();
  keepNewestOfEach(newestFirst, dayOf, limits.backupDaysKept, kept);
  keepNewestOfEach(newestFirst, weekOf, limits.backupWeeksKept, kept);
  keepNewestOfEach(newestFirst, monthOf, limits.backupMonthsKept, kept);
  return newestFirst.filter((name) => !kept.has(name));
}

function keepNewestOfEach(
  newestFirst: readonly string[],
  periodOf: (name: string) => string,
  periodsMax: number,
  kept: Set<string>,
): void {
  const periods = new Set<string>();
  for (const name of newestFirst) {
    if (periods.size === periodsMax) return;
    const period = periodOf(name);
    if (periods.has(period)) continue;
    periods.add(period);
    kept.add(name);
  }
}

function byMomentDescending(a: string, b: string): number {
  const [first = '', second = ''] = [momentOfBackup(a), momentOfBackup(b)];
  return first < second ? 1 : first > second ? -1 : 0;
}

function dayOf(name: string): string {
  return momentOfBackup(name)?.slice(0, 10) ?? '';
}

/** Weeks since the first Monday of 1970: all that matters is which days share one. */
function weekOf(name: string): string {
  const days = Math.floor(Date.parse(`${dayOf(name)}T00:00:00Z`) / 86_400_000);
  return String(Math.floor((days + 3) / 7));
}

function monthOf(name: string): string {
  return dayOf(name).slice(0, 7);
}
