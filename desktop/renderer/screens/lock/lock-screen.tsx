import { useEffect, useId, useRef } from 'react';
import type { Session } from '../../../../shared/contract/till-session-api.ts';
import { AppMark } from '../../app-mark.tsx';
import { useKeys } from '../../base/keys.ts';
import { takeSession } from '../../base/session.ts';
import { callTill } from '../../base/till-client.ts';
import { useTillQuery } from '../../base/till-queries.ts';
import { PinForm } from '../../components/pin-form.tsx';
import { useText } from '../../text/text.ts';
import styles from './lock-screen.module.css';

/** Covers everything until somebody enters a PIN; what was being done stays underneath. */
export function LockScreen({ session }: { readonly session: Session }) {
  const t = useText();
  const titleId = useId();
  const ref = useRef<HTMLDialogElement>(null);
  const status = useTillQuery('status.get', {});
  useKeys({}, { isModal: true });
  useEffect(() => {
    const dialog = ref.current;
    dialog?.showModal();
    dialog?.querySelector('input')?.focus();
    return () => dialog?.close();
  }, []);
  return (
    <dialog
      ref={ref}
      className={styles['lock']}
      aria-labelledby={titleId}
      onCancel={(event) => event.preventDefault()}
    >
      <div className={styles['box']}>
        <header>
          <AppMark />
          <div>
            <h1 id={titleId}>{t('people.lock.title')}</h1>
            <p>{status.data?.facility?.name ?? t('app.name')}</p>
          </div>
        </header>
        <PinForm
          people={session.people}
          suggested={session.suggestedStaffId}
          action={t('people.lock.run')}
          onPin={async (entered) => {
            const reply = await callTill('session.signIn', entered);
            if (!reply.ok) return reply.error;
            takeSession(reply.value);
            return undefined;
          }}
        >
          <p className={styles['hint']}>{t('people.lock.hint')}</p>
        </PinForm>
      </div>
    </dialog>
  );
}
