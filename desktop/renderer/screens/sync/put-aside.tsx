import { useState } from 'react';
import type { SyncStatus } from '../../../../shared/contract/till-api.ts';
import { goTo } from '../../base/route.ts';
import { queryClient, useTillCommand } from '../../base/till-queries.ts';
import { Button } from '../../components/button.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { Note, ProblemNote } from '../../components/states.tsx';
import { useText } from '../../text/text.ts';
import styles from './sync.module.css';

/** The way out of books that the centre takes no more: a fork, or a till whose place was taken. */
export function PutAside({ problem }: { readonly problem: SyncStatus['problem'] }) {
  const t = useText();
  const [isOpen, setOpen] = useState(false);
  const putAside = useTillCommand('backups.putAside');
  if (problem?.type !== 'fork' && problem?.type !== 'revoked') return null;
  const run = async () => {
    if (putAside.isRunning) return;
    const reply = await putAside.run({});
    if (!reply.ok) return;
    goTo('setup');
    await queryClient.invalidateQueries();
  };
  return (
    <>
      <Note
        kind="warning"
        actions={<Button onPress={() => setOpen(true)}>{t('putAside.open')}</Button>}
      >
        {t('putAside.body')}
      </Note>
      {isOpen && (
        <Dialog
          title={t('putAside.title')}
          onClose={() => setOpen(false)}
          onFinish={() => void run()}
        >
          <p>{t('putAside.body')}</p>
          {putAside.problem !== null && <ProblemNote problem={putAside.problem} />}
          <div className={styles['row']}>
            <Button onPress={() => setOpen(false)}>{t('app.cancel')}</Button>
            <Button
              look="danger"
              keyShown="F9"
              blockedBecause={putAside.isRunning ? '' : undefined}
              onPress={() => void run()}
            >
              {putAside.isRunning ? t('putAside.running') : t('putAside.run')}
            </Button>
          </div>
        </Dialog>
      )}
    </>
  );
}
