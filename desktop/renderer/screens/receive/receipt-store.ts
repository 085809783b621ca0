import { isRecord, storedState } from '../../base/stored-state.ts';
import { newCommandId } from '../../base/till-client.ts';
import { isLotLineDraft, type LotLineDraft } from '../../components/lot-line.ts';

/** A receipt being typed; it outlives a reload, because an invoice of fifty lines takes a while. */
export type ReceiptDraft = {
  readonly commandId: string;
  readonly supplierName: string;
  readonly invoiceNumber: string;
  readonly lines: readonly LotLineDraft[];
};

const store = storedState<ReceiptDraft>('receipt', { initial: emptyReceipt(), parse });

export const useReceipt = store.use;
export const receiptDraft = store.get;

export function changeReceipt(change: Partial<ReceiptDraft>): void {
  store.set({ ...store.get(), ...change });
}

export function emptyReceipt(): ReceiptDraft {
  return { commandId: newCommandId(), supplierName: '', invoiceNumber: '', lines: [] };
}

function parse(stored: unknown): ReceiptDraft | undefined {
  if (!isRecord(stored) || !Array.isArray(stored['lines'])) return undefined;
  const { commandId, supplierName, invoiceNumber, lines } = stored;
  const areTexts = [commandId, supplierName, invoiceNumber].every((it) => typeof it === 'string');
  if (!areTexts || !lines.every(isLotLineDraft)) return undefined;
  // Safe: every field was checked on the lines above.
  return { commandId, supplierName, invoiceNumber, lines } as ReceiptDraft;
}
