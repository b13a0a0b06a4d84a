import { Injectable } from '@nestjs/common';
import { Clock } from '@app/platform';
import { AttemptLimit } from './attempt-limit';

export const SIGN_IN_ATTEMPTS = 10;
/** Of one address over all accounts: an organisation behind one address signs in its people at the same hour. */
export const ADDRESS_FAILURES = 100;
export const SIGN_IN_WINDOW_MS = 10 * 60_000;

/**
 * Slows the guessing of passwords from one address, for one account and over all. There is no limit for an account
 * over all addresses: with it, a stranger could keep its owner out. Counts in this process only: with n copies of the
 * api an attacker has n times the attempts, which is still far too few.
 */
@Injectable()
export class SignInLimit {
  private readonly pairs: AttemptLimit;
  private readonly addresses: AttemptLimit;

  constructor(clock: Clock) {
    this.pairs = new AttemptLimit(clock, SIGN_IN_ATTEMPTS, SIGN_IN_WINDOW_MS);
    this.addresses = new AttemptLimit(clock, ADDRESS_FAILURES, SIGN_IN_WINDOW_MS);
  }

  /**
   * Counts an attempt before its password is looked at.
   * @throws DomainError `request.too-many` when there were too many.
   */
  count(address: string, email: string): void {
    this.pairs.count(keyOf(address, email));
    this.addresses.count(networkOf(address));
  }

  /** The password was right: the attempts so far were its owner's. */
  forget(address: string, email: string): void {
    this.pairs.forget(keyOf(address, email));
    this.addresses.forgive(networkOf(address));
  }

  /** The password was right and nothing else was tried. */
  forgive(address: string, email: string): void {
    this.pairs.forgive(keyOf(address, email));
    this.addresses.forgive(networkOf(address));
  }
}

function keyOf(address: string, email: string): string {
  return `${networkOf(address)} ${email.toLowerCase()}`;
}

/** Whoever has one IPv6 address has 2^64 of them: they count as one. */
export function networkOf(address: string): string {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  if (mapped !== undefined) return mapped;
  if (!address.includes(':')) return address;
  const [head = '', tail] = (address.split('%')[0] ?? '').toLowerCase().split('::');
  const before = head === '' ? [] : head.split(':');
  const after = tail === undefined || tail === '' ? [] : tail.split(':');
  const zeros = tail === undefined ? [] : Array.from({ length: Math.max(0, 8 - before.length - after.length) }, () => '0');
  const groups = [...before, ...zeros, ...after];
  return `${groups
    .slice(0, 4)
    .map((group) => parseInt(group || '0', 16).toString(16))
    .join(':')}::/64`;
}
