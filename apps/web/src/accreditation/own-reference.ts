/**
 * The secret reference while this tab is open: gone with the tab, so that the next person at a shared computer does
 * not find it. Whoever applies writes it down or prints it.
 */
const KEY = 'pollglass-reference';

export const keptReference = (): string | null => sessionStorage.getItem(KEY);
export const keepReference = (reference: string): void => sessionStorage.setItem(KEY, reference);
export const forgetReference = (): void => sessionStorage.removeItem(KEY);

/** Documents that could not be sent right after the application, to be told on the next page; once. */
let unsent: readonly string[] = [];
export const noteUnsent = (names: readonly string[]): void => {
  unsent = names;
};
export const takeUnsent = (): readonly string[] => unsent;
