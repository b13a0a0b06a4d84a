import { Inject, Injectable } from '@nestjs/common';
import { AuditLog, byUser } from '@app/audit';
import { requirePermission } from '@app/access';
import type { Addendum } from '@app/contracts';
import { DB, type Db, type RepeatKey, runOnce, type Tx } from '@app/database';
import { Clock } from '@app/platform';
import { OutboxRelay, writeOutbox } from '@app/realtime';
import { selectIncidents, toIncident } from '../incident-view';
import { keepAddendum } from './addenda';
import { type Actor, grantBy, personAt, seenAs } from './case-access';
import { lockCase, type StoredCase } from './case-store';
import { perform } from './perform';

/** Text that is added to an incident, and answers to questions. */
@Injectable()
export class AddendumService {
  constructor(
    @Inject(DB) private readonly db: Db,
    private readonly clock: Clock,
    private readonly relay: OutboxRelay,
  ) {}

  /** By the reporter, while a question is open, it is the answer. @throws DomainError `incident.not-found`, `access.denied` */
  async add(actor: Actor, id: string, text: string, repeat?: RepeatKey): Promise<Addendum> {
    requirePermission(actor, 'incident.flag', 'incident.triage', 'incident.review', 'incident.panel');
    const { result } = await runOnce(this.db, repeat, (tx) => this.store(tx, actor, id, text));
    this.relay.kick();
    return result;
  }

  private async store(tx: Tx, actor: Actor, id: string, text: string): Promise<Addendum> {
    const stored = await lockCase(tx, id);
    const person = await personAt(tx, actor, stored.row);
    seenAs(person, stored.incident, stored.row.reporter_organisation);
    const now = this.clock.nowMs();
    const at = new Date(now);
    const isAnswer = stored.row.state === 'needs_info' && stored.row.reporter_id === person.id;
    const kind = isAnswer ? 'answer' : 'addendum';
    const addendumId = await keepAddendum(tx, { incidentId: id, kind, text, authorId: person.id, at });
    if (isAnswer) {
      const grant = (as: string) => grantBy(actor, as, stored.row);
      await perform(tx, { stored, actor: person, now, grant, command: { action: 'answer', text } });
    } else await announce(tx, actor, stored, { addendumId, text, at });
    return { id: addendumId, kind, text, author: actor.user.name, at: at.toISOString() };
  }
}

async function announce(
  tx: Tx,
  actor: Actor,
  { row }: StoredCase,
  { addendumId, text, at }: { addendumId: string; text: string; at: Date },
): Promise<void> {
  const incident = toIncident(await selectIncidents(tx).where('incidents.id', '=', row.id).executeTakeFirstOrThrow());
  await writeOutbox(tx, 'IncidentChanged', { incident });
  await AuditLog.append(tx, {
    electionId: row.election_id,
    regionId: row.region_id,
    stationId: row.station_id,
    actor: byUser(actor.user.id),
    grant: actor.grants[0] ?? null,
    action: 'incident.addendum-added',
    subject: { kind: 'incident', id: row.id },
    from: row.state,
    to: row.state,
    at,
    detail: { addendumId, text },
  });
}
