import { randomUUID } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { type CurrentSession, hashPassword, RightsSignal } from '@app/access';
import type { OwnApplication } from '@app/contracts';
import { DB, type Db, type Tx } from '@app/database';
import { Clock, DomainError } from '@app/platform';
import { type ApprovedRow, idByReference, isApproved, lockedRow, rowById } from './accreditation-rows';
import { toOwnApplication } from './accreditation-view';
import { recordStep } from './history';
import { giveRights } from './observer-grants';
import { organisationName } from './organisations';
import { stateAt } from './transitions';

/** The step from a badge to an account. Only who holds the reference of an approved application takes it, and once. */
@Injectable()
export class ObserverAccounts {
  constructor(
    @Inject(DB) private readonly db: Db,
    private readonly clock: Clock,
    private readonly signal: RightsSignal,
  ) {}

  /**
   * Makes an account with the application's e-mail and this password. The e-mail was never proven: who has an account
   * under it already shows that by signing in, see `link`.
   * @throws DomainError `accreditation.reference-unknown`, `accreditation.not-allowed-now`, `accreditation.account-exists`
   */
  async open(reference: string, password: string): Promise<OwnApplication> {
    // Slow by design: not while rows are locked.
    const password_hash = await hashPassword(password);
    return this.attach(reference, async (tx, row) => {
      const made = await tx
        .insertInto('users')
        .values({
          id: randomUUID(),
          password_hash,
          email: row.email,
          name: row.name,
          organisation: await organisationName(tx, row.organisation_id),
        })
        .onConflict((conflict) => conflict.doNothing())
        .returning('id')
        .executeTakeFirst();
      if (made) return made.id;
      throw new DomainError(
        'accreditation.account-exists',
        'There is an account with this e-mail. Sign in with it, then open your application again.',
      );
    });
  }

  /**
   * Lets the account of the session act under the accreditation.
   * @throws DomainError `accreditation.reference-unknown`, `accreditation.not-allowed-now`, `accreditation.other-account`
   */
  async link(session: Pick<CurrentSession, 'user'>, reference: string): Promise<OwnApplication> {
    return this.attach(reference, async (tx, row) => {
      const { id, email } = session.user;
      if (email.toLowerCase() !== row.email.toLowerCase())
        throw new DomainError('accreditation.other-account', 'The account you are signed in to has another e-mail address.');
      const organisation = await organisationName(tx, row.organisation_id);
      await tx.updateTable('users').set({ organisation }).where('id', '=', id).execute();
      return id;
    });
  }

  private async attach(reference: string, accountFor: (tx: Tx, row: ApprovedRow) => Promise<string>): Promise<OwnApplication> {
    const id = await idByReference(this.db, reference);
    const now = this.clock.now();
    const userId = await this.db.transaction().execute(async (tx) => {
      const row = await lockedRow(tx, id);
      const state = stateAt({ state: row.state, validTo: row.valid_to }, now);
      if (!isApproved(row) || state !== 'approved' || row.user_id !== null) {
        const message =
          row.user_id !== null ? 'There is an account for it already.' : 'An account comes with an accreditation that is valid.';
        throw new DomainError('accreditation.not-allowed-now', message, { state });
      }
      const userId = await accountFor(tx, row);
      await tx.updateTable('accreditations').set({ user_id: userId }).where('id', '=', id).execute();
      const reason = `accreditation ${row.number}`;
      await giveRights(tx, row, { userId, from: row.valid_from, givenBy: null, reason });
      const step = { accreditation: row, action: 'open-account', from: row.state, to: row.state, at: now } as const;
      await recordStep(tx, { ...step, actor: { kind: 'applicant' }, reason: null, detail: { userId } });
      return userId;
    });
    await this.signal.changed(userId);
    return toOwnApplication(this.db, await rowById(this.db, id), now);
  }
}
