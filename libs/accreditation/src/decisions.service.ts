import { Inject, Injectable } from '@nestjs/common';
import type { z } from 'zod';
import type { ApproveAccreditation } from '@app/contracts';
import { type Updateable, sql } from 'kysely';
import { type Database, DB, type Db, type Tx } from '@app/database';
import { requireStepUp, RightsSignal } from '@app/access';
import { Clock, DomainError, InvalidFields } from '@app/platform';
import { type AccreditationRow, isApproved, lockedRow, rowById } from './accreditation-rows';
import { type Decider, refuseOwn, requireDecider, requireDeciderOf } from './deciders';
import { recordStep } from './history';
import { endRights, endSessions, giveRights } from './observer-grants';
import { organisationNamed } from './organisations';
import { newNumber } from './readable-code';
import { placesOf, toStored } from './scopes';
import { type Change, next, possibleFor, type StoredState } from './transitions';

type Approval = z.output<typeof ApproveAccreditation>;

/** What deciders do. Each decision has a reason, and nobody decides on themselves. */
@Injectable()
export class Decisions {
  constructor(
    @Inject(DB) private readonly db: Db,
    private readonly clock: Clock,
    private readonly signal: RightsSignal,
  ) {}

  /**
   * Gives a number, places and a time. The observer's account comes later, made by whoever holds the reference.
   * @throws DomainError `access.denied`, `access.step-up-needed`, `accreditation.not-found`, `accreditation.own-application`,
   * `accreditation.not-allowed-now`, `accreditation.scope-unknown`, `accreditation.already-accredited`, `request.invalid`
   */
  async approve(session: Decider, id: string, approval: Approval): Promise<void> {
    await this.change(session, id, 'approve', approval.reason, async (tx, row, now) => {
      if (new Date(approval.validTo) <= now) throw new InvalidFields([{ field: 'validTo', rule: 'lies ahead' }]);
      const scope = await toStored(tx, row.election_id, approval.scope);
      requireDeciderOf(session, await placesOf(tx, row.election_id, scope));
      await refuseSecond(tx, row, now);
      const organisation = approval.organisation ?? row.organisation;
      const facts = {
        ...scope,
        organisation,
        organisation_id: await organisationNamed(tx, organisation, row.kind),
        number: newNumber(),
        valid_from: new Date(approval.validFrom),
        valid_to: new Date(approval.validTo),
      };
      await refuseOwn(tx, session, { ...row, ...facts });
      const { number, scope_kind, scope_ids } = facts;
      return { facts, detail: { number, scope_kind, scope_ids, validFrom: approval.validFrom, validTo: approval.validTo } };
    });
  }

  /** Asks the applicant; the deadline waits for the answer. @throws as `approve` */
  async ask(session: Decider, id: string, question: string): Promise<void> {
    await this.change(session, id, 'ask', question);
  }

  /** @throws as `approve` */
  async reject(session: Decider, id: string, reason: string): Promise<void> {
    await this.change(session, id, 'reject', reason);
  }

  /** Takes the rights back, for a while; sessions and sockets end at once. @throws as `approve` */
  async suspend(session: Decider, id: string, reason: string): Promise<void> {
    await this.change(session, id, 'suspend', reason, (tx, row, now) => end(tx, session, row, reason, now));
  }

  /** Gives the rights back, from now on: what is seen of the time in between stays out of bounds. @throws as `approve` */
  async resume(session: Decider, id: string, reason: string): Promise<void> {
    await this.change(session, id, 'resume', reason, async (tx, row, now) => {
      if (!isApproved(row) || row.user_id === null) return {};
      const from = row.valid_from > now ? row.valid_from : now;
      await giveRights(tx, row, { userId: row.user_id, from, givenBy: session.user.id, reason });
      return {};
    });
  }

  /** Takes the rights back for good; sessions and sockets end at once. @throws as `approve` */
  async revoke(session: Decider, id: string, reason: string): Promise<void> {
    await this.change(session, id, 'revoke', reason, (tx, row, now) => end(tx, session, row, reason, now));
  }

  private async change(
    session: Decider,
    id: string,
    change: Change,
    reason: string,
    effect: (tx: Tx, row: AccreditationRow, now: Date) => Promise<Effect> = () => Promise.resolve({}),
  ): Promise<void> {
    const grant = requireDecider(session, await rowById(this.db, id));
    if (change !== 'ask') requireStepUp(session);
    const now = this.clock.now();
    const userId = await this.db.transaction().execute(async (tx) => {
      const row = await lockedRow(tx, id);
      await refuseOwn(tx, session, row);
      const to = nextOrRefuse(row, change, now);
      const { facts, detail } = await effect(tx, row, now);
      const isFirstDecision = to !== 'needs_info' && row.decided_at === null;
      await tx
        .updateTable('accreditations')
        .set({
          ...facts,
          state: to,
          reason,
          asked_at: to === 'needs_info' ? now : null,
          ...(isFirstDecision && { decided_at: now }),
        })
        .where('id', '=', id)
        .execute();
      const actor = { kind: 'decider', userId: session.user.id, grant } as const;
      await recordStep(tx, {
        accreditation: row,
        action: change,
        from: row.state,
        to,
        at: now,
        actor,
        reason,
        ...(detail && { detail }),
      });
      return row.user_id;
    });
    if (userId !== null) await this.signal.changed(userId);
  }
}

/** What a change does besides the state, and what the audit log is told of it. */
interface Effect {
  facts?: Updateable<Database['accreditations']>;
  detail?: Record<string, unknown>;
}

/** Takes back the rights that run. */
async function end(tx: Tx, session: Decider, row: AccreditationRow, reason: string, at: Date): Promise<Effect> {
  if (row.user_id !== null) await endSessions(tx, row.user_id);
  return { detail: { endedGrants: await endRights(tx, row.id, { at, by: session.user.id, reason }) } };
}

function nextOrRefuse(row: AccreditationRow, change: Change, now: Date): StoredState {
  const standing = { state: row.state, validTo: row.valid_to };
  const to = next(standing, change, now);
  if (to !== undefined) return to;
  const possible = possibleFor('decider', standing, now);
  const message = `This cannot be done with an accreditation that is ${row.state}.`;
  throw new DomainError('accreditation.not-allowed-now', message, { state: row.state, possible });
}

/** One person has one badge. @throws DomainError `accreditation.already-accredited` */
async function refuseSecond(tx: Tx, row: AccreditationRow, now: Date): Promise<void> {
  // Two applications of one person that are approved at once: the second waits, and sees the first.
  await sql`select pg_advisory_xact_lock(hashtextextended(${`${row.election_id} ${row.email.toLowerCase()}`}, 7013))`.execute(tx);
  const other = await tx
    .selectFrom('accreditations')
    .select('number')
    .where('election_id', '=', row.election_id)
    .where((eb) => eb(eb.fn('lower', ['email']), '=', row.email.toLowerCase()))
    .where('id', '<>', row.id)
    .where('state', 'in', ['approved', 'suspended'])
    .where('valid_to', '>', now)
    .executeTakeFirst();
  if (!other) return;
  const message = `This e-mail address is accredited already, under ${other.number}.`;
  throw new DomainError('accreditation.already-accredited', message, { number: other.number });
}
