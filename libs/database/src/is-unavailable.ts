/** Of the way to the server, by Node's names. */
const ROAD = /^E(CONNREFUSED|CONNRESET|PIPE|TIMEDOUT|HOSTUNREACH|NETUNREACH|NOTFOUND|AI_AGAIN)$/;
/** As pg says it where there is no name for it. */
const BROKEN = /^(Connection terminated|timeout exceeded when trying to connect)/;
/** SQLSTATE: connection exception, insufficient resources (a full disk, too many connections), shutdown and recovery. */
const UNAVAILABLE = /^(08...|53...|57P0[123])$/;

/** Whether PostgreSQL could not serve now, so that the same may succeed later: what it was asked is not to blame. */
export function isUnavailable(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  // A name with several addresses: each of them failed.
  if (error instanceof AggregateError) return error.errors.length > 0 && error.errors.every(isUnavailable);
  const code = 'code' in error ? String(error.code) : '';
  return ROAD.test(code) || UNAVAILABLE.test(code) || BROKEN.test(error.message);
}
