import type { Recovered } from '../../../../shared/contract/till-api.ts';
import { formatMoment, formatMoney, formatNumber } from '../../base/format.ts';
import { useTillQuery } from '../../base/till-queries.ts';
import { Card, pageStyles } from '../../components/page.tsx';
import { Note } from '../../components/states.tsx';
import { type Translate, useText } from '../../text/text.ts';
import { OldBooks } from './old-books.tsx';

/** Of a till that took a burnt one's place: which paper slips are to be entered again. */
export function RecoveredPart() {
  const t = useText();
  const recovered = useTillQuery('status.get', {}).data?.recovered ?? null;
  if (recovered === null) return null;
  const { oldShortCode, oldEvents, lots, lastReportedAt, openShift } = recovered;
  const reportedAt = lastReportedAt === null ? '–' : formatMoment(lastReportedAt);
  return (
    <Card>
      <div className={pageStyles['part']}>
        <h2>{t('recovered.title', { code: oldShortCode })}</h2>
        <p>
          {t('recovered.body', {
            count: formatNumber(oldEvents),
            lots: formatNumber(lots),
            time: reportedAt,
          })}
        </p>
        <Note kind="warning" role="status">
          {slipsWords(t, recovered)}
        </Note>
        {openShift !== null && (
          <Note kind="warning" role="status">
            {t('recovered.openShift', {
              number: openShift.number,
              time: formatMoment(openShift.openedAt),
              count: formatNumber(openShift.saleCount),
              cash: formatMoney(openShift.cashExpectedVnd),
            })}
          </Note>
        )}
        <OldBooks shortCode={oldShortCode} />
      </div>
    </Card>
  );
}

/** Which paper slips are to be entered again. Of a forked till, no number can tell. */
function slipsWords(t: Translate, recovered: Recovered): string {
  const { oldShortCode: code, wasForked, lastSlip, lastSlipAt } = recovered;
  if (wasForked) return t('recovered.slipsForked', { code });
  if (lastSlip === null) return t('recovered.noSlip', { code });
  const time = lastSlipAt === null ? '–' : formatMoment(lastSlipAt);
  return t('recovered.slips', { slip: lastSlip, time });
}
