/** How long a lease lasts after a renewal, milliseconds. */
export const LEASE_MS = 5_000;
/** How often a packager renews all of its leases, milliseconds. */
export const RENEW_EVERY_MS = 1_500;
/** The holder stops this much before its deadline, for the way from a check to the write that follows it. */
export const GUARD_MS = 250;
/**
 * Nobody takes over an expired lease this soon after PostgreSQL came up, so that the packagers that went on while it was
 * down can renew first (docs/adr/0002-lease-and-fencing.md).
 */
export const QUIET_AFTER_DATABASE_START_MS = LEASE_MS;
