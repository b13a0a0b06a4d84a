import { Inject, Injectable } from '@nestjs/common';
import { sql } from 'kysely';
import { DB, type Db, type Row, type Tx } from '@app/database';
import { recordEvent, selectIncidents, toIncident } from '@app/incidents';
import { Clock } from '@app/platform';
import { OutboxRelay, writeOutbox } from '@app/realtime';
import type { ClipRange } from './clip-plan';

/** A clip that is to be cut: of which camera, and what. */
export interface ClipTask {
  incidentId: string;
  cameraId: string;
  range: ClipRange;
}

export interface StoredClip {
  from: Date;
  to: Date;
  clipFile: string;
  stillFile: string | null;
  bytes: number;
  sha256: string;
  gapMs: number;
  /** What else is worth knowing, for the event. */
  detail: Record<string, unknown>;
}

/** The state of clips, with the events and announcements that belong to each change. */
@Injectable()
export class ClipRecord {
  constructor(
    @Inject(DB) private readonly db: Db,
    private readonly clock: Clock,
    private readonly relay: OutboxRelay,
  ) {}

  /**
   * Runs `work` while no other process cuts the same clip. The lock is the database session's: it ends with the process.
   * @returns false when another one holds it
   */
  async alone(incidentId: string, work: () => Promise<void>): Promise<boolean> {
    return this.db.connection().execute(async (connection) => {
      const key = sql`hashtextextended(${`clip ${incidentId}`}, 0)`;
      const { rows } = await sql<{ locked: boolean }>`select pg_try_advisory_lock(${key}) as locked`.execute(connection);
      if (!rows[0]?.locked) return false;
      try {
        await work();
      } finally {
        await sql`select pg_advisory_unlock(${key})`.execute(connection);
      }
      return true;
    });
  }

  /** @returns undefined when there is nothing to cut any more */
  async task(incidentId: string): Promise<ClipTask | undefined> {
    const incident = await this.db
      .selectFrom('incidents')
      .innerJoin('incident_clips', 'incident_clips.incident_id', 'incidents.id')
      .select(['camera_id', 'at', 'incidents.from_at', 'incidents.to_at'])
      .where('incidents.id', '=', incidentId)
      .where('incident_clips.state', 'in', ['waiting', 'cutting'])
      .executeTakeFirst();
    if (!incident) return undefined;
    const range = { at: incident.at.getTime(), from: incident.from_at.getTime(), to: incident.to_at.getTime() };
    return { incidentId, cameraId: incident.camera_id, range };
  }

  /** To be called alone. @returns false when it was cut meanwhile */
  async begin(incidentId: string): Promise<boolean> {
    const begun = await this.db
      .updateTable('incident_clips')
      .set({ state: 'cutting' })
      .where('incident_id', '=', incidentId)
      .where('state', 'in', ['waiting', 'cutting'])
      .returning('incident_id')
      .executeTakeFirst();
    return begun !== undefined;
  }

  async ready(incidentId: string, clip: StoredClip): Promise<void> {
    const { from, to, bytes, sha256, gapMs, detail } = clip;
    await this.finish(
      incidentId,
      {
        state: 'ready',
        from_at: from,
        to_at: to,
        clip_file: clip.clipFile,
        still_file: clip.stillFile,
        bytes,
        sha256,
        gap_ms: gapMs,
      },
      { type: 'clip-ready', detail: { from, to, bytes, sha256, gapSeconds: gapMs / 1000, ...detail } },
    );
  }

  /** @param reason a sentence for people */
  async failed(incidentId: string, reason: string): Promise<void> {
    await this.finish(incidentId, { state: 'failed', failure: reason }, { type: 'clip-failed', detail: { reason } });
  }

  private async finish(
    incidentId: string,
    values: Partial<Row<'incident_clips'>>,
    event: { type: 'clip-ready' | 'clip-failed'; detail: Record<string, unknown> },
  ): Promise<void> {
    await this.db.transaction().execute(async (tx) => {
      const changed = await setIfCutting(tx, incidentId, values);
      if (!changed) return;
      await recordEvent(tx, { incidentId, actorId: null, at: this.clock.now(), ...event });
      const row = await selectIncidents(tx).where('incidents.id', '=', incidentId).executeTakeFirstOrThrow();
      await writeOutbox(tx, 'IncidentChanged', { incident: toIncident(row) });
    });
    this.relay.kick();
  }
}

async function setIfCutting(tx: Tx, incidentId: string, values: Partial<Row<'incident_clips'>>): Promise<boolean> {
  const changed = await tx
    .updateTable('incident_clips')
    .set(values)
    .where('incident_id', '=', incidentId)
    .where('state', '=', 'cutting')
    .returning('incident_id')
    .executeTakeFirst();
  return changed !== undefined;
}
