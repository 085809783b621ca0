import type { SyncStatus } from '../../shared/contract/till-api.ts';
import type { CalendarDate } from '../../shared/model/calendar.ts';
import styles from './app.module.css';
import { formatRecent } from './base/format.ts';
import { hrefOf } from './base/route.ts';
import { useTillQuery } from './base/till-queries.ts';
import { classNames } from './components/class-names.ts';
import { type Translate, useText } from './text/text.ts';

/** Always true: agreed, waiting, offline with what is safe here, or a problem to touch. */
export function StatusPill() {
  const t = useText();
  const sync = useTillQuery('sync.status', {});
  const status = useTillQuery('status.get', {});
  const isLost = sync.error?.problem.type === 'TillUnreachable';
  const { words, look } = isLost
    ? { words: t('pill.unreachable'), look: 'isProblem' }
    : pillOf(t, sync.data, status.data?.today);
  return (
    <a className={classNames(styles['pill'], styles[look])} href={hrefOf('sync')}>
      <span aria-hidden="true" className={styles['dot']} />
      <span aria-live="polite">{words}</span>
      <span className="spoken">{t('pill.open')}</span>
    </a>
  );
}

function pillOf(
  t: Translate,
  sync: SyncStatus | undefined,
  today: CalendarDate | undefined,
): { readonly words: string; readonly look: string } {
  if (sync === undefined) return { words: t('pill.unknown'), look: 'isWaiting' };
  const { state, pendingEvents, agreedAt } = sync;
  switch (state) {
    case 'agreed': {
      const time = agreedAt === null ? '' : formatRecent(agreedAt, today);
      return { words: t('pill.agreed', { time }), look: 'isGood' };
    }
    case 'waiting': {
      const words =
        pendingEvents === 0 ? t('pill.connected') : t('pill.waiting', { count: pendingEvents });
      return { words, look: 'isWaiting' };
    }
    case 'offline': {
      return { words: offlineWords(t, sync, today), look: 'isOffline' };
    }
    case 'problem':
      return { words: t('pill.problem'), look: 'isProblem' };
    case 'not-enrolled':
      return { words: t('pill.notEnrolled'), look: 'isWaiting' };
  }
}

function offlineWords(t: Translate, sync: SyncStatus, today: CalendarDate | undefined): string {
  const { offlineSince, pendingSales: count } = sync;
  if (offlineSince === null) return t('pill.offlineNever', { count });
  const time = formatRecent(offlineSince, today);
  return count === 0 ? t('pill.offlineNothing', { time }) : t('pill.offline', { time, count });
}
