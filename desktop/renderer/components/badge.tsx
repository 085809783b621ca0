import type { ReactNode } from 'react';
import { useText } from '../text/text.ts';
import styles from './badge.module.css';
import { classNames } from './class-names.ts';

export function Badge({
  children,
  kind,
}: {
  readonly children: ReactNode;
  readonly kind?: 'good' | 'warning' | 'danger';
}) {
  return (
    <span className={classNames(styles['badge'], kind !== undefined && styles[kind])}>
      {children}
    </span>
  );
}

/** ℞: needs a prescription. */
export function PrescriptionMark() {
  const t = useText();
  return (
    <span className={classNames(styles['badge'], styles['rx'])} title={t('sell.prescription')}>
      <span aria-hidden="true">℞</span>
      <span className="spoken">{t('sell.prescription')}</span>
    </span>
  );
}
