/**
 * The one place that turns an account and the area it asks for into what it may see. Every query
 * takes the `provinces` made here and nothing else; a single facility, code or till is found only
 * inside them, so what lies outside does not exist for the account.
 */

import { err, ok, type Result } from '../../shared/base/result.ts';
import type { ProblemType } from '../../shared/contract/problem.ts';
import { type AreaScheme, type ProvinceCode, provincesOfArea } from '../../shared/model/area.ts';
import { provincesInScope, type Scope, visibleProvinces } from '../../shared/rules/scope.ts';

export type AreaQuery = {
  readonly scheme: AreaScheme;
  readonly area?: ProvinceCode | undefined;
};

/** Everything the account may see, where no area can be asked for. */
export function provincesOf(scope: Scope): readonly ProvinceCode[] {
  return provincesInScope(scope);
}

/** What the account may see of the area it asks for. */
export function provincesAsked(
  scope: Scope,
  { scheme, area }: AreaQuery,
): Result<readonly ProvinceCode[], Extract<ProblemType, 'bad-request' | 'forbidden'>> {
  if (area === undefined) return ok(provincesInScope(scope));
  if (provincesOfArea(scheme, area).length === 0) return err('bad-request');
  const visible = visibleProvinces(scope, { scheme, code: area });
  return visible.length === 0 ? err('forbidden') : ok(visible);
}

/** Whether the account may write about a facility of this province. */
export function mayChangeIn(scope: Scope, province: ProvinceCode): boolean {
  return provincesInScope(scope).includes(province);
}

/** The catalogue, the audit and all that belongs to no area. */
export function isNational(scope: Scope): boolean {
  return scope.kind === 'nation';
}
