import { Inject, Injectable } from '@nestjs/common';
import type { z } from 'zod';
import { requirePermission } from '@app/access';
import type { DescribeIncident, Incident } from '@app/contracts';
import { DB, type Db, type Row, type Tx } from '@app/database';
import { Clock, DomainError, InvalidFields } from '@app/platform';
import { OutboxRelay, writeOutbox } from '@app/realtime';
import type { Actor } from './flag.service';
import { mayStillUndo, UNDO_MS } from './flag-rules';
import { newestCodes, offeredCode, UNKNOWN_CODE } from './incident-codes';
import { recordEvent } from './incident-events';
import { selectIncidents, toIncident } from './incident-view';

type Change = Partial<Pick<Row<'incidents'>, 'code' | 'severity' | 'note' | 'state'>>;

/** What a reporter may still do to a flag after pressing. Each change is a new version and an event. */
@Injectable()
export class OwnFlagService {
  constructor(
    @Inject(DB) private readonly db: Db,
    private readonly clock: Clock,
    private readonly relay: OutboxRelay,
  ) {}

  /**
   * A new code brings its own default severity, unless the reporter chose another one before.
   * @throws DomainError `incident.not-found`, `access.denied`, `incident.withdrawn`, `incident.code-unknown`
   */
  async describe(actor: Actor, id: string, description: z.infer<typeof DescribeIncident>): Promise<Incident> {
    return this.change(actor, id, async (tx, flag) => {
      if (flag.state === 'withdrawn') throw new DomainError('incident.withdrawn', 'This flag was withdrawn.');
      return { type: 'described', change: await withSeverity(tx, flag, description) };
    });
  }

  /**
   * Takes the flag back; the record, its hold and its clip stay. Withdrawing again changes nothing.
   * @throws DomainError `incident.not-found`, `access.denied`, `incident.undo-too-late`
   */
  async withdraw(actor: Actor, id: string): Promise<Incident> {
    return this.change(actor, id, (_tx, flag) => {
      if (flag.state === 'withdrawn') return Promise.resolve(undefined);
      if (!mayStillUndo(flag.received_at, this.clock.nowMs()))
        throw new DomainError('incident.undo-too-late', `A flag can be undone within ${UNDO_MS / 1000} seconds of pressing.`);
      return Promise.resolve({ type: 'withdrawn', change: { state: 'withdrawn' } });
    });
  }

  private async change(
    actor: Actor,
    id: string,
    decide: (tx: Tx, flag: Row<'incidents'>) => Promise<{ type: 'described' | 'withdrawn'; change: Change } | undefined>,
  ): Promise<Incident> {
    requirePermission(actor, 'incident.flag');
    const incident = await this.db.transaction().execute(async (tx) => {
      const flag = await ownFlag(tx, actor, id);
      const decided = await decide(tx, flag);
      const changed = decided && differences(flag, decided.change);
      if (changed && Object.keys(changed).length > 0) await this.store(tx, actor, flag, decided.type, changed);
      const stored = toIncident(await selectIncidents(tx).where('incidents.id', '=', id).executeTakeFirstOrThrow());
      if (stored.version !== flag.version) await writeOutbox(tx, 'IncidentChanged', { incident: stored });
      return stored;
    });
    this.relay.kick();
    return incident;
  }

  private async store(
    tx: Tx,
    actor: Actor,
    flag: Row<'incidents'>,
    type: 'described' | 'withdrawn',
    changed: Record<string, { from: unknown; to: unknown }>,
  ): Promise<void> {
    const version = flag.version + 1;
    const values = Object.fromEntries(Object.entries(changed).map(([name, { to }]) => [name, to]));
    await tx
      .updateTable('incidents')
      .set({ ...values, version })
      .where('id', '=', flag.id)
      .execute();
    await recordEvent(tx, {
      incidentId: flag.id,
      type,
      actorId: actor.user.id,
      at: this.clock.now(),
      detail: { version, changes: changed },
    });
  }
}

/** The flag, locked. One that the actor may not even read does not exist for them. */
async function ownFlag(tx: Tx, actor: Actor, id: string): Promise<Row<'incidents'>> {
  const flag = await tx.selectFrom('incidents').selectAll().where('id', '=', id).forUpdate().executeTakeFirst();
  const isOwn = flag?.reporter_id === actor.user.id;
  if (!flag || (!isOwn && !actor.permissions.includes('incident.read-all')))
    throw new DomainError('incident.not-found', 'There is no such incident.');
  if (!isOwn) throw new DomainError('access.denied', 'Only the reporter may change a flag.');
  return flag;
}

async function withSeverity(tx: Tx, flag: Row<'incidents'>, change: Change): Promise<Change> {
  if (change.code === undefined) return change;
  const code = await offeredCode(tx, change.code);
  if (!code) throw new InvalidFields([UNKNOWN_CODE], 'incident.code-unknown');
  if (change.severity !== undefined) return change;
  const before = await newestCodes(tx).where('code', '=', flag.code).executeTakeFirst();
  return flag.severity === before?.severity ? { ...change, severity: code.severity } : change;
}

function differences(flag: Row<'incidents'>, change: Change): Record<string, { from: unknown; to: unknown }> {
  return Object.fromEntries(
    Object.entries(change)
      .filter(([name, to]) => to !== undefined && flag[name as keyof Change] !== to)
      .map(([name, to]) => [name, { from: flag[name as keyof Change], to }]),
  );
}
