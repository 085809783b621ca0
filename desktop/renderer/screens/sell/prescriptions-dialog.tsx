import { useState } from 'react';
import { formatDate, formatNumber } from '../../base/format.ts';
import { useTillQuery } from '../../base/till-queries.ts';
import { Badge } from '../../components/badge.tsx';
import { Button } from '../../components/button.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { BlankSlate, ProblemNote, Skeleton } from '../../components/states.tsx';
import { useText } from '../../text/text.ts';
import styles from './safety.module.css';

type Filter = 'open' | 'unverified' | 'all';
const filters = ['open', 'unverified', 'all'] as const;
const kinds = {
  'not-applicable': 'good',
  pending: 'warning',
  verified: 'good',
  exceeded: 'danger',
} as const;

/** Prescriptions sold on here: what is left of each, and which are still to be verified. */
export function PrescriptionsDialog({ onClose }: { readonly onClose: () => void }) {
  const t = useText();
  const [filter, setFilter] = useState<Filter>('open');
  const list = useTillQuery('prescriptions.list', {
    isOpen: filter === 'open',
    isUnverified: filter === 'unverified',
    limit: 50,
  });
  const rows = list.data?.rows ?? [];
  return (
    <Dialog title={t('papers.title')} onClose={onClose} isBroad>
      <div className={styles['papers']}>
        {filters.map((name) => (
          <Button
            key={name}
            look={name === filter ? 'primary' : 'plain'}
            onPress={() => setFilter(name)}
          >
            {t(`papers.${name}`)}
          </Button>
        ))}
      </div>
      {list.error !== null && (
        <ProblemNote problem={list.error.problem} onRetry={() => void list.refetch()} />
      )}
      {list.isPending && <Skeleton rows={3} />}
      {list.data !== undefined && rows.length === 0 && (
        <BlankSlate icon="check" title={t('papers.none')} body={t('papers.noneBody')} />
      )}
      <ul className={styles['findings']}>
        {rows.map((row) => (
          <li key={`${row.code}|${row.seq}`} className={styles['row']}>
            <p>
              <strong>{row.code}</strong> · {row.patientName}{' '}
              <Verification state={row.verification} />
            </p>
            <p>{t('papers.until', { date: formatDate(row.validUntil), slip: row.slip })}</p>
            {row.lines.map((line) => (
              <p key={line.drug} className={styles['left']}>
                <span>{line.name}</span>
                <b>
                  {t('papers.left', {
                    left: formatNumber(line.remainingUnits),
                    prescribed: formatNumber(line.prescribedUnits),
                  })}
                </b>
              </p>
            ))}
          </li>
        ))}
      </ul>
    </Dialog>
  );
}

function Verification({ state }: { readonly state: keyof typeof kinds }) {
  const t = useText();
  return <Badge kind={kinds[state]}>{t(`papers.${state}`)}</Badge>;
}
