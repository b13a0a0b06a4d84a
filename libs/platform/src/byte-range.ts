/** Which bytes of a file a request asks for; both ends are included. */
export type WantedBytes = { kind: 'all' } | { kind: 'part'; start: number; end: number } | { kind: 'unsatisfiable' };

const ONE_RANGE = /^bytes=(\d{0,15})-(\d{0,15})$/;

/**
 * Reads a `Range` header (RFC 9110, section 14). Anything but one range of bytes is answered with the whole file, as
 * the standard allows.
 */
export function wantedBytes(header: string | undefined, size: number): WantedBytes {
  const match = ONE_RANGE.exec(header ?? '');
  if (!match) return { kind: 'all' };
  const [, first = '', last = ''] = match;
  if (first === '' && last === '') return { kind: 'all' };
  if (first === '') return lastBytes(Number(last), size);
  const [start, end] = [Number(first), last === '' ? size - 1 : Math.min(Number(last), size - 1)];
  if (last !== '' && Number(last) < start) return { kind: 'all' };
  return start < size ? { kind: 'part', start, end } : { kind: 'unsatisfiable' };
}

function lastBytes(length: number, size: number): WantedBytes {
  if (length === 0 || size === 0) return { kind: 'unsatisfiable' };
  return { kind: 'part', start: Math.max(0, size - length), end: size - 1 };
}
