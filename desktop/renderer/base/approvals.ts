import { useSyncExternalStore } from 'react';
import type { TillProblem } from '../../../shared/contract/till-api.ts';

export type RoleProblem = Extract<
  TillProblem,
  { type: 'NotPermitted' | 'NotOnDuty' | 'SupervisorNeeded' }
>;

/** A command that waits for somebody to approve it here. */
export type WaitingApproval = {
  readonly problem: RoleProblem;
  readonly commandId: string;
  readonly settle: (isApproved: boolean) => void;
};

const listeners = new Set<() => void>();
let current: WaitingApproval | undefined;

/** Asks for somebody's PIN over whatever is shown. @returns whether the command was approved. */
export function askApproval(problem: RoleProblem, commandId: string): Promise<boolean> {
  current?.settle(false);
  return new Promise((resolve) => {
    show({
      problem,
      commandId,
      settle: (isApproved) => {
        show(undefined);
        resolve(isApproved);
      },
    });
  });
}

export function useWaitingApproval(): WaitingApproval | undefined {
  return useSyncExternalStore(onChange, () => current);
}

export function isRoleProblem(problem: TillProblem): problem is RoleProblem {
  const { type } = problem;
  return type === 'NotPermitted' || type === 'NotOnDuty' || type === 'SupervisorNeeded';
}

function show(waiting: WaitingApproval | undefined): void {
  current = waiting;
  for (const listener of listeners) listener();
}

function onChange(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
