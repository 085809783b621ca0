import { useState } from 'react';
import { limits } from '../../../../shared/base/limits.ts';
import type {
  UnreportedSale,
  UnreportedTail,
} from '../../../../shared/contract/till-backup-api.ts';
import { formatDate, formatMoment, formatMoney, formatNumber } from '../../base/format.ts';
import { useTillCommand, useTillQuery } from '../../base/till-queries.ts';
import { Badge } from '../../components/badge.tsx';
import { Button } from '../../components/button.tsx';
import { Field } from '../../components/field.tsx';
import { Note, ProblemNote } from '../../components/states.tsx';
import { useText } from '../../text/text.ts';
import { documentName } from './document-name.ts';
import styles from './sync.module.css';

/** Opens an old disk or backup, read-only, and names what it holds that was never reported. */
export function OldBooks({ shortCode }: { readonly shortCode: string }) {
  const t = useText();
  const found = useTillQuery('backups.find', {});
  const reading = useReading();
  const ofOld = found.data?.backups.filter((backup) => backup.shortCode === shortCode) ?? [];
  const aside = found.data?.backups.filter((backup) => backup.shortCode === null) ?? [];
  const offered = [...aside.slice(0, asideOffered), ...ofOld.slice(0, backupsOffered)];
  return (
    <div className={styles['oldBooks']}>
      <h3>{t('oldBooks.title')}</h3>
      <p>{t('oldBooks.body')}</p>
      <form
        className={styles['backupFolder']}
        onSubmit={(event) => {
          event.preventDefault();
          reading.open(reading.typed);
        }}
      >
        <Field
          label={t('oldBooks.file')}
          hint={t('oldBooks.fileHint')}
          value={reading.typed}
          maxLength={limits.pathLength}
          onChange={reading.setTyped}
        />
        <span className={styles['row']}>
          <Button isSubmit blockedBecause={reading.blockedBecause}>
            {reading.isRunning ? t('oldBooks.opening') : t('oldBooks.open')}
          </Button>
          {offered.map(({ file, madeAt, shortCode: madeBy }) => (
            <Button
              key={file}
              blockedBecause={reading.isRunning ? '' : undefined}
              onPress={() => reading.open(file)}
            >
              {t(madeBy === null ? 'oldBooks.openAside' : 'oldBooks.openBackup', {
                time: formatMoment(madeAt),
              })}
            </Button>
          ))}
        </span>
      </form>
      {reading.problem !== null && <ProblemNote problem={reading.problem} />}
      {reading.tail !== undefined && (
        <Tail tail={reading.tail} isBusy={reading.isRunning} onMore={reading.more} />
      )}
    </div>
  );
}

/** The newest ones: an older backup holds nothing that they do not. */
const backupsOffered = 3;
const asideOffered = 2;

function useReading() {
  const t = useText();
  const read = useTillCommand('oldBooks.read');
  const [typed, setTyped] = useState('');
  const [shown, setShown] = useState<{ readonly file: string; readonly tail: UnreportedTail }>();
  const run = async (file: string, before: UnreportedTail | undefined) => {
    if (file.trim() === '' || read.isRunning) return;
    const afterSeq = before?.nextAfterSeq ?? undefined;
    const reply = await read.run({
      file: file.trim(),
      ...(afterSeq !== undefined && { afterSeq }),
    });
    if (!reply.ok) return setShown(undefined);
    const sales = [...(before?.sales ?? []), ...reply.value.sales];
    const others = [...(before?.others ?? []), ...reply.value.others];
    setShown({ file, tail: { ...reply.value, sales, others } });
  };
  return {
    typed,
    setTyped,
    tail: shown?.tail,
    isRunning: read.isRunning,
    problem: read.problem,
    blockedBecause: read.isRunning
      ? ''
      : typed.trim() === ''
        ? t('oldBooks.fileMissing')
        : undefined,
    open: (file: string) => void run(file, undefined),
    more: () => {
      if (shown !== undefined) void run(shown.file, shown.tail);
    },
  };
}

function Tail({
  tail,
  isBusy,
  onMore,
}: {
  readonly tail: UnreportedTail;
  readonly isBusy: boolean;
  readonly onMore: () => void;
}) {
  const t = useText();
  const { shortCode, knownSeq, lastSeq, sales, others, salesCount, salesVnd } = tail;
  if (lastSeq <= knownSeq) {
    return (
      <Note kind="good" role="status">
        {t('oldBooks.nothing', { code: shortCode, count: formatNumber(lastSeq) })}
      </Note>
    );
  }
  return (
    <>
      <Note kind="warning" role="status">
        {t('oldBooks.summary', {
          code: shortCode,
          count: lastSeq - knownSeq,
          sales: formatNumber(salesCount),
          amount: formatMoney(salesVnd),
        })}
      </Note>
      <ul className={styles['slips']} aria-label={t('oldBooks.slips')}>
        {sales.map((sale) => (
          <SlipOf key={sale.seq} sale={sale} />
        ))}
      </ul>
      {others.length > 0 && (
        <>
          <h3>{t('oldBooks.others')}</h3>
          <ul className={styles['records']}>
            {others.map(({ seq, type, at }) => (
              <li key={seq}>
                {t('oldBooks.other', {
                  document: documentName(t, { slip: null, type }),
                  time: formatMoment(at),
                })}
              </li>
            ))}
          </ul>
        </>
      )}
      {tail.nextAfterSeq !== null && (
        <Button blockedBecause={isBusy ? '' : undefined} onPress={onMore}>
          {t('app.loadMore')}
        </Button>
      )}
    </>
  );
}

function SlipOf({ sale }: { readonly sale: UnreportedSale }) {
  const t = useText();
  return (
    <li>
      <header>
        <strong>{sale.slip}</strong>
        <span>{formatMoment(sale.at)}</span>
        {sale.isVoided && <Badge kind="danger">{t('history.voided')}</Badge>}
        <strong>{formatMoney(sale.totalVnd)}</strong>
      </header>
      <ul>
        {sale.lines.map((line, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the lines of a written slip never change.
          <li key={index}>
            <span>
              {t('oldBooks.line', {
                name: line.name,
                quantity: formatNumber(line.quantity),
                unit: line.unit,
              })}
              <small>
                {line.lots
                  .map(({ lot, expiresOn }) =>
                    t('oldBooks.lot', { lot, date: formatDate(expiresOn) }),
                  )
                  .join(', ')}
              </small>
            </span>
            <span>{formatMoney(line.amountVnd)}</span>
          </li>
        ))}
      </ul>
    </li>
  );
}
