import { covers, type CurrentSession, type HeldGrant, placeOfCamera, placeOfStation, type PlaceWithin } from '@app/access';
import type { Role } from '@app/contracts';
import type { Db, Row, Tx } from '@app/database';
import { sidesOf } from './hold-rules';

/** Who acts: the account of a session, and what it may do where. */
export type Actor = Pick<CurrentSession, 'user' | 'permissions' | 'grants' | 'steppedUp'>;

export type HoldPlace = Required<PlaceWithin>;

/** Where the footage of a hold was recorded. @throws when its camera or station is gone, which the database does not allow */
export async function placeOfHold(
  db: Db | Tx,
  { camera_id, station_id }: Pick<Row<'holds'>, 'camera_id' | 'station_id'>,
): Promise<HoldPlace> {
  const place =
    camera_id !== null ? await placeOfCamera(db, camera_id) : station_id !== null && (await placeOfStation(db, station_id));
  if (!place) throw new Error('A hold is of no place');
  return place;
}

/** The sides of a release that somebody may take there. */
export function sidesAt({ grants }: { grants: readonly HeldGrant[] }, place: HoldPlace): Role[] {
  return sidesOf(grants.filter(({ scope }) => covers(scope, place)).map(({ role }) => role));
}
