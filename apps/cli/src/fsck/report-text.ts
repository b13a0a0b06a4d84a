import type { Finding, FsckReport } from '@app/recordings';

/** The report for people. */
export function reportText({ clean, counts, findings, findingsLeftOut }: FsckReport): string {
  const lines = findings.map(findingLine);
  if (findingsLeftOut > 0) lines.push(`… and ${number(findingsLeftOut)} more.`);
  if (lines.length > 0) lines.push('');
  lines.push(
    `${count(counts.cameras, 'camera')}, ${count(counts.segments, 'segment')}, ${count(counts.gaps, 'gap')}, ` +
      `${count(counts.files, 'file')}, ${megabytes(counts.bytes)} read.`,
  );
  const told = [
    [counts.unhashed, 'without a hash: only that their bytes are there is known'],
    [counts.deleted, 'deleted, their hashes are kept'],
    [counts.forgotten, 'let go before hashes were kept'],
    [counts.repaired, 'given a row again'],
  ] as const;
  for (const [segments, what] of told) if (segments > 0) lines.push(`${count(segments, 'segment')} ${what}.`);
  if (counts.objects > 0) lines.push(`${count(counts.objects, 'object')} of the bucket listed.`);
  if (counts.openTails > 0)
    lines.push(`${count(counts.openTails, 'file')} still being written, with bytes that have no row yet.`);
  if (counts.givenUp > 0)
    lines.push(
      `${count(counts.givenUp, 'file')} with the beginning of a segment at the end that the disk did not take: a gap tells of it.`,
    );
  lines.push(clean ? 'The recording is clean.' : `${count(findings.length + findingsLeftOut, 'finding')}.`);
  return `${lines.join('\n')}\n`;
}

function findingLine({ kind, cameraId, mediaSequence, file, from, to, message }: Finding): string {
  const where = [
    `camera ${cameraId}`,
    mediaSequence === undefined ? '' : `segment ${mediaSequence}`,
    file ?? '',
    from === undefined ? '' : `${from} to ${to}`,
  ];
  return `${kind}: ${where.filter((part) => part !== '').join(', ')}: ${message}`;
}

const number = (value: number): string => value.toLocaleString('en');
const count = (value: number, noun: string): string => `${number(value)} ${noun}${value === 1 ? '' : 's'}`;
const megabytes = (bytes: number): string => `${number(Math.round(bytes / 100_000) / 10)} MB`;
