import { Inject, Injectable } from '@nestjs/common';
import type { z } from 'zod';
import type { Account, GiveGrant } from '@app/contracts';
import { DB, type Db } from '@app/database';
import { Clock, DomainError } from '@app/platform';
import { AccountAdmin, refuseOwn } from './account-admin.service';
import type { CurrentSession } from './current-session';
import { insertGrant, recordGrant } from './grant-rows';
import { scopeOf } from './held-grants';
import { requireAccess, requireStepUp } from './require-access';
import { RightsSignal } from './rights-signal';
import { EVERYWHERE } from './scope';
import { scopeRef } from './scope-columns';

/** Rights given and ended by administrators. Both count from the next request on, and on open sockets at once. */
@Injectable()
export class Grants {
  constructor(
    @Inject(DB) private readonly db: Db,
    private readonly clock: Clock,
    private readonly accounts: AccountAdmin,
    private readonly signal: RightsSignal,
  ) {}

  /**
   * @throws DomainError `access.denied`, `access.step-up-needed`, `account.own`, `account.not-found`,
   * `grant.scope-unknown`, `request.invalid`
   */
  async give(session: CurrentSession, userId: string, wanted: z.infer<typeof GiveGrant>): Promise<Account> {
    const grant = requireAccess(session, 'account.manage', EVERYWHERE);
    requireStepUp(session);
    refuseOwn(session, userId);
    await this.accounts.get(session, userId);
    await this.db.transaction().execute((tx) => insertGrant(tx, { ...wanted, userId }, { session, grant }, this.clock.now()));
    await this.signal.changed(userId);
    return this.accounts.get(session, userId);
  }

  /**
   * @throws DomainError `access.denied`, `access.step-up-needed`, `account.own`, `account.not-found`,
   * `grant.not-found`, `grant.over`
   */
  async end(session: CurrentSession, userId: string, grantId: string, reason: string): Promise<Account> {
    const grant = requireAccess(session, 'account.manage', EVERYWHERE);
    requireStepUp(session);
    refuseOwn(session, userId);
    await this.accounts.get(session, userId);
    const now = this.clock.now();
    await this.db.transaction().execute(async (tx) => {
      const row = await tx
        .selectFrom('grants')
        .selectAll()
        .where('id', '=', grantId)
        .where('user_id', '=', userId)
        .forUpdate()
        .executeTakeFirst();
      if (!row) throw new DomainError('grant.not-found', 'This account has no such right.');
      if (row.valid_to !== null && row.valid_to <= now) throw new DomainError('grant.over', 'This right is over already.');
      // One that was to begin later never does.
      const valid_from = row.valid_from < now ? row.valid_from : now;
      await tx
        .updateTable('grants')
        .set({ valid_from, valid_to: now, ended_by: session.user.id, end_reason: reason })
        .where('id', '=', grantId)
        .execute();
      const detail = { grantId, role: row.role, scope: scopeRef(row) };
      const scope = await scopeOf(tx, row);
      await recordGrant(tx, { session, grant }, { action: 'grant.ended', userId, scope, reason, detail });
    });
    await this.signal.changed(userId);
    return this.accounts.get(session, userId);
  }
}
