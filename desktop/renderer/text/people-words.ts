import { unreachable } from '../../../shared/base/assert.ts';
import type { TillProblem } from '../../../shared/contract/till-api.ts';
import type { StaffRole } from '../../../shared/model/staff.ts';
import type { StaffAct } from '../../../shared/model/staff-act.ts';
import { formatMoney } from '../base/format.ts';
import type { Translate } from './text.ts';

export type PeopleProblem = Extract<
  TillProblem,
  {
    type:
      | 'NotSignedIn'
      | 'NotPermitted'
      | 'NotOnDuty'
      | 'SupervisorNeeded'
      | 'StaffIdReserved'
      | 'PinInChargeFirst'
      | 'PinNotSet'
      | 'WrongPin'
      | 'ApproverMayNot'
      | 'DifferenceUnexplained';
  }
>;

/** What a person may not do, and who may. */
export function peopleSentence(t: Translate, problem: PeopleProblem): string {
  switch (problem.type) {
    case 'NotSignedIn':
    case 'PinInChargeFirst':
      return t(`problem.${problem.type}`);
    case 'NotPermitted':
    case 'NotOnDuty':
    case 'SupervisorNeeded': {
      const { act, roles } = problem;
      return t(`problem.${problem.type}`, { act: t(`act.${act}`), roles: rolesInWords(t, roles) });
    }
    case 'StaffIdReserved':
    case 'PinNotSet':
      return t(`problem.${problem.type}`, { staffId: problem.staffId });
    case 'WrongPin':
      return problem.waitMs === 0
        ? t('problem.WrongPin')
        : t('problem.WrongPin.wait', { wait: waitInWords(problem.waitMs) });
    case 'ApproverMayNot': {
      const { staffId, acts } = problem;
      return t('problem.ApproverMayNot', { staffId, acts: actsInWords(t, acts) });
    }
    case 'DifferenceUnexplained': {
      const difference = formatMoney(problem.differenceVnd);
      return t('problem.DifferenceUnexplained', { difference });
    }
    default:
      return unreachable(problem);
  }
}

/** `dược sĩ hoặc người phụ trách chuyên môn` */
export function rolesInWords(t: Translate, roles: readonly StaffRole[]): string {
  const words = roles.map((role) => t(`role.${role}`));
  const last = words.at(-1) ?? '';
  const first = words.slice(0, -1).join(', ');
  return first === '' ? last : t('people.or', { first, last });
}

export function actsInWords(t: Translate, acts: readonly StaffAct[]): string {
  return acts.map((act) => t(`act.${act}`)).join(', ');
}

/** `0:05`, `1:20`: minutes and seconds, rounded up, so that it never says 0 too early. */
export function waitInWords(waitMs: number): string {
  const seconds = Math.ceil(waitMs / 1_000);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}
