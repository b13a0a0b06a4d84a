import { randomUUID } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { requireAccess, requireStepUp } from '@app/access';
import type { Hold, MakeHold, ProlongHold } from '@app/contracts';
import { DB, type Db, type RepeatKey, runOnce, type Tx } from '@app/database';
import { Clock, DomainError, InvalidFields } from '@app/platform';
import { type Actor, placeOfHold } from './hold-access';
import { lockedHold, recordHoldEvent, requireUnreleased } from './hold-record';
import { expiryProblems, isEarlier } from './hold-rules';
import { bytesOfRange } from './hold-sizes';
import { selectHolds, toHold } from './hold-view';

/** Whose footage is held: one of the two is null. */
interface Subject {
  camera_id: string | null;
  station_id: string | null;
}

/** Holds that people make, and let end later. Ending them early is `HoldReleases`'. */
@Injectable()
export class Holds {
  constructor(
    @Inject(DB) private readonly db: Db,
    private readonly clock: Clock,
  ) {}

  /**
   * From here on its footage is not deleted. What is already gone stays gone: `bytes` tells what there is.
   * @throws DomainError `access.denied`, `access.step-up-needed`, `camera.not-found`, `station.not-found`, `request.invalid`, `hold.over-budget`,
   * `idempotency-key.reused`, `idempotency-key.in-use`
   */
  async make(actor: Actor, wanted: MakeHold, repeat?: RepeatKey): Promise<Hold> {
    requireAccess(actor, 'hold.manage');
    requireStepUp(actor);
    const now = this.clock.now();
    const expiresAt = wanted.expiresAt === undefined ? null : new Date(wanted.expiresAt);
    const problems = expiryProblems(expiresAt, now);
    if (problems.length > 0) throw new InvalidFields(problems);
    const subject = await this.subjectOf(wanted);
    const place = await placeOfHold(this.db, subject);
    const grant = requireAccess(actor, 'hold.manage', place);
    const range = { from: new Date(wanted.from), to: new Date(wanted.to) };
    // Counted before the transaction: deleting waits for that one, and counting takes its time.
    const bytes = await bytesOfRange(this.db, { ...subject, ...range });
    const { result } = await runOnce(this.db, repeat, async (tx) => {
      await requireBudget(tx, bytes);
      const id = randomUUID();
      const { reason } = wanted;
      await tx
        .insertInto('holds')
        .values({
          id,
          ...subject,
          from_at: range.from,
          to_at: range.to,
          reason,
          incident_id: null,
          owner_id: actor.user.id,
          expires_at: expiresAt,
          bytes,
          bytes_at: now,
        })
        .execute();
      const act = { holdId: id, actorId: actor.user.id, at: now, reason, expiresAt, grant, place };
      await recordHoldEvent(tx, { ...act, type: 'made' });
      return this.view(tx, id);
    });
    return result;
  }

  /**
   * Lets a hold end later, or never. One that has expired holds again what is still there.
   * @throws DomainError `access.denied`, `hold.not-found`, `hold.released`, `hold.expiry-earlier`, `request.invalid`
   */
  async prolong(actor: Actor, id: string, { expiresAt, reason }: ProlongHold): Promise<Hold> {
    requireAccess(actor, 'hold.manage');
    requireStepUp(actor);
    const now = this.clock.now();
    const next = expiresAt === null ? null : new Date(expiresAt);
    return this.db.transaction().execute(async (tx) => {
      const hold = await lockedHold(tx, id);
      const place = await placeOfHold(tx, hold);
      const grant = requireAccess(actor, 'hold.manage', place);
      requireUnreleased(hold);
      const problems = expiryProblems(next, now);
      if (problems.length > 0) throw new InvalidFields(problems);
      if (isEarlier(next, hold.expires_at))
        throw new InvalidFields(
          [{ field: 'expiresAt', rule: 'is not earlier than it was: ask for a release' }],
          'hold.expiry-earlier',
        );
      await tx.updateTable('holds').set({ expires_at: next }).where('id', '=', id).execute();
      const act = { holdId: id, actorId: actor.user.id, at: now, reason, expiresAt: next, grant, place };
      await recordHoldEvent(tx, { ...act, type: 'prolonged' });
      return this.view(tx, id);
    });
  }

  private async view(tx: Tx, id: string): Promise<Hold> {
    return toHold(await selectHolds(tx).where('holds.id', '=', id).executeTakeFirstOrThrow(), this.clock.now());
  }

  private async subjectOf({ cameraId, stationCode }: MakeHold): Promise<Subject> {
    if (cameraId !== undefined) {
      const camera = await this.db.selectFrom('cameras').select('id').where('id', '=', cameraId).executeTakeFirst();
      if (!camera) throw new InvalidFields([{ field: 'cameraId', rule: 'is a camera' }], 'camera.not-found');
      return { camera_id: camera.id, station_id: null };
    }
    // Codes are unique within an election; of several the newest is meant.
    const station = await this.db
      .selectFrom('stations')
      .innerJoin('elections', 'elections.id', 'stations.election_id')
      .select('stations.id')
      .where('stations.code', '=', stationCode ?? '')
      .orderBy('elections.opens_at', 'desc')
      .executeTakeFirst();
    if (!station) throw new InvalidFields([{ field: 'stationCode', rule: 'is a station' }], 'station.not-found');
    return { camera_id: null, station_id: station.id };
  }
}

/** A flag is never asked this: only what people hold by hand has to fit. */
async function requireBudget(tx: Tx, bytes: number): Promise<void> {
  const usage = await tx.selectFrom('hold_usage').select(['used_bytes', 'limit_bytes']).executeTakeFirst();
  if (!usage || usage.limit_bytes === null || usage.used_bytes + bytes <= usage.limit_bytes) return;
  const { used_bytes: usedBytes, limit_bytes: limitBytes } = usage;
  throw new DomainError(
    'hold.over-budget',
    'There is no room for this hold: holds would keep more than their budget. Release others, or raise POLLGLASS_HOLD_BUDGET.',
    { bytes, usedBytes, limitBytes },
  );
}
