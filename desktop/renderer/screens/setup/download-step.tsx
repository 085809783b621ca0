import type { SyncStatus } from '../../../../shared/contract/till-api.ts';
import { useKeys } from '../../base/keys.ts';
import { goTo } from '../../base/route.ts';
import { useTillCommand } from '../../base/till-queries.ts';
import { Button } from '../../components/button.tsx';
import { classNames } from '../../components/class-names.ts';
import { Note } from '../../components/states.tsx';
import { lineCode } from '../../text/support-code.ts';
import { useText } from '../../text/text.ts';
import styles from './setup.module.css';

/** The catalogue on its way; it goes on by itself, whether or not somebody looks. */
export function DownloadStep({ sync }: { readonly sync: SyncStatus | undefined }) {
  const t = useText();
  const syncNow = useTillCommand('sync.now');
  const count = sync?.catalogueDrugs ?? 0;
  const isReady = count > 0;
  const isOffline = !isReady && sync?.state === 'offline';
  const isCentreEmpty = !isReady && !isOffline && (sync?.cataloguePosition ?? 0) > 0;
  const next = () => goTo('setup', { step: 'opening' });
  const retry = () => {
    if (!syncNow.isRunning) void syncNow.run({});
  };
  useKeys({ finish: isReady ? next : retry });
  return (
    <>
      <div className={styles['intro']}>
        <h1>{isReady ? t('setup.download.doneTitle') : t('setup.download.title')}</h1>
        <p>{t('setup.download.body')}</p>
      </div>
      <div className={styles['progress']}>
        <div className={styles['bar']}>
          <span className={classNames((isReady || isCentreEmpty) && styles['isFull'])} />
        </div>
        <strong role="status">
          {isReady
            ? t('setup.download.done', { count })
            : isCentreEmpty
              ? t('setup.download.emptyCatalogue')
              : t('setup.download.count', { count })}
        </strong>
        {isOffline && (
          <Note
            kind="warning"
            icon="offline"
            role="alert"
            actions={<Button onPress={retry}>{t('app.retry')}</Button>}
          >
            <span>{t('setup.download.offline')}</span>
            {sync?.lastFailure != null && (
              <small>{t('app.code', { code: lineCode(sync.lastFailure) })}</small>
            )}
          </Note>
        )}
        {(isReady || isCentreEmpty) && (
          <Button look="primary" isLarge keyShown="F9" onPress={next}>
            {t('setup.continue')}
          </Button>
        )}
      </div>
    </>
  );
}
