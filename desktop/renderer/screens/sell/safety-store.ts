import type { TillRequest } from '../../../../shared/contract/till-api.ts';
import type { PaperPhoto } from '../../../../shared/events/prescription-dispensed.ts';
import { findingKey } from '../../../../shared/rules/safety/check-basket.ts';
import { isRecord, storedState } from '../../base/stored-state.ts';
import { queryClient, queryOf } from '../../base/till-queries.ts';
import type { PaperForm } from './prescription-form.ts';

type SaleInput = TillRequest<'sales.complete'>;

/** What stands beside a cart: its prescription, its buyer, what was asked and what was weighed. */
export type SafetyState = {
  readonly form: PaperForm | null;
  readonly prescription: NonNullable<SaleInput['prescription']> | null;
  readonly photo: PaperPhoto | null;
  readonly buyerName: string;
  readonly buyerAddress: string;
  /** In years as it is typed; months below two. */
  readonly age: string;
  readonly isInMonths: boolean;
  readonly isPregnant: boolean;
  readonly isBreastFeeding: boolean;
  /** Reasons by finding. */
  readonly reasons: Readonly<Record<string, string>>;
};

const nothing: SafetyState = {
  ...{ form: null, prescription: null, photo: null, buyerName: '', buyerAddress: '', age: '' },
  ...{ isInMonths: false, isPregnant: false, isBreastFeeding: false, reasons: {} },
};

const store = storedState<SafetyState>('safety', { initial: nothing, parse: parseState });
export const useSafetyState = store.use;
export const safetyState = store.get;
export const onSafetyState = store.subscribe;

export function changeSafety(parts: Partial<SafetyState>): void {
  store.set({ ...store.get(), ...parts });
}

/** For the sale that is set aside; undefined where nothing was asked or written. */
export function safetyBeside(): SafetyState | undefined {
  return store.get() === nothing ? undefined : store.get();
}

/** Of a sale that is taken up again, whatever stood here before. */
export function takeUpSafety(beside: unknown): void {
  store.set(parseState(beside) ?? nothing);
}

/** The next customer: nothing of this one stays. */
export function forgetSafety(): void {
  if (store.get() !== nothing) store.set(nothing);
}

export function personOf(state: SafetyState): NonNullable<SaleInput['person']> {
  const age = Number.parseInt(state.age, 10);
  const months = state.isInMonths ? age : 12 * age;
  const isAge = Number.isSafeInteger(months) && months >= 0 && months <= 1_500;
  return {
    ...(isAge ? { ageMonths: months } : {}),
    isPregnant: state.isPregnant,
    isBreastFeeding: state.isBreastFeeding,
  };
}

/** Whether a drug stands on the prescription that was entered. */
export function isOnPaper({ prescription }: SafetyState, drug: string): boolean {
  return prescription?.lines.some((line) => line.drug === drug) ?? false;
}

/** What of all this goes with the sale of these drugs. */
export async function safetyInput(
  drugs: readonly string[],
): Promise<Pick<SaleInput, 'prescription' | 'buyer' | 'person' | 'weighed'>> {
  const state = store.get();
  const person = personOf(state);
  const { findings } = await queryClient.fetchQuery(
    queryOf('safety.check', { drugs: [...new Set(drugs)], person }),
  );
  const weighed = findings.flatMap((finding) => {
    const { kind, rule } = finding;
    const reason = (state.reasons[findingKey(finding)] ?? '').trim();
    return reason === '' ? [] : [{ kind, rule, drugs: finding.drugs, reason }];
  });
  const name = state.buyerName.trim();
  const address = state.buyerAddress.trim();
  return {
    person,
    weighed,
    ...(state.prescription === null ? {} : { prescription: state.prescription }),
    ...(name === '' || address === '' ? {} : { buyer: { name, address } }),
  };
}

function parseState(stored: unknown): SafetyState | undefined {
  if (!isRecord(stored) || !isRecord(stored['reasons'])) return undefined;
  if (typeof stored['age'] !== 'string' || typeof stored['buyerName'] !== 'string')
    return undefined;
  // Safe: written by this store; what it is used for first was checked above.
  return { ...nothing, ...(stored as Partial<SafetyState>) };
}
