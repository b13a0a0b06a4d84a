import { DomainError } from '@app/platform';
import type { CurrentSession } from './current-session';

/**
 * For what a personal token is not good for: sessions, second factor, tokens.
 * @throws DomainError `access.denied`
 */
export function requireBrowser({ by }: Pick<CurrentSession, 'by'>): { sessionId: string } {
  if (by.kind === 'session') return { sessionId: by.id };
  throw new DomainError('access.denied', 'A personal token may not do this: sign in.');
}
