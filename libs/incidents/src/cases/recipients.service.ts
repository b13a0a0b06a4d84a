import { Inject, Injectable } from '@nestjs/common';
import { sql } from 'kysely';
import { requirePermission } from '@app/access';
import { type Permission, type Recipient, ROLE_PERMISSIONS, ROLES, type Role } from '@app/contracts';
import { DB, type Db, type Row } from '@app/database';
import { Clock } from '@app/platform';
import type { Case, Person } from './case';
import { type Actor, personAt, seenAs } from './case-access';
import { notFound, readCase } from './case-store';
import { recipientMayHold } from './guards';

const AT_MOST = 200;
const HELD_STATES: readonly Case['state'][] = ['triaging', 'in_review', 'awaiting_second'];

/** Who may take a claim over. The rules of handing over decide once more when it is done. */
@Injectable()
export class Recipients {
  constructor(
    @Inject(DB) private readonly db: Db,
    private readonly clock: Clock,
  ) {}

  /** By name; nobody in a state without claims. @throws DomainError `access.denied`, `incident.not-found` */
  async list(actor: Actor, id: string): Promise<Recipient[]> {
    requirePermission(actor, 'incident.triage', 'incident.review');
    const stored = await readCase(this.db, id);
    if (!stored) throw notFound();
    const { row, incident } = stored;
    const asker = await personAt(this.db, actor, row);
    seenAs(asker, incident, row.reporter_organisation);
    const permission: Permission = incident.state === 'triaging' ? 'incident.triage' : 'incident.review';
    if (!HELD_STATES.includes(incident.state)) return [];
    const now = this.clock.nowMs();
    const candidates = await this.candidates(row, permission);
    return candidates
      .filter(({ person }) => person.id !== asker.id)
      .filter(({ person }) =>
        recipientMayHold.holds({ incident, actor: asker, now, played: [], command: { action: 'hand-over', recipient: person } }),
      )
      .map(({ person, name, roles }) => ({ id: person.id, name, roles }));
  }

  /** People whose grant of now reaches the incident. */
  private async candidates(
    row: Row<'incidents'>,
    permission: Permission,
  ): Promise<{ person: Person; name: string; roles: Role[] }[]> {
    const roles = ROLES.filter((role) => ROLE_PERMISSIONS[role].includes(permission));
    const now = this.clock.now();
    const { rows } = await sql<Candidate>`
      with recursive up as (
        select id, parent_id from regions where id = ${row.region_id}
        union all select regions.id, regions.parent_id from regions join up on regions.id = up.parent_id)
      select users.id, users.name, users.organisation, users.commission_station_id, array_agg(distinct grants.role) as roles
      from grants join users on users.id = grants.user_id
      where users.disabled_at is null and grants.role = any(${roles}::text[])
        and grants.valid_from <= ${now} and (grants.valid_to is null or grants.valid_to > ${now})
        and (grants.scope_kind = 'all'
          or (grants.scope_kind = 'election' and grants.scope_id = ${row.election_id})
          or (grants.scope_kind = 'region' and grants.scope_id in (select id from up))
          or (grants.scope_kind = 'station' and grants.scope_id = ${row.station_id}))
      group by users.id order by users.name, users.id limit ${AT_MOST}`.execute(this.db);
    return rows.map(({ id, name, organisation, commission_station_id, roles: held }) => ({
      person: { kind: 'user', id, permissions: [permission], organisation, commissionStationId: commission_station_id },
      name,
      roles: held,
    }));
  }
}

interface Candidate {
  id: string;
  name: string;
  organisation: string | null;
  commission_station_id: string | null;
  roles: Role[];
}
