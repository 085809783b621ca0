import { useDebouncedCallback } from '@mantine/hooks';
import { useState } from 'react';
import { Icon } from './icon.tsx';

/**
 * Typing searches after a short rest. The box keeps what is typed; the URL, and with it the search,
 * follows. When the URL changes from outside (back, a link) the box takes the new text by its key.
 */
export function SearchBox({
  label,
  text,
  onSearch,
  isLarge = false,
}: {
  readonly label: string;
  readonly text: string;
  readonly onSearch: (text: string) => void;
  readonly isLarge?: boolean;
}) {
  const [typed, setTyped] = useState({ text, from: text });
  const search = useDebouncedCallback(onSearch, 200);
  // Derived while rendering: the URL moved to a text that was not typed here.
  const shown = text !== typed.from && text !== typed.text.trim() ? text : typed.text;
  return (
    <search className={isLarge ? 'search-box search-box-large' : 'search-box'}>
      <Icon name="search" />
      <input
        type="search"
        className="input"
        aria-label={label}
        placeholder={label}
        value={shown}
        maxLength={100}
        autoComplete="off"
        spellCheck={false}
        onChange={(event) => {
          setTyped({ text: event.target.value, from: text });
          search(event.target.value.trim());
        }}
      />
    </search>
  );
}
