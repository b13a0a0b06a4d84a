import { type HeldGrant, type Rights } from '@app/access';
import { type Permission, ROLE_PERMISSIONS } from '@app/contracts';

/** All sockets of one person. */
export const roomOfUser = (userId: string): string => `user ${userId}`;

/** Where an event happened, for the rooms that hear of it. */
export interface EventPlace {
  electionId: string;
  /** The region of the station, and all above it. */
  regionIds: readonly string[];
  stationId: string;
}

/** A room for each permission in each scope that it was given for. */
export function roomsOf({ permissions, grants }: Rights): string[] {
  const rooms = grants.flatMap((grant) =>
    ROLE_PERMISSIONS[grant.role]
      .filter((permission) => permissions.includes(permission))
      .map((permission) => room(permission, scopeKey(grant))),
  );
  return [...new Set(rooms)];
}

/** The rooms of everybody who holds the permission for this place. */
export function roomsFor(permission: Permission, { electionId, regionIds, stationId }: EventPlace): string[] {
  const keys = ['all', `election ${electionId}`, ...regionIds.map((id) => `region ${id}`), `station ${stationId}`];
  return keys.map((key) => room(permission, key));
}

const room = (permission: Permission, key: string): string => `may ${permission} in ${key}`;

function scopeKey({ scope }: HeldGrant): string {
  switch (scope.kind) {
    case 'all':
      return 'all';
    case 'election':
      return `election ${scope.electionId}`;
    case 'region':
      return `region ${scope.regionId}`;
    case 'station':
      return `station ${scope.stationId}`;
  }
}
