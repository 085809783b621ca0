import { useRef, useState } from 'react';
import type { TillStatus } from '../../shared/contract/till-api.ts';
import styles from './app.module.css';
import { AppHeader } from './app-header.tsx';
import { AppNotice } from './app-notice.tsx';
import { AppRail } from './app-rail.tsx';
import { ApprovalDialog } from './approval-dialog.tsx';
import { useKeys } from './base/keys.ts';
import { changePreferences, type Theme, usePreferences } from './base/preferences.ts';
import { goTo, type Route, useRoute } from './base/route.ts';
import { lockCounter, useIdleLock, useSession } from './base/session.ts';
import { useTillQuery } from './base/till-queries.ts';
import { Button } from './components/button.tsx';
import { Note, ProblemNote, Skeleton } from './components/states.tsx';
import { KeySheet } from './key-sheet.tsx';
import { PrintNote } from './printing/print-note.tsx';
import { RestoredBanner } from './restored-banner.tsx';
import { HistoryScreen } from './screens/history/history-screen.tsx';
import { LockScreen } from './screens/lock/lock-screen.tsx';
import { PeopleScreen } from './screens/people/people-screen.tsx';
import { ReceiveScreen } from './screens/receive/receive-screen.tsx';
import { SellScreen } from './screens/sell/sell-screen.tsx';
import { SettingsScreen } from './screens/settings/settings-screen.tsx';
import { SetupScreen } from './screens/setup/setup-screen.tsx';
import { ShiftScreen } from './screens/shift/shift-screen.tsx';
import { StockScreen } from './screens/stock/stock-screen.tsx';
import { SyncScreen } from './screens/sync/sync-screen.tsx';
import { useText } from './text/text.ts';

const nextTheme: Readonly<Record<Theme, Theme>> = {
  system: 'light',
  light: 'dark',
  dark: 'system',
};

export function App() {
  const t = useText();
  const { language, theme, isOpeningPutOff } = usePreferences();
  const status = useTillQuery('status.get', {});
  const sync = useTillQuery('sync.status', {});
  const isSettingUp =
    status.data !== undefined &&
    needsSetup(status.data, { isOpeningPutOff, recordedEvents: sync.data?.lastSeq });
  const session = useSession();
  useIdleLock(session);
  // Without any PIN there is nothing that a lock could ask for: then it leads to where one is set.
  const lockNow = async (isSwitch: boolean) => {
    if (!(await lockCounter({ isSwitch }))) goTo('people');
  };
  const [isSheetOpen, setSheetOpen] = useState(false);
  const mainRef = useRef<HTMLElement>(null);
  useKeys({
    help: () => setSheetOpen(true),
    toSell: () => goTo('sell'),
    toReceive: () => goTo('receive'),
    toStock: () => goTo('stock'),
    toHistory: () => goTo('history'),
    toSync: () => goTo('sync'),
    toSettings: () => goTo('settings'),
    toPeople: () => goTo('people'),
    toShift: () => goTo('shift'),
    lock: () => void lockNow(false),
    switchPerson: () => void lockNow(true),
    language: () => changePreferences({ language: language === 'vi' ? 'en' : 'vi' }),
    theme: () => changePreferences({ theme: nextTheme[theme] }),
  });
  return (
    <div className={styles['app']}>
      <button type="button" className={styles['skip']} onClick={() => mainRef.current?.focus()}>
        {t('app.skip')}
      </button>
      <AppHeader />
      <AppRail isSetUp={!isSettingUp} />
      <div className={styles['column']}>
        <Banners status={status} />
        <main ref={mainRef} tabIndex={-1} className={styles['main']}>
          <Screen status={status} isSettingUp={isSettingUp} />
        </main>
      </div>
      <AppNotice />
      <ApprovalDialog />
      {session?.state === 'locked' && <LockScreen session={session} />}
      {isSheetOpen && <KeySheet onClose={() => setSheetOpen(false)} />}
    </div>
  );
}

type StatusQuery = ReturnType<typeof useTillQuery<'status.get'>>;

function Banners({ status }: { readonly status: StatusQuery }) {
  const t = useText();
  const fault = status.data?.fault;
  return (
    <div className={styles['banners']}>
      {status.error?.problem.type === 'TillUnreachable' && (
        <Note kind="warning" icon="offline" role="alert">
          <strong>{t('app.unreachable.title')}</strong>
          <span>{t('app.unreachable.body')}</span>
        </Note>
      )}
      {typeof fault === 'string' && (
        <Note
          kind="danger"
          role="alert"
          actions={
            isDamage(fault) && (
              <Button onPress={() => goTo('setup', { step: 'restore' })}>
                {t('restore.open')}
              </Button>
            )
          }
        >
          <strong>{t('app.fault.title')}</strong>
          <span>{t('app.fault.body')}</span>
          <small>{t('app.code', { code: fault })}</small>
        </Note>
      )}
      {status.data !== undefined && <RestoredBanner status={status.data} />}
      {status.data?.facility != null && <PrintNote />}
    </div>
  );
}

/** Books that no restart will mend: a backup may take their place. */
function isDamage(fault: string): boolean {
  return fault === 'database-damaged' || fault === 'journal-damaged';
}

function Screen({
  status,
  isSettingUp,
}: {
  readonly status: StatusQuery;
  readonly isSettingUp: boolean;
}) {
  const route = useRoute();
  if (status.data === undefined) {
    return status.error === null ? (
      <Skeleton />
    ) : (
      <ProblemNote problem={status.error.problem} onRetry={() => void status.refetch()} />
    );
  }
  if (isSettingUp || route.screen === 'setup') {
    return <SetupScreen status={status.data} />;
  }
  return <ScreenOf route={route} />;
}

function ScreenOf({ route }: { readonly route: Route }) {
  switch (route.screen) {
    case 'receive':
      return <ReceiveScreen />;
    case 'stock':
      return <StockScreen query={route.query} />;
    case 'history':
      return <HistoryScreen query={route.query} />;
    case 'sync':
      return <SyncScreen />;
    case 'people':
      return <PeopleScreen query={route.query} />;
    case 'shift':
      return <ShiftScreen />;
    case 'settings':
      return <SettingsScreen />;
    default:
      return <SellScreen />;
  }
}

/**
 * A till without a facility cannot sell. An enrolled one is led to its opening stock until it has
 * recorded anything at all; one with a fault is shown its banner, not a set-up.
 */
function needsSetup(
  status: TillStatus,
  {
    isOpeningPutOff,
    recordedEvents,
  }: { readonly isOpeningPutOff: boolean; readonly recordedEvents: number | undefined },
): boolean {
  if (status.fault !== null) return false;
  if (status.facility === null) return true;
  return recordedEvents === 0 && !isOpeningPutOff;
}
