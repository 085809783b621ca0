import { type ReactNode, useEffect, useId, useRef } from 'react';
import { useKeys } from '../base/keys.ts';
import { useText } from '../text/text.ts';
import { Button } from './button.tsx';
import { classNames } from './class-names.ts';
import styles from './dialog.module.css';

/** A modal box: focus stays inside, Esc and the button close it, keys behind it rest. */
export function Dialog({
  title,
  children,
  onClose,
  onFinish,
  onTransfer,
  isBroad = false,
}: {
  readonly title: string;
  readonly children: ReactNode;
  readonly onClose: () => void;
  /** What F9 does in here. */
  readonly onFinish?: () => void;
  /** What F10 does in here. */
  readonly onTransfer?: (() => void) | undefined;
  readonly isBroad?: boolean;
}) {
  const t = useText();
  const titleId = useId();
  const ref = useRef<HTMLDialogElement>(null);
  useKeys(
    {
      escape: onClose,
      ...(onFinish && { finish: onFinish }),
      ...(onTransfer && { transfer: onTransfer }),
    },
    { isModal: true },
  );
  useEffect(() => {
    const dialog = ref.current;
    const opener = document.activeElement;
    dialog?.showModal();
    dialog?.querySelector<HTMLElement>('[data-first], input')?.focus();
    return () => {
      dialog?.close();
      if (opener instanceof HTMLElement) opener.focus();
    };
  }, []);
  return (
    <dialog
      ref={ref}
      className={classNames(styles['dialog'], isBroad && styles['isBroad'])}
      aria-labelledby={titleId}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
    >
      <header className={styles['head']}>
        <h2 id={titleId}>{title}</h2>
        <Button look="quiet" icon="close" keyShown="Esc" onPress={onClose}>
          {t('app.close')}
        </Button>
      </header>
      <div className={styles['body']}>{children}</div>
    </dialog>
  );
}
