const PLACES = 'h1, h2, h3, summary';

/**
 * Keeps the focus of whoever uses the keyboard where they act. A button that is disabled while something is sent, a row
 * that goes, a dialog that closes: browsers drop the focus then, and a screen reader starts at the top of the page.
 * It comes back to the element as soon as that can have it; where that is gone, to the one that was focused before the
 * dialog, else to the name of what is around it.
 * @returns ends it
 */
export const keepFocus = (page: Document): (() => void) => {
  /** The latest focused element first, then the latest outside of any dialog; each with what was around it. */
  let kept: readonly Kept[] = [];
  const onFocus = ({ target }: FocusEvent) => {
    if (!(target instanceof HTMLElement)) return;
    const now = { element: target, around: ancestorsOf(target) };
    kept = target.closest('dialog') ? [now, ...kept.filter(({ element }) => !element.closest('dialog')).slice(-1)] : [now];
  };
  /** Who clicks beside everything wants no focus; within a dialog, one after it all the same. */
  const onPointer = ({ target }: PointerEvent) => {
    if (!(target instanceof Element)) return;
    const isFocused = page.activeElement !== page.body && page.activeElement?.contains(target);
    if (!isFocused) kept = target.closest('dialog') ? kept.filter(({ element }) => !element.closest('dialog')) : [];
  };
  const giveBack = () => {
    if (kept.length === 0 || (page.activeElement !== page.body && page.activeElement !== null)) return;
    const element = kept.map((each) => each.element).find(isShown);
    if (element) {
      if (!element.matches(':disabled')) element.focus({ preventScroll: true });
      return;
    }
    const [name] = kept.at(-1)?.around.flatMap(namesWithin) ?? [];
    if (!name) return;
    if (name.tabIndex < 0) name.tabIndex = -1;
    name.focus({ preventScroll: true });
  };
  const observer = new MutationObserver(giveBack);
  observer.observe(page.body, {
    subtree: true,
    childList: true,
    attributes: true,
    attributeFilter: ['disabled', 'open', 'hidden'],
  });
  page.addEventListener('focusin', onFocus);
  page.addEventListener('pointerdown', onPointer, true);
  return () => {
    observer.disconnect();
    page.removeEventListener('focusin', onFocus);
    page.removeEventListener('pointerdown', onPointer, true);
  };
};

interface Kept {
  element: HTMLElement;
  /** Closest first. */
  around: readonly HTMLElement[];
}

const isShown = (element: HTMLElement): boolean => element.isConnected && element.getClientRects().length > 0;

/** What names a part of the page, if that is still there; the header of the product names nothing. */
const namesWithin = (part: HTMLElement): HTMLElement[] =>
  part.isConnected && part.closest('main')
    ? [...part.querySelectorAll<HTMLElement>(PLACES)].filter((name) => isShown(name) && !name.closest('dialog'))
    : [];

const ancestorsOf = (element: HTMLElement): HTMLElement[] => {
  const { parentElement } = element;
  return parentElement ? [parentElement, ...ancestorsOf(parentElement)] : [];
};
