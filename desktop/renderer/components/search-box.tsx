import type { KeyboardEvent, Ref } from 'react';
import { Kbd } from './button.tsx';
import { Icon } from './icon.tsx';
import styles from './search-box.module.css';

/** The box above a list: it has the cursor when the screen opens, and Esc empties it. */
export function SearchBox({
  label,
  placeholder,
  value,
  onChange,
  onKeyDown,
  inputRef,
}: {
  readonly label: string;
  readonly placeholder: string;
  readonly value: string;
  readonly onChange: (text: string) => void;
  readonly onKeyDown?: (event: KeyboardEvent<HTMLInputElement>) => void;
  readonly inputRef: Ref<HTMLInputElement>;
}) {
  return (
    <div className={styles['search']}>
      <Icon name="search" />
      <input
        ref={inputRef}
        type="text"
        aria-label={label}
        placeholder={placeholder}
        value={value}
        maxLength={40}
        autoComplete="off"
        spellCheck={false}
        // biome-ignore lint/a11y/noAutofocus: the person came to this list to find something.
        autoFocus
        onChange={(event) => onChange(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === 'Escape' && value !== '') onChange('');
          else onKeyDown?.(event);
        }}
      />
      <Kbd>F2</Kbd>
    </div>
  );
}
