import { useEffect, useEffectEvent } from 'react';
import { afterKey, noScan, separatorKey } from './scan-detector.ts';

/**
 * Catches scans wherever the cursor is, and sends ordinary typing that has no box to the search
 * box. What a scan typed into another box on its way is taken out again.
 */
export function useScanner({
  onScan,
  onStrayTyping,
}: {
  readonly onScan: (text: string) => void;
  readonly onStrayTyping: () => void;
}): void {
  const scan = useEffectEvent(onScan);
  const stray = useEffectEvent(onStrayTyping);
  useEffect(() => {
    let state = noScan;
    let before: { readonly box: HTMLInputElement; readonly value: string } | undefined;
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.ctrlKey && event.code === 'BracketRight' && state.text !== '') {
        event.preventDefault();
        const { code, timeStamp: atMs } = event;
        state = afterKey(state, { code, key: separatorKey, atMs }).state;
        return;
      }
      if (event.ctrlKey || event.altKey || event.metaKey || event.repeat) return;
      const box = event.target instanceof HTMLInputElement ? event.target : undefined;
      if (box === undefined && isCharacter(event) && !isChoosing(event.target)) stray();
      const next = afterKey(state, { code: event.code, key: event.key, atMs: event.timeStamp });
      if (next.state.text.length === 1) before = box && { box, value: box.value };
      state = next.state;
      if (next.scanned === undefined || box?.getAttribute('role') === 'combobox') return;
      event.preventDefault();
      event.stopPropagation();
      if (before !== undefined) typeInto(before.box, before.value);
      scan(next.scanned);
    };
    window.addEventListener('keydown', onKeyDown, { capture: true });
    return () => window.removeEventListener('keydown', onKeyDown, { capture: true });
  }, []);
}

function isCharacter(event: KeyboardEvent): boolean {
  return event.key.length === 1 && event.key !== ' ';
}

function isChoosing(target: EventTarget | null): boolean {
  const isInDialog = target instanceof Element && target.closest('dialog') !== null;
  return (
    isInDialog ||
    target instanceof HTMLSelectElement ||
    document.querySelector('dialog[open]') !== null
  );
}

/** As if typed, so that React sees the change. */
function typeInto(box: HTMLInputElement, value: string): void {
  const setter = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')?.set;
  setter?.call(box, value);
  box.dispatchEvent(new Event('input', { bubbles: true }));
}
