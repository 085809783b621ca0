import { type KeyboardEvent, type ReactNode, useEffect, useId, useRef, useState } from 'react';
import type { TillProblem } from '../../../shared/contract/till-api.ts';
import type { SessionMember } from '../../../shared/contract/till-session-api.ts';
import { plainNaming, problemSentence } from '../text/problem-text.ts';
import { useText } from '../text/text.ts';
import { Button } from './button.tsx';
import { Icon } from './icon.tsx';
import styles from './pin-form.module.css';

/**
 * Who, and their PIN: the up and down keys choose the person while the cursor stays in the box, so
 * that the digits and Enter are all there is to type.
 */
export function PinForm({
  people,
  suggested,
  action,
  onPin,
  children,
}: {
  readonly people: readonly SessionMember[];
  readonly suggested: string | null;
  readonly action: string;
  /** @returns what was wrong, or undefined. */
  readonly onPin: (entered: { staffId: string; pin: string }) => Promise<TillProblem | undefined>;
  readonly children?: ReactNode;
}) {
  const t = useText();
  const [chosen, setChosen] = useState(suggested);
  const [pin, setPin] = useState('');
  const [problem, setProblem] = useState<TillProblem>();
  const [isRunning, setRunning] = useState(false);
  const waitMs = useWait(problem);
  const id = useId();
  const ref = useRef<HTMLInputElement>(null);
  useEffect(() => ref.current?.focus(), []);
  const able = people.filter(({ hasPin }) => hasPin);
  const person = able.find(({ staffId }) => staffId === chosen) ?? able[0];
  const choose = (staffId: string) => {
    setChosen(staffId);
    setPin('');
    setProblem(undefined);
    ref.current?.focus();
  };
  const step = (event: KeyboardEvent) => {
    const by = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (by === 0 || person === undefined) return;
    event.preventDefault();
    const next = able.at((able.indexOf(person) + by) % able.length);
    if (next !== undefined) choose(next.staffId);
  };
  const enter = async () => {
    if (person === undefined || pin === '' || isRunning || waitMs > 0) return;
    setRunning(true);
    const wrong = await onPin({ staffId: person.staffId, pin });
    setRunning(false);
    setPin('');
    setProblem(wrong);
    ref.current?.focus();
  };
  const shown = waitMs > 0 && problem?.type === 'WrongPin' ? { ...problem, waitMs } : problem;
  return (
    <form
      className={styles['form']}
      onSubmit={(event) => {
        event.preventDefault();
        void enter();
      }}
    >
      <ul className={styles['people']}>
        {people.map((member) => (
          <li key={member.staffId}>
            <button
              type="button"
              aria-pressed={member.staffId === person?.staffId}
              aria-disabled={!member.hasPin || undefined}
              onClick={() => member.hasPin && choose(member.staffId)}
            >
              <Icon name="people" size={18} />
              <strong>{member.name}</strong>
              <span>{member.hasPin ? t(`role.${member.role}`) : t('people.noPin')}</span>
            </button>
          </li>
        ))}
      </ul>
      <div className={styles['entry']}>
        <label htmlFor={id}>{t('people.pinOf', { name: person?.name ?? '' })}</label>
        <input
          id={id}
          ref={ref}
          type="password"
          inputMode="numeric"
          autoComplete="off"
          maxLength={6}
          value={pin}
          aria-invalid={shown !== undefined || undefined}
          aria-describedby={shown === undefined ? undefined : `${id}-problem`}
          onKeyDown={step}
          onChange={(event) => setPin(event.target.value.replace(/\D/g, ''))}
        />
        <Button look="primary" isLarge isSubmit keyShown="Enter">
          {action}
        </Button>
      </div>
      {shown !== undefined && (
        <p id={`${id}-problem`} className={styles['problem']} role="alert">
          {problemSentence(t, shown, plainNaming)}
        </p>
      )}
      {children}
    </form>
  );
}

/** What is left of the wait after wrong PINs, in milliseconds. */
function useWait(problem: TillProblem | undefined): number {
  const [left, setLeft] = useState(0);
  useEffect(() => {
    const waitMs = problem?.type === 'WrongPin' ? problem.waitMs : 0;
    setLeft(waitMs);
    if (waitMs === 0) return undefined;
    const untilMs = performance.now() + waitMs;
    const timer = setInterval(() => {
      const restMs = Math.max(0, untilMs - performance.now());
      setLeft(restMs);
      if (restMs === 0) clearInterval(timer);
    }, 250);
    return () => clearInterval(timer);
  }, [problem]);
  return left;
}
