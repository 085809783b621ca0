import type { TillStatus } from '../../shared/contract/till-api.ts';
import { formatMoment } from './base/format.ts';
import { useTillCommand, useTillQuery } from './base/till-queries.ts';
import { Button } from './components/button.tsx';
import { Note } from './components/states.tsx';
import { lineCode } from './text/support-code.ts';
import { useText } from './text/text.ts';

/** Why a till with older books does not sell yet, and what to do. */
export function RestoredBanner({ status }: { readonly status: TillStatus }) {
  const t = useText();
  const sync = useTillQuery('sync.status', {}).data;
  const syncNow = useTillCommand('sync.now');
  const { restored } = status;
  if (restored === null || restored.caughtUpAt !== null) return null;
  const problem = sync?.problem?.type;
  const mustGiveUp = problem === 'fork' || problem === 'revoked' || problem === 'unknown-till';
  const time = restored.lastEventAt === null ? '–' : formatMoment(restored.lastEventAt);
  return (
    <Note
      kind={mustGiveUp ? 'danger' : 'warning'}
      role="alert"
      actions={
        <Button
          blockedBecause={syncNow.isRunning ? '' : undefined}
          onPress={() => void syncNow.run({})}
        >
          {syncNow.isRunning ? t('sync.syncing') : t('app.retry')}
        </Button>
      }
    >
      <strong>{t('restored.waiting.title')}</strong>
      <span>
        {problem === 'fork'
          ? t('restored.waiting.fork')
          : mustGiveUp
            ? t('restored.waiting.revoked')
            : t(waitingWords(restored.file === null, sync?.state === 'offline'), { time })}
      </span>
      {sync?.lastFailure != null && (
        <small>{t('app.code', { code: lineCode(sync.lastFailure) })}</small>
      )}
    </Note>
  );
}

/** Put back from a backup, or found to be an older copy of its own disk. */
function waitingWords(isOlderCopy: boolean, isOffline: boolean) {
  if (isOlderCopy) return isOffline ? 'restored.older.offline' : 'restored.older.waiting';
  return isOffline ? 'restored.waiting.offline' : 'restored.waiting.body';
}
