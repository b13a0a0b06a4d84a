import { Inject, Injectable } from '@nestjs/common';
import { AuditLog, byUser } from '@app/audit';
import { requireAccess } from '@app/access';
import type { Played } from '@app/contracts';
import { DB, type Db } from '@app/database';
import { Clock, InvalidFields } from '@app/platform';
import type { Span } from './case';
import { type Actor, placeOfIncident } from './case-access';
import { notFound, PLAYED, playedBy, readCase } from './case-store';
import { coversRange, union } from './rules';

/** A single stretch that no player passes in one report. */
const MAX_STRETCH_MS = 6 * 3_600_000;

/** Which of the record staff have really played: what lets them find on it. Each report is an audit event. */
@Injectable()
export class PlayedService {
  constructor(
    @Inject(DB) private readonly db: Db,
    private readonly clock: Clock,
  ) {}

  /** @throws DomainError `incident.not-found`, `access.denied`, `request.invalid` */
  async record(actor: Actor, id: string, ranges: readonly { from: string; to: string }[]): Promise<Played> {
    requireAccess(actor, 'incident.read-all');
    const stored = await readCase(this.db, id);
    if (!stored) throw notFound();
    const { row, incident } = stored;
    const grant = requireAccess(actor, 'incident.read-all', placeOfIncident(row));
    const at = this.clock.now();
    const spans = ranges.map(({ from, to }, index) =>
      checked({ from: Date.parse(from), to: Date.parse(to) }, index, at.getTime()),
    );
    await this.db.transaction().execute((tx) =>
      AuditLog.append(tx, {
        electionId: row.election_id,
        regionId: row.region_id,
        stationId: row.station_id,
        actor: byUser(actor.user.id),
        grant,
        action: PLAYED,
        subject: { kind: 'incident', id },
        at,
        detail: { ranges: union(spans).map(toRange) },
      }),
    );
    return toPlayed(await playedBy(this.db, id, actor.user.id), incident.range);
  }
}

export function toPlayed(played: readonly Span[], range: Span): Played {
  return { ranges: union(played).map(toRange), full: coversRange(played, range) };
}

const toRange = ({ from, to }: Span) => ({ from: new Date(from).toISOString(), to: new Date(to).toISOString() });

function checked(span: Span, index: number, now: number): Span {
  if (span.from > span.to || span.to - span.from > MAX_STRETCH_MS)
    throw new InvalidFields([{ field: `ranges.${index}`, rule: 'begins before it ends, and lasts 6 hours at most' }]);
  if (span.to > now) throw new InvalidFields([{ field: `ranges.${index}.to`, rule: 'has happened already' }]);
  return span;
}
