import { Inject, Injectable } from '@nestjs/common';
import { requireAccess, requireStepUp } from '@app/access';
import type { Hold, Role } from '@app/contracts';
import { DB, type Db, type NewRow, type Row, type Tx } from '@app/database';
import { Clock, DomainError } from '@app/platform';
import { type Actor, placeOfHold, sidesAt } from './hold-access';
import { lockedHold, recordHoldEvent, requireUnreleased } from './hold-record';
import { areBothSides, holdStateOf } from './hold-rules';
import { selectHolds, toHold } from './hold-view';

type Change = Partial<Pick<Row<'holds'>, 'release_asked_at' | 'release_asked_by' | 'release_asked_as' | 'release_reason'>> &
  Partial<Pick<Row<'holds'>, 'released_at' | 'released_by'>>;
interface Step {
  type: NewRow<'hold_events'>['type'];
  change: Change;
}

/** Letting footage go before its hold ends: one asks, another one confirms. The row and what was done to it stay. */
@Injectable()
export class HoldReleases {
  constructor(
    @Inject(DB) private readonly db: Db,
    private readonly clock: Clock,
  ) {}

  /**
   * It holds on until somebody else confirms.
   * @throws DomainError `access.denied`, `hold.not-found`, `hold.released`, `hold.expired`, `hold.case-open`, `hold.release-asked`
   */
  async ask(actor: Actor, id: string, reason: string): Promise<Hold> {
    return this.step(actor, id, reason, async (tx, hold, { now, sides }) => {
      if (hold.release_asked_at !== null) throw new DomainError('hold.release-asked', 'The release of this hold is asked for.');
      await requireClosedCase(tx, hold.incident_id);
      const asked = { release_asked_at: now, release_asked_by: actor.user.id, release_reason: reason };
      return { type: 'release-asked', change: { ...asked, release_asked_as: sides } };
    });
  }

  /**
   * From here on nothing keeps the footage but other holds and its retention.
   * @throws DomainError `access.denied`, `hold.not-found`, `hold.released`, `hold.expired`, `hold.case-open`,
   * `hold.release-not-asked`, `hold.release-same-person`, `hold.release-same-side`
   */
  async confirm(actor: Actor, id: string, reason: string): Promise<Hold> {
    return this.step(actor, id, reason, async (tx, hold, { now, sides }) => {
      requireAsked(hold);
      if (hold.release_asked_by === actor.user.id)
        throw new DomainError('hold.release-same-person', 'Who asks for a release does not confirm it.');
      if (!areBothSides(hold.release_asked_as ?? [], sides))
        throw new DomainError('hold.release-same-side', 'One of the two is a custodian, the other an auditor.');
      await requireClosedCase(tx, hold.incident_id);
      return { type: 'released', change: { released_at: now, released_by: actor.user.id } };
    });
  }

  /** Takes a request back, one's own or another's. @throws as `confirm`, but for its rules of two people */
  async refuse(actor: Actor, id: string, reason: string): Promise<Hold> {
    return this.step(actor, id, reason, (_tx, hold) => {
      requireAsked(hold);
      const change = { release_asked_at: null, release_asked_by: null, release_asked_as: null, release_reason: null };
      return Promise.resolve({ type: 'release-refused', change });
    });
  }

  private async step(
    actor: Actor,
    id: string,
    reason: string,
    decide: (tx: Tx, hold: Row<'holds'>, by: { now: Date; sides: Role[] }) => Promise<Step>,
  ): Promise<Hold> {
    requireAccess(actor, 'hold.release');
    requireStepUp(actor);
    return this.db.transaction().execute(async (tx) => {
      const now = this.clock.now();
      const hold = await lockedHold(tx, id);
      const place = await placeOfHold(tx, hold);
      const grant = requireAccess(actor, 'hold.release', place);
      requireUnreleased(hold);
      if (holdStateOf({ expiresAt: hold.expires_at, releasedAt: hold.released_at }, now) === 'expired')
        throw new DomainError('hold.expired', 'This hold has ended: there is nothing to release.');
      const { type, change } = await decide(tx, hold, { now, sides: sidesAt(actor, place) });
      await tx.updateTable('holds').set(change).where('id', '=', id).execute();
      const released = toHold(await selectHolds(tx).where('holds.id', '=', id).executeTakeFirstOrThrow(), now);
      await recordHoldEvent(tx, { holdId: id, type, actorId: actor.user.id, at: now, reason, grant, place });
      return released;
    });
  }
}

function requireAsked(hold: Row<'holds'>): void {
  if (hold.release_asked_at === null)
    throw new DomainError('hold.release-not-asked', 'Nobody has asked for the release of this hold.');
}

/** What a flag holds is evidence for as long as its case is not closed. */
async function requireClosedCase(tx: Tx, incidentId: string | null): Promise<void> {
  if (incidentId === null) return;
  const incident = await tx.selectFrom('incidents').select('state').where('id', '=', incidentId).executeTakeFirstOrThrow();
  const state: string = incident.state;
  if (state !== 'closed')
    throw new DomainError('hold.case-open', 'The case of the flag that made this hold is not closed.', { state });
}
