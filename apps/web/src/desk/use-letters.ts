import { useEffect, useEffectEvent } from 'react';
import { isTyping, letterOf } from '../keys/hotkeys';
import { useKeyMode } from '../keys/use-keys';

/** Calls `onLetter` for single letters pressed outside fields, on any layout. It answers whether it did something with it. */
export const useLetters = (onLetter: (letter: string) => boolean): void => {
  const [mode] = useKeyMode();
  const onKey = useEffectEvent((event: KeyboardEvent) => {
    if (event.defaultPrevented || mode !== 'single' || isTyping(event.target)) return;
    if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey || event.isComposing) return;
    const letter = letterOf(event);
    if (letter !== null && onLetter(letter)) event.preventDefault();
  });
  useEffect(() => {
    const listen = (event: KeyboardEvent) => onKey(event);
    document.addEventListener('keydown', listen);
    return () => document.removeEventListener('keydown', listen);
  }, []);
};
