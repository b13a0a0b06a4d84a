import { readNumbers, readSeals } from './typed-lists';

it('reads seals however they are parted', () => {
  expect(readSeals(' A1, B2;C3\n\nD 4 ')).toEqual(['A1', 'B2', 'C3', 'D 4']);
  expect(readSeals(' ')).toEqual([]);
});

it('reads a number at the end of each line', () => {
  expect(readNumbers('Ana Petrova 120\n\nNo. 7 Boris: 0\nНовак = 12')).toEqual([
    { option: 'Ana Petrova', count: 120 },
    { option: 'No. 7 Boris', count: 0 },
    { option: 'Новак', count: 12 },
  ]);
  expect(readNumbers('')).toEqual([]);
});

it.each(['Ana', '120', 'Ana -', 'Ana 12\nBoris'])('does not guess what %j means', (text) => {
  expect(readNumbers(text)).toBeNull();
});
