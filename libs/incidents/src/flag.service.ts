import { randomUUID } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { AuditLog, byUser } from '@app/audit';
import type { HeldGrant } from '@app/access';
import type { FlagIncident, Incident } from '@app/contracts';
import { DB, type Db, type RepeatKey, runOnce, type Tx } from '@app/database';
import { Clock, DomainError, InvalidFields } from '@app/platform';
import { OutboxRelay, writeOutbox } from '@app/realtime';
import { accreditationAt, requireFlagging } from './accreditation';
import { type Actor } from './cases/case-access';
import { factsOf } from './cases/case-row';
import { auditActionOf } from './cases/case-words';
import { ClipRequests } from './clip-requests';
import { dateOf, duesFor } from './clocks/clock-store';
import { runningClock } from './clocks/clock-rules';
import { CLIP_MARGIN_MS, type FlaggedRange, HOLD_AFTER_MS, HOLD_BEFORE_MS, rangeOf, rangeProblems } from './flag-rules';
import { offeredCode, UNKNOWN_CODE } from './incident-codes';
import { recordEvent } from './incident-events';
import { searchTextOf, selectIncidents, toIncident } from './incident-view';

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
   * be cut, the announcement and the audit event. The same key with the same flag gives the first result again.
   * @throws DomainError `camera.not-found`, `incident.range-invalid`, `incident.code-unknown`, `access.denied`,
   * `incident.not-accredited`, `idempotency-key.reused`, `idempotency-key.in-use`
   */
  async flag(actor: Actor, flag: FlagIncident, repeat?: RepeatKey): Promise<Incident> {
    requireFlagging(actor);
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

    const { grant, organisation } = await accreditationAt(tx, actor, place, range.at);

    const row = {
      id: randomUUID(),
      election_id: place.electionId,
      region_id: place.regionId,
      station_id: place.stationId,
      camera_id: flag.cameraId,
      state: 'submitted',
      code: code.code,
      severity: flag.severity ?? code.severity,
      reported_severity: flag.severity ?? code.severity,
      note: flag.note ?? null,
      at: range.at,
      from_at: range.from,
      to_at: range.to,
      pressed_at: new Date(flag.clock.pressedAt),
      delay_ms: flag.clock.delayMs,
      received_at: receivedAt,
      reporter_id: actor.user.id,
      reporter_organisation: organisation,
      version: 1,
    } as const;
    const dues = await duesFor(tx, row, receivedAt.getTime());
    const due_at = dateOf(runningClock('submitted', dues)?.due ?? null);
    const clocks = { claim_due: dateOf(dues.claim), decide_due: dateOf(dues.decision), due_at };
    const stored = await tx
      .insertInto('incidents')
      .values({ ...row, ...clocks, search_text: searchTextOf({ ...place, note: row.note }) })
      .returningAll()
      .executeTakeFirstOrThrow();
    await holdFootage(tx, row.id, flag.cameraId, range);
    await tx
      .insertInto('incident_clips')
      .values({ incident_id: row.id, state: 'waiting', ready_after: readyAfter(range.to) })
      .execute();
    const facts = JSON.stringify(factsOf(stored));
    await tx
      .insertInto('incident_versions')
      .values({ incident_id: row.id, version: 1, at: receivedAt, actor_id: actor.user.id, action: 'submit', facts })
      .execute();
    const incident = toIncident(await selectIncidents(tx).where('incidents.id', '=', row.id).executeTakeFirstOrThrow());
    const { camera, at, from, to, severity, note, clock } = incident;
    const detail = { version: 1, cameraId: camera.id, at, from, to, code: incident.code, severity, note, clock };
    await recordEvent(tx, { incidentId: row.id, type: 'flagged', actorId: actor.user.id, at: receivedAt, detail });
    await writeOutbox(tx, 'IncidentFlagged', { incident });
    await auditFlag(tx, incident, place, grant);
    return incident;
  }
}

function readyAfter(to: Date): Date {
  return new Date(to.getTime() + CLIP_MARGIN_MS);
}

interface CameraPlace {
  electionId: string;
  regionId: string;
  stationId: string;
  stationCode: string;
  stationName: string;
  cameraName: string;
}

async function placeOf(tx: Tx, cameraId: string): Promise<CameraPlace> {
  const place = await tx
    .selectFrom('cameras')
    .innerJoin('stations', 'stations.id', 'cameras.station_id')
    .select(['stations.election_id as electionId', 'stations.region_id as regionId', 'stations.id as stationId'])
    .select(['stations.code as stationCode', 'stations.name as stationName', 'cameras.name as cameraName'])
    .where('cameras.id', '=', cameraId)
    .executeTakeFirst();
  if (!place) throw new DomainError('camera.not-found', 'There is no such camera.', [{ field: 'cameraId', rule: 'is a camera' }]);
  return place;
}

/** Last in the transaction, because it holds the chain of the election. */
async function auditFlag(tx: Tx, incident: Incident, place: CameraPlace, grant: HeldGrant): Promise<void> {
  const { id, reporter, code, severity, at, from, to, clock } = incident;
  if (!reporter) throw new Error('A flag without a reporter');
  await AuditLog.append(tx, {
    electionId: place.electionId,
    regionId: place.regionId,
    stationId: place.stationId,
    actor: byUser(reporter.id),
    grant,
    action: auditActionOf('submit'),
    subject: { kind: 'incident', id },
    from: 'draft',
    to: 'submitted',
    at: new Date(clock.receivedAt),
    detail: { version: 1, cameraId: incident.camera.id, code, severity, at, from, to },
  });
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
