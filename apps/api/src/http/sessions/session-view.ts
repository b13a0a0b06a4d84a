import type { CurrentSession } from '@app/access';
import type { Session } from '@app/contracts';

export function toSession({ user, permissions, secondFactor, steppedUp, stepUpUntil }: CurrentSession): Session {
  return { user, permissions, secondFactor, stepUpUntil: steppedUp ? (stepUpUntil?.toISOString() ?? null) : null };
}
