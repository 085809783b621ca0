import { formatMoment, formatNumber } from '../../base/format.ts';
import { useTillQuery } from '../../base/till-queries.ts';
import { Card, pageStyles } from '../../components/page.tsx';
import { Note } from '../../components/states.tsx';
import { useText } from '../../text/text.ts';
import { OldBooks } from './old-books.tsx';

/** Of a till that was put back from a backup: what came back, and which paper slips may be missing. */
export function RestoredPart() {
  const t = useText();
  const status = useTillQuery('status.get', {}).data;
  const restored = status?.restored ?? null;
  if (restored === null || restored.caughtUpAt === null) return null;
  const { file, events, gainedEvents, lastSlip, caughtUpAt } = restored;
  const counts = { events: formatNumber(events), gained: formatNumber(gainedEvents) };
  return (
    <Card>
      <div className={pageStyles['part']}>
        <h2>
          {t(file === null ? 'restored.older.title' : 'restored.title', {
            time: formatMoment(caughtUpAt),
          })}
        </h2>
        <p>
          {file === null
            ? t('restored.older.body', counts)
            : t('restored.body', { file, ...counts })}
        </p>
        <Note kind="warning" role="status">
          {lastSlip === null
            ? t('restored.noSlip')
            : t('restored.slips', { slip: lastSlip, time: formatMoment(caughtUpAt) })}
        </Note>
        {status?.till != null && <OldBooks shortCode={status.till.shortCode} />}
      </div>
    </Card>
  );
}
