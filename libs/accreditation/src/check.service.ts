import { Inject, Injectable } from '@nestjs/common';
import { sql } from 'kysely';
import type { AccreditationCheck, ObserverKind } from '@app/contracts';
import { DB, type Db } from '@app/database';
import { Clock } from '@app/platform';
import { readNumber } from './readable-code';
import { stateAt, type StoredState } from './transitions';

interface Found {
  state: StoredState | null;
  organisation: string;
  kind: ObserverKind;
  election: string;
  scope_kind: 'election' | 'regions' | 'stations';
  places: string[];
  valid_from: Date;
  valid_to: Date;
}

/** Stands for every number that cannot be one: it is looked for all the same, and never found. */
const NO_NUMBER = '-';

/** What anybody may know of a badge: whether it holds, for whom, where and when, and nothing of the person. */
@Injectable()
export class NumberCheck {
  constructor(
    @Inject(DB) private readonly db: Db,
    private readonly clock: Clock,
  ) {}

  /** Takes one statement for every number, whether there is such a number or not, and answers in one form. */
  async check(typed: string): Promise<AccreditationCheck> {
    const read = readNumber(typed);
    const number = read.kind === 'number' ? read.number : NO_NUMBER;
    const found = await this.find(number);
    const now = this.clock.now();
    const result = found?.state ? resultOf(found, found.state, now) : read.kind === 'mistyped' ? 'mistyped' : 'unknown';
    const known = found?.state ? found : undefined;
    return {
      number: read.kind === 'number' ? read.number : typed.trim(),
      valid: result === 'valid',
      result,
      organisation: known?.organisation ?? null,
      kind: known?.kind ?? null,
      election: known?.election ?? null,
      scope: known ? { kind: known.scope_kind, places: known.places } : null,
      validFrom: known?.valid_from.toISOString() ?? null,
      validTo: known?.valid_to.toISOString() ?? null,
      checkedAt: now.toISOString(),
    };
  }

  private async find(number: string): Promise<Found | undefined> {
    const { rows } = await sql<Found>`
      with recursive found as (
        select accreditations.state, organisations.name as organisation, accreditations.kind, elections.name as election,
          scope_kind, scope_ids, valid_from, valid_to
        from (select ${number}::text as number) asked
        left join accreditations on accreditations.number = asked.number
        left join organisations on organisations.id = accreditations.organisation_id
        left join elections on elections.id = accreditations.election_id),
      up as (
        select regions.id, parent_id, name as path from found join regions on scope_kind = 'regions' and regions.id = any(scope_ids)
        union all select up.id, regions.parent_id, regions.name || ' / ' || up.path from up join regions on regions.id = up.parent_id),
      places as (
        select path as place from up where parent_id is null
        union all select stations.code from found join stations on scope_kind = 'stations' and stations.id = any(scope_ids))
      select found.*, (select coalesce(array_agg(place order by place), '{}') from places) as places from found`.execute(this.db);
    return rows[0];
  }
}

function resultOf({ valid_from, valid_to }: Found, stored: StoredState, now: Date): AccreditationCheck['result'] {
  const state = stateAt({ state: stored, validTo: valid_to }, now);
  if (state === 'suspended' || state === 'revoked' || state === 'expired') return state;
  if (state !== 'approved') throw new Error(`An accreditation with a number is ${state}`);
  return now < valid_from ? 'not-yet-valid' : 'valid';
}
