import { hasAccess, type PlaceWithin } from '@app/access';
import type { Device, DeviceCheck } from '@app/contracts';
import type { Db, Row, Tx } from '@app/database';
import { isOfMission, type Reporter } from '../reporters';

/** Whoever reads: what they may see of a device depends on their mission. */
export interface DeviceReader {
  reporter: Reporter;
  organisation: string | null;
}

export type DeviceRow = Row<'station_devices'>;
type StateRow = Row<'station_device_states'> & { actor_name: string | null };
type CheckRow = Row<'device_checks'>;
type FlagRow = { check_id: string; finding: string; incident_id: string; number: number };

/** What a commission entered is changed by people who keep its lists; what an observer did, by their mission. */
export function mayChangeDevice(
  { reporter, organisation }: DeviceReader,
  device: DeviceRow,
  place: Required<PlaceWithin>,
): boolean {
  if (device.source === 'commission') return hasAccess(reporter, 'station.import', place);
  return isMissions({ reporter, organisation }, device.added_by, device.organisation);
}

export function isMissions({ reporter, organisation }: DeviceReader, userId: string, of: string | null): boolean {
  return isOfMission({ userId: reporter.user.id, organisation }, { userId, organisation: of });
}

/** Devices with their history and, of the reader's own mission, their checks. */
export async function deviceViews(
  db: Db | Tx,
  reader: DeviceReader,
  place: Required<PlaceWithin>,
  devices: readonly DeviceRow[],
): Promise<Device[]> {
  const ids = devices.map(({ id }) => id);
  if (ids.length === 0) return [];
  const states = await db
    .selectFrom('station_device_states')
    .leftJoin('users', 'users.id', 'station_device_states.actor_id')
    .selectAll('station_device_states')
    .select('users.name as actor_name')
    .where('device_id', 'in', ids)
    .orderBy('seq')
    .execute();
  const checks = await db
    .selectFrom('device_checks')
    .selectAll()
    .where('device_id', 'in', ids)
    .orderBy('observed_at')
    .orderBy('id')
    .execute();
  const own = checks.filter((check) => isMissions(reader, check.reporter_id, check.organisation));
  const flags = await flagsOf(
    db,
    own.map(({ id }) => id),
  );
  return devices.map((device) => {
    const history = states.filter(({ device_id }) => device_id === device.id);
    const newest = history.at(-1);
    if (!newest) throw new Error('A device without a state');
    return {
      id: device.id,
      kind: device.kind,
      source: device.source,
      state: newest.state,
      serial: newest.serial,
      seals: newest.seals,
      mayChange: mayChangeDevice(reader, device, place),
      history: history.map((state) => stateView(reader, device, state)),
      checks: own.filter(({ device_id }) => device_id === device.id).map((check) => checkView(reader, check, flags)),
    };
  });
}

function stateView(reader: DeviceReader, device: DeviceRow, { actor_name, ...state }: StateRow): Device['history'][number] {
  const isNamed = device.source === 'commission' || isMissions(reader, device.added_by, device.organisation);
  return {
    seq: state.seq,
    state: state.state,
    serial: state.serial,
    seals: state.seals,
    at: state.at.toISOString(),
    receivedAt: state.received_at.toISOString(),
    by: isNamed ? actor_name : null,
    reason: state.reason,
  };
}

export function checkView({ reporter }: DeviceReader, check: CheckRow, flags: readonly FlagRow[]): DeviceCheck {
  return {
    id: check.id,
    kind: check.kind,
    observedAt: check.observed_at.toISOString(),
    receivedAt: check.received_at.toISOString(),
    serial: check.serial,
    seals: check.seals,
    printed: check.printed,
    printedAt: check.printed_at?.toISOString() ?? null,
    numbers: check.numbers,
    protocol: check.protocol,
    photoSha256: check.photo_sha256,
    note: check.note,
    mine: check.reporter_id === reporter.user.id,
    findings: check.findings.map((finding) => {
      const flag = flags.find(({ check_id, finding: code }) => check_id === check.id && code === finding.code);
      return { ...finding, incidentId: flag?.incident_id ?? null, incidentNumber: flag?.number ?? null };
    }),
  };
}

export async function flagsOf(db: Db | Tx, checkIds: readonly string[]): Promise<FlagRow[]> {
  if (checkIds.length === 0) return [];
  return db
    .selectFrom('device_check_flags')
    .innerJoin('incidents', 'incidents.id', 'device_check_flags.incident_id')
    .select(['check_id', 'finding', 'incident_id', 'incidents.number'])
    .where('check_id', 'in', [...checkIds])
    .execute();
}
