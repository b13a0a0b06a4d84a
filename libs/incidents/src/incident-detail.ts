import { Inject, Injectable } from '@nestjs/common';
import { requirePermission } from '@app/access';
import type { IncidentDetail } from '@app/contracts';
import { DB, type Db } from '@app/database';
import { Clock } from '@app/platform';
import { allowedActions } from './cases/apply';
import { type Actor, personAt, type Seen, seenAs } from './cases/case-access';
import { CaseRecord } from './cases/case-record';
import { notFound, playedBy, readCase } from './cases/case-store';
import { toPlayed } from './cases/played.service';
import { selectIncidents, toIncident } from './incident-view';

/** One incident with all that its reader may know of it, and may do with it. */
@Injectable()
export class IncidentDetails {
  private readonly record: CaseRecord;

  constructor(
    @Inject(DB) private readonly db: Db,
    private readonly clock: Clock,
  ) {
    this.record = new CaseRecord(db);
  }

  /** @throws DomainError `incident.not-found` */
  async get(actor: Actor, id: string): Promise<IncidentDetail> {
    requirePermission(actor, 'incident.read-all', 'incident.read-own');
    const stored = await readCase(this.db, id);
    if (!stored) throw notFound();
    const { row, incident } = stored;
    const person = await personAt(this.db, actor, row);
    const seen = seenAs(person, incident, row.reporter_organisation);
    const played = await playedBy(this.db, id, person.id);
    const now = this.clock.nowMs();
    const view = await selectIncidents(this.db).where('incidents.id', '=', id).executeTakeFirstOrThrow();
    const reader = { userId: person.id, seen };
    return {
      ...forReader(toIncident(view, now), seen),
      ...(await this.record.votes(stored, reader)),
      events: await this.record.events(id, reader),
      versions: await this.record.versions(id, reader),
      addenda: await this.record.addenda(id, reader),
      decisions: await this.record.decisions(stored),
      merged: await this.record.merged(id),
      holds: seen === 'staff' ? await this.record.holds(id) : [],
      played: toPlayed(played, incident.range),
      reopenAsked:
        row.reopen_asked_at && row.reopen_reason !== null && row.reopen_asked_by !== null
          ? { at: row.reopen_asked_at.toISOString(), reason: row.reopen_reason }
          : null,
      answerDue: row.answer_due?.toISOString() ?? null,
      actions: allowedActions({ incident, actor: person, now, played }),
    };
  }
}

/** Reporters are told what is done, not who does it. */
function forReader<T extends { holder: unknown }>(incident: T, seen: Seen): T {
  return seen === 'staff' ? incident : { ...incident, holder: null };
}
