import { commandOf, letterOf, type KeyPress } from './hotkeys';

const press = (part: Partial<KeyPress>): KeyPress => ({
  key: '',
  code: '',
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  shiftKey: false,
  repeat: false,
  isComposing: false,
  ...part,
});

describe('hotkeys', () => {
  it.each([
    ['a US keyboard', 'b', 'KeyB'],
    ['a US keyboard with Caps Lock', 'B', 'KeyB'],
    ['a Russian keyboard', 'и', 'KeyB'],
    ['an Uzbek Cyrillic keyboard', 'И', 'KeyB'],
    ['Dvorak, where b is printed on another key', 'b', 'KeyN'],
    ['AZERTY', 'b', 'KeyB'],
    ['a Greek keyboard', 'β', 'KeyB'],
    ['an Arabic keyboard', 'ﻻ', 'KeyB'],
  ])('B flags on %s', (_, key, code) => expect(commandOf(press({ key, code }), 'single', false)).toEqual({ kind: 'flag' }));

  it('the key at the place of B that prints another Latin letter does not flag', () => {
    expect(commandOf(press({ key: 'x', code: 'KeyB' }), 'single', false)).toBeNull();
  });

  it('a sign on a letter’s place is no letter', () => {
    expect(letterOf({ key: ';', code: 'KeyZ' })).toBeNull();
  });

  it.each([
    ['US', '1', 'Digit1'],
    ['AZERTY, where the key prints &', '&', 'Digit1'],
    ['the number pad', '1', 'Numpad1'],
  ])('1 chooses the first category on %s', (_, key, code) =>
    expect(commandOf(press({ key, code }), 'single', true)).toEqual({ kind: 'category', digit: 1 }),
  );

  it('digits do nothing while no chip is open, and 0 never', () => {
    expect(commandOf(press({ key: '1', code: 'Digit1' }), 'single', false)).toBeNull();
    expect(commandOf(press({ key: '0', code: 'Digit0' }), 'single', true)).toBeNull();
  });

  it('Ctrl+Z and ⌘Z undo, on a Russian keyboard and with single keys off', () => {
    expect(commandOf(press({ key: 'z', code: 'KeyZ', ctrlKey: true }), 'off', true)).toEqual({ kind: 'undo' });
    expect(commandOf(press({ key: 'я', code: 'KeyZ', metaKey: true }), 'single', true)).toEqual({ kind: 'undo' });
  });

  it('holding B flags once', () => {
    expect(commandOf(press({ key: 'b', code: 'KeyB', repeat: true }), 'single', false)).toBeNull();
  });

  it.each([{ altKey: true }, { isComposing: true }, { ctrlKey: true }, { shiftKey: true }])('%p with B does not flag', (extra) =>
    expect(commandOf(press({ key: 'b', code: 'KeyB', ...extra }), 'single', false)).toBeNull(),
  );

  it('with Ctrl only: Ctrl+B flags, B alone does not', () => {
    expect(commandOf(press({ key: 'b', code: 'KeyB', ctrlKey: true }), 'with-ctrl', false)).toEqual({ kind: 'flag' });
    expect(commandOf(press({ key: 'b', code: 'KeyB' }), 'with-ctrl', false)).toBeNull();
  });

  it('with Ctrl only: what the browser uses itself is left to it', () => {
    expect(commandOf(press({ key: 'c', code: 'KeyC', ctrlKey: true }), 'with-ctrl', false)).toBeNull();
    expect(commandOf(press({ key: 'f', code: 'KeyF', ctrlKey: true }), 'with-ctrl', false)).toBeNull();
  });

  it('switched off: B does nothing', () => {
    expect(commandOf(press({ key: 'b', code: 'KeyB' }), 'off', false)).toBeNull();
  });

  it.each([
    ['t', 'KeyT', { kind: 'type-time' }],
    ['е', 'KeyT', { kind: 'type-time' }],
    ['l', 'KeyL', { kind: 'forward', seconds: 10 }],
    ['Home', 'Home', { kind: 'opening' }],
    ['End', 'End', { kind: 'live' }],
    ['ArrowLeft', 'ArrowLeft', { kind: 'back', seconds: 5 }],
    ['ArrowRight', 'ArrowRight', { kind: 'forward', seconds: 5 }],
  ])('%s (%s) moves in the day, and not with Ctrl', (key, code, command) => {
    expect(commandOf(press({ key, code }), 'single', false)).toEqual(command);
    expect(commandOf(press({ key, code, ctrlKey: true }), 'with-ctrl', false)).toBeNull();
  });
});
