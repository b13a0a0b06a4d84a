/**
 * The secret reference while this tab is open: gone with the tab, so that the next person at a shared computer does
 * not find it. Whoever applies writes it down or prints it.
 */
const KEY = 'pollglass.reference';
/** Where the browser keeps nothing, it is known until the page is loaded again. */
let held: string | null = null;

export const keptReference = (): string | null => {
  try {
    return sessionStorage.getItem(KEY) ?? held;
  } catch {
    return held;
  }
};

export const keepReference = (reference: string): void => {
  held = reference;
  tryStorage((storage) => storage.setItem(KEY, reference));
};

export const forgetReference = (): void => {
  held = null;
  tryStorage((storage) => storage.removeItem(KEY));
};

/** Documents that could not be sent right after the application, and why: told on the next page. */
let unsent: readonly string[] = [];
export const noteUnsent = (names: readonly string[]): void => {
  unsent = names;
};
export const unsentDocuments = (): readonly string[] => unsent;

const tryStorage = (change: (storage: Storage) => void): void => {
  try {
    change(sessionStorage);
  } catch (error) {
    if (!(error instanceof DOMException)) throw error;
  }
};
