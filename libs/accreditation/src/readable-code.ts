import { createHash, createHmac, randomInt } from 'node:crypto';

/**
 * Letters and digits that are not taken for each other when they are read out or copied by hand: no 0 and O, no 1, I
 * and L. Thirty-one, a prime number, which is what makes the check character find every swap.
 */
export const ALPHABET = '23456789ABCDEFGHJKMNPQRSTUVWXYZ';
const SIZE = ALPHABET.length;
const NUMBER_LENGTH = 8;
const REFERENCE_LENGTH = 25;

/**
 * A new accreditation number, `7K4M-2QXR-C`: eight random characters (8.5 × 10¹¹ numbers) and one to check them by.
 * The check finds any one wrong character and any two that were swapped.
 */
export function newNumber(): string {
  const body = Array.from({ length: NUMBER_LENGTH }, () => ALPHABET[randomInt(SIZE)]).join('');
  return grouped(body + checkCharacter(body), 4);
}

export type ReadNumber = { kind: 'number'; number: string } | { kind: 'mistyped' };

/** Reads a number as people type it: in any case, with or without the dashes and spaces. */
export function readNumber(typed: string): ReadNumber {
  const compact = typed.toUpperCase().replace(/[\s\-‐-―]/g, '');
  const known = compact.length === NUMBER_LENGTH + 1 && [...compact].every((character) => ALPHABET.includes(character));
  if (!known || checkCharacter(compact.slice(0, -1)) !== compact.at(-1)) return { kind: 'mistyped' };
  return { kind: 'number', number: grouped(compact, 4) };
}

/** 2·c₁ + 3·c₂ + … modulo 31: weights differ, so that swapped characters change the sum. */
function checkCharacter(body: string): string {
  const sum = [...body].reduce((total, character, index) => total + (index + 2) * ALPHABET.indexOf(character), 0);
  return ALPHABET[sum % SIZE] as string;
}

/**
 * The secret reference that belongs to a request: 25 characters, 123 bits. The same request key gives the same
 * reference, so a client whose answer was lost on the way asks again and learns it; without our key nobody can make one.
 */
export function referenceFor(secretKey: Buffer, requestKey: string): string {
  let rest = BigInt(`0x${createHmac('sha256', secretKey).update(`accreditation reference\n${requestKey}`).digest('hex')}`);
  let reference = '';
  while (reference.length < REFERENCE_LENGTH) {
    reference += ALPHABET[Number(rest % BigInt(SIZE))];
    rest /= BigInt(SIZE);
  }
  return grouped(reference, 5);
}

/** What is kept of a reference. Undefined: this is none. */
export function referenceHash(typed: string): Buffer | undefined {
  const compact = typed.toUpperCase().replace(/[\s\-‐-―]/g, '');
  if (compact.length !== REFERENCE_LENGTH || ![...compact].every((character) => ALPHABET.includes(character))) return undefined;
  return createHash('sha256').update(compact).digest();
}

function grouped(text: string, size: number): string {
  return (text.match(new RegExp(`.{1,${size}}`, 'g')) ?? []).join('-');
}
