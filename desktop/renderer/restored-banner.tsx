import type { TillStatus } from '../../shared/contract/till-api.ts';
import { formatMoment } from './base/format.ts';
import { useTillCommand, useTillQuery } from './base/till-queries.ts';
import { Button } from './components/button.tsx';
import { Note } from './components/states.tsx';
import { useText } from './text/text.ts';

/** Why a till that was put back from a backup does not sell yet, and what to do. */
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
            : sync?.state === 'offline'
              ? t('restored.waiting.offline', { time })
              : t('restored.waiting.body', { time })}
      </span>
      {sync?.lastFailure != null && <small>{t('app.code', { code: sync.lastFailure })}</small>}
    </Note>
  );
}
