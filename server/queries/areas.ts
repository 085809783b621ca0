import {
  type AreaScheme,
  areaName,
  type ProvinceCode,
  province63,
} from '../../shared/model/area.ts';

/** The area of a scheme in which a 63-scheme province lies; the province itself under '63'. */
export function areaOfProvince(scheme: AreaScheme, province: ProvinceCode): ProvinceCode {
  return scheme === '63' ? province : (province63(province)?.unit34 ?? province);
}

/** The areas of a scheme that these provinces make up, in the order of the provinces. */
export function areasOf(
  scheme: AreaScheme,
  provinces: readonly ProvinceCode[],
): readonly { readonly code: ProvinceCode; readonly name: string }[] {
  const codes = [...new Set(provinces.map((province) => areaOfProvince(scheme, province)))];
  return codes.map((code) => ({ code, name: areaName(scheme, code) }));
}

export function provinceName(province: ProvinceCode): string {
  return areaName('63', province);
}

/** Adds up what stands behind one key. */
export class Sums<Key> {
  private readonly sums = new Map<Key, number>();

  add(key: Key, amount: number): void {
    this.sums.set(key, this.of(key) + amount);
  }

  of(key: Key): number {
    return this.sums.get(key) ?? 0;
  }

  values(): readonly number[] {
    return [...this.sums.values()];
  }

  total(): number {
    return this.values().reduce((sum, amount) => sum + amount, 0);
  }
}
