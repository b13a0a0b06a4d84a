import { crc32 } from 'node:zlib';
import type { RecordingRow } from '../recording/recording-rows';

/** One row: its CRC-32 in hex, a space, JSON, a line feed. */
export function toLine(row: RecordingRow): string {
  const json = JSON.stringify(row);
  return `${crc32(json).toString(16)} ${json}\n`;
}

/** Rows up to the first line that is not whole: what was being written when its process or the power went. */
export function readLines(text: string): { rows: RecordingRow[]; torn: boolean } {
  const rows: RecordingRow[] = [];
  let at = 0;
  for (let end = text.indexOf('\n'); end !== -1; end = text.indexOf('\n', at)) {
    const row = readLine(text.slice(at, end));
    if (!row) return { rows, torn: true };
    rows.push(row);
    at = end + 1;
  }
  return { rows, torn: at < text.length };
}

function readLine(line: string): RecordingRow | undefined {
  const space = line.indexOf(' ');
  const json = line.slice(space + 1);
  if (space < 1 || line.slice(0, space) !== crc32(json).toString(16)) return undefined;
  return JSON.parse(json, (key, value: unknown) =>
    (key === 'startedAt' || key === 'endedAt' || key === 'startsAt') && typeof value === 'string' ? new Date(value) : value,
  ) as RecordingRow;
}
