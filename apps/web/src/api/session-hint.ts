/**
 * Whether somebody signed in on this browser before. The session cookie cannot be read by scripts; without this hint every
 * public viewer would ask the server who they are.
 */
const KEY = 'pollglass.signed-in';

export const mayBeSignedIn = (): boolean => readLocal(KEY) === '1';
export const rememberSignedIn = (signedIn: boolean): void => writeLocal(KEY, signedIn ? '1' : null);

/** Value kept on this device; null also where the browser keeps nothing (private mode, blocked storage). */
export function readLocal(key: string): string | null {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

/** Keeps a value on this device where the browser allows it; settings are comfort, losing them breaks nothing. */
export function writeLocal(key: string, value: string | null): void {
  try {
    if (value === null) localStorage.removeItem(key);
    else localStorage.setItem(key, value);
  } catch {
    return;
  }
}
