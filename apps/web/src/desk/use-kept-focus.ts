import { useLayoutEffect, useRef, type FocusEvent, type RefObject } from 'react';

interface Kept {
  onFocus: (event: FocusEvent) => void;
  onBlur: (event: FocusEvent) => void;
}

/**
 * For an area whose buttons come and go by what is done with them: when the one with the focus goes, the focus moves to `rest`
 * instead of the beginning of the page. Its answer goes on the element of the area.
 */
export const useKeptFocus = (rest: RefObject<HTMLElement | null>): Kept => {
  const focused = useRef<Element | null>(null);
  useLayoutEffect(() => {
    if (focused.current === null || focused.current.isConnected) return;
    focused.current = null;
    if (document.activeElement === null || document.activeElement === document.body) rest.current?.focus();
  });
  return {
    onFocus: ({ target }) => (focused.current = target),
    // An element that is taken away tells nobody; who leaves by themselves, does.
    onBlur: () => (focused.current = null),
  };
};
