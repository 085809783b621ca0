import type { Agreement } from '../../../../shared/contract/till-api.ts';
import { formatDate, formatMoment, formatMoney, formatNumber } from '../../base/format.ts';
import { useTillQuery } from '../../base/till-queries.ts';
import { Card, pageStyles } from '../../components/page.tsx';
import { ProblemNote, Skeleton } from '../../components/states.tsx';
import { type Translate, useText } from '../../text/text.ts';
import { documentName } from './document-name.ts';
import styles from './sync.module.css';

/** Whether the counter's and the centre's books are equal, and which lots differ if not. */
export function AgreementPart() {
  const t = useText();
  const agreement = useTillQuery('sync.agreement', {});
  // The centre asks for something: then it is not true that there is nothing to do.
  const isAsked = (useTillQuery('journal.proof', {}).data?.asked.length ?? 0) > 0;
  return (
    <Card>
      <div className={pageStyles['part']}>
        <h2>{t('sync.agreement.title')}</h2>
        {agreement.error !== null && (
          <ProblemNote problem={agreement.error.problem} onRetry={() => void agreement.refetch()} />
        )}
        {agreement.isPending && <Skeleton rows={2} />}
        {agreement.data !== undefined && (
          <>
            <p>{agreementWords(t, agreement.data, isAsked)}</p>
            <FirstDifference agreement={agreement.data} />
            <WaitingRecords agreement={agreement.data} />
            <Seals agreement={agreement.data} />
          </>
        )}
      </div>
      {agreement.data !== undefined && agreement.data.differences.length > 0 && (
        <Differences agreement={agreement.data} />
      )}
    </Card>
  );
}

/** Says nothing to a shop and much to support on the telephone, so it is there for who looks. */
function Seals({ agreement }: { readonly agreement: Agreement }) {
  const t = useText();
  return (
    <details className={styles['support']}>
      <summary>{t('sync.agreement.support')}</summary>
      <dl className={styles['hashes']}>
        <dt>{t('sync.agreement.head')}</dt>
        <dd>
          <code>{shortHash(agreement.headHash)}</code>
        </dd>
        <dt>{t('sync.agreement.stock')}</dt>
        <dd>
          <code>{shortHash(agreement.stockDigest)}</code>
        </dd>
      </dl>
    </details>
  );
}

/** From where on the two books are not the same, as a person finds it on paper. */
function FirstDifference({ agreement }: { readonly agreement: Agreement }) {
  const t = useText();
  const { first } = agreement;
  if (agreement.state !== 'different') return null;
  if (first === null) return <p>{t('sync.agreement.firstUnknown')}</p>;
  const { seq, at, lines } = first;
  const document = documentName(t, first);
  return (
    <>
      <p>
        <strong>
          {t('sync.agreement.first', {
            seq: formatNumber(seq),
            document,
            time: formatMoment(at),
          })}
        </strong>
      </p>
      <ul className={styles['records']}>
        {lines.map((line) => (
          <li key={`${line.drug} ${line.lot}`}>
            {t('sync.agreement.firstLine', {
              name: line.name,
              lot: line.lot,
              tillUnits: formatNumber(line.tillUnits),
              centreUnits: formatNumber(line.centreUnits),
              tillAmount: formatMoney(line.tillAmountVnd),
              centreAmount: formatMoney(line.centreAmountVnd),
            })}
          </li>
        ))}
      </ul>
    </>
  );
}

function WaitingRecords({ agreement }: { readonly agreement: Agreement }) {
  const t = useText();
  if (agreement.waiting.length === 0) return null;
  return (
    <ul className={styles['records']}>
      {agreement.waiting.slice(0, recordsShown).map((record) => (
        <li key={record.seq}>
          {t('sync.waitingAt.record', {
            seq: formatNumber(record.seq),
            document: documentName(t, record),
            time: formatMoment(record.at),
            reason: t(`parked.${record.reason}`),
          })}
        </li>
      ))}
    </ul>
  );
}

const recordsShown = 20;

function Differences({ agreement }: { readonly agreement: Agreement }) {
  const t = useText();
  return (
    <table
      className={pageStyles['table']}
      aria-label={t('sync.agreement.different', { count: agreement.differences.length })}
    >
      <thead>
        <tr>
          <th>{t('stock.column.drug')}</th>
          <th>{t('stock.column.lot')}</th>
          <th className={pageStyles['number']}>{t('sync.difference.till')}</th>
          <th className={pageStyles['number']}>{t('sync.difference.centre')}</th>
          <th className={pageStyles['number']}>{t('sync.difference.difference')}</th>
        </tr>
      </thead>
      <tbody>
        {agreement.differences.map((row) => (
          <tr key={`${row.drug} ${row.lot} ${row.expiresOn}`}>
            <td>{row.name}</td>
            <td>{t('sell.lot', { lot: row.lot, date: formatDate(row.expiresOn) })}</td>
            <td className={pageStyles['number']}>{formatNumber(row.tillUnits)}</td>
            <td className={pageStyles['number']}>{formatNumber(row.centreUnits)}</td>
            <td className={pageStyles['number']}>
              {formatNumber(row.tillUnits - row.centreUnits)}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function agreementWords(t: Translate, agreement: Agreement, isAsked: boolean): string {
  const { state, comparedAt, events, differences } = agreement;
  switch (state) {
    case 'never':
      return t('sync.agreement.never');
    case 'agreed': {
      const time = comparedAt === null ? '' : formatMoment(comparedAt);
      return t('sync.agreement.agreed', { time, count: events });
    }
    case 'waiting': {
      const time = comparedAt === null ? '' : formatMoment(comparedAt);
      const key = isAsked ? 'sync.agreement.asked' : 'sync.agreement.waiting';
      return t(key, { time, count: agreement.waiting.length });
    }
    case 'behind':
      return t('sync.agreement.behind');
    case 'different':
      return t('sync.agreement.different', { count: differences.length });
  }
}

/** Enough of a seal to compare by eye. */
function shortHash(hash: string): string {
  return hash === '' ? '–' : `${hash.slice(0, 8)} ${hash.slice(8, 16)} … ${hash.slice(-8)}`;
}
