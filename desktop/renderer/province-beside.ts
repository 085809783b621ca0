import { province63 } from '../../shared/model/area.ts';
import type { Facility } from '../../shared/model/facility.ts';

/** The province to show after a facility's name; none when the name already ends with it. */
export function provinceBeside(facility: Pick<Facility, 'name' | 'province'>): string | undefined {
  const province = province63(facility.province)?.name;
  if (province === undefined) return undefined;
  const ending = facility.name.normalize('NFC').trimEnd().toLowerCase();
  return ending.endsWith(province.normalize('NFC').toLowerCase()) ? undefined : province;
}
