import { Inject, Injectable } from '@nestjs/common';
import { AuditLog, byUser, type AuditEntry } from '@app/audit';
import { DB, type Db } from '@app/database';
import { LOGGER, type Logger } from '@app/platform';
import type { Origin } from './sessions.service';

/**
 * What is kept of signing in. Written beside the answer, never before it: the time of an answer must not tell whether
 * an account exists. What was typed as an address is not kept: people type passwords there.
 */
@Injectable()
export class SignInTrail {
  constructor(
    @Inject(DB) private readonly db: Db,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  refused(userId: string | undefined, { address }: Origin, why: 'password' | 'disabled' | 'second-factor'): void {
    this.logger.warn({ userId, address, why }, 'signing in was refused');
    if (userId === undefined) return;
    this.write({
      actor: { kind: 'public' },
      action: 'sign-in.refused',
      subject: { kind: 'account', id: userId },
      detail: { why, address },
    });
  }

  recoveryCodeUsed(userId: string, { address }: Origin): void {
    const subject = { kind: 'account', id: userId };
    this.write({ actor: byUser(userId), action: 'second-factor.recovery-code-used', subject, detail: { address } });
  }

  steppedUp(userId: string): void {
    this.write({ actor: byUser(userId), action: 'session.stepped-up', subject: { kind: 'account', id: userId } });
  }

  private write(entry: Omit<AuditEntry, 'electionId'>): void {
    this.db
      .transaction()
      .execute((tx) => AuditLog.append(tx, { electionId: null, ...entry }))
      .catch((error: unknown) => this.logger.error({ err: error, action: entry.action }, 'an audit event was not written'));
  }
}
