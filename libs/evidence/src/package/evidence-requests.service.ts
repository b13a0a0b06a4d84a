import { randomUUID } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { type CurrentSession, type HeldGrant, placeOfStation, requireAccess, requireStepUp } from '@app/access';
import { byUser } from '@app/audit';
import type { EvidenceJob, EvidenceJobRef, RequestEvidence } from '@app/contracts';
import { DB, type Db, type RepeatKey, runOnce } from '@app/database';
import { selectIncidents } from '@app/incidents';
import { Clock, DomainError } from '@app/platform';
import { auditEvidence } from './evidence-audit';
import { PackageJobs } from './package-jobs';
import { packageFileName } from './package-names';
import { PackageRecord, type PackageRow } from './package-record';

/** Who asks: the rights of a session, and whether it showed its second factor just now. */
export type Exporter = Pick<CurrentSession, 'user' | 'permissions' | 'grants' | 'steppedUp'>;

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

  /**
   * Puts it on record with its reason and recipient, and asks for it to be made.
   * @throws DomainError `access.denied`, `access.step-up-needed`, `incident.not-found`, `idempotency-key.reused`,
   * `idempotency-key.in-use`
   */
  async request(actor: Exporter, incidentId: string, asked: RequestEvidence, repeat?: RepeatKey): Promise<EvidenceJobRef> {
    const grant = await this.requireExport(actor, incidentId);
    requireStepUp(actor);
    const { result, first } = await runOnce(this.db, repeat, async (tx): Promise<EvidenceJobRef> => {
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
      const detail = { packageId: id, recipient, language };
      await auditEvidence(tx, incidentId, byUser(actor.user.id), { action: 'evidence.requested', grant, reason, detail });
      return { jobId: id };
    });
    if (first) this.jobs.request(result.jobId);
    return result;
  }

  /** @throws DomainError `access.denied`, `evidence.not-found` */
  async get(actor: Exporter, jobId: string): Promise<EvidenceJob> {
    requireAccess(actor, 'evidence.export');
    const row = await this.row(jobId);
    await this.requireExport(actor, row.incident_id);
    return await this.toJob(row);
  }

  /**
   * The package for who takes it along, which goes on record.
   * @throws DomainError `access.denied`, `access.step-up-needed`, `evidence.not-found`, `evidence.not-ready`
   */
  async file(actor: Exporter, jobId: string): Promise<PackageFile> {
    requireAccess(actor, 'evidence.export');
    const row = await this.row(jobId);
    const grant = await this.requireExport(actor, row.incident_id);
    // Who asked for it showed the second factor then, and a download that goes on after a break cannot show it.
    if (row.requested_by !== actor.user.id) requireStepUp(actor);
    const { package: made } = await this.toJob(row);
    if (!made || row.file === null) throw new DomainError('evidence.not-ready', 'This package is not ready.');
    const detail = { packageId: jobId, sha256: made.sha256, recipient: row.recipient };
    await this.db.transaction().execute((tx) =>
      auditEvidence(tx, row.incident_id, byUser(actor.user.id), {
        action: 'evidence.downloaded',
        grant,
        reason: row.reason,
        detail,
      }),
    );
    return { name: row.file, fileName: made.fileName, sha256: made.sha256 };
  }

  private async requireExport(actor: Exporter, incidentId: string): Promise<HeldGrant> {
    requireAccess(actor, 'evidence.export');
    const incident = await this.db.selectFrom('incidents').select('station_id').where('id', '=', incidentId).executeTakeFirst();
    const place = incident && (await placeOfStation(this.db, incident.station_id));
    if (!place) throw new DomainError('incident.not-found', 'There is no such incident.');
    return requireAccess(actor, 'evidence.export', place);
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
