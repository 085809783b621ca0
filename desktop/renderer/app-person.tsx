import styles from './app.module.css';
import { hrefOf } from './base/route.ts';
import { useSession } from './base/session.ts';
import { classNames } from './components/class-names.ts';
import { Icon } from './components/icon.tsx';
import { useText } from './text/text.ts';

/** Who acts here, and which pharmacist is on duty: always in sight. */
export function AppPerson() {
  const t = useText();
  const session = useSession();
  if (session === undefined || session.people.length === 0) return null;
  const { staff, people, state } = session;
  const onDuty = people.filter(({ role, isOnDuty }) => isOnDuty && role.startsWith('pharmacist'));
  const others = onDuty.filter(({ staffId }) => staffId !== staff?.staffId);
  const isAlone = onDuty.length > 0 && others.length === 0;
  const names = others.map(({ name }) => name).join(', ');
  return (
    <a className={styles['staff']} href={hrefOf('people')}>
      <Icon name={state === 'locked' ? 'lock' : 'people'} size={17} />
      <span>
        <strong>{staff?.name ?? t('people.locked')}</strong>
        <small className={classNames(onDuty.length === 0 && styles['isMissing'])}>
          {onDuty.length === 0 && t('people.nobodyOnDuty')}
          {isAlone && t('people.selfOnDuty')}
          {others.length > 0 && t('people.onDutyNow', { names })}
        </small>
      </span>
    </a>
  );
}
