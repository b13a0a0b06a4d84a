import type { Db, Row, Tx } from '@app/database';
import { DomainError } from '@app/platform';

export interface StoredDevice {
  device: Row<'station_devices'>;
  /** The newest. */
  state: Row<'station_device_states'>;
}

/**
 * A device of a station with its newest state, locked against changes until the transaction ends.
 * @throws DomainError `device.not-found`
 */
export async function lockedDevice(tx: Tx, stationId: string, deviceId: string): Promise<StoredDevice> {
  const device = await tx
    .selectFrom('station_devices')
    .selectAll()
    .where('id', '=', deviceId)
    .where('station_id', '=', stationId)
    .forUpdate()
    .executeTakeFirst();
  if (!device) throw new DomainError('device.not-found', 'This station has no such device.');
  const state = await newestStates(tx).where('device_id', '=', deviceId).executeTakeFirstOrThrow();
  return { device, state };
}

/** One row a device. */
export function newestStates(db: Db | Tx) {
  return db
    .selectFrom((eb) =>
      eb
        .selectFrom('station_device_states')
        .distinctOn('device_id')
        .selectAll()
        .orderBy('device_id')
        .orderBy('seq', 'desc')
        .as('states'),
    )
    .selectAll();
}
