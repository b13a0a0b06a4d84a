import { randomUUID } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { Inject, Injectable } from '@nestjs/common';
import { AuditLog, byUser } from '@app/audit';
import { hasAccess, type HeldGrant, requireAccess, requirePermission } from '@app/access';
import type { ChangeDevice, Device, RegisterDevice } from '@app/contracts';
import { DB, type Db, type NewRow, type RepeatKey, runOnce, type Tx } from '@app/database';
import { Elections } from '@app/elections';
import { Clock, DomainError } from '@app/platform';
import { accreditedAt, organisationOf, type Reporter, requireObservedTime } from '../reporters';
import { type ReportedStation, stationByCode } from '../stations';
import { lockedDevice, newestStates } from './device-rows';
import { deviceViews, mayChangeDevice } from './device-view';

/** The e-voting devices of a station. What became of one is added to its history; nothing of it is changed. */
@Injectable()
export class DeviceRegister {
  constructor(
    @Inject(DB) private readonly db: Db,
    private readonly clock: Clock,
    private readonly elections: Elections,
  ) {}

  /** @throws DomainError `access.denied`, `station.not-found` */
  async list(reporter: Reporter, code: string): Promise<Device[]> {
    requirePermission(reporter, 'report.fill', 'report.read', 'station.import');
    const election = await this.elections.requireCurrent();
    const { place } = await stationByCode(this.db, election.id, code);
    const permission = (['report.fill', 'report.read', 'station.import'] as const).find((held) =>
      hasAccess(reporter, held, place),
    );
    requireAccess(reporter, permission ?? 'report.fill', place);
    const devices = await this.db
      .selectFrom('station_devices')
      .selectAll()
      .where('station_id', '=', place.stationId)
      .orderBy('added_at')
      .orderBy('id')
      .execute();
    return deviceViews(this.db, { reporter, organisation: await organisationOf(this.db, reporter.user.id) }, place, devices);
  }

  /**
   * As the commission's, by people who keep its lists; else as one that an observer saw.
   * @throws DomainError `access.denied`, `station.not-found`, `report.not-accredited`, `report.time-invalid`, `device.serial-taken`
   */
  async register(reporter: Reporter, code: string, entry: RegisterDevice, repeat?: RepeatKey): Promise<Device> {
    requirePermission(reporter, 'report.fill', 'station.import');
    const election = await this.elections.requireCurrent();
    const { result } = await runOnce(this.db, repeat, async (tx) => {
      const station = await stationByCode(tx, election.id, code);
      const now = this.clock.now();
      const grant = await this.grantFor(tx, reporter, station, entry.at, now);
      await refuseSecond(tx, station.place.stationId, entry.serial);
      const id = randomUUID();
      const organisation = await organisationOf(tx, reporter.user.id);
      const device = {
        id,
        election_id: election.id,
        station_id: station.place.stationId,
        kind: entry.kind,
        source: hasAccess(reporter, 'station.import', station.place) ? ('commission' as const) : ('observer' as const),
        organisation,
        added_by: reporter.user.id,
        added_at: now,
      };
      await tx.insertInto('station_devices').values(device).execute();
      const { serial, seals, reason } = entry;
      const state = { device_id: id, seq: 1, state: 'registered' as const, serial, seals, reason, at: new Date(entry.at) };
      await addState(tx, { ...state, received_at: now, actor_id: reporter.user.id });
      const [view] = await deviceViews(tx, { reporter, organisation }, station.place, [device]);
      await AuditLog.append(tx, {
        ...station.place,
        actor: byUser(reporter.user.id),
        grant,
        action: 'device.registered',
        subject: { kind: 'device', id },
        to: 'registered',
        reason,
        at: now,
        detail: { kind: entry.kind, source: device.source, serial, seals },
      });
      return view as Device;
    });
    return result;
  }

  /** @throws DomainError as `register`, and `device.not-found`, `device.not-yours`, `device.unchanged` */
  async change(reporter: Reporter, code: string, deviceId: string, change: ChangeDevice, repeat?: RepeatKey): Promise<Device> {
    requirePermission(reporter, 'report.fill', 'station.import');
    const election = await this.elections.requireCurrent();
    const { result } = await runOnce(this.db, repeat, async (tx) => {
      const station = await stationByCode(tx, election.id, code);
      const now = this.clock.now();
      const grant = await this.grantFor(tx, reporter, station, change.at, now);
      const { device, state } = await lockedDevice(tx, station.place.stationId, deviceId);
      const organisation = await organisationOf(tx, reporter.user.id);
      if (!mayChangeDevice({ reporter, organisation }, device, station.place))
        throw new DomainError(
          'device.not-yours',
          'Somebody else keeps this device in the register: put a check of it on record instead.',
        );
      const { serial, seals } = { serial: change.serial ?? state.serial, seals: change.seals ?? state.seals };
      const before = { state: state.state, serial: state.serial, seals: state.seals };
      const after = { state: change.state, serial, seals };
      if (isDeepStrictEqual(before, after))
        throw new DomainError('device.unchanged', 'The device is on record like this already.');
      if (serial !== state.serial) await refuseSecond(tx, station.place.stationId, serial, deviceId);
      const next = { ...after, device_id: deviceId, seq: state.seq + 1, at: new Date(change.at), reason: change.reason };
      await addState(tx, { ...next, received_at: now, actor_id: reporter.user.id });
      const [view] = await deviceViews(tx, { reporter, organisation }, station.place, [device]);
      await AuditLog.append(tx, {
        ...station.place,
        actor: byUser(reporter.user.id),
        grant,
        action: 'device.changed',
        subject: { kind: 'device', id: deviceId },
        from: state.state,
        to: change.state,
        reason: change.reason,
        at: now,
        detail: { before, after },
      });
      return view as Device;
    });
    return result;
  }

  /** Who keeps the commission's lists acts by a grant of today; an observer, by one of the time that is told. */
  private async grantFor(tx: Tx, reporter: Reporter, { place }: ReportedStation, at: string, now: Date): Promise<HeldGrant> {
    requireObservedTime('at', new Date(at), now);
    if (hasAccess(reporter, 'station.import', place)) return requireAccess(reporter, 'station.import', place);
    return accreditedAt(tx, reporter, place, new Date(at));
  }
}

async function addState(tx: Tx, state: NewRow<'station_device_states'>): Promise<void> {
  await tx.insertInto('station_device_states').values(state).execute();
}

/** Two devices of a station have different serial numbers. @throws DomainError `device.serial-taken` */
async function refuseSecond(tx: Tx, stationId: string, serial: string, butId?: string): Promise<void> {
  // Two entries at once: the second waits for the first.
  await tx.selectFrom('stations').select('id').where('id', '=', stationId).forNoKeyUpdate().execute();
  let query = newestStates(tx)
    .innerJoin('station_devices', 'station_devices.id', 'states.device_id')
    .where('station_devices.station_id', '=', stationId)
    .where((eb) => eb(eb.fn('upper', ['states.serial']), '=', serial.toUpperCase()));
  if (butId !== undefined) query = query.where('states.device_id', '<>', butId);
  if (await query.executeTakeFirst())
    throw new DomainError('device.serial-taken', 'This station has a device with that serial number already.');
}
