import { useState } from 'react';
import { useTillCommand } from '../../base/till-queries.ts';
import { Button } from '../../components/button.tsx';
import { Card } from '../../components/page.tsx';
import { Note, ProblemNote } from '../../components/states.tsx';
import { useText } from '../../text/text.ts';
import styles from './sync.module.css';

type Rebuilt = { readonly text: string; readonly hadDifferences: boolean };

export function RebuildPart() {
  const t = useText();
  const rebuild = useTillCommand('journal.rebuild');
  const [rebuilt, setRebuilt] = useState<Rebuilt>();
  const run = async () => {
    const reply = await rebuild.run({});
    if (!reply.ok) return;
    const { events, movements, hadDifferences } = reply.value;
    const key = hadDifferences ? 'sync.rebuild.repaired' : 'sync.rebuild.same';
    setRebuilt({ text: t(key, { events, movements }), hadDifferences });
  };
  return (
    <Card>
      <div className={styles['part']}>
        <h2>{t('sync.rebuild.title')}</h2>
        <p>{t('sync.rebuild.body')}</p>
        {rebuild.problem !== null && <ProblemNote problem={rebuild.problem} />}
        {rebuilt !== undefined && (
          <Note kind={rebuilt.hadDifferences ? 'warning' : 'good'} role="status">
            {rebuilt.text}
          </Note>
        )}
        <Button blockedBecause={rebuild.isRunning ? '' : undefined} onPress={() => void run()}>
          {rebuild.isRunning ? t('sync.rebuild.running') : t('sync.rebuild.run')}
        </Button>
      </div>
    </Card>
  );
}
