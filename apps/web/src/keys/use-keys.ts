import { useEffect, useEffectEvent, useSyncExternalStore } from 'react';
import { readLocal, writeLocal } from '../api/session-hint';
import { commandOf, isTyping, type Command, type KeyMode } from './hotkeys';

export const KEY_MODES: readonly KeyMode[] = ['single', 'with-ctrl', 'off'];
const STORED = 'pollglass.keys';
const listeners = new Set<() => void>();

const storedMode = (): KeyMode => KEY_MODES.find((mode) => mode === readLocal(STORED)) ?? 'single';
let mode: KeyMode | null = null;

const subscribe = (listener: () => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};

/** Whether single keys work; kept on this device. */
export const useKeyMode = (): [KeyMode, (next: KeyMode) => void] => [
  useSyncExternalStore(subscribe, () => (mode ??= storedMode())),
  (next) => {
    mode = next;
    writeLocal(STORED, next);
    for (const listener of listeners) listener();
  },
];

/**
 * Calls `onCommand` for presses outside fields. It answers whether it did something with the command; then the browser's
 * own use of the key is stopped.
 */
export const useKeys = (chipOpen: boolean, onCommand: (command: Command) => boolean): void => {
  const [keyMode] = useKeyMode();
  const onKey = useEffectEvent((event: KeyboardEvent) => {
    if (event.defaultPrevented || isTyping(event.target)) return;
    const command = commandOf(event, keyMode, chipOpen);
    if (command && onCommand(command)) event.preventDefault();
  });
  useEffect(() => {
    const listen = (event: KeyboardEvent) => onKey(event);
    document.addEventListener('keydown', listen);
    return () => document.removeEventListener('keydown', listen);
  }, []);
};
