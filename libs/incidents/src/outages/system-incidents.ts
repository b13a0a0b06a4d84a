import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { FAULTS } from '@app/contracts';
import type { Tx } from '@app/database';
import { writeOutbox } from '@app/realtime';
import { AFTER_MS, BEFORE_MS, CLIP_MARGIN_MS, HOLD_AFTER_MS, HOLD_BEFORE_MS } from '../flag-rules';
import { recordEvent } from '../incident-events';
import { selectIncidents, toIncident } from '../incident-view';
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

/** Incidents that nobody reports: what they say of an outage is added to them, never changed. People decide on them as on any. */
@Injectable()
export class SystemIncidents {
  /** @param cameras one, or all of a group, of one region */
  async open(tx: Tx, cameras: readonly Failed[], isGroup: boolean, now: Date): Promise<Opened> {
    const first = earliest(cameras);
    const id = randomUUID();
    const { fromMs } = first.outage;
    const to = new Date(fromMs + AFTER_MS);
    const clipReadyAfter = new Date(to.getTime() + CLIP_MARGIN_MS);
    await tx
      .insertInto('incidents')
      .values({
        id,
        election_id: first.electionId,
        station_id: first.stationId,
        camera_id: first.cameraId,
        state: 'submitted',
        code: mostCommon(cameras.map(({ reason }) => codeOf(reason))),
        severity: severityOf(fromMs, first),
        note: isGroup ? groupNote(cameras) : sentenceOf(first),
        at: new Date(fromMs),
        from_at: new Date(fromMs - BEFORE_MS),
        to_at: to,
        pressed_at: now,
        delay_ms: 0,
        received_at: now,
        reporter_id: null,
        version: 1,
      })
      .execute();
    await tx
      .insertInto('system_incidents')
      .values({ incident_id: id, region_id: isGroup ? first.regionId : null, from_at: new Date(fromMs), to_at: null })
      .execute();
    await tx.insertInto('incident_clips').values({ incident_id: id, state: 'waiting', ready_after: clipReadyAfter }).execute();
    await this.hold(
      tx,
      id,
      cameras.map(({ cameraId, outage }) => ({ cameraId, atMs: outage.fromMs })),
    );
    const incident = await incidentOf(tx, id);
    const { code, severity, note, at, from } = incident;
    const detail = { version: 1, at, from, to, code, severity, note, cameras: cameras.map(toDetail) };
    await recordEvent(tx, { incidentId: id, type: 'flagged', actorId: null, at: now, detail });
    await writeOutbox(tx, 'IncidentFlagged', { incident });
    return { incidentId: id, clipReadyAfter };
  }

  /** More cameras of a group failed. */
  async join(tx: Tx, incidentId: string, cameras: readonly Failed[], now: Date): Promise<void> {
    await this.hold(
      tx,
      incidentId,
      cameras.map(({ cameraId, outage }) => ({ cameraId, atMs: outage.fromMs })),
    );
    await this.add(tx, incidentId, 'outage-joined', { cameras: cameras.map(toDetail) }, now);
  }

  /** It was over, and is not. */
  async resume(tx: Tx, incidentId: string, cameras: readonly Failed[], now: Date): Promise<void> {
    await tx.updateTable('system_incidents').set({ to_at: null }).where('incident_id', '=', incidentId).execute();
    await this.hold(
      tx,
      incidentId,
      cameras.map(({ cameraId, outage }) => ({ cameraId, atMs: outage.fromMs })),
    );
    await this.add(tx, incidentId, 'outage-resumed', { cameras: cameras.map(toDetail) }, now);
  }

  /** All of it is over. Whether it was one is for people to decide: the state stays. */
  async end(tx: Tx, { incidentId, from, to, flaps, cameras }: OutageEnd, now: Date): Promise<void> {
    await tx.updateTable('system_incidents').set({ to_at: to }).where('incident_id', '=', incidentId).execute();
    await this.add(tx, incidentId, 'outage-ended', { from, to, flaps, cameras }, now);
  }

  /** The footage around a moment at which something began or ended: who covered a lens is seen there, not in the hours between. */
  async hold(tx: Tx, incidentId: string, moments: readonly { cameraId: string; atMs: number }[]): Promise<void> {
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

  private async add(
    tx: Tx,
    incidentId: string,
    type: 'outage-joined' | 'outage-resumed' | 'outage-ended',
    detail: Record<string, unknown>,
    at: Date,
  ): Promise<void> {
    await recordEvent(tx, { incidentId, type, actorId: null, at, detail });
    await writeOutbox(tx, 'IncidentChanged', { incident: await incidentOf(tx, incidentId) });
  }
}

async function incidentOf(tx: Tx, id: string) {
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
