import type { ReactNode } from 'react';
import { Icon, type IconName } from './icon.tsx';

/** A small quiet button for the tools of a card. */
export function ToolButton({
  icon,
  label,
  onClick,
  isPressed,
}: {
  readonly icon: IconName;
  readonly label: string;
  readonly onClick: () => void;
  readonly isPressed?: boolean;
}) {
  return (
    <button
      type="button"
      className="tool-button"
      onClick={onClick}
      {...(isPressed === undefined ? {} : { 'aria-pressed': isPressed })}
    >
      <Icon name={icon} size={14} />
      {label}
    </button>
  );
}

/** A download from the centre that looks like the other tools. */
export function ToolLink({ href, label }: { readonly href: string; readonly label: string }) {
  return (
    <a className="tool-button" href={href} download>
      <Icon name="download" size={14} />
      {label}
    </a>
  );
}

/** One of a few; shown as a row of buttons because every choice should be seen. */
export function Choice<Value extends string>({
  label,
  value,
  options,
  onChange,
}: {
  readonly label: string;
  readonly value: Value;
  readonly options: readonly { readonly value: Value; readonly label: string }[];
  readonly onChange: (value: Value) => void;
}) {
  return (
    <fieldset className="choice">
      <legend className="visually-hidden">{label}</legend>
      {options.map((option) => (
        <button
          key={option.value}
          type="button"
          className="choice-option"
          aria-pressed={option.value === value}
          onClick={() => onChange(option.value)}
        >
          {option.label}
        </button>
      ))}
    </fieldset>
  );
}

/** A labelled select of the platform: light, known to every screen reader, fine on every screen. */
export function Select<Value extends string>({
  label,
  value,
  options,
  onChange,
  isLabelHidden = false,
}: {
  readonly label: string;
  readonly value: Value;
  readonly options: readonly { readonly value: Value; readonly label: string }[];
  readonly onChange: (value: Value) => void;
  readonly isLabelHidden?: boolean;
}) {
  return (
    <label className="field-inline">
      <span className={isLabelHidden ? 'visually-hidden' : 'field-inline-label'}>{label}</span>
      <select
        className="input"
        value={value}
        onChange={(event) => {
          const chosen = options.find((option) => option.value === event.target.value);
          if (chosen !== undefined) onChange(chosen.value);
        }}
      >
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </select>
    </label>
  );
}

export type Tone = 'neutral' | 'good' | 'warn' | 'bad' | 'info' | 'accent';

/** A short state in a word; colour only underlines what the word says. */
export function Tag({ tone, children }: { readonly tone: Tone; readonly children: ReactNode }) {
  return <span className={`tag tag-${tone}`}>{children}</span>;
}

/** A dot and a word: the state of a facility or a till in a dense list. */
export function Dot({ tone, children }: { readonly tone: Tone; readonly children: ReactNode }) {
  return (
    <span className="dot-label">
      <span className={`dot dot-${tone}`} aria-hidden="true" />
      {children}
    </span>
  );
}
