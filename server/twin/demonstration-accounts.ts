import type { Scope } from '../../shared/rules/scope.ts';
import { createAccount } from '../accounts/accounts.ts';
import type { CentreDeps } from '../deps.ts';

/** Sign-ins of the demonstration, printed at every start. They open made-up figures only. */
export type DemonstrationSignIn = {
  readonly name: string;
  readonly password: string;
  readonly displayName: string;
  readonly scope: Scope;
};

export const demonstrationSignIns: readonly DemonstrationSignIn[] = [
  {
    name: 'quoc-gia',
    password: 'trinh-dien-quoc-gia',
    displayName: 'Cục Quản lý Dược (trình diễn)',
    scope: { kind: 'nation' },
  },
  {
    name: 'ca-mau',
    password: 'trinh-dien-ca-mau',
    displayName: 'Sở Y tế Cà Mau, địa bàn trước 01/7/2025 (trình diễn)',
    scope: { kind: 'area', scheme: '63', code: '96' },
  },
  {
    name: 'an-giang',
    password: 'trinh-dien-an-giang',
    displayName: 'Sở Y tế An Giang (trình diễn)',
    scope: { kind: 'area', scheme: '34', code: '91' },
  },
];

/** Accounts that exist already stay as they are. */
export async function createDemonstrationAccounts(
  deps: Pick<CentreDeps, 'pool' | 'newId' | 'nowMs'>,
): Promise<void> {
  for (const signIn of demonstrationSignIns) {
    await createAccount(deps.pool, { id: deps.newId(), nowMs: deps.nowMs(), ...signIn });
  }
}
