import { useState } from 'react';
import type { PrintJob } from '../../../shared/contract/till-print-api.ts';
import { formatTime } from '../base/format.ts';
import { useTillCommand, useTillQuery } from '../base/till-queries.ts';
import { Button } from '../components/button.tsx';
import { Dialog } from '../components/dialog.tsx';
import { Note, ProblemNote } from '../components/states.tsx';
import { type Translate, useText } from '../text/text.ts';
import styles from './printing.module.css';

/** Papers that did not come out: a note while there are any, and what can be done about each. */
export function PrintNote() {
  const t = useText();
  const printing = useTillQuery('printing.get', {});
  const [isOpen, setOpen] = useState(false);
  const jobs = (printing.data?.jobs ?? []).filter(isStuck);
  const [first] = jobs;
  if (first === undefined && !isOpen) return null;
  return (
    <>
      {first !== undefined && (
        <Note
          kind="warning"
          role="status"
          actions={<Button onPress={() => setOpen(true)}>{t('print.look')}</Button>}
        >
          <strong>{t('print.stuck', { count: jobs.length })}</strong>
          <span>{troubleWords(t, first)}</span>
        </Note>
      )}
      {isOpen && <JobsDialog jobs={jobs} onClose={() => setOpen(false)} />}
    </>
  );
}

/** One that simply has its turn soon is nobody's concern. */
function isStuck({ state, trouble }: PrintJob): boolean {
  return state === 'interrupted' || (state === 'waiting' && trouble !== null);
}

function JobsDialog({
  jobs,
  onClose,
}: {
  readonly jobs: readonly PrintJob[];
  readonly onClose: () => void;
}) {
  const t = useText();
  const retry = useTillCommand('printing.retry');
  const cancel = useTillCommand('printing.cancel');
  const problem = retry.problem ?? cancel.problem;
  return (
    <Dialog title={t('print.jobs')} onClose={onClose} isBroad>
      {problem !== null && <ProblemNote problem={problem} />}
      {jobs.length === 0 && <p>{t('print.noJobs')}</p>}
      <ul className={styles['jobs']}>
        {jobs.map((job) => (
          <li key={job.id}>
            <strong>
              {t(`print.what.${job.request.type}`)} {job.name}
            </strong>
            <span>
              {formatTime(job.queuedAt)} · {troubleWords(t, job)}
            </span>
            <div className={styles['buttons']}>
              <Button onPress={() => void retry.run({ jobId: job.id })}>
                {job.state === 'interrupted' ? t('print.again') : t('print.now')}
              </Button>
              <Button look="quiet" onPress={() => void cancel.run({ jobId: job.id })}>
                {t('print.cancel')}
              </Button>
            </div>
          </li>
        ))}
      </ul>
    </Dialog>
  );
}

function troubleWords(t: Translate, { state, trouble }: PrintJob): string {
  if (state === 'interrupted') return t('print.interrupted');
  return t(`print.trouble.${trouble ?? 'off'}`);
}
