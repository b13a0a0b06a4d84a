import type { KeyPress } from '../keys/hotkeys';
import { moved, wallKeyOf } from './wall-keys';

const press = (code: string, other: Partial<KeyPress> = {}): KeyPress => ({
  key: '',
  code,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  shiftKey: false,
  repeat: false,
  isComposing: false,
  ...other,
});
const usual = { mode: 'single', chipOpen: false, onWall: false } as const;

describe('keys of the wall', () => {
  it('move, choose a tile, leave the big picture, and turn to another set on any layout', () => {
    expect(wallKeyOf(press('ArrowUp'), usual)).toEqual({ kind: 'move', direction: 'up' });
    expect(wallKeyOf(press('Digit3', { key: '#' }), usual)).toEqual({ kind: 'tile', index: 2 });
    expect(wallKeyOf(press('Numpad9'), usual)).toEqual({ kind: 'tile', index: 8 });
    expect(wallKeyOf(press('Escape'), usual)).toEqual({ kind: 'leave' });
    expect(wallKeyOf(press('KeyN', { key: 'Т', shiftKey: true }), usual)).toEqual({ kind: 'set', step: 1 });
  });

  it('leave digits to the chip while it is open', () => {
    expect(wallKeyOf(press('Digit3'), { ...usual, chipOpen: true })).toBeNull();
    expect(wallKeyOf(press('ArrowLeft'), { ...usual, chipOpen: true })).not.toBeNull();
  });

  it('are only those of the focused wall where single keys are off', () => {
    const off = { ...usual, mode: 'off' } as const;
    expect(wallKeyOf(press('Digit3'), off)).toBeNull();
    expect(wallKeyOf(press('KeyN', { key: 'N', shiftKey: true }), off)).toBeNull();
    expect(wallKeyOf(press('ArrowLeft'), off)).toBeNull();
    expect(wallKeyOf(press('ArrowLeft'), { ...off, onWall: true })).toEqual({ kind: 'move', direction: 'left' });
  });

  it('are never what a browser uses', () => {
    for (const modifier of ['ctrlKey', 'altKey', 'metaKey'])
      expect(wallKeyOf(press('ArrowLeft', { [modifier]: true }), { ...usual, onWall: true })).toBeNull();
    expect(wallKeyOf(press('Digit0'), usual)).toBeNull();
  });
});

describe('arrows', () => {
  it('go to the neighbour and stay at the border', () => {
    const grid = { count: 5, columns: 3 };
    expect(moved(0, 'right', grid)).toBe(1);
    expect(moved(1, 'down', grid)).toBe(4);
    expect(moved(2, 'down', grid)).toBe(2);
    expect(moved(0, 'up', grid)).toBe(0);
    expect(moved(0, 'left', grid)).toBe(0);
    expect(moved(4, 'up', grid)).toBe(1);
  });
});
