import { Inject, Injectable } from '@nestjs/common';
import { AuditLog, byUser } from '@app/audit';
import { DB, type Db } from '@app/database';
import { DomainError } from '@app/platform';
import type { CurrentSession } from './current-session';
import { hashPassword, isPassword } from './password';
import { requireStepUp } from './require-access';
import { requireBrowser } from './require-browser';
import { Sessions } from './sessions.service';
import { SignInLimit } from './sign-in-limit';

@Injectable()
export class OwnPassword {
  constructor(
    @Inject(DB) private readonly db: Db,
    private readonly sessions: Sessions,
    private readonly limit: SignInLimit,
  ) {}

  /**
   * Ends all other sessions of the account.
   * @throws DomainError `session.credentials-wrong`, `access.step-up-needed`, `request.too-many`
   */
  async change(session: CurrentSession, present: string, next: string, address: string): Promise<void> {
    const { sessionId } = requireBrowser(session);
    if (session.secondFactor === 'shown') requireStepUp(session);
    const { id, email } = session.user;
    this.limit.count(address, email);
    const { password_hash: stored } = await this.db
      .selectFrom('users')
      .select('password_hash')
      .where('id', '=', id)
      .executeTakeFirstOrThrow();
    if (!(await isPassword(present, stored)))
      throw new DomainError('session.credentials-wrong', 'The present password is wrong.');
    this.limit.forget(address, email);
    const password_hash = await hashPassword(next);
    await this.db.transaction().execute(async (tx) => {
      await tx.updateTable('users').set({ password_hash }).where('id', '=', id).execute();
      await AuditLog.append(tx, {
        electionId: null,
        actor: byUser(id),
        action: 'account.password-changed',
        subject: { kind: 'account', id },
      });
    });
    await this.sessions.endAll(id, sessionId);
  }
}
