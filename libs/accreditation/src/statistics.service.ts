import { Inject, Injectable } from '@nestjs/common';
import { sql } from 'kysely';
import { type AccreditationStatistics, OBSERVER_KINDS, type ObserverKind } from '@app/contracts';
import { DB, type Db } from '@app/database';
import { Elections } from '@app/elections';
import { Clock } from '@app/platform';
import { decisionDays } from './decision-days';

type Counts = AccreditationStatistics['total'];
type Facts = Counts & { kind: ObserverKind };
interface Times {
  decisions: number;
  decidedLate: number;
  imported: number;
  organisations: number;
  median: number | null;
  p90: number | null;
  longest: number | null;
}

/** Numbers that the commission is measured by: public, and of no person. */
@Injectable()
export class AccreditationFigures {
  constructor(
    @Inject(DB) private readonly db: Db,
    private readonly elections: Elections,
    private readonly clock: Clock,
  ) {}

  /** Of the election of the day. @throws DomainError `election.not-found` */
  async figures(): Promise<AccreditationStatistics> {
    const election = await this.elections.requireCurrent();
    const now = this.clock.now();
    const [days, kinds, times] = await Promise.all([
      decisionDays(this.db, election.id),
      this.counts(election.id, now),
      this.times(election.id, now),
    ]);
    const byKind = OBSERVER_KINDS.map((kind) => kinds.find((row) => row.kind === kind) ?? { kind, ...NONE });
    const { decisions, median, p90, longest, ...rest } = times;
    return {
      at: now.toISOString(),
      election: election.name,
      decisionDays: days,
      total: sumUp(byKind),
      byKind,
      ...rest,
      hoursToDecide: median === null || p90 === null || longest === null ? null : { decisions, median, p90, longest },
    };
  }

  private async counts(electionId: string, now: Date): Promise<Facts[]> {
    const { rows } = await sql<Facts>`
      select kind, count(*) as applications,
        count(*) filter (where state = 'submitted') as waiting,
        count(*) filter (where state = 'needs_info') as "waitingForApplicant",
        count(*) filter (where decided_at is null and due_at < coalesce(asked_at, ${now})) as overdue,
        count(*) filter (where number is not null) as approved,
        count(*) filter (where state = 'rejected') as rejected,
        count(*) filter (where state = 'suspended' and valid_to > ${now}) as suspended,
        count(*) filter (where state = 'revoked') as revoked,
        count(*) filter (where state = 'approved' and valid_from <= ${now} and valid_to > ${now}) as "validNow"
      from accreditations where election_id = ${electionId} group by kind`.execute(this.db);
    return rows;
  }

  /** What a commission entered itself was decided before it was entered: it would only make the times look shorter. */
  private async times(electionId: string, now: Date): Promise<Times> {
    const { rows } = await sql<Times>`
      with all_of_it as (select *, extract(epoch from decided_at - submitted_at) / 3600 as hours from accreditations where election_id = ${electionId}),
      decided as (select * from all_of_it where decided_at is not null and not imported)
      select
        (select count(*) from decided) as decisions,
        (select count(*) from decided where decided_at > due_at) as "decidedLate",
        (select count(*) from all_of_it where imported) as imported,
        (select count(distinct organisation_id) from all_of_it where state = 'approved' and valid_from <= ${now} and valid_to > ${now}) as organisations,
        (select round((percentile_cont(0.5) within group (order by hours))::numeric, 2)::float8 from decided) as median,
        (select round((percentile_cont(0.9) within group (order by hours))::numeric, 2)::float8 from decided) as p90,
        (select round(max(hours), 2)::float8 from decided) as longest`.execute(this.db);
    const [times] = rows;
    if (!times) throw new Error('The times to decide were not counted');
    return times;
  }
}

const NONE: Counts = {
  applications: 0,
  waiting: 0,
  waitingForApplicant: 0,
  overdue: 0,
  approved: 0,
  rejected: 0,
  suspended: 0,
  revoked: 0,
  validNow: 0,
};

function sumUp(kinds: readonly Counts[]): Counts {
  const names = Object.keys(NONE) as (keyof Counts)[];
  return Object.fromEntries(names.map((name) => [name, kinds.reduce((sum, kind) => sum + kind[name], 0)])) as Counts;
}
