import { Inject, Injectable } from '@nestjs/common';
import { sql } from 'kysely';
import type { EvidenceProgress, EvidenceState } from '@app/contracts';
import { bySystem } from '@app/audit';
import { DB, type Db, type Row, type Tx } from '@app/database';
import { Clock, LOGGER, type Logger } from '@app/platform';
import { Fanout } from '@app/realtime';
import { auditEvidence } from './evidence-audit';

export type PackageRow = Row<'evidence_packages'> & { requester: string };

export interface StoredPackage {
  file: string;
  bytes: number;
  sha256: string;
  manifestSha256: string;
}

/** Packages that were asked for, and how far each is. */
@Injectable()
export class PackageRecord {
  constructor(
    @Inject(DB) private readonly db: Db,
    private readonly clock: Clock,
    private readonly fanout: Fanout,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  async find(id: string): Promise<PackageRow | undefined> {
    return await this.db
      .selectFrom('evidence_packages')
      .innerJoin('users', 'users.id', 'evidence_packages.requested_by')
      .selectAll('evidence_packages')
      .select('users.name as requester')
      .where('evidence_packages.id', '=', id)
      .executeTakeFirst();
  }

  /**
   * Runs `work` while no other process makes the same package. The lock is the database session's: it ends with the process.
   * @returns false when another one holds it
   */
  async alone(id: string, work: () => Promise<void>): Promise<boolean> {
    return this.db.connection().execute(async (connection) => {
      const key = sql`hashtextextended(${`evidence package ${id}`}, 0)`;
      const { rows } = await sql<{ locked: boolean }>`select pg_try_advisory_lock(${key}) as locked`.execute(connection);
      if (!rows[0]?.locked) return false;
      try {
        await work();
      } finally {
        await sql`select pg_advisory_unlock(${key})`.execute(connection);
      }
      return true;
    });
  }

  /** To be called alone. Whatever an earlier try got to, this one begins again. @returns undefined when there is nothing to make */
  async begin(id: string): Promise<PackageRow | undefined> {
    const begun = await this.change(id, { state: 'building', progress: 0 });
    return begun ? await this.find(id) : undefined;
  }

  async progress(id: string, percent: number): Promise<void> {
    await this.change(id, { progress: percent });
  }

  async ready(id: string, { file, bytes, sha256, manifestSha256 }: StoredPackage): Promise<void> {
    const finished_at = this.clock.now();
    const values = { state: 'ready' as const, progress: 100, file, bytes, sha256, manifest_sha256: manifestSha256, finished_at };
    await this.change(id, values, (tx, incidentId) =>
      auditEvidence(tx, incidentId, bySystem, {
        action: 'evidence.made',
        detail: { packageId: id, bytes, sha256, manifestSha256 },
      }),
    );
  }

  /** @param failure a sentence for people */
  async failed(id: string, failure: string): Promise<void> {
    await this.change(id, { state: 'failed', failure, finished_at: this.clock.now() }, (tx, incidentId) =>
      auditEvidence(tx, incidentId, bySystem, { action: 'evidence.failed', detail: { packageId: id, failure } }),
    );
  }

  /** Of a package that is not finished. @param along what else belongs to the change */
  private async change(
    id: string,
    values: Partial<Row<'evidence_packages'>>,
    along: (tx: Tx, incidentId: string) => Promise<unknown> = () => Promise.resolve(),
  ): Promise<boolean> {
    const row = await this.db.transaction().execute(async (tx) => {
      const changed = await tx
        .updateTable('evidence_packages')
        .set(values)
        .where('id', '=', id)
        .where('state', 'in', ['waiting', 'building'] satisfies EvidenceState[])
        .returning(['incident_id', 'requested_by', 'state', 'progress'])
        .executeTakeFirst();
      if (changed) await along(tx, changed.incident_id);
      return changed;
    });
    if (!row) return false;
    const { incident_id: incidentId, requested_by: requestedBy, state, progress } = row;
    await this.tell({ jobId: id, incidentId, requestedBy, state, progress });
    return true;
  }

  /** A hint: who misses it reads the same from the database. */
  private async tell(progress: EvidenceProgress): Promise<void> {
    try {
      await this.fanout.publish('EvidenceProgress', progress);
    } catch (error) {
      this.logger.debug({ err: error, packageId: progress.jobId }, 'the progress of a package could not be told');
    }
  }
}
