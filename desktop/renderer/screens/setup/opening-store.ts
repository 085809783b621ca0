import { isRecord, storedState } from '../../base/stored-state.ts';
import { newCommandId } from '../../base/till-client.ts';
import { isLotLineDraft, type LotLineDraft } from '../../components/lot-line.ts';

/** Shelves being counted; kept on this computer until they are saved. */
export type OpeningDraft = { readonly commandId: string; readonly lines: readonly LotLineDraft[] };

const store = storedState<OpeningDraft>('opening', { initial: emptyOpening(), parse });

export const useOpening = store.use;
export const openingDraft = store.get;

export function changeOpening(change: Partial<OpeningDraft>): void {
  store.set({ ...store.get(), ...change });
}

export function emptyOpening(): OpeningDraft {
  return { commandId: newCommandId(), lines: [] };
}

function parse(stored: unknown): OpeningDraft | undefined {
  if (!isRecord(stored) || typeof stored['commandId'] !== 'string') return undefined;
  const { commandId, lines } = stored;
  if (!Array.isArray(lines) || !lines.every(isLotLineDraft)) return undefined;
  return { commandId, lines };
}
