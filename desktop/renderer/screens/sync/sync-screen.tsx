import type { SyncStatus } from '../../../../shared/contract/till-api.ts';
import type { CalendarDate } from '../../../../shared/model/calendar.ts';
import { formatRecent } from '../../base/format.ts';
import { useKeys } from '../../base/keys.ts';
import { hrefOf } from '../../base/route.ts';
import { useTillCommand, useTillQuery } from '../../base/till-queries.ts';
import { Button, ButtonLink } from '../../components/button.tsx';
import { classNames } from '../../components/class-names.ts';
import { Icon, type IconName } from '../../components/icon.tsx';
import { Card, Page } from '../../components/page.tsx';
import { ProblemNote, Skeleton } from '../../components/states.tsx';
import { lineCode, lineKey, problemSupportCode } from '../../text/support-code.ts';
import { type Translate, useText } from '../../text/text.ts';
import { AgreementPart } from './agreement-part.tsx';
import { AskedPart } from './asked-part.tsx';
import { BackupPart } from './backup-part.tsx';
import { CarryPart } from './carry-part.tsx';
import { InspectionPart } from './inspection-part.tsx';
import { PutAside } from './put-aside.tsx';
import { RebuildPart } from './rebuild-part.tsx';
import { RecoveredPart } from './recovered-part.tsx';
import { RestoredPart } from './restored-part.tsx';
import styles from './sync.module.css';
import { SyncFacts } from './sync-facts.tsx';

/** The pill's page: the same truth in whole sentences, what waits, and whether both sides agree. */
export function SyncScreen() {
  const t = useText();
  const sync = useTillQuery('sync.status', {});
  const status = useTillQuery('status.get', {});
  const syncNow = useTillCommand('sync.now');
  const restored = status.data?.restored ?? null;
  const isClosed = restored !== null && restored.caughtUpAt === null;
  const run = () => {
    if (!syncNow.isRunning) void syncNow.run({});
  };
  useKeys({ finish: run });
  return (
    <Page title={t('sync.title')}>
      {sync.error !== null && (
        <ProblemNote problem={sync.error.problem} onRetry={() => void sync.refetch()} />
      )}
      {syncNow.problem !== null && <ProblemNote problem={syncNow.problem} onRetry={run} />}
      <Card>
        {sync.data === undefined ? (
          <Skeleton rows={3} />
        ) : (
          <>
            <Hero
              sync={sync.data}
              today={status.data?.today}
              isClosed={isClosed}
              fault={status.data?.fault ?? null}
              isRunning={syncNow.isRunning}
              onSyncNow={run}
            />
            <SyncFacts sync={sync.data} today={status.data?.today} />
          </>
        )}
      </Card>
      <PutAside problem={sync.data?.problem ?? null} />
      <AskedPart />
      <div className={styles['columns']}>
        <div className={styles['column']}>
          <RecoveredPart />
          <RestoredPart />
          <AgreementPart />
          <CarryPart />
          <InspectionPart />
        </div>
        <div className={styles['column']}>
          <BackupPart />
          <RebuildPart />
        </div>
      </div>
    </Page>
  );
}

function Hero({
  sync,
  today,
  isClosed,
  fault,
  isRunning,
  onSyncNow,
}: {
  readonly sync: SyncStatus;
  readonly today: CalendarDate | undefined;
  /** Put back from a backup and not caught up: nothing is sold, whatever the problem is. */
  readonly isClosed: boolean;
  /** Why nothing is recorded, whatever the line does. */
  readonly fault: string | null;
  readonly isRunning: boolean;
  readonly onSyncNow: () => void;
}) {
  const t = useText();
  const { icon, look, title, body } = heroOf(t, sync, { today, isClosed, fault });
  return (
    <div className={styles['hero']}>
      <span className={classNames(styles['heroIcon'], styles[look])}>
        <Icon name={icon} size={28} />
      </span>
      <div role="status">
        <h2>{title}</h2>
        <p>{body}</p>
        {sync.problem !== null && (
          <small>{t('app.code', { code: problemSupportCode(sync.problem) })}</small>
        )}
        {sync.lastFailure !== null && sync.state !== 'agreed' && (
          <>
            <p>{t(lineKey(sync.lastFailure))}</p>
            <small>{t('app.code', { code: lineCode(sync.lastFailure) })}</small>
          </>
        )}
      </div>
      {sync.state === 'not-enrolled' ? (
        <ButtonLink look="primary" href={hrefOf('setup')}>
          {t('setup.enrol.run')}
        </ButtonLink>
      ) : (
        <Button
          look="primary"
          icon="sync"
          keyShown="F9"
          isLarge
          blockedBecause={isRunning ? '' : undefined}
          onPress={onSyncNow}
        >
          {isRunning ? t('sync.syncing') : t('sync.now')}
        </Button>
      )}
    </div>
  );
}

type HeroWords = {
  readonly icon: IconName;
  readonly look: 'good' | 'offline' | 'problem' | 'plain';
  readonly title: string;
  readonly body: string;
};

function heroOf(
  t: Translate,
  sync: SyncStatus,
  {
    today,
    isClosed,
    fault,
  }: {
    readonly today: CalendarDate | undefined;
    readonly isClosed: boolean;
    readonly fault: string | null;
  },
): HeroWords {
  const count = sync.pendingEvents;
  // No other sentence of this page may say that selling goes on.
  if (fault !== null) {
    const [title, body] = [t('app.fault.title'), t('app.fault.body')];
    return { icon: 'warning', look: 'problem', title, body };
  }
  if (isClosed && sync.state !== 'problem') {
    const [title, body] = [t('restored.waiting.title'), t('problem.NotCaughtUp')];
    return { icon: 'warning', look: 'problem', title, body };
  }
  switch (sync.state) {
    case 'agreed': {
      const time = sync.agreedAt === null ? '' : formatRecent(sync.agreedAt, today);
      const body = t('sync.agreed.body', { time, count: sync.agreedEvents });
      return { icon: 'check', look: 'good', title: t('sync.agreed.title'), body };
    }
    case 'waiting':
      return count === 0
        ? {
            icon: 'check',
            look: 'plain',
            title: t('sync.connected.title'),
            body: t('sync.connected.body'),
          }
        : {
            icon: 'sync',
            look: 'plain',
            title: t('sync.waiting.title'),
            body: t('sync.waiting.body', { count }),
          };
    case 'offline': {
      const body = count === 0 ? t('sync.offline.bodyNothing') : t('sync.offline.body', { count });
      return { icon: 'offline', look: 'offline', title: t('sync.offline.title'), body };
    }
    case 'problem': {
      const body = sync.problem === null ? '' : problemBody(t, sync.problem.type, isClosed);
      return { icon: 'warning', look: 'problem', title: t('sync.problem.title'), body };
    }
    case 'not-enrolled': {
      const body = t('sync.notEnrolled.body');
      return { icon: 'sync', look: 'plain', title: t('sync.notEnrolled.title'), body };
    }
  }
}

/** Other problems stop no sale; these two keep restored books closed for ever. */
function problemBody(
  t: Translate,
  type: NonNullable<SyncStatus['problem']>['type'],
  isClosed: boolean,
): string {
  if (isClosed && type === 'fork') return t('restored.waiting.fork');
  if (isClosed && type === 'revoked') return t('restored.waiting.revoked');
  return t(`syncProblem.${type}`);
}
