import { type ReactNode, useId } from 'react';
import styles from './button.module.css';
import { classNames } from './class-names.ts';
import { Icon, type IconName } from './icon.tsx';

type Look = 'primary' | 'plain' | 'quiet' | 'danger';

/**
 * Every action's visible side: at least 40 px high. A button that cannot act now stays reachable
 * and says why in words beside it.
 */
export function Button({
  children,
  onPress,
  look = 'plain',
  icon,
  keyShown,
  blockedBecause,
  label,
  isLarge = false,
  isWide = false,
  isSubmit = false,
}: {
  readonly children: ReactNode;
  readonly onPress?: () => void;
  readonly look?: Look;
  readonly icon?: IconName;
  readonly keyShown?: string;
  readonly blockedBecause?: string | undefined;
  /** Spoken name, where the visible words alone say too little. */
  readonly label?: string;
  readonly isLarge?: boolean;
  readonly isWide?: boolean;
  readonly isSubmit?: boolean;
}) {
  const reasonId = useId();
  const isBlocked = blockedBecause !== undefined;
  const hasReason = isBlocked && blockedBecause !== '';
  return (
    <span className={classNames(styles['wrap'], isWide && styles['isWide'])}>
      <button
        type={isSubmit ? 'submit' : 'button'}
        className={classNames(styles['button'], styles[look], isLarge && styles['isLarge'])}
        aria-disabled={isBlocked || undefined}
        aria-describedby={hasReason ? reasonId : undefined}
        aria-label={label}
        onClick={(event) => {
          if (isBlocked) event.preventDefault();
          else onPress?.();
        }}
      >
        {icon !== undefined && <Icon name={icon} />}
        {children}
        {keyShown !== undefined && <Kbd>{keyShown}</Kbd>}
      </button>
      {hasReason && (
        <span id={reasonId} className={styles['reason']}>
          {blockedBecause}
        </span>
      )}
    </span>
  );
}

/** How a key is written; decoration for the eye, so it stays out of spoken names. */
export function Kbd({ children }: { readonly children: ReactNode }) {
  return (
    <span aria-hidden="true" className={styles['kbd']}>
      {children}
    </span>
  );
}

/** A link that looks like a button: for going to another screen. */
export function ButtonLink({
  href,
  children,
  look = 'plain',
}: {
  readonly href: string;
  readonly children: ReactNode;
  readonly look?: Look;
}) {
  return (
    <a href={href} className={classNames(styles['button'], styles[look])}>
      {children}
    </a>
  );
}
