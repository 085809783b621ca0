import { type Ref, useId } from 'react';
import { classNames } from './class-names.ts';
import styles from './field.module.css';

/** One labelled line of text, with what is expected and what is wrong in words. */
export function Field({
  label,
  value,
  onChange,
  hint,
  problem,
  placeholder,
  isNumber = false,
  isLarge = false,
  isFocusedFirst = false,
  inputRef,
  inputMode,
  maxLength,
}: {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly hint?: string;
  readonly problem?: string | undefined;
  readonly placeholder?: string;
  readonly isNumber?: boolean;
  readonly isLarge?: boolean;
  readonly isFocusedFirst?: boolean;
  readonly inputRef?: Ref<HTMLInputElement>;
  readonly inputMode?: 'numeric' | 'url' | 'text';
  readonly maxLength?: number;
}) {
  const id = useId();
  const noteId = `${id}-note`;
  const note = problem ?? hint;
  return (
    <div className={styles['field']}>
      <label htmlFor={id}>{label}</label>
      <input
        id={id}
        ref={inputRef}
        className={classNames(
          styles['input'],
          isNumber && styles['isNumber'],
          isLarge && styles['isLarge'],
        )}
        value={value}
        placeholder={placeholder}
        inputMode={inputMode ?? (isNumber ? 'numeric' : 'text')}
        maxLength={maxLength}
        autoComplete="off"
        spellCheck={false}
        // biome-ignore lint/a11y/noAutofocus: the box was opened by the person to type in it.
        autoFocus={isFocusedFirst}
        aria-invalid={problem !== undefined || undefined}
        aria-describedby={note === undefined ? undefined : noteId}
        onChange={(event) => onChange(event.target.value)}
        onFocus={(event) => event.target.select()}
      />
      {note !== undefined && (
        <span id={noteId} className={styles[problem === undefined ? 'hint' : 'problem']}>
          {note}
        </span>
      )}
    </div>
  );
}
