import { Inject, Injectable } from '@nestjs/common';
import type { Permission, User } from '@app/contracts';
import { CONFIG, type Config } from '@app/config';
import { DB, type Db } from '@app/database';
import { Clock, DomainError } from '@app/platform';
import { heldGrants } from './held-grants';
import { isPassword } from './password';
import { inOrder, permissionsOf } from './permissions';
import type { HeldGrant } from './require-access';
import { hashOf, newSessionToken, SESSION_HOURS, tokenIn } from './session-token';
import { SignInLimit } from './sign-in-limit';

/** Who is behind a request or a socket, and what that person may do now. */
export interface CurrentSession {
  user: User;
  permissions: Permission[];
  grants: HeldGrant[];
  /** The second factor was shown within the last ten minutes. */
  steppedUp: boolean;
  tokenHash: Buffer;
}

@Injectable()
export class Sessions {
  private readonly secure: boolean;

  constructor(
    @Inject(DB) private readonly db: Db,
    @Inject(CONFIG) config: Config,
    private readonly clock: Clock,
    private readonly limit: SignInLimit,
  ) {
    this.secure = config.http.secureCookies;
  }

  /**
   * @param address where the attempt comes from, for the limit on guessing
   * @throws DomainError `session.credentials-wrong`, `request.too-many`
   */
  async signIn(email: string, password: string, address: string): Promise<{ token: string; session: CurrentSession }> {
    this.limit.count(address, email);
    const account = await this.db
      .selectFrom('users')
      .select(['id', 'password_hash'])
      .where((eb) => eb(eb.fn('lower', ['email']), '=', email.toLowerCase()))
      .executeTakeFirst();
    if (!(await isPassword(password, account?.password_hash)) || !account)
      throw new DomainError('session.credentials-wrong', 'E-mail or password is wrong.');
    this.limit.forget(address, email);
    const token = newSessionToken();
    const session = await this.open(account.id, hashOf(token));
    return { token, session };
  }

  /** The live session that a request's `Cookie` header carries, or undefined. */
  async sessionOf(cookieHeader: string | undefined): Promise<CurrentSession | undefined> {
    const token = tokenIn(cookieHeader, this.secure);
    return token ? this.find(hashOf(token)) : undefined;
  }

  async signOut(session: CurrentSession): Promise<void> {
    await this.db.deleteFrom('sessions').where('token_hash', '=', session.tokenHash).execute();
  }

  private async open(userId: string, tokenHash: Buffer): Promise<CurrentSession> {
    const now = this.clock.now();
    await this.db.deleteFrom('sessions').where('expires_at', '<=', now).execute();
    const expires_at = new Date(now.getTime() + SESSION_HOURS * 3_600_000);
    await this.db.insertInto('sessions').values({ token_hash: tokenHash, user_id: userId, expires_at }).execute();
    const session = await this.find(tokenHash);
    if (!session) throw new Error('A session that was just opened cannot be found');
    return session;
  }

  private async find(tokenHash: Buffer): Promise<CurrentSession | undefined> {
    const now = this.clock.now();
    const found = await this.db
      .selectFrom('sessions')
      .innerJoin('users', 'users.id', 'sessions.user_id')
      .select(['users.id', 'users.email', 'users.name'])
      .where('sessions.token_hash', '=', tokenHash)
      .where('sessions.expires_at', '>', now)
      .where('users.disabled_at', 'is', null)
      .executeTakeFirst();
    if (!found) return undefined;
    const grants = await heldGrants(this.db, found.id, now);
    const roles = inOrder(grants.map(({ role }) => role));
    return { user: { ...found, roles }, permissions: permissionsOf(roles), grants, steppedUp: false, tokenHash };
  }
}
