import { digitOf, letterOf, type KeyMode, type KeyPress } from '../keys/hotkeys';

export type WallKey =
  { kind: 'move'; direction: Direction } | { kind: 'tile'; index: number } | { kind: 'set'; step: 1 | -1 } | { kind: 'leave' };

export type Direction = 'left' | 'right' | 'up' | 'down';

const ARROWS: Readonly<Record<string, Direction>> = {
  ArrowLeft: 'left',
  ArrowRight: 'right',
  ArrowUp: 'up',
  ArrowDown: 'down',
};

interface Circumstances {
  mode: KeyMode;
  /** Digits choose a category then. */
  chipOpen: boolean;
  /** Arrows and Escape belong to whoever has the focus. */
  onWall: boolean;
}

/** What a press means on the wall, besides what it means everywhere. Digits are no shortcuts where single keys are off. */
export const wallKeyOf = (press: KeyPress, { mode, chipOpen, onWall }: Circumstances): WallKey | null => {
  if (press.isComposing || press.altKey || press.ctrlKey || press.metaKey) return null;
  const single = mode === 'single';
  if (press.shiftKey) {
    if (!single || press.repeat) return null;
    const letter = letterOf(press);
    return letter === 'n' ? { kind: 'set', step: 1 } : letter === 'p' ? { kind: 'set', step: -1 } : null;
  }
  const direction = ARROWS[press.code];
  if (direction !== undefined) return single || onWall ? { kind: 'move', direction } : null;
  if (press.code === 'Escape') return { kind: 'leave' };
  const digit = digitOf(press);
  return single && !chipOpen && digit !== null && digit > 0 && !press.repeat ? { kind: 'tile', index: digit - 1 } : null;
};

/** Where an arrow leads among `count` tiles in rows of `columns`; it stays where there is nothing further. */
export const moved = (index: number, direction: Direction, { count, columns }: { count: number; columns: number }): number => {
  const to = { left: index - 1, right: index + 1, up: index - columns, down: index + columns }[direction];
  return to >= 0 && to < count ? to : index;
};
