import { Inject, Injectable } from '@nestjs/common';
import { toChainedEvent } from '@app/audit';
import { DB, type Db } from '@app/database';
import { regionPaths } from '@app/elections';
import { selectIncidents, toIncident } from '@app/incidents';
import { type CaseActor, type CaseEvent, type CaseFile, CaseFiles, type CaseVersion, type CustodyEntry } from './case-file';
import { decisionsOf } from './case-decisions';

/** When a clip was cut belongs to this system and not to the case: a package made before it is the same as one made after. */
const OUR_OWN_WORK = ['clip-ready', 'clip-failed'] as const;

/** Cases as the tables of incidents have them. */
@Injectable()
export class IncidentCaseFiles extends CaseFiles {
  constructor(@Inject(DB) private readonly db: Db) {
    super();
  }

  async read(incidentId: string): Promise<CaseFile | undefined> {
    const row = await selectIncidents(this.db).where('incidents.id', '=', incidentId).executeTakeFirst();
    if (!row) return undefined;
    const incident = toIncident(row);
    const [place, cameras, versions, events, decisions, labels] = await Promise.all([
      this.place(row.station_id),
      this.cameras(row.station_id, row.camera_id),
      this.versions(incidentId, row.reporter_id),
      this.events(incidentId, row.reporter_id),
      decisionsOf(this.db, incidentId),
      this.labels(row.code),
    ]);
    return {
      incident: {
        id: incident.id,
        number: incident.number,
        state: incident.state,
        outcome: incident.outcome,
        code: incident.code,
        codeLabels: { ...labels, en: incident.codeLabel },
        severity: incident.severity,
        note: incident.note,
        at: incident.at,
        from: incident.from,
        to: incident.to,
        clock: incident.clock,
        version: incident.version,
      },
      ...place,
      cameras,
      versions,
      events,
      decisions,
    };
  }

  async custody(incidentId: string): Promise<CustodyEntry[]> {
    const events = await this.db
      .selectFrom('audit_events')
      .selectAll()
      .where('subject_kind', '=', 'incident')
      .where('subject_id', '=', incidentId)
      .orderBy('seq')
      .execute();
    return events.map(toChainedEvent).map((event) => ({
      seq: event.seq,
      at: event.at.toISOString(),
      action: event.action,
      actor: { kind: event.actor.kind, id: event.actor.kind === 'user' ? event.actor.id : null },
      grant: event.grant,
      from: event.from,
      to: event.to,
      reason: event.reason,
      detail: event.detail,
      previousHash: event.previousHash.toString('hex'),
      hash: event.hash.toString('hex'),
    }));
  }

  private async place(stationId: string): Promise<Pick<CaseFile, 'station' | 'election'>> {
    const { region_id, election_name, election_id, ...station } = await this.db
      .selectFrom('stations')
      .innerJoin('elections', 'elections.id', 'stations.election_id')
      .select(['stations.id', 'stations.code', 'stations.name', 'stations.address', 'stations.timezone'])
      .select(['stations.region_id', 'elections.id as election_id', 'elections.name as election_name'])
      .where('stations.id', '=', stationId)
      .executeTakeFirstOrThrow();
    const regions = (await regionPaths(this.db, [region_id])).get(region_id) ?? [];
    return { station: { ...station, regions }, election: { id: election_id, name: election_name } };
  }

  private async cameras(stationId: string, flaggedId: string): Promise<CaseFile['cameras']> {
    const cameras = await this.db
      .selectFrom('cameras')
      .select(['id', 'name'])
      .where('station_id', '=', stationId)
      .orderBy('position')
      .orderBy('id')
      .execute();
    return cameras.map(({ id, name }, index) => ({ id, name, number: index + 1, isFlagged: id === flaggedId }));
  }

  private async versions(incidentId: string, reporterId: string | null): Promise<CaseVersion[]> {
    const versions = await this.db
      .selectFrom('incident_versions')
      .selectAll()
      .where('incident_id', '=', incidentId)
      .orderBy('version')
      .execute();
    return versions.map(({ version, at, actor_id, action, facts }) => ({
      number: version,
      at: at.toISOString(),
      actor: actorOf(actor_id, reporterId),
      content: { action, ...facts },
    }));
  }

  private async events(incidentId: string, reporterId: string | null): Promise<CaseEvent[]> {
    const events = await this.db
      .selectFrom('incident_events')
      .select(['at', 'type', 'actor_id', 'detail'])
      .where('incident_id', '=', incidentId)
      .where('type', 'not in', OUR_OWN_WORK)
      .orderBy('at')
      .orderBy('id')
      .execute();
    return events.map(({ at, type, actor_id, detail }) => ({
      at: at.toISOString(),
      type,
      actor: actorOf(actor_id, reporterId),
      detail,
    }));
  }

  /** What the code means, by language. */
  private async labels(code: string): Promise<Record<string, string>> {
    const labels = await this.db
      .selectFrom('incident_code_labels')
      .select(['lang', 'label'])
      .where('code', '=', code)
      .orderBy('lang')
      .execute();
    return Object.fromEntries(labels.map(({ lang, label }) => [lang, label]));
  }
}

function actorOf(id: string | null, reporterId: string | null): CaseActor {
  return { id, part: id === null ? 'system' : id === reporterId ? 'reporter' : 'staff' };
}
