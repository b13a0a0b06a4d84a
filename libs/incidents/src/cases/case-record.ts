import type { Addendum, CaseHold, CaseVote, Decision, IncidentEvent, IncidentVersion } from '@app/contracts';
import type { Db } from '@app/database';
import type { z } from 'zod';
import { toAddendum } from './addenda';
import type { Seen } from './case-access';
import type { StoredCase } from './case-store';
import { mayBeSeen } from './sealing';

export interface Reader {
  userId: string;
  seen: Seen;
}

/** What people who are not staff read instead of a name of staff. */
const COMMISSION = 'commission';

/** What is on record of an incident, as far as its reader may see it. */
export class CaseRecord {
  constructor(private readonly db: Db) {}

  async events(id: string, reader: Reader): Promise<IncidentEvent[]> {
    const rows = await this.db
      .selectFrom('incident_events')
      .leftJoin('users', 'users.id', 'incident_events.actor_id')
      .select(['incident_events.id', 'incident_events.type', 'users.name', 'incident_events.actor_id'])
      .select(['incident_events.at', 'incident_events.detail'])
      .where('incident_id', '=', id)
      .orderBy('incident_events.at')
      .orderBy('incident_events.id')
      .execute();
    return rows.map((row) => ({
      id: row.id,
      type: row.type,
      actor: nameFor(reader, row.actor_id, row.name),
      at: row.at.toISOString(),
      detail: reader.seen === 'staff' ? row.detail : withoutPeople(row.detail),
    }));
  }

  async versions(id: string, reader: Reader): Promise<IncidentVersion[]> {
    const rows = await this.db
      .selectFrom('incident_versions as versions')
      .leftJoin('users', 'users.id', 'versions.actor_id')
      .select(['versions.version', 'versions.at', 'versions.action', 'versions.facts', 'versions.actor_id', 'users.name'])
      .where('incident_id', '=', id)
      .orderBy('version')
      .execute();
    return rows.map(({ version, at, action, facts, actor_id, name }) => ({
      version,
      at: at.toISOString(),
      actor: nameFor(reader, actor_id, name),
      action,
      facts,
    }));
  }

  async addenda(id: string, reader: Reader): Promise<Addendum[]> {
    const rows = await this.db
      .selectFrom('incident_addenda')
      .leftJoin('users', 'users.id', 'incident_addenda.author_id')
      .selectAll('incident_addenda')
      .select('users.name')
      .where('incident_id', '=', id)
      .orderBy('at')
      .orderBy('incident_addenda.id')
      .execute();
    return rows.map((row) => toAddendum(row, nameFor(reader, row.author_id, row.name)));
  }

  async votes({ incident, votes }: StoredCase, { userId, seen }: Reader): Promise<{ votes: CaseVote[]; sealedVotes: number }> {
    const visible = votes.filter((_vote, index) => {
      const vote = incident.votes[index];
      return vote !== undefined && mayBeSeen(vote, incident, userId, seen);
    });
    const names = await this.namesOf(visible.map((vote) => vote.voter_id));
    const sealed = votes.filter((vote) => vote.round === incident.round && !visible.includes(vote));
    return {
      votes: visible.map((vote) => ({
        round: vote.round,
        stage: vote.stage,
        by: names.get(vote.voter_id) ?? '',
        at: vote.at.toISOString(),
        outcome: vote.outcome,
        reasonCode: vote.reason_code as CaseVote['reasonCode'],
        reason: vote.reason,
        range: vote.from_at && vote.to_at ? { from: vote.from_at.toISOString(), to: vote.to_at.toISOString() } : null,
        evidence: vote.evidence,
      })),
      sealedVotes: seen === 'staff' ? sealed.length : 0,
    };
  }

  async decisions({ row, votes }: StoredCase): Promise<Decision[]> {
    const decided = await this.db
      .selectFrom('incident_decisions')
      .selectAll()
      .where('incident_id', '=', row.id)
      .orderBy('round')
      .execute();
    return decided.map((decision) => {
      const stages = decision.made_by === 'panel' ? ['panel'] : decision.made_by === 'triage' ? ['scope'] : ['first', 'second'];
      const cast = votes.filter((vote) => vote.round === decision.round && stages.includes(vote.stage));
      return {
        round: decision.round,
        by: decision.made_by,
        outcome: decision.outcome,
        reasonCode: decision.reason_code as Decision['reasonCode'],
        reasons: cast.filter((vote) => vote.outcome === decision.outcome).map((vote) => vote.reason),
        dissent: cast.filter((vote) => vote.outcome !== decision.outcome).map(({ outcome, reason }) => ({ outcome, reason })),
        at: decision.at.toISOString(),
        superseded: decision.round < row.round,
      };
    });
  }

  merged(id: string): Promise<{ id: string; number: number }[]> {
    return this.db.selectFrom('incidents').select(['id', 'number']).where('merged_into', '=', id).orderBy('number').execute();
  }

  async holds(id: string): Promise<z.infer<typeof CaseHold>[]> {
    const rows = await this.db.selectFrom('holds').selectAll().where('incident_id', '=', id).orderBy('created_at').execute();
    return rows.map((row) => ({
      id: row.id,
      cameraId: row.camera_id,
      from: row.from_at.toISOString(),
      to: row.to_at.toISOString(),
      reason: row.reason,
      released: row.released_at !== null,
    }));
  }

  private async namesOf(ids: readonly string[]): Promise<Map<string, string>> {
    if (ids.length === 0) return new Map();
    const users = await this.db
      .selectFrom('users')
      .select(['id', 'name'])
      .where('id', 'in', [...ids])
      .execute();
    return new Map(users.map((user) => [user.id, user.name]));
  }
}

function nameFor({ userId, seen }: Reader, actorId: string | null, name: string | null): string | null {
  if (actorId === null) return null;
  return seen === 'staff' || actorId === userId ? name : COMMISSION;
}

/** Events name accounts by their ids in these fields. */
const PEOPLE = ['recipient', 'holder'];

function withoutPeople(detail: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(detail).filter(([name]) => !PEOPLE.includes(name)));
}
