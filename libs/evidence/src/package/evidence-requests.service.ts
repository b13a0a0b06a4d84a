import { randomUUID } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { requirePermission } from '@app/access';
import type { EvidenceJob, EvidenceJobRef, RequestEvidence } from '@app/contracts';
import { DB, type Db, type RepeatKey, runOnce } from '@app/database';
import { type Actor, selectIncidents } from '@app/incidents';
import { Clock, DomainError } from '@app/platform';
import { PackageJobs } from './package-jobs';
import { packageFileName } from './package-names';
import { PackageRecord, type PackageRow } from './package-record';

/** A package to be sent, as its row describes it. */
export interface PackageFile {
  /** In the store. */
  name: string;
  fileName: string;
  sha256: string;
}

/** Asking for packages, and taking them along. */
@Injectable()
export class EvidenceRequests {
  constructor(
    @Inject(DB) private readonly db: Db,
    private readonly record: PackageRecord,
    private readonly jobs: PackageJobs,
    private readonly clock: Clock,
  ) {}

  /** @throws DomainError `access.denied`, `incident.not-found`, `idempotency-key.reused`, `idempotency-key.in-use` */
  async request(actor: Actor, incidentId: string, asked: RequestEvidence, repeat?: RepeatKey): Promise<EvidenceJobRef> {
    requirePermission(actor, 'evidence.export');
    const { result, first } = await runOnce(this.db, repeat, async (tx): Promise<EvidenceJobRef> => {
      const incident = await tx.selectFrom('incidents').select('id').where('id', '=', incidentId).executeTakeFirst();
      if (!incident) throw new DomainError('incident.not-found', 'There is no such incident.');
      const id = randomUUID();
      const { reason, recipient, language } = asked;
      await tx
        .insertInto('evidence_packages')
        .values({
          id,
          incident_id: incidentId,
          reason,
          recipient,
          language,
          requested_by: actor.user.id,
          requested_at: this.clock.now(),
          finished_at: null,
          file: null,
          bytes: null,
          sha256: null,
          manifest_sha256: null,
          failure: null,
        })
        .execute();
      return { jobId: id };
    });
    if (first) this.jobs.request(result.jobId);
    return result;
  }

  /** @throws DomainError `access.denied`, `evidence.not-found` */
  async get(actor: Actor, jobId: string): Promise<EvidenceJob> {
    requirePermission(actor, 'evidence.export');
    return await this.toJob(await this.row(jobId));
  }

  /** @throws DomainError `access.denied`, `evidence.not-found`, `evidence.not-ready` */
  async file(actor: Actor, jobId: string): Promise<PackageFile> {
    const { package: made } = await this.get(actor, jobId);
    const { file } = await this.row(jobId);
    if (!made || file === null) throw new DomainError('evidence.not-ready', 'This package is not ready.');
    return { name: file, fileName: made.fileName, sha256: made.sha256 };
  }

  private async row(jobId: string): Promise<PackageRow> {
    const row = await this.record.find(jobId);
    if (!row) throw new DomainError('evidence.not-found', 'There is no such package.');
    return row;
  }

  private async toJob(row: PackageRow): Promise<EvidenceJob> {
    const incident = await selectIncidents(this.db).where('incidents.id', '=', row.incident_id).executeTakeFirstOrThrow();
    const { number, station_code: stationCode } = incident;
    const { bytes, sha256, manifest_sha256: manifestSha256 } = row;
    return {
      jobId: row.id,
      incidentId: row.incident_id,
      incidentNumber: number,
      state: row.state,
      progress: row.progress,
      reason: row.reason,
      recipient: row.recipient,
      language: row.language,
      requestedBy: { id: row.requested_by, name: row.requester },
      requestedAt: row.requested_at.toISOString(),
      package:
        bytes === null || sha256 === null || manifestSha256 === null
          ? null
          : {
              url: `/api/v1/evidence/${row.id}/package.zip`,
              fileName: packageFileName({ number, stationCode }),
              bytes,
              sha256,
              manifestSha256,
            },
      failure: row.failure,
    };
  }
}
