import { useEffect, useEffectEvent } from 'react';
import { undoProfile } from '../../../shared/rules/barcode/wedge-text.ts';
import { afterKey, noScan, separatorKey } from './scan-detector.ts';
import { scannerProfile } from './scanner-profile.ts';

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
      const isSeparator = (event.ctrlKey && event.code === 'BracketRight') || event.code === 'F8';
      if (isSeparator && state.text !== '') {
        event.preventDefault();
        event.stopPropagation();
        const { code, timeStamp: atMs } = event;
        state = afterKey(state, { code, key: separatorKey, atMs }).state;
        return;
      }
      if (event.ctrlKey || event.altKey || event.metaKey || event.repeat) return;
      const box = event.target instanceof HTMLInputElement ? event.target : undefined;
      if (box === undefined && isCharacter(event) && !isChoosing(event.target)) stray();
      const { code, key, timeStamp: atMs, shiftKey: isShifted } = event;
      const next = afterKey(state, { code, key, atMs, isShifted });
      if (next.state.text.length === 1) before = box && { box, value: box.value };
      state = next.state;
      if (next.scanned === undefined) return;
      // Names are typed into a search box, sometimes fast; whatever holds a product's number is none.
      if (box?.getAttribute('role') === 'combobox' && !/\d{8}/.test(next.scanned)) return;
      event.preventDefault();
      event.stopPropagation();
      if (before !== undefined) typeInto(before.box, before.value);
      scan(undoProfile(next.scanned, scannerProfile.get()));
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
