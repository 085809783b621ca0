import { useRef, useState } from 'react';
import type { Product } from '../../../../shared/contract/till-api.ts';
import { formatMoney } from '../../base/format.ts';
import { useKeys } from '../../base/keys.ts';
import { notify } from '../../base/notices.ts';
import { newCommandId } from '../../base/till-client.ts';
import { useTillQuery } from '../../base/till-queries.ts';
import { useScanner } from '../../base/use-scanner.ts';
import { Button } from '../../components/button.tsx';
import { DrugSearch, type DrugSearchHandle } from '../../components/drug-search.tsx';
import { Field } from '../../components/field.tsx';
import { type LotLineDraft, lotLineDraftOf, printedLotOf } from '../../components/lot-line.ts';
import { LotLines } from '../../components/lot-lines.tsx';
import { namingOf } from '../../components/naming.ts';
import { Card, Page } from '../../components/page.tsx';
import { BlankSlate, ProblemNote } from '../../components/states.tsx';
import { type Translate, useText } from '../../text/text.ts';
import { changeReceipt, emptyReceipt, receiptDraft, useReceipt } from './receipt-store.ts';
import styles from './receive.module.css';
import { SavedReceiptNote } from './saved-receipt.tsx';
import { useReceiptSaving } from './use-receipt-saving.ts';

export function ReceiveScreen() {
  const t = useText();
  const status = useTillQuery('status.get', {});
  const saving = useReceiptSaving(status.data?.today);
  const search = useRef<DrugSearchHandle>(null);
  const [newestId, setNewestId] = useState<string>();
  const focusSearch = () => search.current?.focus();
  const { receipt } = saving;
  const add = (product: Product, scanned: string | undefined) => {
    const id = newCommandId();
    saving.forgetSaved();
    setNewestId(id);
    const line = lotLineDraftOf(
      id,
      product,
      product.units.at(-1),
      printedLotOf(scanned, status.data?.today),
    );
    changeReceipt({ lines: [...receiptDraft().lines, line] });
  };
  const remove = (id: string | undefined) => {
    removeLine(t, id);
    focusSearch();
  };
  useKeys({
    search: focusSearch,
    escape: focusSearch,
    finish: () => void saving.save(),
    remove: () => remove(receiptDraft().lines.at(-1)?.id),
  });
  useScanner({ onScan: (text) => search.current?.scan(text), onStrayTyping: focusSearch });
  return (
    <Page title={t('receive.title')} intro={t('receive.intro')} isFull>
      <div className={styles['bill']}>
        <BillFields isTried={saving.isTried} />
        <DrugSearch handleRef={search} label={t('receive.searchLabel')} onPick={add} />
      </div>
      {saving.saved !== undefined && <SavedReceiptNote saved={saving.saved} />}
      {saving.problem !== null && (
        <ProblemNote
          problem={saving.problem}
          naming={namingOf(receipt.lines.map((line) => line.drug))}
        />
      )}
      <Card isGrowing>
        {receipt.lines.length === 0 ? (
          <BlankSlate
            icon="receive"
            title={t('receive.empty.title')}
            body={t('receive.empty.body')}
          />
        ) : (
          <LotLines
            label={t('receive.lines')}
            drafts={receipt.lines}
            rules={saving.rules}
            newestId={newestId}
            isTried={saving.isTried}
            costLabel={t('line.unitCost')}
            costOf="unit"
            onChange={changeLine}
            onRemove={remove}
            onLineDone={focusSearch}
          />
        )}
      </Card>
      <ReceiptEnd saving={saving} />
    </Page>
  );
}

function BillFields({ isTried }: { readonly isTried: boolean }) {
  const t = useText();
  const { supplierName, invoiceNumber } = useReceipt();
  const isMissing = isTried && supplierName.trim() === '';
  return (
    <>
      <Field
        label={t('receive.supplier')}
        placeholder={t('receive.supplierPlaceholder')}
        value={supplierName}
        isLarge
        maxLength={200}
        problem={isMissing ? t('receive.blocked.supplier') : undefined}
        onChange={(typed) => changeReceipt({ supplierName: typed })}
      />
      <Field
        label={t('receive.invoice')}
        placeholder={t('receive.invoicePlaceholder')}
        value={invoiceNumber}
        isLarge
        maxLength={50}
        onChange={(typed) => changeReceipt({ invoiceNumber: typed })}
      />
    </>
  );
}

function ReceiptEnd({ saving }: { readonly saving: ReturnType<typeof useReceiptSaving> }) {
  const t = useText();
  return (
    <div className={styles['end']}>
      <p className={styles['total']}>
        {t('receive.total')} <strong>{formatMoney(saving.totalVnd)}</strong>
      </p>
      {saving.receipt.lines.length > 0 && (
        <Button look="quiet" onPress={() => discard(t)}>
          {t('receive.discard')}
        </Button>
      )}
      <Button
        look="primary"
        isLarge
        keyShown="F9"
        blockedBecause={saving.isSaving ? '' : saving.blockedBecause}
        onPress={() => void saving.save()}
      >
        {saving.isSaving ? t('receive.saving') : t('receive.save')}
      </Button>
    </div>
  );
}

function changeLine(id: string, change: Partial<LotLineDraft>): void {
  const { lines } = receiptDraft();
  changeReceipt({ lines: lines.map((line) => (line.id === id ? { ...line, ...change } : line)) });
}

function removeLine(t: Translate, id: string | undefined): void {
  const { lines } = receiptDraft();
  const line = lines.find((draft) => draft.id === id);
  if (line === undefined) return;
  changeReceipt({ lines: lines.filter((draft) => draft.id !== id) });
  notify(t('sell.removed', { name: line.drug.name }), () => changeReceipt({ lines }));
}

function discard(t: Translate): void {
  const before = receiptDraft();
  changeReceipt(emptyReceipt());
  notify(t('receive.discarded', { count: before.lines.length }), () => changeReceipt(before));
}
