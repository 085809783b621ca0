import { formatNumber } from '../../base/format.ts';
import { useTillQuery } from '../../base/till-queries.ts';
import { Card, pageStyles } from '../../components/page.tsx';
import { Note } from '../../components/states.tsx';
import { useText } from '../../text/text.ts';
import { documentName } from './document-name.ts';
import styles from './sync.module.css';

/** What the centre asks the shop to look at, in its words; nothing when it asks nothing. */
export function AskedPart() {
  const t = useText();
  const proof = useTillQuery('journal.proof', {});
  const asked = proof.data?.asked ?? [];
  if (asked.length === 0) return null;
  return (
    <Card>
      <div className={pageStyles['part']}>
        <h2>{t('sync.asked.title')}</h2>
        <ul className={styles['records']}>
          {asked.map((notice) => (
            <li key={notice.seq}>
              {t('sync.asked.record', {
                seq: formatNumber(notice.seq),
                document: documentName(t, notice),
                reason: t(`parked.${notice.reason}`),
              })}
              <Note kind="warning">
                <strong>{t('sync.asked.note', { note: notice.note })}</strong>
              </Note>
            </li>
          ))}
        </ul>
        <p>{t('sync.asked.next')}</p>
      </div>
    </Card>
  );
}
