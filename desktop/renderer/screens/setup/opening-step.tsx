import { useRef, useState } from 'react';
import type { Product } from '../../../../shared/contract/till-api.ts';
import type { CalendarDate } from '../../../../shared/model/calendar.ts';
import { useKeys } from '../../base/keys.ts';
import { notify } from '../../base/notices.ts';
import { changePreferences } from '../../base/preferences.ts';
import { goTo } from '../../base/route.ts';
import { newCommandId } from '../../base/till-client.ts';
import { isClearNo, useTillCommand } from '../../base/till-queries.ts';
import { useScanner } from '../../base/use-scanner.ts';
import { Button } from '../../components/button.tsx';
import { DrugSearch, type DrugSearchHandle } from '../../components/drug-search.tsx';
import {
  type LotLineDraft,
  type LotLineRules,
  lotLineDraftOf,
  printedLotOf,
  readLotLine,
} from '../../components/lot-line.ts';
import { LotLines } from '../../components/lot-lines.tsx';
import { namingOf } from '../../components/naming.ts';
import { Card } from '../../components/page.tsx';
import { BlankSlate, ProblemNote } from '../../components/states.tsx';
import { type Translate, useText } from '../../text/text.ts';
import { changeOpening, emptyOpening, openingDraft, useOpening } from './opening-store.ts';
import styles from './setup.module.css';

/** What stands on the shelves when the till takes over. */
export function OpeningStep({ today }: { readonly today: CalendarDate }) {
  const t = useText();
  const rules: LotLineRules = { today, isCostNeeded: false, isExpiredAllowed: true };
  const saving = useOpeningSaving(rules);
  const search = useRef<DrugSearchHandle>(null);
  const [newestId, setNewestId] = useState<string>();
  const focusSearch = () => search.current?.focus();
  const { lines } = saving.opening;
  const add = (product: Product, scanned: string | undefined) => {
    const id = newCommandId();
    setNewestId(id);
    const line = lotLineDraftOf(id, product, product.units[0], printedLotOf(scanned, today));
    changeOpening({ lines: [...openingDraft().lines, line] });
  };
  useKeys({ search: focusSearch, escape: focusSearch, finish: () => void saving.save() });
  useScanner({ onScan: (text) => search.current?.scan(text), onStrayTyping: focusSearch });
  return (
    <>
      <div className={styles['intro']}>
        <h1>{t('setup.opening.title')}</h1>
        <p>{t('setup.opening.body')}</p>
      </div>
      <DrugSearch handleRef={search} label={t('setup.opening.searchLabel')} onPick={add} />
      {saving.problem !== null && (
        <ProblemNote problem={saving.problem} naming={namingOf(lines.map((line) => line.drug))} />
      )}
      <Card isGrowing>
        {lines.length === 0 ? (
          <BlankSlate
            icon="stock"
            title={t('setup.opening.empty.title')}
            body={t('setup.opening.empty.body')}
          />
        ) : (
          <LotLines
            label={t('setup.opening.lines')}
            drafts={lines}
            rules={rules}
            newestId={newestId}
            isTried={saving.isTried}
            costLabel={t('setup.opening.cost')}
            costPlaceholder={t('setup.opening.costHint')}
            costOf="smallest"
            onChange={changeLine}
            onRemove={(id) => {
              removeLine(t, id);
              focusSearch();
            }}
            onLineDone={focusSearch}
          />
        )}
      </Card>
      <OpeningEnd saving={saving} />
    </>
  );
}

function OpeningEnd({ saving }: { readonly saving: ReturnType<typeof useOpeningSaving> }) {
  const t = useText();
  return (
    <div className={styles['end']}>
      <span className={styles['skip']}>
        <Button look="quiet" onPress={leave}>
          {t('setup.opening.skip')}
        </Button>
        {t('setup.opening.skipHint')}
      </span>
      <Button
        look="primary"
        isLarge
        keyShown="F9"
        blockedBecause={saving.isSaving ? '' : saving.blockedBecause}
        onPress={() => void saving.save()}
      >
        {saving.isSaving ? t('setup.opening.saving') : t('setup.opening.save')}
      </Button>
    </div>
  );
}

function useOpeningSaving(rules: LotLineRules) {
  const t = useText();
  const declare = useTillCommand('stock.declareOpening');
  const opening = useOpening();
  const [isTried, setTried] = useState(false);
  const lines = opening.lines.map((draft) => readLotLine(draft, rules).line);
  const incomplete = lines.indexOf(undefined);
  const blockedBecause =
    lines.length === 0
      ? t('receive.blocked.lines')
      : incomplete >= 0
        ? t('receive.blocked.line', { line: incomplete + 1 })
        : undefined;
  const save = async () => {
    setTried(true);
    if (blockedBecause !== undefined || declare.isRunning) return;
    const reply = await declare.run({
      commandId: opening.commandId,
      lines: opening.lines.flatMap((draft, index) => {
        const line = lines[index];
        if (line === undefined) return [];
        const { lot, expiresOn, units, costVnd } = line;
        return [{ drug: draft.drug.code, lot, expiresOn, units, unitCostVnd: costVnd }];
      }),
    });
    if (!reply.ok) {
      if (isClearNo(reply.error)) changeOpening({ commandId: newCommandId() });
      return;
    }
    notify(t('setup.opening.saved', { count: lines.length }));
    changeOpening(emptyOpening());
    leave();
  };
  return {
    opening,
    isTried,
    blockedBecause,
    save,
    isSaving: declare.isRunning,
    problem: declare.problem,
  };
}

function leave(): void {
  changePreferences({ isOpeningPutOff: true });
  goTo('setup', { step: 'ready' });
}

function changeLine(id: string, change: Partial<LotLineDraft>): void {
  const { lines } = openingDraft();
  changeOpening({ lines: lines.map((line) => (line.id === id ? { ...line, ...change } : line)) });
}

function removeLine(t: Translate, id: string): void {
  const { lines } = openingDraft();
  const line = lines.find((draft) => draft.id === id);
  changeOpening({ lines: lines.filter((draft) => draft.id !== id) });
  notify(t('sell.removed', { name: line?.drug.name ?? '' }), () => changeOpening({ lines }));
}
