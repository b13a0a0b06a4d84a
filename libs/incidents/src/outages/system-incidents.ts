import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { AuditLog, type AuditEntry, bySystem } from '@app/audit';
import { FAULTS, type Incident, type OutageEvent } from '@app/contracts';
import type { Tx } from '@app/database';
import { writeOutbox } from '@app/realtime';
import { keepAddendum } from '../cases/addenda';
import { factsOf } from '../cases/case-row';
import { auditActionOf } from '../cases/case-words';
import { runningClock } from '../clocks/clock-rules';
import { dateOf, duesFor } from '../clocks/clock-store';
import { AFTER_MS, BEFORE_MS, CLIP_MARGIN_MS, HOLD_AFTER_MS, HOLD_BEFORE_MS } from '../flag-rules';
import { recordEvent } from '../incident-events';
import { searchTextOf, selectIncidents, toIncident } from '../incident-view';
import { codeOf, severityOf } from './outage-rules';
import type { WatchedCamera } from './outage-store';

/** A camera with its outage, which is being raised. */
export type Failed = WatchedCamera & { outage: NonNullable<WatchedCamera['outage']> };

export interface Opened {
  incidentId: string;
  clipReadyAfter: Date;
}

export interface OutageEnd {
  incidentId: string;
  from: Date;
  to: Date;
  flaps: number;
  cameras: number;
}

/** One round of comparing, in one transaction. */
export interface OutageRound {
  tx: Tx;
  now: Date;
  /** For `SystemIncidents.audit`. */
  audits: AuditEntry[];
}

/** Incidents that nobody reports: what they say of an outage is added to them, never changed. People decide on them as on any. */
@Injectable()
export class SystemIncidents {
  /** @param cameras one, or all of a group, of one region */
  async open(round: OutageRound, cameras: readonly Failed[], isGroup: boolean): Promise<Opened> {
    const { tx, now } = round;
    const first = earliest(cameras);
    const { fromMs } = first.outage;
    const severity = severityOf(fromMs, first);
    const row = {
      id: randomUUID(),
      election_id: first.electionId,
      region_id: first.regionId,
      station_id: first.stationId,
      camera_id: first.cameraId,
      state: 'submitted',
      code: mostCommon(cameras.map(({ reason }) => codeOf(reason))),
      severity,
      reported_severity: severity,
      note: isGroup ? groupNote(cameras) : sentenceOf(first),
      at: new Date(fromMs),
      from_at: new Date(fromMs - BEFORE_MS),
      to_at: new Date(fromMs + AFTER_MS),
      pressed_at: now,
      delay_ms: 0,
      received_at: now,
      reporter_id: null,
      reporter_organisation: null,
      version: 1,
      search_text: searchTextOf({ ...first, note: isGroup ? groupNote(cameras) : sentenceOf(first) }),
    } as const;
    const dues = await duesFor(tx, row, now.getTime());
    const due_at = dateOf(runningClock('submitted', dues)?.due ?? null);
    const clocks = { claim_due: dateOf(dues.claim), decide_due: dateOf(dues.decision), due_at };
    const stored = await tx
      .insertInto('incidents')
      .values({ ...row, ...clocks })
      .returningAll()
      .executeTakeFirstOrThrow();
    const clipReadyAfter = new Date(row.to_at.getTime() + CLIP_MARGIN_MS);
    await tx
      .insertInto('system_incidents')
      .values({ incident_id: row.id, region_id: isGroup ? first.regionId : null, from_at: row.at, to_at: null })
      .execute();
    await tx
      .insertInto('incident_clips')
      .values({ incident_id: row.id, state: 'waiting', ready_after: clipReadyAfter })
      .execute();
    await tx
      .insertInto('incident_versions')
      .values({
        incident_id: row.id,
        version: 1,
        at: now,
        actor_id: null,
        action: 'submit',
        facts: JSON.stringify(factsOf(stored)),
      })
      .execute();
    await this.hold(tx, row.id, cameras.map(beginning));
    const incident = await incidentOf(tx, row.id);
    const { code, note, at, from, to } = incident;
    const detail = { version: 1, at, from, to, code, severity, note, cameras: cameras.map(toDetail) };
    await recordEvent(tx, { incidentId: row.id, type: 'flagged', actorId: null, at: now, detail });
    await writeOutbox(tx, 'IncidentFlagged', { incident });
    round.audits.push({ ...auditOf(stored, now), action: auditActionOf('submit'), from: 'draft', to: 'submitted', detail });
    return { incidentId: row.id, clipReadyAfter };
  }

  /** More cameras of a group failed. */
  async join(round: OutageRound, incidentId: string, cameras: readonly Failed[]): Promise<void> {
    await this.hold(round.tx, incidentId, cameras.map(beginning));
    await this.add(round, incidentId, 'outage-joined', { cameras: cameras.map(toDetail) });
  }

  /** It was over, and is not. */
  async resume(round: OutageRound, incidentId: string, cameras: readonly Failed[]): Promise<void> {
    await round.tx.updateTable('system_incidents').set({ to_at: null }).where('incident_id', '=', incidentId).execute();
    await this.hold(round.tx, incidentId, cameras.map(beginning));
    await this.add(round, incidentId, 'outage-resumed', { cameras: cameras.map(toDetail) });
  }

  /** All of it is over. Whether it was one is for people to decide: state, range and versions stay, and an addendum says the end. */
  async end(round: OutageRound, { incidentId, from, to, flaps, cameras }: OutageEnd): Promise<void> {
    await round.tx.updateTable('system_incidents').set({ to_at: to }).where('incident_id', '=', incidentId).execute();
    const again = flaps === 0 ? '' : ` Well for a while in between, and failed again: ${flaps} times.`;
    const text = `Failed from ${from.toISOString()} to ${to.toISOString()}, as measured by the system.${again}`;
    await keepAddendum(round.tx, { incidentId, kind: 'addendum', text, authorId: null, at: round.now });
    await this.add(round, incidentId, 'outage-ended', { from, to, flaps, cameras });
  }

  /** The footage around a moment at which something began or ended: who covered a lens is seen there, not in the hours between. */
  async hold(tx: Tx, incidentId: string, moments: readonly Moment[]): Promise<void> {
    if (moments.length === 0) return;
    const rows = moments.map(({ cameraId, atMs }) => ({
      id: randomUUID(),
      camera_id: cameraId,
      from_at: new Date(atMs - HOLD_BEFORE_MS),
      to_at: new Date(atMs + HOLD_AFTER_MS),
      reason: 'flagged',
      incident_id: incidentId,
    }));
    await tx.insertInto('holds').values(rows).execute();
  }

  /** Last in the transaction, because it holds the chain of the election: whoever acts on an incident locks that first. */
  async audit({ tx, audits }: OutageRound): Promise<void> {
    for (const entry of audits) await AuditLog.append(tx, entry);
  }

  private async add(round: OutageRound, incidentId: string, type: OutageEvent, detail: Record<string, unknown>): Promise<void> {
    const { tx, now } = round;
    await recordEvent(tx, { incidentId, type, actorId: null, at: now, detail });
    const row = await tx.selectFrom('incidents').selectAll().where('id', '=', incidentId).executeTakeFirstOrThrow();
    await writeOutbox(tx, 'IncidentChanged', { incident: await incidentOf(tx, incidentId) });
    round.audits.push({ ...auditOf(row, now), action: `incident.${type}`, detail });
  }
}

interface Moment {
  cameraId: string;
  atMs: number;
}

const beginning = ({ cameraId, outage }: Failed): Moment => ({ cameraId, atMs: outage.fromMs });

function auditOf(row: { id: string; election_id: string; region_id: string; station_id: string }, at: Date) {
  const place = { electionId: row.election_id, regionId: row.region_id, stationId: row.station_id };
  return { ...place, actor: bySystem, grant: null, subject: { kind: 'incident', id: row.id }, at } as const;
}

async function incidentOf(tx: Tx, id: string): Promise<Incident> {
  return toIncident(await selectIncidents(tx).where('incidents.id', '=', id).executeTakeFirstOrThrow());
}

function earliest(cameras: readonly Failed[]): Failed {
  const [first, ...others] = cameras;
  if (!first) throw new Error('An incident without a camera');
  return others.reduce((best, camera) => (camera.outage.fromMs < best.outage.fromMs ? camera : best), first);
}

function mostCommon<T>(values: readonly T[]): T {
  const counts = new Map<T, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  const [most] = [...counts].sort(([, one], [, other]) => other - one);
  if (!most) throw new Error('Nothing to choose from');
  return most[0];
}

const sentenceOf = ({ reason }: Failed): string => (reason ? FAULTS[reason] : 'The camera shows nothing.');

function groupNote(cameras: readonly Failed[]): string {
  const first = earliest(cameras);
  const reason = mostCommon(cameras.map(sentenceOf));
  return `${cameras.length} cameras of ${first.regionName} failed together. ${reason}`;
}

function toDetail({ cameraId, cameraName, stationCode, state, reason, outage }: Failed): Record<string, unknown> {
  return { cameraId, name: cameraName, station: stationCode, state, reason, from: new Date(outage.fromMs) };
}
