/** What a key press says, as far as the matcher looks at it. */
export interface KeyPress {
  key: string;
  code: string;
  ctrlKey: boolean;
  metaKey: boolean;
  altKey: boolean;
  shiftKey: boolean;
  repeat: boolean;
  isComposing: boolean;
}

/** Single keys can be switched off, or moved behind Ctrl (WCAG 2.1.4). */
export type KeyMode = 'single' | 'with-ctrl' | 'off';

export type Command =
  | { kind: 'flag' }
  | { kind: 'undo' }
  | { kind: 'category'; digit: number }
  | { kind: 'toggle-play' }
  | { kind: 'mute' }
  | { kind: 'full-screen' }
  | { kind: 'swap' }
  | { kind: 'back'; seconds: number }
  | { kind: 'forward'; seconds: number }
  | { kind: 'type-time' }
  | { kind: 'opening' }
  | { kind: 'live' };

/**
 * The letter a press means on any layout: the one printed on the key where it is Latin (Dvorak, AZERTY), else the one
 * at that place of a Latin keyboard (Russian, Uzbek Cyrillic), else null.
 */
export const letterOf = (press: Pick<KeyPress, 'key' | 'code'>): string | null => {
  if (/^[a-z]$/i.test(press.key)) return press.key.toLowerCase();
  // A sign on this layout (Dvorak's ";" sits on KeyZ) is not a letter; only a letter of another alphabet is mapped by place.
  const byPlace = /^Key([A-Z])$/.exec(press.code)?.[1];
  return byPlace !== undefined && /^\p{L}$/u.test(press.key) ? byPlace.toLowerCase() : null;
};

/** The digit a press means: by place, so that AZERTY needs no Shift. */
export const digitOf = (press: Pick<KeyPress, 'code'>): number | null => {
  const digit = /^(?:Digit|Numpad)([0-9])$/.exec(press.code)?.[1];
  return digit === undefined ? null : Number(digit);
};

const LETTERS: Readonly<Record<string, Command>> = {
  b: { kind: 'flag' },
  k: { kind: 'toggle-play' },
  m: { kind: 'mute' },
  f: { kind: 'full-screen' },
  c: { kind: 'swap' },
  j: { kind: 'back', seconds: 10 },
  l: { kind: 'forward', seconds: 10 },
  t: { kind: 'type-time' },
};

const OTHERS: Readonly<Record<string, Command>> = {
  End: { kind: 'live' },
  Home: { kind: 'opening' },
  ArrowLeft: { kind: 'back', seconds: 5 },
  ArrowRight: { kind: 'forward', seconds: 5 },
};

/** Letters a browser needs with Ctrl (copy, find, new window …): not taken from it in the mode `with-ctrl`. */
const BROWSERS_OWN = new Set(['c', 'f', 'j', 'k', 'l', 'm', 't']);

/**
 * The command of a press, null for none. `chipOpen`: a flag chip is open, so digits choose its category.
 * The caller leaves out presses in fields (`isTyping`).
 */
export const commandOf = (press: KeyPress, mode: KeyMode, chipOpen: boolean): Command | null => {
  if (press.isComposing || press.repeat || press.altKey) return null;
  const ctrl = press.ctrlKey || press.metaKey;
  const letter = letterOf(press);
  if (ctrl && !press.shiftKey && letter === 'z') return { kind: 'undo' };
  if (mode === 'off' || ctrl !== (mode === 'with-ctrl') || press.shiftKey) return null;
  const digit = digitOf(press);
  if (digit !== null) return chipOpen && digit > 0 ? { kind: 'category', digit } : null;
  if (letter !== null) return ctrl && BROWSERS_OWN.has(letter) ? null : (LETTERS[letter] ?? null);
  return ctrl ? null : (OTHERS[press.code] ?? null);
};

/** True when the press belongs to a field or another widget that uses keys itself. */
export const isTyping = (target: EventTarget | null): boolean =>
  target instanceof Element &&
  target.closest('input, textarea, select, [contenteditable=""], [contenteditable="true"], [data-keys-used]') !== null;
