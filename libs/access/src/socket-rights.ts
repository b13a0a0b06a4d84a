import { Inject, Injectable } from '@nestjs/common';
import { sql } from 'kysely';
import { DB, type Db } from '@app/database';
import { Clock } from '@app/platform';
import type { RecognizedBy } from './current-session';
import { IDLE_HOURS } from './sessions.service';

const SEEN_MS = 60_000;

/** Looks at many open sockets at once: thousands of them cost one query, not thousands. */
@Injectable()
export class SocketRights {
  constructor(
    @Inject(DB) private readonly db: Db,
    private readonly clock: Clock,
  ) {}

  /**
   * A text for each session or token that is still good, by `keyOf`; another text than before means that what it may do
   * has changed. An open socket counts as use of its session.
   */
  async marks(recognized: readonly RecognizedBy[]): Promise<Map<string, string>> {
    const idsOf = (kind: RecognizedBy['kind']): string[] => recognized.filter((by) => by.kind === kind).map(({ id }) => id);
    const now = this.clock.now();
    const { rows } = await sql<{ kind: RecognizedBy['kind']; id: string; mark: string }>`
      with asked as (
        select 'session' as kind, id, user_id, factor_shown_at is not null as shown from sessions
        where id = any(${idsOf('session')}::uuid[]) and expires_at > ${now}
          and last_seen_at > ${new Date(now.getTime() - IDLE_HOURS * 3_600_000)}
        union all
        select 'token', id, user_id, true from personal_tokens
        where id = any(${idsOf('token')}::uuid[]) and expires_at > ${now} and revoked_at is null),
      held as (
        select user_id, string_agg(id::text, ' ' order by id) as grants from grants
        where user_id in (select user_id from asked) and valid_from <= ${now} and (valid_to is null or valid_to > ${now})
        group by user_id)
      select asked.kind, asked.id, concat_ws('|', asked.shown, second_factors.confirmed_at is not null, held.grants) as mark
      from asked join users on users.id = asked.user_id and users.disabled_at is null
        left join held on held.user_id = asked.user_id
        left join second_factors on second_factors.user_id = asked.user_id`.execute(this.db);
    await this.keepInUse(
      rows.filter(({ kind }) => kind === 'session').map(({ id }) => id),
      now,
    );
    return new Map(rows.map((row) => [keyOf(row), row.mark]));
  }

  private async keepInUse(sessionIds: string[], now: Date): Promise<void> {
    await this.db
      .updateTable('sessions')
      .set({ last_seen_at: now })
      .where('id', '=', sql<string>`any(${sessionIds}::uuid[])`)
      .where('last_seen_at', '<', new Date(now.getTime() - SEEN_MS))
      .execute();
  }
}

export const keyOf = ({ kind, id }: RecognizedBy): string => `${kind} ${id}`;
