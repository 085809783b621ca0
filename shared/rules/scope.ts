import { z } from 'zod';
import { AreaScheme, ProvinceCode, provinces63, provincesOfArea } from '../model/area.ts';

/** Who may see what at the centre: the nation, or one area of either scheme. */
export const Scope = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('nation') }),
  z.object({ kind: z.literal('area'), scheme: AreaScheme, code: ProvinceCode }),
]);
export type Scope = z.infer<typeof Scope>;

/**
 * The 63-scheme provinces a scope covers. Every query of the centre filters by this list and by
 * nothing else, so this is the one place where areas are permitted.
 */
export function provincesInScope(scope: Scope): readonly ProvinceCode[] {
  switch (scope.kind) {
    case 'nation':
      return provinces63.map((province) => province.code);
    case 'area':
      return provincesOfArea(scope.scheme, scope.code);
  }
}

/** The provinces both in the scope and in the area asked for; without an area, the whole scope. */
export function visibleProvinces(
  scope: Scope,
  area: { readonly scheme: AreaScheme; readonly code: ProvinceCode } | undefined,
): readonly ProvinceCode[] {
  const permitted = provincesInScope(scope);
  if (area === undefined) return permitted;
  const asked = new Set(provincesOfArea(area.scheme, area.code));
  return permitted.filter((code) => asked.has(code));
}
