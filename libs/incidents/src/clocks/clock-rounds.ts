import { Inject, Injectable } from '@nestjs/common';
import { AuditLog, bySystem } from '@app/audit';
import { DB, type Db, type Row, type Tx } from '@app/database';
import { Clock, DomainError, LOGGER, type Logger } from '@app/platform';
import { OutboxRelay, writeOutbox } from '@app/realtime';
import { lockCase } from '../cases/case-store';
import { perform } from '../cases/perform';
import { recordEvent } from '../incident-events';
import { selectIncidents, toIncident } from '../incident-view';
import { CHAIR_AFTER_MS } from './clock-rules';

const AT_ONCE = 200;

/** Brings missed clocks to those who answer for them, and takes up incidents again whose question nobody answered. */
@Injectable()
export class ClockRounds {
  constructor(
    @Inject(DB) private readonly db: Db,
    private readonly clock: Clock,
    private readonly relay: OutboxRelay,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  /** Each incident in a transaction of its own; several rounds at once do nothing twice. @returns how many it acted on */
  async round(): Promise<number> {
    const now = this.clock.now();
    const unanswered = await this.db
      .selectFrom('incidents')
      .select('id')
      .where('answer_due', '<=', now)
      .orderBy('answer_due')
      .limit(AT_ONCE)
      .execute();
    const missed = await this.db
      .selectFrom('incidents')
      .select('id')
      .where((eb) =>
        eb.or([
          eb.and([eb('due_at', '<', now), eb('overdue', '=', 'none')]),
          eb.and([eb('due_at', '<', new Date(now.getTime() - CHAIR_AFTER_MS)), eb('overdue', '=', 'lead')]),
        ]),
      )
      .orderBy('due_at')
      .limit(AT_ONCE)
      .execute();
    let acted = 0;
    for (const { id } of unanswered) acted += await this.attempt(id, (tx) => this.resume(tx, id));
    for (const { id } of missed) acted += await this.attempt(id, (tx) => this.escalate(tx, id));
    if (acted > 0) this.relay.kick();
    return acted;
  }

  /** One incident that cannot be acted on must not keep the others waiting. */
  private async attempt(incidentId: string, work: (tx: Tx) => Promise<boolean>): Promise<number> {
    try {
      return (await this.db.transaction().execute(work)) ? 1 : 0;
    } catch (error) {
      this.logger.warn({ err: error, incidentId }, 'the clock of an incident could not be acted on');
      return 0;
    }
  }

  private async resume(tx: Tx, id: string): Promise<boolean> {
    const stored = await lockCase(tx, id);
    try {
      await perform(tx, { stored, actor: { kind: 'system' }, now: this.clock.nowMs(), command: { action: 'resume' } });
      return true;
    } catch (error) {
      // It was answered in the meantime.
      if (error instanceof DomainError && error.code === 'incident.transition-refused') return false;
      throw error;
    }
  }

  private async escalate(tx: Tx, id: string): Promise<boolean> {
    const { row } = await lockCase(tx, id);
    const level = nextLevel(row, this.clock.nowMs());
    if (level === undefined) return false;
    const at = this.clock.now();
    const due = row.due_at?.toISOString();
    const detail = { broughtTo: level, due, clock: row.state === 'submitted' && row.claim_due ? 'claim' : 'decision' };
    await tx.updateTable('incidents').set({ overdue: level }).where('id', '=', id).execute();
    await recordEvent(tx, { incidentId: id, type: 'clock-missed', actorId: null, at, detail });
    const incident = toIncident(await selectIncidents(tx).where('incidents.id', '=', id).executeTakeFirstOrThrow());
    await writeOutbox(tx, 'IncidentChanged', { incident });
    await AuditLog.append(tx, {
      electionId: row.election_id,
      regionId: row.region_id,
      stationId: row.station_id,
      actor: bySystem,
      action: 'incident.clock-missed',
      subject: { kind: 'incident', id },
      from: row.state,
      to: row.state,
      at,
      detail,
    });
    return true;
  }
}

function nextLevel({ due_at, overdue }: Row<'incidents'>, now: number): 'lead' | 'chair' | undefined {
  if (!due_at || due_at.getTime() >= now) return undefined;
  if (overdue === 'none') return 'lead';
  return overdue === 'lead' && due_at.getTime() < now - CHAIR_AFTER_MS ? 'chair' : undefined;
}
