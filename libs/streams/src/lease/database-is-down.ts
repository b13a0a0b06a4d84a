/**
 * Whether an error proves that no PostgreSQL was running at that moment: its port refused the connection. A timeout or a reset proves
 * nothing, only our way to it may be cut. "Starting up" or "in recovery" prove nothing either: the server's start time, on which
 * the quiet time before take-overs rests, may be long ago then.
 */
export function databaseIsDown(error: unknown): boolean {
  if (typeof error !== 'object' || error === null) return false;
  // A name with several addresses: each of them must have refused.
  if ('errors' in error && Array.isArray(error.errors)) return error.errors.length > 0 && error.errors.every(databaseIsDown);
  return 'code' in error && error.code === 'ECONNREFUSED';
}
