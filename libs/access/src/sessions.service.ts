import { Inject, Injectable } from '@nestjs/common';
import { CONFIG, type Config } from '@app/config';
import type { OpenSession } from '@app/contracts';
import { DB, type Db } from '@app/database';
import { Clock, DomainError } from '@app/platform';
import { type CurrentSession, currentSession } from './current-session';
import { requireBrowser } from './require-browser';
import { RightsSignal } from './rights-signal';
import { hashOf, newSessionToken, SESSION_HOURS, tokenIn } from './session-token';

/** A session that nobody uses ends after this. An open page uses it: its socket is looked at again and again. */
export const IDLE_HOURS = 2;
/** How exactly `last_seen_at` is kept. */
const SEEN_MS = 60_000;
const MAX_USER_AGENT = 300;

/** Where a request comes from. */
export interface Origin {
  address: string;
  userAgent: string;
}

/** Sessions of browsers: opaque, and known to the server only by their hash. */
@Injectable()
export class Sessions {
  private readonly secure: boolean;

  constructor(
    @Inject(DB) private readonly db: Db,
    @Inject(CONFIG) config: Config,
    private readonly clock: Clock,
    private readonly signal: RightsSignal,
  ) {
    this.secure = config.http.secureCookies;
  }

  /** @param factorShown the second factor was just shown */
  async open(userId: string, origin: Origin, factorShown: boolean): Promise<{ token: string; session: CurrentSession }> {
    const now = this.clock.now();
    await this.db.deleteFrom('sessions').where('expires_at', '<=', now).execute();
    const token = newSessionToken();
    await this.db
      .insertInto('sessions')
      .values({
        token_hash: hashOf(token),
        user_id: userId,
        created_at: now,
        last_seen_at: now,
        expires_at: new Date(now.getTime() + SESSION_HOURS * 3_600_000),
        address: origin.address,
        user_agent: origin.userAgent.slice(0, MAX_USER_AGENT),
        factor_shown_at: factorShown ? now : null,
      })
      .execute();
    const session = await this.ofToken(token);
    if (!session) throw new Error('A session that was just opened cannot be found');
    return { token, session };
  }

  /** The live session that a request's `Cookie` header carries, or undefined. */
  async ofCookie(cookieHeader: string | undefined): Promise<CurrentSession | undefined> {
    const token = tokenIn(cookieHeader, this.secure);
    return token ? this.ofToken(token) : undefined;
  }

  /** One's own, newest use first. */
  async list(session: CurrentSession): Promise<OpenSession[]> {
    const { sessionId } = requireBrowser(session);
    const rows = await this.live()
      .selectAll('sessions')
      .where('sessions.user_id', '=', session.user.id)
      .orderBy('last_seen_at', 'desc')
      .execute();
    return rows.map((row) => ({
      id: row.id,
      current: row.id === sessionId,
      createdAt: row.created_at.toISOString(),
      lastSeenAt: row.last_seen_at.toISOString(),
      expiresAt: row.expires_at.toISOString(),
      address: row.address,
      userAgent: row.user_agent,
    }));
  }

  /** @throws DomainError `session.not-found` when it is not one's own */
  async end(session: CurrentSession, id: string): Promise<void> {
    requireBrowser(session);
    const userId = session.user.id;
    const ended = await this.db
      .deleteFrom('sessions')
      .where('id', '=', id)
      .where('user_id', '=', userId)
      .returning('id')
      .executeTakeFirst();
    if (!ended) throw new DomainError('session.not-found', 'You have no such session.');
    await this.signal.changed(userId);
  }

  /** @param exceptId stays open */
  async endAll(userId: string, exceptId?: string): Promise<void> {
    await this.db
      .deleteFrom('sessions')
      .where('user_id', '=', userId)
      .$if(exceptId !== undefined, (query) => query.where('id', '!=', exceptId as string))
      .execute();
    await this.signal.changed(userId);
  }

  async factorShown(sessionId: string): Promise<void> {
    await this.db.updateTable('sessions').set({ factor_shown_at: this.clock.now() }).where('id', '=', sessionId).execute();
  }

  /** The same session as it is now, undefined when it ended. Counts as use. */
  async again(sessionId: string): Promise<CurrentSession | undefined> {
    return this.find((query) => query.where('sessions.id', '=', sessionId));
  }

  private ofToken(token: string): Promise<CurrentSession | undefined> {
    return this.find((query) => query.where('sessions.token_hash', '=', hashOf(token)));
  }

  private async find(
    pick: (query: ReturnType<Sessions['live']>) => ReturnType<Sessions['live']>,
  ): Promise<CurrentSession | undefined> {
    const row = await pick(this.live())
      .innerJoin('users', 'users.id', 'sessions.user_id')
      .leftJoin('second_factors', 'second_factors.user_id', 'users.id')
      .where('users.disabled_at', 'is', null)
      .select(['sessions.id as session_id', 'sessions.last_seen_at', 'sessions.factor_shown_at', 'second_factors.confirmed_at'])
      .select(['users.id', 'users.email', 'users.name'])
      .executeTakeFirst();
    if (!row) return undefined;
    const now = this.clock.now();
    if (now.getTime() - row.last_seen_at.getTime() > SEEN_MS)
      await this.db.updateTable('sessions').set({ last_seen_at: now }).where('id', '=', row.session_id).execute();
    return currentSession(
      this.db,
      {
        user: { id: row.id, email: row.email, name: row.name },
        by: { kind: 'session', id: row.session_id },
        hasFactor: row.confirmed_at !== null,
        factorShownAt: row.factor_shown_at,
      },
      now,
    );
  }

  private live() {
    const now = this.clock.now();
    return this.db
      .selectFrom('sessions')
      .where('sessions.expires_at', '>', now)
      .where('sessions.last_seen_at', '>', new Date(now.getTime() - IDLE_HOURS * 3_600_000));
  }
}
