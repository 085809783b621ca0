import { Button, PasswordInput, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { type SyntheticEvent, useEffect, useState } from 'react';
import { limits } from '../../../shared/base/limits.ts';
import type { Account } from '../../../shared/contract/console-api.ts';
import { type CallFailed, call } from '../client.ts';
import { Icon } from '../components/icon.tsx';
import { time } from '../format.ts';
import { useSessionChanges } from '../session.tsx';
import { BrandMark } from '../shell.tsx';
import { languages, useLanguage, useText } from '../text/language.tsx';
import type { Texts } from '../text/vi.ts';
import './sign-in-page.css';

/** Stands in place of the page that was asked for, and gives way to it. */
export function SignInPage() {
  const { language, text, changeLanguage } = useLanguage();
  const nextLanguage = languages.find((other) => other !== language) ?? language;
  useEffect(() => {
    document.title = `${text.signIn.title} · ${text.app.name}`;
  }, [text]);
  return (
    <main className="sign-in">
      <div className="sign-in-box">
        <div className="sign-in-brand">
          <BrandMark />
          <div>
            <p className="brand-name">
              <strong>{text.app.name}</strong>
            </p>
            <p className="brand-role">{text.app.console}</p>
          </div>
        </div>
        <h1>{text.signIn.title}</h1>
        <p className="soft">{text.signIn.lead}</p>
        <SignInForm />
        <p className="sign-in-foot">
          <span className="faint small">{text.signIn.help}</span>
          <button
            type="button"
            className="tool-button"
            lang={nextLanguage}
            onClick={() => changeLanguage(nextLanguage)}
          >
            <Icon name="language" size={14} />
            {text.shell.changeLanguage}
          </button>
        </p>
      </div>
    </main>
  );
}

function SignInForm() {
  const text = useText();
  const { signedIn } = useSessionChanges();
  const [name, setName] = useState('');
  const [password, setPassword] = useState('');
  const [tryAgainAtMs, setTryAgainAtMs] = useState(0);
  const signIn = useMutation<Account, CallFailed>({
    mutationFn: () => call('signIn', { body: { name, password } }),
    onSuccess: signedIn,
    onError: (failure) => {
      setPassword('');
      setTryAgainAtMs(
        Date.now() + (failure.retryAfterSeconds ?? limits.lockoutMinutes * 60) * 1000,
      );
    },
  });
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    signIn.mutate();
  };
  return (
    <form onSubmit={submit} className="sign-in-form">
      <TextInput
        label={text.signIn.name}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
        autoComplete="username"
        autoCapitalize="none"
        spellCheck={false}
        autoFocus
        required
        withAsterisk={false}
        maxLength={100}
        size="md"
      />
      <PasswordInput
        label={text.signIn.password}
        value={password}
        onChange={(event) => setPassword(event.currentTarget.value)}
        autoComplete="current-password"
        required
        withAsterisk={false}
        maxLength={limits.passwordLengthMax}
        size="md"
        visibilityToggleButtonProps={{ 'aria-label': text.signIn.showPassword }}
      />
      {signIn.error === null ? null : (
        <p className="sign-in-failure" role="alert">
          {failureSentence(signIn.error, tryAgainAtMs, text)}
        </p>
      )}
      <Button type="submit" size="md" loading={signIn.isPending} fullWidth>
        {text.signIn.submit}
      </Button>
    </form>
  );
}

/** Wrong and locked are told apart: after a lockout, trying again at once only frustrates. */
function failureSentence(failure: CallFailed, tryAgainAtMs: number, text: Texts): string {
  return failure.type === 'locked-out' || failure.type === 'too-many-requests'
    ? text.signIn.lockedUntil(time(new Date(tryAgainAtMs).toISOString()))
    : text.failures[failure.type];
}
