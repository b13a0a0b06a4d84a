import { Inject, Injectable } from '@nestjs/common';
import { toString as drawQr } from 'qrcode';
import { AuditLog, byUser } from '@app/audit';
import { needsSecondFactor, type SecondFactor, type SecondFactorSetup } from '@app/contracts';
import { DB, type Db, type Tx } from '@app/database';
import { Clock, DomainError, SecretBox } from '@app/platform';
import type { CurrentSession } from './current-session';
import { newRecoveryCodes, recoveryCodeHash } from './recovery-codes';
import { requireStepUp } from './require-access';
import { requireBrowser } from './require-browser';
import { factorOwner, takeTotp } from './second-factors.service';
import { Sessions } from './sessions.service';
import { newTotpSecret, totpUri } from './totp';

/** Setting up a second factor: a secret is shown once, and counts from when a code proves that an app has it. */
@Injectable()
export class SecondFactorSetups {
  constructor(
    @Inject(DB) private readonly db: Db,
    private readonly box: SecretBox,
    private readonly clock: Clock,
    private readonly sessions: Sessions,
  ) {}

  async state(session: CurrentSession): Promise<SecondFactor> {
    const { id, roles } = session.user;
    const factor = await this.db.selectFrom('second_factors').select('confirmed_at').where('user_id', '=', id).executeTakeFirst();
    const { left } = await this.db
      .selectFrom('recovery_codes')
      .select((eb) => eb.fn.countAll<number>().as('left'))
      .where('user_id', '=', id)
      .where('used_at', 'is', null)
      .executeTakeFirstOrThrow();
    const since = factor?.confirmed_at?.toISOString() ?? null;
    return { needed: roles.some(needsSecondFactor), since, recoveryCodesLeft: left };
  }

  /** @throws DomainError `access.step-up-needed` when there is one already that was not just shown */
  async begin(session: CurrentSession): Promise<SecondFactorSetup> {
    requireBrowser(session);
    if (session.secondFactor === 'to-show' || session.secondFactor === 'shown') requireStepUp(session);
    const { id, email } = session.user;
    const secret = newTotpSecret();
    const pending_secret = this.box.seal(factorOwner(id), secret);
    await this.db
      .insertInto('second_factors')
      .values({ user_id: id, pending_secret })
      .onConflict((conflict) => conflict.column('user_id').doUpdateSet({ pending_secret }))
      .execute();
    const uri = totpUri(secret, email);
    return { secret, uri, qrSvg: await drawQr(uri, { type: 'svg', errorCorrectionLevel: 'M', margin: 2 }) };
  }

  /**
   * Ends all other sessions of the account: they were opened with less.
   * @throws DomainError `second-factor.not-begun`, `session.second-factor-wrong`, `access.step-up-needed`
   */
  async confirm(session: CurrentSession, code: string): Promise<string[]> {
    const { sessionId } = requireBrowser(session);
    if (session.secondFactor === 'to-show' || session.secondFactor === 'shown') requireStepUp(session);
    const { id } = session.user;
    const codes = await this.db.transaction().execute(async (tx) => {
      const factor = await tx
        .selectFrom('second_factors')
        .select(['secret', 'pending_secret'])
        .where('user_id', '=', id)
        .forUpdate()
        .executeTakeFirst();
      if (!factor?.pending_secret) throw new DomainError('second-factor.not-begun', 'Ask for a new secret first.');
      const secret = this.box.open(factorOwner(id), factor.pending_secret);
      await tx.updateTable('second_factors').set({ last_step: 0 }).where('user_id', '=', id).execute();
      if (!(await takeTotp(tx, id, secret, code, this.clock.nowMs())))
        throw new DomainError(
          'session.second-factor-wrong',
          'This is not the code of the new secret. Check the clock of the device.',
        );
      await tx
        .updateTable('second_factors')
        .set({ secret: factor.pending_secret, pending_secret: null, confirmed_at: this.clock.now() })
        .where('user_id', '=', id)
        .execute();
      const made = await replaceRecoveryCodes(tx, id);
      const action = factor.secret ? 'second-factor.replaced' : 'second-factor.set-up';
      await AuditLog.append(tx, { electionId: null, actor: byUser(id), action, subject: { kind: 'account', id } });
      return made;
    });
    await this.sessions.factorShown(sessionId);
    await this.sessions.endAll(id, sessionId);
    return codes;
  }

  /** @throws DomainError `access.step-up-needed` */
  async renewRecoveryCodes(session: CurrentSession): Promise<string[]> {
    requireBrowser(session);
    requireStepUp(session);
    const { id } = session.user;
    return this.db.transaction().execute(async (tx) => {
      const made = await replaceRecoveryCodes(tx, id);
      await AuditLog.append(tx, {
        electionId: null,
        actor: byUser(id),
        action: 'second-factor.recovery-codes-renewed',
        subject: { kind: 'account', id },
      });
      return made;
    });
  }
}

/** A second factor that is known from the start, such as a demo account's. */
export async function setSecondFactor(db: Db, box: SecretBox, userId: string, secret: string): Promise<void> {
  const row = { secret: box.seal(factorOwner(userId), secret), pending_secret: null, confirmed_at: new Date(), last_step: 0 };
  await db
    .insertInto('second_factors')
    .values({ user_id: userId, ...row })
    .onConflict((conflict) => conflict.column('user_id').doUpdateSet(row))
    .execute();
}

async function replaceRecoveryCodes(tx: Tx, userId: string): Promise<string[]> {
  const codes = newRecoveryCodes();
  await tx.deleteFrom('recovery_codes').where('user_id', '=', userId).execute();
  await tx
    .insertInto('recovery_codes')
    .values(codes.map((code) => ({ user_id: userId, code_hash: recoveryCodeHash(userId, code) })))
    .execute();
  return codes;
}
