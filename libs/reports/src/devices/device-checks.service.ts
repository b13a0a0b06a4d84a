import { randomUUID } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { AuditLog, byUser } from '@app/audit';
import { requireAccess } from '@app/access';
import type { CheckDevice, CheckFindingCode, DeviceCheck } from '@app/contracts';
import { DB, type Db, type RepeatKey, runOnce, type Tx } from '@app/database';
import { Elections } from '@app/elections';
import { Clock, DomainError } from '@app/platform';
import { accreditedAt, organisationOf, type Reporter, requireObservedTime } from '../reporters';
import { stationByCode } from '../stations';
import { findingsOf } from './check-findings';
import { lockedDevice } from './device-rows';
import { checkView, flagsOf } from './device-view';

/** A finding as an incident would have it. */
export interface FlaggableFinding {
  checkId: string;
  /** The station's first camera that is on, or its first. */
  cameraId: string;
  incident: string;
  observedAt: Date;
  note: string;
}

/** Zero and result tapes that observers looked at. */
@Injectable()
export class DeviceChecks {
  constructor(
    @Inject(DB) private readonly db: Db,
    private readonly clock: Clock,
    private readonly elections: Elections,
  ) {}

  /**
   * What it finds is found once, against the register as it was then.
   * @throws DomainError `access.denied`, `report.not-accredited`, `report.time-invalid`, `station.not-found`, `device.not-found`
   */
  async check(reporter: Reporter, code: string, deviceId: string, check: CheckDevice, repeat?: RepeatKey): Promise<DeviceCheck> {
    requireAccess(reporter, 'report.fill');
    const election = await this.elections.requireCurrent();
    const { result } = await runOnce(this.db, repeat, (tx) => this.store(tx, reporter, election.id, { code, deviceId }, check));
    return result;
  }

  /** What a flag of a finding of one's own check says. @throws DomainError `device.check-not-found`, `device.no-camera` */
  async flaggable(reporter: Reporter, checkId: string, code: CheckFindingCode): Promise<FlaggableFinding> {
    requireAccess(reporter, 'report.fill');
    const row = await this.db
      .selectFrom('device_checks')
      .innerJoin('station_devices', 'station_devices.id', 'device_checks.device_id')
      .select(['device_checks.findings', 'device_checks.observed_at', 'device_checks.serial', 'station_devices.station_id'])
      .where('device_checks.id', '=', checkId)
      .where('device_checks.reporter_id', '=', reporter.user.id)
      .executeTakeFirst();
    const finding = row?.findings.find((found) => found.code === code);
    if (!row || !finding) throw new DomainError('device.check-not-found', 'No check of yours found this.');
    const camera = await this.db
      .selectFrom('cameras')
      .select('id')
      .where('station_id', '=', row.station_id)
      .orderBy('enabled', 'desc')
      .orderBy('position')
      .orderBy('id')
      .executeTakeFirst();
    if (!camera) throw new DomainError('device.no-camera', 'A flag points at a camera, and this station has none.');
    const note = `${row.serial}: ${code}. ${finding.expected} ≠ ${finding.found}`.slice(0, 4000);
    return { checkId, cameraId: camera.id, incident: finding.incident, observedAt: row.observed_at, note };
  }

  /** Remembers the incident of a finding. Once more with the same changes nothing. */
  async flagged(reporter: Reporter, checkId: string, finding: CheckFindingCode, incidentId: string): Promise<void> {
    requireAccess(reporter, 'report.fill');
    await this.db.transaction().execute(async (tx) => {
      const added = await tx
        .insertInto('device_check_flags')
        .values({ check_id: checkId, finding, incident_id: incidentId, at: this.clock.now() })
        .onConflict((conflict) => conflict.doNothing())
        .returning('check_id')
        .executeTakeFirst();
      if (!added) return;
      const { station_id: stationId, election_id: electionId } = await tx
        .selectFrom('device_checks')
        .innerJoin('station_devices', 'station_devices.id', 'device_checks.device_id')
        .select(['station_devices.station_id', 'station_devices.election_id'])
        .where('device_checks.id', '=', checkId)
        .executeTakeFirstOrThrow();
      await AuditLog.append(tx, {
        electionId,
        stationId,
        actor: byUser(reporter.user.id),
        action: 'device.finding-flagged',
        subject: { kind: 'device-check', id: checkId },
        detail: { finding, incidentId },
      });
    });
  }

  private async store(
    tx: Tx,
    reporter: Reporter,
    electionId: string,
    { code, deviceId }: { code: string; deviceId: string },
    check: CheckDevice,
  ): Promise<DeviceCheck> {
    const receivedAt = this.clock.now();
    const observedAt = new Date(check.observedAt);
    const { place, opensAt } = await stationByCode(tx, electionId, code);
    requireObservedTime('observedAt', observedAt, receivedAt);
    const grant = await accreditedAt(tx, reporter, place, observedAt);
    const { state } = await lockedDevice(tx, place.stationId, deviceId);
    const findings = findingsOf(check, { serial: state.serial, seals: state.seals, opensAt });
    const organisation = await organisationOf(tx, reporter.user.id);
    const row = await tx
      .insertInto('device_checks')
      .values({
        id: randomUUID(),
        device_id: deviceId,
        device_seq: state.seq,
        kind: check.kind,
        serial: check.serial,
        seals: check.seals,
        printed: check.printed,
        printed_at: check.printedAt === null ? null : new Date(check.printedAt),
        numbers: JSON.stringify(check.numbers),
        protocol: JSON.stringify(check.protocol),
        photo_sha256: check.photoSha256 ?? null,
        note: check.note ?? null,
        findings: JSON.stringify(findings),
        observed_at: observedAt,
        received_at: receivedAt,
        reporter_id: reporter.user.id,
        organisation,
      })
      .returningAll()
      .executeTakeFirstOrThrow();
    await AuditLog.append(tx, {
      ...place,
      actor: byUser(reporter.user.id),
      grant,
      action: 'device.checked',
      subject: { kind: 'device-check', id: row.id },
      at: receivedAt,
      detail: { deviceId, kind: check.kind, observedAt: check.observedAt, findings: findings.map(({ code }) => code) },
    });
    return checkView({ reporter, organisation }, row, await flagsOf(tx, [row.id]));
  }
}
