import { useState } from 'react';
import type { CalendarDate } from '../../../../shared/model/calendar.ts';
import { newCommandId } from '../../base/till-client.ts';
import { isClearNo, useTillCommand } from '../../base/till-queries.ts';
import { type LotLine, readLotLine } from '../../components/lot-line.ts';
import { type Translate, useText } from '../../text/text.ts';
import { changeReceipt, emptyReceipt, type ReceiptDraft, useReceipt } from './receipt-store.ts';

export type SavedReceipt = {
  readonly lines: number;
  readonly totalVnd: number;
  readonly drugs: readonly string[];
};

/** Reads the receipt as typed, says what keeps it from being saved, and saves it. */
export function useReceiptSaving(today: CalendarDate | undefined) {
  const t = useText();
  const receive = useTillCommand('stock.receive');
  const receipt = useReceipt();
  const [isTried, setTried] = useState(false);
  const [saved, setSaved] = useState<SavedReceipt>();
  const rules = { today, isCostNeeded: true, isExpiredAllowed: false };
  const lines = receipt.lines.map((draft) => readLotLine(draft, rules).line);
  const blockedBecause = saveBlockedBecause(t, receipt, lines);
  const save = async () => {
    setTried(true);
    if (blockedBecause !== undefined || receive.isRunning) return;
    const reply = await receive.run(commandOf(receipt, lines));
    if (!reply.ok) {
      if (isClearNo(reply.error)) changeReceipt({ commandId: newCommandId() });
      return;
    }
    const drugs = [...new Set(receipt.lines.map((line) => line.drug.code))];
    setSaved({ lines: lines.length, totalVnd: reply.value.totalVnd, drugs });
    changeReceipt(emptyReceipt());
    setTried(false);
  };
  return {
    receipt,
    rules,
    isTried,
    saved,
    forgetSaved: () => setSaved(undefined),
    save,
    isSaving: receive.isRunning,
    problem: receive.problem,
    blockedBecause,
    totalVnd: lines.reduce((sum, line) => sum + amountVndOf(line), 0),
  };
}

function amountVndOf(line: LotLine | undefined): number {
  return line === undefined ? 0 : line.quantity * (line.costVnd ?? 0);
}

function commandOf(receipt: ReceiptDraft, lines: readonly (LotLine | undefined)[]) {
  const { commandId, supplierName, invoiceNumber } = receipt;
  return {
    commandId,
    supplierName,
    invoiceNumber,
    lines: receipt.lines.flatMap((draft, index) => {
      const line = lines[index];
      if (line === undefined) return [];
      const { lot, expiresOn, quantity, unit, costVnd } = line;
      const unitCostVnd = costVnd ?? 0;
      return [{ drug: draft.drug.code, lot, expiresOn, unit: unit.name, quantity, unitCostVnd }];
    }),
  };
}

function saveBlockedBecause(
  t: Translate,
  receipt: ReceiptDraft,
  lines: readonly (LotLine | undefined)[],
): string | undefined {
  if (lines.length === 0) return t('receive.blocked.lines');
  const incomplete = lines.indexOf(undefined);
  if (incomplete >= 0) return t('receive.blocked.line', { line: incomplete + 1 });
  return receipt.supplierName.trim() === '' ? t('receive.blocked.supplier') : undefined;
}
