import { useState } from 'react';
import { limits } from '../../../../shared/base/limits.ts';
import type { TillProblem } from '../../../../shared/contract/till-api.ts';
import type { UpdateStatus } from '../../../../shared/contract/till-care-api.ts';
import { formatMoment, formatNumber } from '../../base/format.ts';
import { usePreferences } from '../../base/preferences.ts';
import { useTillCommand, useTillQuery } from '../../base/till-queries.ts';
import { Button } from '../../components/button.tsx';
import { Field } from '../../components/field.tsx';
import { Note, ProblemNote, Skeleton } from '../../components/states.tsx';
import { type Translate, useText } from '../../text/text.ts';
import styles from './settings.module.css';
import { SettingsPart } from './settings-part.tsx';

/** `00:00` to `23:30`: chosen, so that nobody mistypes a night. */
const halfHours = Array.from(
  { length: 48 },
  (_, half) => `${String(half >> 1).padStart(2, '0')}:${half % 2 === 0 ? '00' : '30'}`,
);

/** Which program this is, whether there is a newer one, and when it may take its place. */
export function UpdatePart() {
  const t = useText();
  const update = useTillQuery('updates.status', {});
  const check = useTillCommand('updates.check');
  const install = useTillCommand('updates.install');
  const [folder, setFolder] = useState('');
  const status = update.data;
  const isBusy = check.isRunning || install.isRunning || status?.step === 'installing';
  return (
    <SettingsPart
      title={t('settings.update.title')}
      body={t('settings.update.body', { version: status?.installed ?? '' })}
    >
      {status === undefined ? <Skeleton rows={1} /> : <Step status={status} />}
      <Problem problem={check.problem ?? install.problem} />
      <div className={styles['row']}>
        {status?.step === 'ready' && (
          <Button
            look="primary"
            blockedBecause={isBusy ? '' : undefined}
            onPress={() => void install.run({})}
          >
            {t('settings.update.install')}
          </Button>
        )}
        <Button blockedBecause={isBusy ? '' : undefined} onPress={() => void check.run({})}>
          {check.isRunning ? t('settings.update.checking') : t('settings.update.check')}
        </Button>
      </div>
      {status?.isInstallable === true && (
        <>
          <UpdateTime />
          <form
            className={styles['row']}
            onSubmit={(event) => {
              event.preventDefault();
              if (folder.trim() !== '' && !isBusy) void check.run({ folder: folder.trim() });
            }}
          >
            <Field
              label={t('settings.update.folder')}
              hint={t('settings.update.folderHint')}
              value={folder}
              maxLength={limits.pathLength}
              onChange={setFolder}
            />
            <Button isSubmit>{t('settings.update.fromFolder')}</Button>
          </form>
        </>
      )}
    </SettingsPart>
  );
}

function Problem({ problem }: { readonly problem: TillProblem | null }) {
  return problem === null ? null : <ProblemNote problem={problem} />;
}

function Step({ status }: { readonly status: UpdateStatus }) {
  const t = useText();
  const { language } = usePreferences();
  const { offered, problem, checkedAt } = status;
  return (
    <div role="status" className={styles['state']}>
      {problem !== null && (
        <Note kind={problem === 'not-newer' ? 'good' : 'warning'}>
          {t(`settings.update.problem.${problem}`)}
        </Note>
      )}
      {offered === null && problem === null && (
        <p>
          {checkedAt === null
            ? t('settings.update.never')
            : t('settings.update.newest', { time: formatMoment(checkedAt) })}
        </p>
      )}
      {offered !== null && (
        <>
          <p>{stepWords(t, status, offered)}</p>
          {offered.notes[language] !== '' && <blockquote>{offered.notes[language]}</blockquote>}
        </>
      )}
    </div>
  );
}

function stepWords(
  t: Translate,
  { step, percent, isInstallable }: UpdateStatus,
  { version, bytes }: NonNullable<UpdateStatus['offered']>,
): string {
  const megabytes = formatNumber(Math.max(1, Math.round(bytes / 1_000_000)));
  if (!isInstallable) return t('settings.update.elsewhere', { version });
  if (step === 'downloading') return t('settings.update.downloading', { version, percent });
  if (step === 'ready') return t('settings.update.ready', { version });
  if (step === 'installing') return t('settings.update.installing', { version });
  return t('settings.update.offered', { version, megabytes });
}

/** A shop that is never asked is exchanged at night; one that wants to be asked leaves it empty. */
function UpdateTime() {
  const t = useText();
  const settings = useTillQuery('settings.get', {});
  const change = useTillCommand('settings.change');
  if (settings.data === undefined) return null;
  const { updateAt } = settings.data;
  return (
    <div className={styles['row']}>
      <label className={styles['choice']}>
        <input
          type="checkbox"
          checked={updateAt !== null}
          onChange={(event) => void change.run({ updateAt: event.target.checked ? '22:30' : null })}
        />
        {t('settings.update.byItself')}
      </label>
      {updateAt !== null && (
        <label className={styles['choice']}>
          {t('settings.update.at')}
          <select
            className={styles['time']}
            value={updateAt}
            onChange={(event) => void change.run({ updateAt: event.target.value })}
          >
            {halfHours.map((time) => (
              <option key={time}>{time}</option>
            ))}
          </select>
        </label>
      )}
      <Problem problem={change.problem} />
    </div>
  );
}
