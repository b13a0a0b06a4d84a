import { Inject, Injectable } from '@nestjs/common';
import type { z } from 'zod';
import type { SignIn as Credentials } from '@app/contracts';
import { DB, type Db } from '@app/database';
import { DomainError } from '@app/platform';
import type { CurrentSession } from './current-session';
import { isPassword } from './password';
import { requireBrowser } from './require-browser';
import { SecondFactors } from './second-factors.service';
import { type Origin, Sessions } from './sessions.service';
import { SignInLimit } from './sign-in-limit';
import { SignInTrail } from './sign-in-trail';

@Injectable()
export class SignIn {
  constructor(
    @Inject(DB) private readonly db: Db,
    private readonly limit: SignInLimit,
    private readonly factors: SecondFactors,
    private readonly sessions: Sessions,
    private readonly trail: SignInTrail,
  ) {}

  /**
   * Opens a new session, whatever session the browser had before.
   * @throws DomainError `session.credentials-wrong`, `session.second-factor-needed`, `session.second-factor-wrong`,
   * `request.too-many`
   */
  async signIn(
    { email, password, totp, recoveryCode }: z.infer<typeof Credentials>,
    origin: Origin,
  ): Promise<{ token: string; session: CurrentSession }> {
    this.limit.count(origin.address, email);
    const account = await this.db
      .selectFrom('users')
      .select(['id', 'password_hash', 'disabled_at'])
      .where((eb) => eb(eb.fn('lower', ['email']), '=', email.toLowerCase()))
      .executeTakeFirst();
    const isKnown = await isPassword(password, account?.password_hash);
    if (!isKnown || !account || account.disabled_at !== null) {
      this.trail.refused(account?.id, origin, account?.disabled_at ? 'disabled' : 'password');
      throw new DomainError('session.credentials-wrong', 'E-mail or password is wrong.');
    }
    const factorShown = await this.proveFactor(account.id, { totp, recoveryCode }, email, origin);
    this.limit.forget(origin.address, email);
    if (recoveryCode !== undefined && totp === undefined && factorShown) this.trail.recoveryCodeUsed(account.id, origin);
    return this.sessions.open(account.id, origin, factorShown);
  }

  /**
   * @returns until when what needs it is allowed now
   * @throws DomainError `session.second-factor-wrong`, `access.second-factor-needed`, `request.too-many`
   */
  async stepUp(session: CurrentSession, totp: string): Promise<void> {
    const { sessionId } = requireBrowser(session);
    if (!(await this.factors.prove(session.user.id, { totp })))
      throw new DomainError('access.second-factor-needed', 'Set up a second factor first.');
    await this.sessions.factorShown(sessionId);
    this.trail.steppedUp(session.user.id);
  }

  private async proveFactor(
    userId: string,
    shown: { totp: string | undefined; recoveryCode: string | undefined },
    email: string,
    origin: Origin,
  ): Promise<boolean> {
    try {
      return await this.factors.prove(userId, shown);
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      if (error.code === 'session.second-factor-needed') this.limit.forgive(origin.address, email);
      else this.trail.refused(userId, origin, 'second-factor');
      throw error;
    }
  }
}
