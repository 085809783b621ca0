import { useState } from 'react';
import type { TillProblem } from '../../../../shared/contract/till-api.ts';
import type { OpenSaleRow } from '../../../../shared/contract/till-selling-api.ts';
import { counterId } from '../../base/counter-id.ts';
import { formatMoney, formatRecent } from '../../base/format.ts';
import { callTill } from '../../base/till-client.ts';
import { useTillQuery } from '../../base/till-queries.ts';
import { Badge } from '../../components/badge.tsx';
import { Button } from '../../components/button.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { BlankSlate, ProblemNote, Skeleton } from '../../components/states.tsx';
import { useText } from '../../text/text.ts';
import { takeSale } from './open-sales.ts';
import styles from './sell.module.css';

/** Sales of the shop that are set aside or open at another counter; Enter takes the first up. */
export function OpenSalesDialog({ onClose }: { readonly onClose: () => void }) {
  const t = useText();
  const open = useTillQuery('openSales.list', { counter: counterId });
  const status = useTillQuery('status.get', {});
  const [problem, setProblem] = useState<TillProblem>();
  const rows = open.data?.rows.filter(({ state }) => state !== 'here') ?? [];
  const take = async (row: OpenSaleRow) => {
    const refused = await takeSale(row);
    setProblem(refused);
    if (refused === undefined) onClose();
    else void open.refetch();
  };
  const drop = async ({ id }: OpenSaleRow) => {
    const reply = await callTill('openSales.discard', { id, counter: counterId });
    setProblem(reply.ok ? undefined : reply.error);
    void open.refetch();
  };
  return (
    <Dialog title={t('open.title')} onClose={onClose}>
      {problem !== undefined && <ProblemNote problem={problem} />}
      {open.isPending && <Skeleton rows={3} />}
      {open.isSuccess && rows.length === 0 && (
        <BlankSlate icon="hourglass" title={t('open.none.title')} body={t('open.none.body')} />
      )}
      <ul className={styles['openList']}>
        {rows.map((row, index) => (
          <li key={row.id}>
            <button
              type="button"
              className={styles['openSale']}
              data-first={index === 0 || undefined}
              onClick={() => void take(row)}
            >
              <strong>{row.label === '' ? (row.firstDrug ?? '') : row.label}</strong>
              <strong>{formatMoney(row.totalVnd)}</strong>
              <span>
                {t('open.saved', {
                  time: formatRecent(row.savedAt, status.data?.today),
                  count: row.lineCount,
                })}
              </span>
              {row.state === 'elsewhere' && <Badge>{t('open.elsewhere')}</Badge>}
            </button>
            {row.state === 'parked' && (
              <Button
                look="quiet"
                icon="trash"
                label={t('open.dropOf', { name: row.label || (row.firstDrug ?? '') })}
                onPress={() => void drop(row)}
              >
                {t('open.drop')}
              </Button>
            )}
          </li>
        ))}
      </ul>
    </Dialog>
  );
}
