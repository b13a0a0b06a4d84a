import { Inject, Injectable } from '@nestjs/common';
import { heldGrants, permissionsOf, requireStepUp } from '@app/access';
import type { CaseAction, CaseTransition, Classification, FlagChange, Incident } from '@app/contracts';
import { DB, type Db, type Tx } from '@app/database';
import { Clock, DomainError, InvalidFields } from '@app/platform';
import { OutboxRelay } from '@app/realtime';
import { clocksOf } from '../clocks/clock-store';
import { offeredCode, UNKNOWN_CODE } from '../incident-codes';
import type { MergeTarget, Person } from './case';
import { keepAddendum } from './addenda';
import { type Actor, grantBy, personAt, seenAs } from './case-access';
import { lockCase, notFound, playedBy, readCase, type StoredCase } from './case-store';
import type { Command } from './command';
import { commandOf, flagCommandOf } from './command-of';
import { perform, type Performance } from './perform';

/** Decisions, and what undoes them, need the second factor shown lately. */
const WEIGHTY: ReadonlySet<CaseAction> = new Set<CaseAction>([
  'out-of-scope',
  'find',
  'second',
  'vote',
  'reopen',
  'lift-quarantine',
]);

type Asked = Pick<Performance, 'command'> & Partial<Performance>;

/** What people do with incidents. Each is one transaction under the lock of the incident; the rules stand in the table. */
@Injectable()
export class CaseService {
  constructor(
    @Inject(DB) private readonly db: Db,
    private readonly clock: Clock,
    private readonly relay: OutboxRelay,
  ) {}

  /** Claims it, or renews one's own claim. @throws DomainError `incident.held` with who holds it */
  claim(actor: Actor, id: string): Promise<Incident> {
    return this.act(actor, id, ({ incident: { lease } }, person, now) => {
      const isOwn = lease !== null && lease.holderId === person.id && lease.until > now;
      return { command: { action: isOwn ? 'renew' : 'claim' } };
    });
  }

  release(actor: Actor, id: string): Promise<Incident> {
    return this.act(actor, id, () => ({ command: { action: 'release' } }));
  }

  handOver(actor: Actor, id: string, { to, reason }: { to: string; reason?: string | undefined }): Promise<Incident> {
    return this.act(actor, id, async ({ row }, _person, now, tx) => {
      const user = await tx.selectFrom('users').select(['id', 'email', 'name']).where('id', '=', to).executeTakeFirst();
      if (!user) throw new InvalidFields([{ field: 'to', rule: 'is an account' }], 'incident.recipient-invalid');
      const grants = await heldGrants(tx, to, new Date(now));
      const permissions = permissionsOf(grants.map(({ role }) => role));
      const recipient = await personAt(tx, { user: { ...user, roles: [] }, permissions, grants }, row);
      return {
        command: { action: 'hand-over', recipient, ...(reason !== undefined && { reason }) },
        columns: { handed_by: actor.user.id, handed_at: new Date(now), handed_reason: reason ?? null },
      };
    });
  }

  breakClaim(actor: Actor, id: string, reason: string): Promise<Incident> {
    return this.act(actor, id, () => ({ command: { action: 'break', reason } }));
  }

  /** @throws DomainError the refusal of the rules, `incident.stale`, `incident.code-unknown`, `region.not-found` */
  async move(actor: Actor, id: string, body: CaseTransition): Promise<Incident> {
    const into = body.to === 'merged' ? body.into : undefined;
    return this.act(
      actor,
      id,
      async ({ row }, person, now, tx) => {
        if (body.to === 'in_review') await this.checkRoute(tx, row.election_id, body);
        const answerDue = now + (await clocksOf(tx, row.election_id)).answerMinutes * 60_000;
        const command = commandOf(body, row.state, { target: into ? await targetOf(tx, into) : null, answerDue });
        const isFinding = command.action === 'find' || command.action === 'second';
        return {
          command,
          version: body.version,
          ...(isFinding && { played: await playedBy(tx, id, person.id) }),
          ...(body.to === 'decided' && { evidence: body.evidence }),
        };
      },
      into,
    );
  }

  classify(actor: Actor, id: string, { version, reason, code, severity }: Classification): Promise<Incident> {
    return this.act(actor, id, async (_stored, _person, _now, tx) => {
      await requireCode(tx, code);
      const command: Command = {
        action: 'classify',
        reason,
        ...(code !== undefined && { code }),
        ...(severity !== undefined && { severity }),
      };
      return { command, version };
    });
  }

  setFlag(actor: Actor, id: string, change: FlagChange): Promise<Incident> {
    return this.act(actor, id, () => ({ command: flagCommandOf(change), version: change.version }));
  }

  askReopen(actor: Actor, id: string, { version, reason }: { version: number; reason: string }): Promise<Incident> {
    return this.act(actor, id, (_stored, _person, now) => ({
      command: { action: 'ask-reopen', reason },
      version,
      columns: { reopen_asked_at: new Date(now), reopen_reason: reason },
    }));
  }

  private async act(
    actor: Actor,
    id: string,
    ask: (stored: StoredCase, person: Person, now: number, tx: Tx) => Asked | Promise<Asked>,
    other?: string,
  ): Promise<Incident> {
    const incident = await this.db.transaction().execute(async (tx) => {
      const stored = await lockCase(tx, id, other);
      const person = await personAt(tx, actor, stored.row);
      seenAs(person, stored.incident, stored.row.reporter_organisation);
      const now = this.clock.nowMs();
      const asked = await ask(stored, person, now, tx);
      if (WEIGHTY.has(asked.command.action)) requireStepUp(actor);
      if (asked.command.action === 'ask')
        await keepAddendum(tx, {
          incidentId: id,
          kind: 'question',
          text: asked.command.question,
          authorId: person.id,
          at: new Date(now),
        });
      const grant = (as: string) => grantBy(actor, as, stored.row);
      return perform(tx, { stored, actor: person, now, grant, ...asked }).catch((error: unknown) =>
        withHolder(tx, stored, error),
      );
    });
    this.relay.kick();
    return incident;
  }

  private async checkRoute(tx: Tx, electionId: string, { code, regionId }: { code?: string; regionId?: string }): Promise<void> {
    await requireCode(tx, code);
    if (regionId === undefined) return;
    const region = await tx
      .selectFrom('regions')
      .select('id')
      .where('id', '=', regionId)
      .where('election_id', '=', electionId)
      .executeTakeFirst();
    if (!region)
      throw new DomainError('region.not-found', 'There is no such region.', [{ field: 'regionId', rule: 'is a region' }]);
  }
}

async function requireCode(tx: Tx, code: string | undefined): Promise<void> {
  if (code !== undefined && !(await offeredCode(tx, code))) throw new InvalidFields([UNKNOWN_CODE], 'incident.code-unknown');
}

async function targetOf(tx: Tx, id: string): Promise<MergeTarget | null> {
  const stored = await readCase(tx, id);
  if (!stored) return null;
  const { state, stationId, range, organisations } = stored.incident;
  return { id, state, stationId, range, organisations };
}

/** Whoever is refused because another holds it is told who. */
async function withHolder(tx: Tx, { incident }: StoredCase, error: unknown): Promise<never> {
  if (!(error instanceof DomainError) || error.code !== 'incident.held' || !incident.lease) throw error;
  const { holderId, until } = incident.lease;
  const holder = await tx.selectFrom('users').select(['id', 'name']).where('id', '=', holderId).executeTakeFirst();
  if (!holder) throw notFound();
  const details = { holder: { ...holder, until: new Date(until).toISOString() } };
  throw new DomainError('incident.held', `${holder.name} holds this incident.`, details, { cause: error });
}
