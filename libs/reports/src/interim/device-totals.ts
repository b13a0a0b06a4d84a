import {
  type Audience,
  CHECK_FINDINGS,
  CHECK_KINDS,
  type CheckFindingCode,
  type CheckKind,
  type DeviceTotals,
  MIN_STATIONS,
} from '@app/contracts';
import type { Db } from '@app/database';
import { sql } from 'kysely';
import { type Reading, stationsRead } from '../totals/audience';

export interface DeviceCheckRow {
  kind: CheckKind;
  stations: number;
  checks: number;
  clean: number;
}
export interface DeviceFindingRow {
  kind: CheckKind;
  code: CheckFindingCode;
  checks: number;
}

export async function deviceRows(
  db: Db,
  reading: Reading,
  electionId: string,
): Promise<{ checks: DeviceCheckRow[]; findings: DeviceFindingRow[] }> {
  const read = sql`
    device_checks checks join station_devices on station_devices.id = checks.device_id
      join (${stationsRead(db, reading, electionId)}) read on read.id = station_devices.station_id`;
  const checks = await sql<DeviceCheckRow>`
    select checks.kind, count(distinct station_devices.station_id) as stations, count(*) as checks,
      count(*) filter (where checks.findings = '[]') as clean
    from ${read} where ${reading.ofChecks} group by checks.kind`.execute(db);
  const findings = await sql<DeviceFindingRow>`
    select checks.kind, finding ->> 'code' as code, count(*) as checks
    from ${read} cross join lateral jsonb_array_elements(checks.findings) finding
    where ${reading.ofChecks} group by checks.kind, finding ->> 'code'`.execute(db);
  return { checks: checks.rows, findings: findings.rows };
}

export function buildDeviceTotals(
  audience: Audience,
  { checks, findings }: { checks: readonly DeviceCheckRow[]; findings: readonly DeviceFindingRow[] },
): DeviceTotals[] {
  return CHECK_KINDS.map((kind) => {
    const row = checks.find((counted) => counted.kind === kind) ?? { kind, stations: 0, checks: 0, clean: 0 };
    const isFew = row.stations > 0 && row.stations < MIN_STATIONS;
    if (audience === 'outside' && isFew) return { kind, total: null };
    const found = CHECK_FINDINGS.flatMap((code) => {
      const count = findings.find((finding) => finding.kind === kind && finding.code === code)?.checks ?? 0;
      return count === 0 ? [] : [{ code, checks: count }];
    });
    return { kind, total: { stations: row.stations, checks: row.checks, clean: row.clean, findings: found } };
  });
}
