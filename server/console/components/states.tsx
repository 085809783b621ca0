import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import { CallFailed, type FailureType } from '../client.ts';
import { ViewLink } from '../navigation.tsx';
import { useText } from '../text/language.tsx';
import './states.css';

/** Nothing to show is a state with a next step, never a blank. */
export function EmptyState({
  title,
  children,
}: {
  readonly title: string;
  readonly children?: ReactNode;
}) {
  return (
    <div className="empty-state">
      <p className="empty-state-title">{title}</p>
      {children === undefined ? null : <div className="empty-state-next">{children}</div>}
    </div>
  );
}

/** What happened, that nothing was lost, what to do; a code for support in small print. */
export function FailureState({
  failure,
  onRetry,
}: {
  readonly failure: Error;
  readonly onRetry?: () => void;
}) {
  const text = useText();
  const type = failure instanceof CallFailed ? failure.type : 'not-understood';
  const detail = failure instanceof CallFailed ? (failure.requestId ?? failure.detail) : '';
  return (
    <div className="failure-state" role="alert">
      <p className="failure-state-title">{text.failures[type]}</p>
      <NextStep type={type} onRetry={onRetry} />
      <p className="faint small mono">
        {type}
        {detail === '' ? '' : ` · ${detail}`}
      </p>
    </div>
  );
}

/** What is forbidden stays so however often it is tried: the way on is the account's own area. */
function NextStep({
  type,
  onRetry,
}: {
  readonly type: FailureType;
  readonly onRetry: (() => void) | undefined;
}) {
  const text = useText();
  if (onRetry === undefined) return null;
  if (type === 'forbidden') {
    return <ViewLink to={{ page: 'overview' }}>{text.common.toOwnArea}</ViewLink>;
  }
  return (
    <Button size="xs" variant="default" onClick={onRetry}>
      {text.common.tryAgain}
    </Button>
  );
}

/** Grey shapes where the figures will stand, so that nothing jumps when they arrive. */
export function Placeholder({
  lines = 4,
  height,
}: {
  readonly lines?: number;
  readonly height?: number;
}) {
  const text = useText();
  return (
    <div className="placeholder" role="status" aria-label={text.common.loading}>
      {height === undefined ? (
        Array.from({ length: lines }, (_, line) => (
          <span
            // biome-ignore lint/suspicious/noArrayIndexKey: lines of one placeholder have no identity
            key={line}
            className="placeholder-line"
            style={{ width: `${92 - ((line * 17) % 40)}%` }}
          />
        ))
      ) : (
        <span className="placeholder-block" style={{ height }} />
      )}
    </div>
  );
}

type AnswerLike<Data> = {
  readonly data: Data | undefined;
  readonly error: Error | null;
  readonly isPlaceholderData: boolean;
  readonly refetch: () => unknown;
};

/**
 * An answer of the centre in its three states. Figures that are already there stay on the screen
 * when a later request fails; the failure is told above them.
 */
export function AnswerView<Data>({
  answer,
  placeholder,
  children,
}: {
  readonly answer: AnswerLike<Data>;
  readonly placeholder?: ReactNode;
  readonly children: (data: Data) => ReactNode;
}) {
  const { data, error } = answer;
  if (data === undefined && error !== null) {
    return <FailureState failure={error} onRetry={() => void answer.refetch()} />;
  }
  if (data === undefined) return placeholder ?? <Placeholder />;
  return (
    <div className={answer.isPlaceholderData ? 'answer answer-stale' : 'answer'}>
      {error === null ? null : (
        <FailureState failure={error} onRetry={() => void answer.refetch()} />
      )}
      {children(data)}
    </div>
  );
}
