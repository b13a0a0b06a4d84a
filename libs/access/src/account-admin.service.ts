import { Inject, Injectable } from '@nestjs/common';
import type { z } from 'zod';
import { AuditLog, byUser } from '@app/audit';
import type { Account, AccountQuery, CreateAccount, NewAccountMade, Page } from '@app/contracts';
import { DB, type Db, type Tx } from '@app/database';
import { Clock, DomainError } from '@app/platform';
import { selectAccounts, toAccounts } from './account-view';
import { createAccountIn } from './accounts';
import type { CurrentSession } from './current-session';
import { insertGrant } from './grant-rows';
import { newPassword } from './password';
import { type HeldGrant, requireAccess, requireStepUp } from './require-access';
import { RightsSignal } from './rights-signal';
import { EVERYWHERE } from './scope';

/** Accounts as administrators see and change them; nobody changes their own. */
@Injectable()
export class AccountAdmin {
  constructor(
    @Inject(DB) private readonly db: Db,
    private readonly clock: Clock,
    private readonly signal: RightsSignal,
  ) {}

  /** By e-mail address. @throws DomainError `access.denied` */
  async list(session: CurrentSession, { q, limit, cursor }: z.infer<typeof AccountQuery>): Promise<Page<Account>> {
    requireAccess(session, 'account.manage', EVERYWHERE);
    const pattern = q === undefined || q.trim() === '' ? undefined : `%${q.trim().replace(/[\\%_]/g, '\\$&')}%`;
    const matching = selectAccounts(this.db).$if(pattern !== undefined, (query) =>
      query.where((eb) => eb.or([eb('users.email', 'ilike', pattern ?? ''), eb('users.name', 'ilike', pattern ?? '')])),
    );
    const after = cursor === undefined ? undefined : Buffer.from(cursor, 'base64url').toString('utf8');
    const rows = await matching
      .$if(after !== undefined, (query) => query.where((eb) => eb(eb.fn('lower', ['users.email']), '>', after ?? '')))
      .orderBy((eb) => eb.fn('lower', ['users.email']))
      .limit(limit + 1)
      .execute();
    const { total } = await matching
      .clearSelect()
      .select((eb) => eb.fn.countAll<number>().as('total'))
      .executeTakeFirstOrThrow();
    const page = rows.slice(0, limit);
    const last = rows.length > limit ? page.at(-1) : undefined;
    const nextCursor = last ? Buffer.from(last.email.toLowerCase()).toString('base64url') : null;
    return { items: await toAccounts(this.db, page), nextCursor, total };
  }

  /** @throws DomainError `access.denied`, `account.not-found` */
  async get(session: CurrentSession, id: string): Promise<Account> {
    requireAccess(session, 'account.manage', EVERYWHERE);
    return this.view(id);
  }

  /** @throws DomainError `access.denied`, `access.step-up-needed`, `account.email-taken`, `grant.scope-unknown` */
  async create(session: CurrentSession, wanted: z.infer<typeof CreateAccount>): Promise<z.infer<typeof NewAccountMade>> {
    const grant = requireAccess(session, 'account.manage', EVERYWHERE);
    requireStepUp(session);
    const password = newPassword();
    const { email, name, reason } = wanted;
    const made = await createAccountIn(this.db, { email, name, password }, async (tx, id) => {
      await this.record(tx, session, grant, 'account.created', id, reason);
      if (wanted.grant) await insertGrant(tx, { ...wanted.grant, userId: id, reason }, { session, grant }, this.clock.now());
    });
    if (!made) throw new DomainError('account.email-taken', 'There is an account with this e-mail address.');
    return { account: await this.view(made), password };
  }

  /**
   * Ends all sessions; tokens no longer work while it lasts.
   * @throws DomainError `access.denied`, `access.step-up-needed`, `account.not-found`, `account.own`
   */
  async disable(session: CurrentSession, id: string, reason: string): Promise<Account> {
    return this.change(session, id, 'account.disabled', reason, async (tx) => {
      await tx
        .updateTable('users')
        .set({ disabled_at: this.clock.now(), disabled_reason: reason })
        .where('id', '=', id)
        .execute();
      await tx.deleteFrom('sessions').where('user_id', '=', id).execute();
    });
  }

  /** @throws DomainError `access.denied`, `access.step-up-needed`, `account.not-found`, `account.own` */
  async enable(session: CurrentSession, id: string, reason: string): Promise<Account> {
    return this.change(session, id, 'account.enabled', reason, async (tx) => {
      await tx.updateTable('users').set({ disabled_at: null, disabled_reason: null }).where('id', '=', id).execute();
    });
  }

  /**
   * Takes the second factor away, and with it every session and token.
   * @throws DomainError `access.denied`, `access.step-up-needed`, `account.not-found`, `account.own`
   */
  async resetSecondFactor(session: CurrentSession, id: string, reason: string): Promise<Account> {
    return this.change(session, id, 'second-factor.reset', reason, async (tx) => {
      await tx.deleteFrom('second_factors').where('user_id', '=', id).execute();
      await tx.deleteFrom('recovery_codes').where('user_id', '=', id).execute();
      await tx.deleteFrom('sessions').where('user_id', '=', id).execute();
      await tx
        .updateTable('personal_tokens')
        .set({ revoked_at: this.clock.now() })
        .where('user_id', '=', id)
        .where('revoked_at', 'is', null)
        .execute();
    });
  }

  private async change(
    session: CurrentSession,
    id: string,
    action: string,
    reason: string,
    work: (tx: Tx) => Promise<void>,
  ): Promise<Account> {
    const grant = requireAccess(session, 'account.manage', EVERYWHERE);
    requireStepUp(session);
    refuseOwn(session, id);
    await this.view(id);
    await this.db.transaction().execute(async (tx) => {
      await work(tx);
      await this.record(tx, session, grant, action, id, reason);
    });
    await this.signal.changed(id);
    return this.view(id);
  }

  private async record(
    tx: Tx,
    session: CurrentSession,
    grant: HeldGrant,
    action: string,
    id: string,
    reason: string,
  ): Promise<void> {
    const subject = { kind: 'account', id };
    await AuditLog.append(tx, { electionId: null, actor: byUser(session.user.id), grant, action, subject, reason });
  }

  private async view(id: string): Promise<Account> {
    const [account] = await toAccounts(this.db, await selectAccounts(this.db).where('users.id', '=', id).execute());
    if (!account) throw new DomainError('account.not-found', 'There is no such account.');
    return account;
  }
}

/** An administrator who could give themselves rights would decide what administrators must not. */
export function refuseOwn(session: CurrentSession, userId: string): void {
  if (session.user.id === userId) throw new DomainError('account.own', 'Another administrator has to change your account.');
}
