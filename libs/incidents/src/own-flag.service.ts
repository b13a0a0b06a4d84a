import { Inject, Injectable } from '@nestjs/common';
import type { z } from 'zod';
import { requirePermission } from '@app/access';
import type { DescribeIncident, Incident } from '@app/contracts';
import { DB, type Db, type Row, type Tx } from '@app/database';
import { Clock, DomainError, InvalidFields } from '@app/platform';
import { OutboxRelay } from '@app/realtime';
import { type Actor, grantBy, personAt, seenAs } from './cases/case-access';
import { lockCase, type StoredCase } from './cases/case-store';
import { perform, type Performance } from './cases/perform';
import { mayStillUndo, UNDO_MS } from './flag-rules';
import { newestCodes, offeredCode, UNKNOWN_CODE } from './incident-codes';
import { searchTextOf, selectIncidents, toIncident } from './incident-view';

type Change = Partial<Pick<Row<'incidents'>, 'code' | 'severity' | 'note'>>;
type Asked = Pick<Performance, 'command'> & Partial<Performance>;

/** What a reporter may still do to a flag after pressing. Each change is a new version and an event. */
@Injectable()
export class OwnFlagService {
  constructor(
    @Inject(DB) private readonly db: Db,
    private readonly clock: Clock,
    private readonly relay: OutboxRelay,
  ) {}

  /**
   * A new code brings its own default severity, unless the reporter chose another one before. Once somebody has
   * claimed it, its reporter adds to it instead.
   * @throws DomainError `incident.not-found`, `access.denied`, `incident.withdrawn`, `incident.code-unknown`,
   * `incident.transition-refused`
   */
  async describe(actor: Actor, id: string, description: z.infer<typeof DescribeIncident>): Promise<Incident> {
    return this.change(actor, id, async (tx, { row }) => {
      if (row.state === 'withdrawn') throw new DomainError('incident.withdrawn', 'This flag was withdrawn.');
      const change = await withSeverity(tx, row, description);
      const isNew = Object.entries(change).some(([name, to]) => to !== undefined && row[name as keyof Change] !== to);
      return isNew ? describing(tx, row, change) : undefined;
    });
  }

  /**
   * Takes the flag back; the record, its hold and its clip stay. Withdrawing again changes nothing.
   * @throws DomainError `incident.not-found`, `access.denied`, `incident.undo-too-late`
   */
  async withdraw(actor: Actor, id: string): Promise<Incident> {
    return this.change(actor, id, (_tx, { row }) => {
      if (row.state === 'withdrawn') return Promise.resolve(undefined);
      if (!mayStillUndo(row.received_at, this.clock.nowMs()))
        throw new DomainError('incident.undo-too-late', `A flag can be undone within ${UNDO_MS / 1000} seconds of pressing.`);
      const reason = `Undone within ${UNDO_MS / 1000} seconds of pressing.`;
      return Promise.resolve({ command: { action: 'withdraw', reason } });
    });
  }

  private async change(
    actor: Actor,
    id: string,
    ask: (tx: Tx, stored: StoredCase) => Promise<Asked | undefined>,
  ): Promise<Incident> {
    requirePermission(actor, 'incident.flag', 'incident.read-own', 'incident.read-all');
    const incident = await this.db.transaction().execute(async (tx) => {
      const stored = await lockCase(tx, id);
      const person = await personAt(tx, actor, stored.row);
      seenAs(person, stored.incident, stored.row.reporter_organisation);
      if (stored.row.reporter_id !== actor.user.id)
        throw new DomainError('access.denied', 'Only the reporter may change a flag.');
      const asked = await ask(tx, stored);
      if (!asked) return toIncident(await selectIncidents(tx).where('incidents.id', '=', id).executeTakeFirstOrThrow());
      const grant = (as: string) => grantBy(actor, as, stored.row);
      return perform(tx, { stored, actor: person, now: this.clock.nowMs(), grant, ...asked });
    });
    this.relay.kick();
    return incident;
  }
}

async function describing(tx: Tx, row: Row<'incidents'>, { code, severity, note }: Change): Promise<Asked> {
  const place = await tx
    .selectFrom('cameras')
    .innerJoin('stations', 'stations.id', 'cameras.station_id')
    .select(['stations.code as stationCode', 'stations.name as stationName', 'cameras.name as cameraName'])
    .where('cameras.id', '=', row.camera_id)
    .executeTakeFirstOrThrow();
  const text = note === undefined ? row.note : note;
  return {
    command: {
      action: 'describe',
      ...(code !== undefined && { code }),
      ...(severity !== undefined && { severity }),
      ...(note !== undefined && { hasNote: note !== null && note.trim() !== '' }),
    },
    columns: { note: text, search_text: searchTextOf({ ...place, note: text }) },
  };
}

async function withSeverity(tx: Tx, flag: Row<'incidents'>, change: Change): Promise<Change> {
  if (change.code === undefined) return change;
  const code = await offeredCode(tx, change.code);
  if (!code) throw new InvalidFields([UNKNOWN_CODE], 'incident.code-unknown');
  if (change.severity !== undefined) return change;
  const before = await newestCodes(tx).where('code', '=', flag.code).executeTakeFirst();
  return flag.severity === before?.severity ? { ...change, severity: code.severity } : change;
}
