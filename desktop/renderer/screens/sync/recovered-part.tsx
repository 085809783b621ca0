import { formatMoment, formatNumber } from '../../base/format.ts';
import { useTillQuery } from '../../base/till-queries.ts';
import { Card } from '../../components/page.tsx';
import { Note } from '../../components/states.tsx';
import { useText } from '../../text/text.ts';
import { OldBooks } from './old-books.tsx';
import styles from './sync.module.css';

/** Of a till that took a burnt one's place: which paper slips are to be entered again. */
export function RecoveredPart() {
  const t = useText();
  const recovered = useTillQuery('status.get', {}).data?.recovered ?? null;
  if (recovered === null) return null;
  const { oldShortCode, oldEvents, lots, lastSlip, lastSlipAt, lastReportedAt } = recovered;
  const reportedAt = lastReportedAt === null ? '–' : formatMoment(lastReportedAt);
  return (
    <Card>
      <div className={styles['part']}>
        <h2>{t('recovered.title', { code: oldShortCode })}</h2>
        <p>
          {t('recovered.body', {
            count: formatNumber(oldEvents),
            lots: formatNumber(lots),
            time: reportedAt,
          })}
        </p>
        <Note kind="warning" role="status">
          {lastSlip === null
            ? t('recovered.noSlip', { code: oldShortCode })
            : t('recovered.slips', {
                slip: lastSlip,
                time: lastSlipAt === null ? '–' : formatMoment(lastSlipAt),
              })}
        </Note>
        <OldBooks shortCode={oldShortCode} />
      </div>
    </Card>
  );
}
