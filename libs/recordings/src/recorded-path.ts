const UUID = '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}';
const NUMBER = '0|[1-9][0-9]{0,14}';
const INIT = new RegExp(`^/hls/(${UUID})/rec/(${UUID})/init\\.mp4$`);
const SEGMENT = new RegExp(`^/hls/(${UUID})/rec/(${NUMBER})\\.m4s$`);

/** What recorded media can be asked for; each answer is the same for ever, until the footage is deleted. */
export type RecordedPath = { cameraId: string } & ({ kind: 'init'; runId: string } | { kind: 'segment'; mediaSequence: number });

/**
 * Works on the path as it came, so nothing encoded, dotted or doubled ever matches; whatever does not is undefined: 404. No part of
 * it names a file: those are known to the index alone.
 */
export function readRecordedPath(path: string): RecordedPath | undefined {
  const segment = SEGMENT.exec(path);
  if (segment?.[1] && segment[2]) return { cameraId: segment[1], kind: 'segment', mediaSequence: Number(segment[2]) };
  const init = INIT.exec(path);
  if (init?.[1] && init[2]) return { cameraId: init[1], kind: 'init', runId: init[2] };
  return undefined;
}
