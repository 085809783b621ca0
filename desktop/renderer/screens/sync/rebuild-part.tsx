import { useState } from 'react';
import type { TillAnswer } from '../../../../shared/contract/till-api.ts';
import { formatMoment } from '../../base/format.ts';
import { useTillCommand, useTillQuery } from '../../base/till-queries.ts';
import { Button } from '../../components/button.tsx';
import { Card, pageStyles } from '../../components/page.tsx';
import { Note, ProblemNote } from '../../components/states.tsx';
import { useText } from '../../text/text.ts';
import styles from './sync.module.css';

type Rebuilt = { readonly text: string; readonly hadDifferences: boolean };

export function RebuildPart() {
  const t = useText();
  const rebuild = useTillCommand('journal.rebuild');
  const proof = useTillQuery('journal.proof', {});
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
      <div className={pageStyles['part']}>
        <h2>{t('sync.rebuild.title')}</h2>
        <p>{t('sync.rebuild.body')}</p>
        {proof.data !== undefined && <ProofWords proof={proof.data} />}
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

/** When the books were last checked, how far a check is, and what had to be repaired. */
function ProofWords({ proof }: { readonly proof: TillAnswer<'journal.proof'> }) {
  const t = useText();
  const { running, provedAt, events, repairs } = proof;
  return (
    <>
      {running !== null && (
        <p role="status">
          {t('sync.rebuild.progress', { done: running.doneEvents, events: running.events })}
        </p>
      )}
      <p>
        {provedAt === null
          ? t('sync.rebuild.notProved')
          : t('sync.rebuild.proved', { time: formatMoment(provedAt), events })}
      </p>
      {repairs.length > 0 && (
        <Note kind="warning">
          <strong>{t('sync.rebuild.repairs')}</strong>
          <ul className={styles['records']}>
            {repairs.slice(0, repairsShown).map((repair) => (
              <li key={repair.at}>
                {t('sync.rebuild.repair', {
                  time: formatMoment(repair.at),
                  rows: repair.tables.reduce((sum, table) => sum + table.rows, 0),
                })}{' '}
                <small>
                  {t('app.code', { code: repair.tables.map(({ table }) => table).join(', ') })}
                </small>
              </li>
            ))}
          </ul>
        </Note>
      )}
    </>
  );
}

const repairsShown = 5;
