import { randomUUID } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { requirePermission } from '@app/access';
import type { FlagIncident, Incident, Session } from '@app/contracts';
import { DB, type Db, type RepeatKey, runOnce, type Tx } from '@app/database';
import { Clock, DomainError, InvalidFields } from '@app/platform';
import { OutboxRelay, writeOutbox } from '@app/realtime';
import { ClipRequests } from './clip-requests';
import { CLIP_MARGIN_MS, type FlaggedRange, HOLD_AFTER_MS, HOLD_BEFORE_MS, rangeOf, rangeProblems } from './flag-rules';
import { offeredCode, UNKNOWN_CODE } from './incident-codes';
import { recordEvent } from './incident-events';
import { selectIncidents, toIncident } from './incident-view';

/** Who acts: the account of a session and what it may do. */
export type Actor = Pick<Session, 'user' | 'permissions'>;

/** Stores flags, before anything is asked. */
@Injectable()
export class FlagService {
  constructor(
    @Inject(DB) private readonly db: Db,
    private readonly clock: Clock,
    private readonly relay: OutboxRelay,
    private readonly clips: ClipRequests,
  ) {}

  /**
   * One transaction: the key of the request, the incident, its event, a hold on the footage around it, the clip to
   * be cut and the announcement. The same key with the same flag gives the first result again.
   * @throws DomainError `camera.not-found`, `incident.range-invalid`, `incident.code-unknown`,
   * `idempotency-key.reused`, `idempotency-key.in-use`
   */
  async flag(actor: Actor, flag: FlagIncident, repeat?: RepeatKey): Promise<Incident> {
    requirePermission(actor, 'incident.flag');
    const { result, first } = await runOnce(this.db, repeat, (tx) => this.store(tx, actor, flag));
    if (first) {
      this.relay.kick();
      this.clips.request(result.id, readyAfter(new Date(result.to)));
    }
    return result;
  }

  private async store(tx: Tx, actor: Actor, flag: FlagIncident): Promise<Incident> {
    const receivedAt = this.clock.now();
    const range = rangeOf(flag);
    const place = await placeOf(tx, flag.cameraId);
    const code = await offeredCode(tx, flag.code);
    const problems = rangeProblems(range, flag.clock, receivedAt.getTime());
    if (!code) throw new InvalidFields([UNKNOWN_CODE, ...problems], 'incident.code-unknown');
    if (problems.length > 0) throw new InvalidFields(problems, 'incident.range-invalid');

    const id = randomUUID();
    await tx
      .insertInto('incidents')
      .values({
        id,
        ...place,
        state: 'submitted',
        code: code.code,
        severity: flag.severity ?? code.severity,
        note: flag.note ?? null,
        at: range.at,
        from_at: range.from,
        to_at: range.to,
        pressed_at: new Date(flag.clock.pressedAt),
        delay_ms: flag.clock.delayMs,
        received_at: receivedAt,
        reporter_id: actor.user.id,
        version: 1,
      })
      .execute();
    await holdFootage(tx, id, place.camera_id, range);
    await tx
      .insertInto('incident_clips')
      .values({ incident_id: id, state: 'waiting', ready_after: readyAfter(range.to) })
      .execute();
    const incident = toIncident(await selectIncidents(tx).where('incidents.id', '=', id).executeTakeFirstOrThrow());
    const { camera, at, from, to, severity, note, clock } = incident;
    const detail = { version: 1, cameraId: camera.id, at, from, to, code: incident.code, severity, note, clock };
    await recordEvent(tx, { incidentId: id, type: 'flagged', actorId: actor.user.id, at: receivedAt, detail });
    await writeOutbox(tx, 'IncidentFlagged', { incident });
    return incident;
  }
}

function readyAfter(to: Date): Date {
  return new Date(to.getTime() + CLIP_MARGIN_MS);
}

async function placeOf(tx: Tx, cameraId: string): Promise<{ election_id: string; station_id: string; camera_id: string }> {
  const place = await tx
    .selectFrom('cameras')
    .innerJoin('stations', 'stations.id', 'cameras.station_id')
    .select(['stations.election_id', 'stations.id as station_id', 'cameras.id as camera_id'])
    .where('cameras.id', '=', cameraId)
    .executeTakeFirst();
  if (!place) throw new DomainError('camera.not-found', 'There is no such camera.', [{ field: 'cameraId', rule: 'is a camera' }]);
  return place;
}

async function holdFootage(tx: Tx, incidentId: string, cameraId: string, range: FlaggedRange): Promise<void> {
  await tx
    .insertInto('holds')
    .values({
      id: randomUUID(),
      camera_id: cameraId,
      from_at: new Date(range.from.getTime() - HOLD_BEFORE_MS),
      to_at: new Date(range.to.getTime() + HOLD_AFTER_MS),
      reason: 'flagged',
      incident_id: incidentId,
    })
    .execute();
}
