import { useRef, useState } from 'react';
import { goTo } from '../../base/route.ts';
import { queryClient, useTillCommand } from '../../base/till-queries.ts';
import { Button } from '../../components/button.tsx';
import { Field } from '../../components/field.tsx';
import { ProblemNote } from '../../components/states.tsx';
import { useText } from '../../text/text.ts';
import styles from './setup.module.css';

/** The same code may be sent again after a lost answer: the centre repeats its first answer. */
export function EnrolStep({ formerCentreUrl }: { readonly formerCentreUrl: string | null }) {
  const t = useText();
  const codeRef = useRef<HTMLInputElement>(null);
  const addressRef = useRef<HTMLInputElement>(null);
  const isAgain = formerCentreUrl !== null;
  const form = useEnrolment(formerCentreUrl ?? '', (missing) => {
    (missing === 'code' ? codeRef : addressRef).current?.focus();
  });
  const { code, address, enrol, isTried } = form;
  return (
    <>
      <div className={styles['intro']}>
        <h1>{t(isAgain ? 'setup.enrol.againTitle' : 'setup.enrol.title')}</h1>
        <p>{t(isAgain ? 'setup.enrol.againBody' : 'setup.enrol.body')}</p>
      </div>
      <form
        className={styles['form']}
        onSubmit={(event) => {
          event.preventDefault();
          void form.run();
        }}
      >
        <Field
          label={t('setup.enrol.code')}
          hint={t('setup.enrol.codeHint')}
          value={code}
          inputRef={codeRef}
          isLarge
          isFocusedFirst
          maxLength={40}
          problem={isTried && code.trim() === '' ? t('setup.enrol.codeMissing') : undefined}
          onChange={form.setCode}
        />
        <Field
          label={t('setup.enrol.centre')}
          hint={t('setup.enrol.centreHint')}
          value={address}
          inputRef={addressRef}
          isLarge
          inputMode="url"
          maxLength={300}
          problem={
            isTried && addressOf(address) === undefined ? t('setup.enrol.centreBad') : undefined
          }
          onChange={form.setAddress}
        />
        {enrol.problem !== null && <ProblemNote problem={enrol.problem} />}
        <Button
          look="primary"
          isLarge
          isWide
          isSubmit
          keyShown="Enter"
          blockedBecause={enrol.isRunning ? '' : undefined}
        >
          {enrol.isRunning ? t('setup.enrol.running') : t('setup.enrol.run')}
        </Button>
      </form>
      <div className={styles['otherWay']}>
        <p>{t('setup.enrol.hasBackup')}</p>
        <Button onPress={() => goTo('setup', { step: 'restore' })}>{t('restore.open')}</Button>
      </div>
    </>
  );
}

function useEnrolment(formerCentreUrl: string, onMissing: (missing: 'code' | 'address') => void) {
  const enrol = useTillCommand('setup.enrol');
  const [code, setCode] = useState('');
  const [address, setAddress] = useState(formerCentreUrl);
  const [isTried, setTried] = useState(false);
  const run = async () => {
    setTried(true);
    if (enrol.isRunning) return;
    const centreUrl = addressOf(address);
    if (code.trim() === '') return onMissing('code');
    if (centreUrl === undefined) return onMissing('address');
    const reply = await enrol.run({ centreUrl, code: code.trim() });
    if (!reply.ok) return;
    goTo('setup', { step: 'download' });
    await queryClient.invalidateQueries();
  };
  const setUpperCode = (typed: string) => setCode(typed.toUpperCase());
  return { code, address, isTried, enrol, run, setCode: setUpperCode, setAddress };
}

/** A bare name is taken as https, as browsers do; undefined when it is no address. */
function addressOf(typed: string): string | undefined {
  const text = typed.trim();
  if (text === '' || /\s/.test(text)) return undefined;
  try {
    const url = new URL(/^[a-z]+:\/\//i.test(text) ? text : `https://${text}`);
    return /^https?:$/.test(url.protocol) ? url.href : undefined;
  } catch {
    return undefined;
  }
}
