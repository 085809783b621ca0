import { useRef, useState } from 'react';
import { limits } from '../../../../shared/base/limits.ts';
import type { FoundBackup } from '../../../../shared/contract/till-backup-api.ts';
import { formatMoment, formatNumber } from '../../base/format.ts';
import { useKeys } from '../../base/keys.ts';
import { notify } from '../../base/notices.ts';
import { goTo } from '../../base/route.ts';
import { queryClient, useTillCommand, useTillQuery } from '../../base/till-queries.ts';
import { Button } from '../../components/button.tsx';
import { classNames } from '../../components/class-names.ts';
import { Field } from '../../components/field.tsx';
import { Card, pageStyles } from '../../components/page.tsx';
import { BlankSlate, Note, ProblemNote, Skeleton } from '../../components/states.tsx';
import { useText } from '../../text/text.ts';
import styles from './setup.module.css';

/** Books from a backup, for a computer whose disk was lost or damaged. */
export function RestoreStep() {
  const t = useText();
  const [folder, setFolder] = useState<string>();
  const found = useTillQuery('backups.find', folder === undefined ? {} : { folder });
  const restoring = useRestoring();
  const backups = (found.data?.backups ?? []).filter(({ shortCode }) => shortCode !== null);
  return (
    <>
      <div className={styles['intro']}>
        <h1>{t('restore.title')}</h1>
        <p>{t('restore.body')}</p>
      </div>
      <FolderForm isThere={found.data?.isFolderThere ?? true} onLook={setFolder} />
      {restoring.problem !== null && <RestoreProblem problem={restoring.problem} />}
      {restoring.isRunning && (
        <Note kind="warning" icon="sync" role="status">
          {t('restore.running')}
        </Note>
      )}
      <Card label={t('restore.found')}>
        {found.isPending && <Skeleton rows={3} />}
        {found.error !== null && (
          <ProblemNote problem={found.error.problem} onRetry={() => void found.refetch()} />
        )}
        {found.data !== undefined && backups.length === 0 && (
          <BlankSlate
            icon="history"
            title={t('restore.none.title')}
            body={t('restore.none.body')}
          />
        )}
        {backups.length > 0 && (
          <BackupTable backups={backups} isBusy={restoring.isRunning} onChoose={restoring.run} />
        )}
      </Card>
      <div className={styles['start']}>
        <Button onPress={() => goTo('setup')}>{t('restore.back')}</Button>
      </div>
    </>
  );
}

function useRestoring() {
  const t = useText();
  const restore = useTillCommand('backups.restore');
  const run = async (file: string) => {
    if (restore.isRunning) return;
    const reply = await restore.run({ file });
    if (!reply.ok) return;
    notify(t('restore.done', { count: reply.value.events }));
    goTo('sync');
    await queryClient.invalidateQueries();
  };
  return { ...restore, run: (file: string) => void run(file) };
}

function FolderForm({
  isThere,
  onLook,
}: {
  readonly isThere: boolean;
  readonly onLook: (folder: string | undefined) => void;
}) {
  const t = useText();
  const [typed, setTyped] = useState('');
  const inputRef = useRef<HTMLInputElement>(null);
  useKeys({ search: () => inputRef.current?.focus() });
  return (
    <form
      className={styles['look']}
      onSubmit={(event) => {
        event.preventDefault();
        onLook(typed.trim() === '' ? undefined : typed.trim());
        void queryClient.invalidateQueries({ queryKey: ['backups.find'] });
      }}
    >
      <Field
        label={t('restore.folder')}
        hint={t('restore.folderHint')}
        problem={isThere ? undefined : t('restore.folderMissing')}
        value={typed}
        inputRef={inputRef}
        isFocusedFirst
        maxLength={limits.pathLength}
        onChange={setTyped}
      />
      <Button isSubmit keyShown="Enter">
        {t('restore.look')}
      </Button>
    </form>
  );
}

/** On another computer no backup helps to sell again: the sentence comes with the way that does. */
function RestoreProblem({
  problem,
}: {
  readonly problem: NonNullable<ReturnType<typeof useRestoring>['problem']>;
}) {
  const t = useText();
  const isElsewhere = problem.type === 'BackupRefused' && problem.reason === 'other-machine';
  return (
    <>
      <ProblemNote problem={problem} />
      {isElsewhere && (
        <div className={styles['start']}>
          <Button look="primary" isLarge onPress={() => goTo('setup')}>
            {t('restore.useCode')}
          </Button>
        </div>
      )}
    </>
  );
}

function BackupTable({
  backups,
  isBusy,
  onChoose,
}: {
  readonly backups: readonly FoundBackup[];
  readonly isBusy: boolean;
  readonly onChoose: (file: string) => void;
}) {
  const t = useText();
  return (
    <table className={pageStyles['table']} aria-label={t('restore.found')}>
      <thead>
        <tr>
          <th>{t('restore.column.madeAt')}</th>
          <th>{t('restore.column.till')}</th>
          <th className={styles['wide']}>{t('restore.column.folder')}</th>
          <th className={classNames(pageStyles['number'], styles['wide'])}>
            {t('restore.column.size')}
          </th>
          <th>
            <span className="spoken">{t('restore.run')}</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {backups.map((backup) => (
          <tr key={backup.file}>
            <td>{formatMoment(backup.madeAt)}</td>
            <td>{backup.shortCode}</td>
            <td className={styles['wide']}>{backup.folder}</td>
            <td className={classNames(pageStyles['number'], styles['wide'])}>
              {t('restore.megabytes', {
                megabytes: formatNumber(Math.max(1, Math.round(backup.bytes / 1_000_000))),
              })}
            </td>
            <td className={pageStyles['number']}>
              <Button
                label={t('restore.runNamed', { time: formatMoment(backup.madeAt) })}
                blockedBecause={isBusy ? '' : undefined}
                onPress={() => onChoose(backup.file)}
              >
                {t('restore.run')}
              </Button>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
