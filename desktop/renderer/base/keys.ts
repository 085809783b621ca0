import { useEffect, useEffectEvent } from 'react';
import type { PlainTextKey } from '../text/text.ts';

/** One key of the table: how it is pressed, how it is written, what it does. */
export type KeyEntry = {
  readonly key: string;
  readonly modifier?: 'alt' | 'shift' | 'control';
  readonly shown: string;
  /** A word for a button; without one the key has no button in the bar. */
  readonly label?: PlainTextKey;
  readonly meaning: PlainTextKey;
  readonly group: 'everywhere' | 'sell' | 'others';
};

/** Every key of the counter, in the order of the key sheet. One key means one thing. */
export const keyTable = {
  help: { key: 'F1', shown: 'F1', label: 'key.help', meaning: 'key.helpLong', group: 'everywhere' },
  search: {
    key: 'F2',
    shown: 'F2',
    label: 'key.search',
    meaning: 'key.searchLong',
    group: 'everywhere',
  },
  finish: {
    key: 'F9',
    shown: 'F9',
    label: 'key.finish',
    meaning: 'key.finishLong',
    group: 'everywhere',
  },
  escape: {
    key: 'Escape',
    shown: 'Esc',
    label: 'key.escape',
    meaning: 'key.escapeLong',
    group: 'everywhere',
  },
  toSell: alt('1', 'screen.sell'),
  toReceive: alt('2', 'screen.receive'),
  toStock: alt('3', 'screen.stock'),
  toHistory: alt('4', 'screen.history'),
  toSync: alt('5', 'screen.sync'),
  toSettings: alt('0', 'screen.settings'),
  toPeople: alt('7', 'screen.people'),
  toShift: alt('8', 'screen.shift'),
  switchPerson: {
    key: 'F12',
    shown: 'F12',
    label: 'key.switchPerson',
    meaning: 'key.switchPersonLong',
    group: 'everywhere',
  },
  lock: {
    key: 'l',
    modifier: 'control',
    shown: 'Ctrl L',
    label: 'key.lock',
    meaning: 'key.lockLong',
    group: 'everywhere',
  },
  language: alt('l', 'key.languageLong'),
  theme: alt('t', 'key.themeLong'),
  unit: { key: 'F3', shown: 'F3', label: 'key.unit', meaning: 'key.unitLong', group: 'sell' },
  lot: { key: 'F4', shown: 'F4', label: 'key.lot', meaning: 'key.lotLong', group: 'sell' },
  park: { key: 'F5', shown: 'F5', label: 'key.park', meaning: 'key.parkLong', group: 'sell' },
  parked: {
    key: 'F5',
    modifier: 'shift',
    shown: 'Shift F5',
    label: 'key.parked',
    meaning: 'key.parkedLong',
    group: 'sell',
  },
  returns: {
    key: 'F7',
    shown: 'F7',
    label: 'key.returns',
    meaning: 'key.returnsLong',
    group: 'others',
  },
  transfer: {
    key: 'F10',
    shown: 'F10',
    label: 'key.transfer',
    meaning: 'key.transferLong',
    group: 'sell',
  },
  discount: {
    key: 'c',
    modifier: 'alt',
    shown: 'Alt C',
    label: 'key.discount',
    meaning: 'key.discountLong',
    group: 'sell',
  },
  customer: {
    key: 'k',
    modifier: 'alt',
    shown: 'Alt K',
    label: 'key.customer',
    meaning: 'key.customerLong',
    group: 'sell',
  },
  prescription: {
    key: 'F6',
    shown: 'F6',
    label: 'key.prescription',
    meaning: 'key.prescriptionLong',
    group: 'sell',
  },
  prescriptions: {
    key: 'F6',
    modifier: 'shift',
    shown: 'Shift F6',
    meaning: 'key.prescriptionsLong',
    group: 'sell',
  },
  remove: {
    key: 'F8',
    shown: 'F8',
    label: 'key.remove',
    meaning: 'key.removeLong',
    group: 'others',
  },
  clear: {
    key: 'F8',
    modifier: 'shift',
    shown: 'Shift F8',
    label: 'key.clear',
    meaning: 'key.clearLong',
    group: 'sell',
  },
  undo: {
    key: 'z',
    modifier: 'control',
    shown: 'Ctrl Z',
    meaning: 'key.undoLong',
    group: 'sell',
  },
  print: {
    key: 'p',
    modifier: 'control',
    shown: 'Ctrl P',
    meaning: 'key.printLong',
    group: 'others',
  },
  price: {
    key: 'g',
    modifier: 'alt',
    shown: 'Alt G',
    label: 'key.price',
    meaning: 'key.priceLong',
    group: 'others',
  },
} as const satisfies Readonly<Record<string, KeyEntry>>;

export type KeyAction = keyof typeof keyTable;
export type KeyHandlers = Partial<Readonly<Record<KeyAction, () => void>>>;

type Layer = {
  readonly isModal: boolean;
  /** @returns whether this layer did something with the action. */
  readonly handle: (action: KeyAction) => boolean;
};
const layers: Layer[] = [];

/**
 * While mounted, answers these keys. The newest layer is asked first; a modal layer lets nothing
 * through to what lies behind it.
 */
export function useKeys(handlers: KeyHandlers, { isModal = false } = {}): void {
  const handle = useEffectEvent((action: KeyAction) => {
    const handler = handlers[action];
    handler?.();
    return handler !== undefined;
  });
  useEffect(() => {
    const layer: Layer = { isModal, handle: (action) => handle(action) };
    layers.push(layer);
    return () => {
      layers.splice(layers.indexOf(layer), 1);
    };
  }, [isModal]);
}

/** Installs the one listener. Our keys never reach the browser (F1 help, F3 find), used or not. */
export function listenForKeys(): () => void {
  const onKeyDown = (event: KeyboardEvent) => {
    const action = actionOf(event);
    if (action === undefined) return;
    const isUndoOfTyping = action === 'undo' && isEditedText(event.target);
    if (isUndoOfTyping) return;
    const isHandled = handledByLayer(action);
    if (isHandled || action !== 'escape') event.preventDefault();
  };
  window.addEventListener('keydown', onKeyDown);
  return () => window.removeEventListener('keydown', onKeyDown);
}

/** Does what the key would do: for the labelled buttons. */
export function pressKey(action: KeyAction): void {
  handledByLayer(action);
}

function handledByLayer(action: KeyAction): boolean {
  for (const layer of [...layers].reverse()) {
    if (layer.handle(action)) return true;
    if (layer.isModal) return false;
  }
  return false;
}

function actionOf(event: KeyboardEvent): KeyAction | undefined {
  // Safe: Object.keys of a constant table gives exactly its keys.
  const actions = Object.keys(keyTable) as KeyAction[];
  return actions.find((action) => isPressed(keyTable[action], event));
}

function isPressed(entry: KeyEntry, event: KeyboardEvent): boolean {
  const { modifier } = entry;
  if (event.altKey !== (modifier === 'alt')) return false;
  if (event.ctrlKey !== (modifier === 'control')) return false;
  if (event.metaKey || event.shiftKey !== (modifier === 'shift')) return false;
  return event.key.toLowerCase() === entry.key.toLowerCase();
}

function isEditedText(target: EventTarget | null): boolean {
  return target instanceof HTMLInputElement && target.value !== '';
}

function alt(key: string, meaning: PlainTextKey) {
  const shown = `Alt ${key.toUpperCase()}`;
  return { key, modifier: 'alt', shown, meaning, group: 'everywhere' } as const;
}
