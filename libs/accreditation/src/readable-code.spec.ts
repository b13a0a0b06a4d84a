import { randomBytes } from 'node:crypto';
import { ALPHABET, newNumber, readNumber, referenceFor, referenceHash } from './readable-code';

const compact = (text: string) => text.replaceAll('-', '');

describe(newNumber, () => {
  it('is readable, and reads back however it is typed', () => {
    const number = newNumber();
    expect(number).toMatch(/^[2-9A-HJKMNP-Z]{4}-[2-9A-HJKMNP-Z]{4}-[2-9A-HJKMNP-Z]$/);
    for (const typed of [
      number,
      number.toLowerCase(),
      compact(number),
      ` ${number.replaceAll('-', ' ')} `,
      number.replace('-', '–'),
    ])
      expect(readNumber(typed)).toEqual({ kind: 'number', number });
  });

  it('is another one each time', () => {
    expect(new Set(Array.from({ length: 500 }, newNumber)).size).toBe(500);
  });
});

describe(readNumber, () => {
  it('finds every single wrong character and every swap of two', () => {
    for (let round = 0; round < 20; round += 1) {
      const right = compact(newNumber());
      for (let at = 0; at < right.length; at += 1) {
        for (const wrong of ALPHABET)
          if (wrong !== right[at]) expect(readNumber(right.slice(0, at) + wrong + right.slice(at + 1)).kind).toBe('mistyped');
        for (let other = at + 1; other < right.length - 1; other += 1) {
          const swapped = [...right];
          [swapped[at], swapped[other]] = [swapped[other] as string, swapped[at] as string];
          if (swapped.join('') !== right) expect(readNumber(swapped.join('')).kind).toBe('mistyped');
        }
      }
    }
  });

  it.each(['', '7K4M-2QXR', '7K4M-2QXR-CC', '7K4M-2QXO-C', 'ÄÖÜ', '0000-0000-0', 'x'.repeat(10_000)])(
    'takes %j for no number',
    (typed) => expect(readNumber(typed)).toEqual({ kind: 'mistyped' }),
  );
});

describe(referenceFor, () => {
  const key = randomBytes(32);

  it('is the same for the same request, and another with another request or key', () => {
    const reference = referenceFor(key, 'one');
    expect(reference).toMatch(/^(?:[2-9A-HJKMNP-Z]{5}-){4}[2-9A-HJKMNP-Z]{5}$/);
    expect(referenceFor(key, 'one')).toBe(reference);
    expect(referenceFor(key, 'two')).not.toBe(reference);
    expect(referenceFor(randomBytes(32), 'one')).not.toBe(reference);
  });

  it('is known again however it is typed', () => {
    const reference = referenceFor(key, 'one');
    const hash = referenceHash(reference) as Buffer;
    expect(referenceHash(reference.toLowerCase().replaceAll('-', ' '))?.equals(hash)).toBe(true);
    expect(referenceHash(reference.slice(1))).toBeUndefined();
    expect(referenceHash(`${reference.slice(0, -1)}0`)).toBeUndefined();
  });
});
