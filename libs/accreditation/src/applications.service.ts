import { randomUUID, createHash } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import type { z } from 'zod';
import type { ApplicationReceived, ApplyForAccreditation, OwnApplication } from '@app/contracts';
import { DB, type Db } from '@app/database';
import { Elections } from '@app/elections';
import { Clock, DomainError } from '@app/platform';
import { idByReference, lockedRow, rowById } from './accreditation-rows';
import { ApplicationLimit } from './application-limit';
import { toOwnApplication } from './accreditation-view';
import { deadlineAfterAnswer, deadlineOf } from './deadline';
import { decisionDays } from './decision-days';
import { recordStep } from './history';
import { referenceFor, referenceHash } from './readable-code';
import { requireRegions } from './scopes';
import { next } from './transitions';

type Application = z.output<typeof ApplyForAccreditation>;

/** Injection token: the key that references are made with. */
export const REFERENCE_KEY = Symbol('reference key');

/** Where an application comes from. */
export interface Sender {
  address: string;
  /** The request's `Idempotency-Key`, if it has one. */
  requestKey: string | undefined;
  /** Who is signed in, if anybody is. */
  userId: string | undefined;
}

/** What applicants do: they have no account, only the secret reference of their application. */
@Injectable()
export class Applications {
  constructor(
    @Inject(DB) private readonly db: Db,
    @Inject(REFERENCE_KEY) private readonly key: Buffer,
    private readonly elections: Elections,
    private readonly limit: ApplicationLimit,
    private readonly clock: Clock,
  ) {}

  /**
   * Takes an application for the election of the day. A repetition with the same request key gets the first one's
   * reference again: the answer that held it may have been lost on the way.
   * @throws DomainError `request.too-many`, `election.not-found`, `accreditation.scope-unknown`
   */
  async apply(application: Application, from: Sender): Promise<z.input<typeof ApplicationReceived>> {
    this.limit.count(from.address);
    const election = await this.elections.requireCurrent();
    await requireRegions(this.db, election.id, application.regions);
    const days = await decisionDays(this.db, election.id);
    const now = this.clock.now();
    const reference = referenceFor(this.key, from.requestKey ?? randomUUID());
    return this.db.transaction().execute(async (tx) => {
      const made = await tx
        .insertInto('accreditations')
        .values({
          id: randomUUID(),
          election_id: election.id,
          state: 'submitted',
          reference_hash: hashOfReference(reference),
          request_hash: hashOfRequest(application),
          name: application.name,
          email: application.email,
          phone: application.phone || null,
          kind: application.kind,
          organisation: application.organisation,
          statement: application.statement || null,
          wished_regions: [...new Set(application.regions)],
          submitted_at: now,
          submitted_by: from.userId ?? null,
          due_at: deadlineOf(now, days),
        })
        .onConflict((conflict) => conflict.column('reference_hash').doNothing())
        .returning(['id', 'due_at'])
        .executeTakeFirst();
      if (!made) return this.earlier(reference, application);
      const accreditation = { id: made.id, election_id: election.id };
      const actor = { kind: 'applicant' } as const;
      await recordStep(tx, { accreditation, action: 'submit', from: null, to: 'submitted', at: now, actor, reason: null });
      return { id: made.id, reference, dueAt: made.due_at.toISOString() };
    });
  }

  /** @throws DomainError `accreditation.reference-unknown` */
  async own(reference: string): Promise<OwnApplication> {
    const row = await rowById(this.db, await idByReference(this.db, reference));
    return toOwnApplication(this.db, row, this.clock.now());
  }

  /** @throws DomainError `accreditation.reference-unknown`, `accreditation.not-allowed-now`: nothing was asked */
  async answer(reference: string, answer: string): Promise<OwnApplication> {
    const id = await idByReference(this.db, reference);
    const now = this.clock.now();
    await this.db.transaction().execute(async (tx) => {
      const row = await lockedRow(tx, id);
      const to = next({ state: row.state, validTo: row.valid_to }, 'answer', now);
      if (to === undefined || row.asked_at === null)
        throw new DomainError('accreditation.not-allowed-now', 'There is no question to answer.', { state: row.state });
      const due_at = deadlineAfterAnswer(row.due_at, row.asked_at, now);
      await tx.updateTable('accreditations').set({ state: to, asked_at: null, due_at }).where('id', '=', id).execute();
      const step = { accreditation: row, action: 'answer', from: row.state, to, at: now, reason: answer } as const;
      await recordStep(tx, { ...step, actor: { kind: 'applicant' } });
    });
    return this.own(reference);
  }

  /** The first try of a repeated request. @throws DomainError `idempotency-key.reused` when it asked for something else */
  private async earlier(reference: string, application: Application): Promise<z.input<typeof ApplicationReceived>> {
    const row = await rowById(this.db, await idByReference(this.db, reference));
    if (!row.request_hash.equals(hashOfRequest(application)))
      throw new DomainError('idempotency-key.reused', 'This Idempotency-Key was used before with another application.');
    return { id: row.id, reference, dueAt: row.due_at.toISOString() };
  }
}

function hashOfReference(reference: string): Buffer {
  const hash = referenceHash(reference);
  if (!hash) throw new Error('A reference of our own is none');
  return hash;
}

function hashOfRequest(application: Application): Buffer {
  return createHash('sha256').update(JSON.stringify(application)).digest();
}
