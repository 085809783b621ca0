import { useState } from 'react';
import { limits } from '../../../../shared/base/limits.ts';
import type { BackupStatus } from '../../../../shared/contract/till-api.ts';
import { msOfInstant } from '../../../../shared/model/calendar.ts';
import { formatMoment, formatNumber } from '../../base/format.ts';
import { useTillCommand, useTillQuery } from '../../base/till-queries.ts';
import { Button } from '../../components/button.tsx';
import { Field } from '../../components/field.tsx';
import { Card, pageStyles } from '../../components/page.tsx';
import { Note, ProblemNote, Skeleton } from '../../components/states.tsx';
import { supportCode } from '../../text/support-code.ts';
import { type Translate, useText } from '../../text/text.ts';
import styles from './sync.module.css';

/** Whether the books would survive this computer: the last backup that was proved, and what failed. */
export function BackupPart() {
  const t = useText();
  const backup = useTillQuery('backup.status', {});
  const run = useTillCommand('backup.run');
  const isRunning = run.isRunning || backup.data?.isRunning === true;
  return (
    <Card>
      <div className={pageStyles['part']}>
        <h2>{t('backup.title')}</h2>
        {backup.error !== null && (
          <ProblemNote problem={backup.error.problem} onRetry={() => void backup.refetch()} />
        )}
        {backup.isPending && <Skeleton rows={2} />}
        {backup.data !== undefined && <BackupWords backup={backup.data} />}
        {run.problem !== null && <ProblemNote problem={run.problem} />}
        <Button blockedBecause={isRunning ? '' : undefined} onPress={() => void run.run({})}>
          {isRunning ? t('backup.running') : t('backup.run')}
        </Button>
        {backup.data !== undefined && (
          <SecondFolder key={backup.data.second?.folder ?? ''} backup={backup.data} />
        )}
      </div>
    </Card>
  );
}

function BackupWords({ backup }: { readonly backup: BackupStatus }) {
  const t = useText();
  const { lastVerifiedAt, events, bytes, failure, second } = backup;
  const time = lastVerifiedAt === null ? '' : formatMoment(lastVerifiedAt);
  const megabytes = formatNumber(Math.max(1, Math.round(bytes / 1_000_000)));
  return (
    <>
      <p>
        {lastVerifiedAt === null
          ? t('backup.never')
          : t('backup.verified', { time, count: events, megabytes })}
      </p>
      {failure !== null && (
        <Note kind="danger" role="alert">
          {t('backup.failed', { time: formatMoment(failure.at) })}{' '}
          <small>{t('app.code', { code: supportCode('backup', failure.detail) })}</small>
        </Note>
      )}
      {failure === null && isOld(lastVerifiedAt) && (
        <Note kind="warning" role="status">
          {t('backup.old', { days: limits.backupAgeDaysShown })}
        </Note>
      )}
      {second !== null && (
        <Note kind={second.failure === null ? 'good' : 'warning'} role="status">
          {secondWords(t, second)}
        </Note>
      )}
    </>
  );
}

function secondWords(t: Translate, second: NonNullable<BackupStatus['second']>): string {
  const { folder, copiedAt, failure } = second;
  const time = copiedAt === null ? t('backup.second.neverCopied') : formatMoment(copiedAt);
  if (failure !== null) return t('backup.second.missing', { folder, time });
  return copiedAt === null
    ? t('backup.second.waiting', { folder })
    : t('backup.second.copied', { folder, time });
}

/** A computer that burns tonight must not take more than a day or two with it. */
function isOld(lastVerifiedAt: BackupStatus['lastVerifiedAt']): boolean {
  if (lastVerifiedAt === null) return false;
  return Date.now() - msOfInstant(lastVerifiedAt) > limits.backupAgeDaysShown * 86_400_000;
}

function SecondFolder({ backup }: { readonly backup: BackupStatus }) {
  const t = useText();
  const setFolder = useTillCommand('backup.setFolder');
  const [folder, setTyped] = useState(backup.second?.folder ?? '');
  const isChanged = folder.trim() !== (backup.second?.folder ?? '');
  return (
    <form
      className={styles['backupFolder']}
      onSubmit={(event) => {
        event.preventDefault();
        if (isChanged) void setFolder.run({ folder: folder.trim() === '' ? null : folder.trim() });
      }}
    >
      <Field
        label={t('backup.second.label')}
        hint={t('backup.second.hint')}
        value={folder}
        maxLength={limits.nameLength}
        onChange={setTyped}
      />
      {setFolder.problem !== null && <ProblemNote problem={setFolder.problem} />}
      <Button isSubmit blockedBecause={isChanged ? undefined : t('backup.second.unchanged')}>
        {t('backup.second.save')}
      </Button>
    </form>
  );
}
