import { randomUUID } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import type { z } from 'zod';
import { AuditLog, byUser } from '@app/audit';
import { type CreateToken, type NewToken, type Permission, type PersonalToken, PERMISSIONS } from '@app/contracts';
import { DB, type Db, type Row } from '@app/database';
import { Clock, DomainError, InvalidFields } from '@app/platform';
import { type CurrentSession, currentSession } from './current-session';
import { scopeOf } from './held-grants';
import { permissionsOf } from './permissions';
import { hasAccess, requireStepUp } from './require-access';
import { requireBrowser } from './require-browser';
import { RightsSignal } from './rights-signal';
import { narrower, placeOf, type Scope } from './scope';
import { scopeColumns, scopeRef } from './scope-columns';
import { hashOf, newSessionToken } from './session-token';

export const TOKEN_PREFIX = 'pgt_';
const MAX_DAYS = 366;
const SEEN_MS = 60_000;

/** Tokens for programs: they may what their owner may at the time, cut down to their permissions and scope. */
@Injectable()
export class PersonalTokens {
  constructor(
    @Inject(DB) private readonly db: Db,
    private readonly clock: Clock,
    private readonly signal: RightsSignal,
  ) {}

  /** @throws DomainError `access.denied`, `access.step-up-needed`, `token.scope-not-yours`, `request.invalid` */
  async create(session: CurrentSession, wanted: z.infer<typeof CreateToken>): Promise<z.infer<typeof NewToken>> {
    requireBrowser(session);
    if (session.secondFactor === 'shown') requireStepUp(session);
    const now = this.clock.now();
    const expires_at = new Date(wanted.expiresAt);
    if (expires_at <= now || expires_at.getTime() > now.getTime() + MAX_DAYS * 86_400_000)
      throw new InvalidFields([{ field: 'expiresAt', rule: 'lies ahead, by a year at most' }]);
    const columns = scopeColumns(wanted.scope ?? { kind: 'all' });
    await this.requireOwn(session, wanted.permissions, columns);
    const token = TOKEN_PREFIX + newSessionToken();
    const permissions = PERMISSIONS.filter((permission) => wanted.permissions.includes(permission));
    const { id } = session.user;
    const row = await this.db.transaction().execute(async (tx) => {
      const made = await tx
        .insertInto('personal_tokens')
        .values({
          id: randomUUID(),
          user_id: id,
          name: wanted.name,
          token_hash: hashOf(token),
          permissions,
          ...columns,
          created_at: now,
          expires_at,
        })
        .returningAll()
        .executeTakeFirstOrThrow();
      await AuditLog.append(tx, {
        electionId: null,
        actor: byUser(id),
        action: 'token.created',
        subject: { kind: 'token', id: made.id },
        detail: { name: wanted.name, permissions, scope: scopeRef(made), expiresAt: expires_at },
      });
      return made;
    });
    return { ...toToken(row), token };
  }

  async list(session: CurrentSession): Promise<PersonalToken[]> {
    requireBrowser(session);
    const rows = await this.db
      .selectFrom('personal_tokens')
      .selectAll()
      .where('user_id', '=', session.user.id)
      .where('revoked_at', 'is', null)
      .where('expires_at', '>', this.clock.now())
      .orderBy('created_at', 'desc')
      .execute();
    return rows.map(toToken);
  }

  /** @throws DomainError `token.not-found` */
  async revoke(session: CurrentSession, tokenId: string): Promise<void> {
    requireBrowser(session);
    const { id } = session.user;
    await this.db.transaction().execute(async (tx) => {
      const revoked = await tx
        .updateTable('personal_tokens')
        .set({ revoked_at: this.clock.now() })
        .where('id', '=', tokenId)
        .where('user_id', '=', id)
        .where('revoked_at', 'is', null)
        .returning('id')
        .executeTakeFirst();
      if (!revoked) throw new DomainError('token.not-found', 'You have no such token.');
      const subject = { kind: 'token', id: tokenId };
      await AuditLog.append(tx, { electionId: null, actor: byUser(id), action: 'token.revoked', subject });
    });
    await this.signal.changed(id);
  }

  /** Who a token speaks for, or undefined when it is none (any more). */
  ofToken(token: string): Promise<CurrentSession | undefined> {
    return this.find('token_hash', hashOf(token));
  }

  /** The same token as it is now. */
  again(tokenId: string): Promise<CurrentSession | undefined> {
    return this.find('id', tokenId);
  }

  private async requireOwn(
    session: CurrentSession,
    permissions: readonly Permission[],
    columns: ReturnType<typeof scopeColumns>,
  ): Promise<void> {
    const scope = await scopeOf(this.db, columns);
    const place = scope && scope.kind !== 'all' ? placeOf(scope) : undefined;
    if (!scope || permissions.some((permission) => !hasAccess(session, permission, place)))
      throw new DomainError(
        'token.scope-not-yours',
        'A token may not do more than you: leave out permissions, or narrow its scope.',
      );
  }

  private async find(by: 'id' | 'token_hash', value: string | Buffer): Promise<CurrentSession | undefined> {
    const now = this.clock.now();
    const row = await this.db
      .selectFrom('personal_tokens')
      .innerJoin('users', 'users.id', 'personal_tokens.user_id')
      .leftJoin('second_factors', 'second_factors.user_id', 'users.id')
      .selectAll('personal_tokens')
      .select(['users.email', 'users.name as owner', 'second_factors.confirmed_at'])
      .where(`personal_tokens.${by}`, '=', value as never)
      .where('personal_tokens.revoked_at', 'is', null)
      .where('personal_tokens.expires_at', '>', now)
      .where('users.disabled_at', 'is', null)
      .executeTakeFirst();
    if (!row) return undefined;
    if (now.getTime() - (row.last_used_at?.getTime() ?? 0) > SEEN_MS)
      await this.db.updateTable('personal_tokens').set({ last_used_at: now }).where('id', '=', row.id).execute();
    const user = { id: row.user_id, email: row.email, name: row.owner };
    const owner = await currentSession(
      this.db,
      { user, by: { kind: 'token', id: row.id }, hasFactor: row.confirmed_at !== null, factorShownAt: null },
      now,
    );
    return cutDown(owner, row.permissions, await scopeOf(this.db, row));
  }
}

function cutDown(owner: CurrentSession, permissions: readonly Permission[], scope: Scope | undefined): CurrentSession {
  const grants = owner.grants.flatMap((grant) => {
    const left = scope && narrower(grant.scope, scope);
    return left ? [{ ...grant, scope: left }] : [];
  });
  const left = permissionsOf(grants.map(({ role }) => role));
  return { ...owner, permissions: left.filter((each) => permissions.includes(each)), grants };
}

function toToken(row: Row<'personal_tokens'>): PersonalToken {
  return {
    id: row.id,
    name: row.name,
    permissions: row.permissions,
    scope: scopeRef(row),
    createdAt: row.created_at.toISOString(),
    expiresAt: row.expires_at.toISOString(),
    lastUsedAt: row.last_used_at?.toISOString() ?? null,
  };
}
