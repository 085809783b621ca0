import styles from './app.module.css';
import { AppMark } from './app-mark.tsx';
import { AppPerson } from './app-person.tsx';
import { hrefOf } from './base/route.ts';
import { useTillQuery } from './base/till-queries.ts';
import { classNames } from './components/class-names.ts';
import { Icon } from './components/icon.tsx';
import { provinceBeside } from './province-beside.ts';
import { StatusPill } from './status-pill.tsx';
import { useText } from './text/text.ts';

const toExpiring = hrefOf('stock', { view: 'expiring' });

/** Who this is, whether it is heard, and what soon goes out of date: always in sight. */
export function AppHeader() {
  const t = useText();
  const status = useTillQuery('status.get', {});
  const { facility, expiringLots = 0, expiredLots = 0 } = status.data ?? {};
  const besideName = facility ? provinceBeside(facility) : status.data && t('app.newFacility');
  return (
    <header className={styles['header']}>
      <span className={styles['mark']}>
        <AppMark />
      </span>
      <p className={styles['facility']}>
        <strong>{facility?.name ?? t('app.name')}</strong>
        {besideName !== undefined && <span>{besideName}</span>}
      </p>
      <StatusPill />
      {expiredLots > 0 && (
        <a className={classNames(styles['expiring'], styles['isProblem'])} href={toExpiring}>
          <Icon name="warning" size={17} />
          <span data-count={expiredLots}>{t('app.expired', { count: expiredLots })}</span>
        </a>
      )}
      {expiringLots > 0 && (
        <a className={styles['expiring']} href={toExpiring}>
          <Icon name="hourglass" size={17} />
          <span data-count={expiringLots}>{t('app.expiring', { count: expiringLots })}</span>
        </a>
      )}
      <AppPerson />
    </header>
  );
}
