import type { ReactNode } from 'react';
import type { TillProblem } from '../../../shared/contract/till-api.ts';
import {
  type DrugNaming,
  plainNaming,
  problemCode,
  problemSentence,
} from '../text/problem-text.ts';
import { useText } from '../text/text.ts';
import { Button } from './button.tsx';
import { classNames } from './class-names.ts';
import { Icon, type IconName } from './icon.tsx';
import styles from './states.module.css';

/** What an empty list says: what it means and what to do now. */
export function BlankSlate({
  icon,
  title,
  body,
  children,
}: {
  readonly icon: IconName;
  readonly title: string;
  readonly body: string;
  readonly children?: ReactNode;
}) {
  return (
    <div className={styles['blank']}>
      <span className={styles['blankIcon']}>
        <Icon name={icon} size={26} />
      </span>
      <h2>{title}</h2>
      <p>{body}</p>
      {children !== undefined && <div className={styles['actions']}>{children}</div>}
    </div>
  );
}

/** The outline of a list that is on its way. */
export function Skeleton({ rows = 6 }: { readonly rows?: number }) {
  const t = useText();
  return (
    <div role="status" aria-label={t('app.loading')} className={styles['skeleton']}>
      {Array.from({ length: rows }, (_, row) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the rows are alike and never move.
        <div key={row} className={styles['bone']}>
          <span />
          <span />
          <span />
        </div>
      ))}
    </div>
  );
}

/** A sentence with weight: good news, a warning, a problem. */
export function Note({
  kind,
  icon,
  children,
  actions,
  role,
}: {
  readonly kind: 'good' | 'warning' | 'danger';
  readonly icon?: IconName;
  readonly children: ReactNode;
  readonly actions?: ReactNode;
  readonly role?: 'alert' | 'status';
}) {
  return (
    <div className={classNames(styles['note'], styles[kind])} role={role}>
      <Icon name={icon ?? (kind === 'good' ? 'check' : 'warning')} />
      <div className={styles['noteBody']}>{children}</div>
      {actions !== undefined && <div className={styles['noteActions']}>{actions}</div>}
    </div>
  );
}

/** Any "no" of the till as a sentence, with the code for support in small print. */
export function ProblemNote({
  problem,
  naming = plainNaming,
  onRetry,
}: {
  readonly problem: TillProblem;
  readonly naming?: DrugNaming;
  readonly onRetry?: () => void;
}) {
  const t = useText();
  return (
    <Note
      kind="danger"
      role="alert"
      actions={onRetry && <Button onPress={onRetry}>{t('app.retry')}</Button>}
    >
      <span>{problemSentence(t, problem, naming)}</span>
      <small>{t('app.code', { code: problemCode(problem) })}</small>
    </Note>
  );
}
