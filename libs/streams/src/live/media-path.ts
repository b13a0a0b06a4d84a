const UUID = '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}';
const NUMBER = '0|[1-9][0-9]{0,14}';
const CAMERA = new RegExp(`^/hls/(${UUID})/(.+)$`);
const INIT = new RegExp(`^init/(${UUID})\\.mp4$`);
const SEGMENT = new RegExp(`^seg/(${NUMBER})\\.m4s$`);
const PART = new RegExp(`^part/(${NUMBER})\\.(0|[1-9][0-9]{0,3})\\.m4s$`);

export type MediaPath = { cameraId: string } & (
  | { kind: 'playlist' }
  | { kind: 'still' }
  | { kind: 'init'; runId: string }
  | { kind: 'segment'; mediaSequence: number }
  | { kind: 'part'; mediaSequence: number; index: number }
);

/**
 * What a path below the origin names. Works on the path as it came, so nothing encoded, dotted or doubled ever matches; whatever
 * does not is undefined: 404.
 */
export function readMediaPath(path: string): MediaPath | undefined {
  const [, cameraId, rest] = CAMERA.exec(path) ?? [];
  if (cameraId === undefined || rest === undefined) return undefined;
  if (rest === 'live.m3u8') return { cameraId, kind: 'playlist' };
  if (rest === 'still.jpg') return { cameraId, kind: 'still' };
  const init = INIT.exec(rest);
  if (init?.[1]) return { cameraId, kind: 'init', runId: init[1] };
  const segment = SEGMENT.exec(rest);
  if (segment?.[1]) return { cameraId, kind: 'segment', mediaSequence: Number(segment[1]) };
  const part = PART.exec(rest);
  if (part?.[1] && part[2]) return { cameraId, kind: 'part', mediaSequence: Number(part[1]), index: Number(part[2]) };
  return undefined;
}
