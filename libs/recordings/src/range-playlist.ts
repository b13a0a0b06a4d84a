import { isoWriter, secondsWriter } from './list-times';
import type { PlayableSegment, RangeEntry } from './range-entries';
import type { TimeRange } from './recorded-segment';

/** EXT-X-GAP needs 8; nothing here needs more. */
const VERSION = 8;
/** More than the rounding of all durations before it comes to: the start must lie in footage. */
const START_MARGIN_MS = 50;

/**
 * Writes a closed list of recorded media (rfc8216bis, section 4). URIs are relative to /hls/<cameraId>/archive.m3u8.
 * Undefined: there is nothing to play.
 * @param entries in order; their wall-clock times may jump, each is told
 * @param cameraTarget seconds: the camera's own target duration; the list's is longer only where a segment is
 */
export function writeRangePlaylist(entries: readonly RangeEntry[], cameraTarget: number): string | undefined {
  const footage = entries.flatMap((entry) => (entry.kind === 'media' ? [entry.segment] : []));
  const [first] = footage;
  if (!first) return undefined;
  const target = footage.reduce((longest, { durationMs }) => Math.max(longest, Math.round(durationMs / 1000)), cameraTarget);
  // The first MAP stands before anything else: a list may begin with absent media, and those too are under a MAP then.
  const [date, length] = [dateLines(), lengthLines()];
  let [text, mapInForce] = [head(first, footage, target) + start(entries[0]) + map(first.runId), first.runId];
  for (const entry of entries) {
    if (entry.kind === 'absent') {
      text += absent(entry, target, { date, length });
      continue;
    }
    const { segment } = entry;
    // Each run has a clock and a format of its own. A gap within one run changes neither.
    if (segment.runId !== mapInForce) text += `#EXT-X-DISCONTINUITY\n${map(segment.runId)}`;
    mapInForce = segment.runId;
    text += `${date(segment.startsAt)}${length(segment.durationMs)}rec/${segment.mediaSequence}.m4s\n`;
  }
  return `${text}#EXT-X-ENDLIST\n`;
}

function head(first: PlayableSegment, footage: readonly PlayableSegment[], target: number): string {
  const lines = ['#EXTM3U', `#EXT-X-VERSION:${VERSION}`, '#EXT-X-PLAYLIST-TYPE:VOD', `#EXT-X-TARGETDURATION:${target}`];
  lines.push(`#EXT-X-MEDIA-SEQUENCE:${first.mediaSequence}`, `#EXT-X-DISCONTINUITY-SEQUENCE:${first.discontinuitySequence}`);
  if (footage.every(({ independent }) => independent)) lines.push('#EXT-X-INDEPENDENT-SEGMENTS');
  return `${lines.join('\n')}\n`;
}

/** A player that is sent to absent media at the beginning waits there for ever (hls.js 1.7 does); it begins where there is something. */
function start(entry: RangeEntry | undefined): string {
  if (entry?.kind !== 'absent') return '';
  return `#EXT-X-START:TIME-OFFSET=${((entry.to - entry.from + START_MARGIN_MS) / 1000).toFixed(3)}\n`;
}

/** Pieces of one length, none longer than the target. Their URIs name nothing: nobody loads them. */
function absent({ from, to }: TimeRange, target: number, { date, length }: Lines): string {
  const pieces = Math.ceil((to - from) / (target * 1000));
  const pieceMs = (to - from) / pieces;
  let text = '';
  for (let index = 0; index < pieces; index += 1) {
    const at = from + index * pieceMs;
    text += `${date(at)}#EXT-X-GAP\n${length(pieceMs)}gap/${Math.round(at)}.m4s\n`;
  }
  return text;
}

const map = (runId: string): string => `#EXT-X-MAP:URI="rec/${runId}/init.mp4"\n`;

interface Lines {
  date: (at: number) => string;
  length: (durationMs: number) => string;
}

function dateLines(): Lines['date'] {
  const iso = isoWriter();
  return (at) => `#EXT-X-PROGRAM-DATE-TIME:${iso(at)}\n`;
}

function lengthLines(): Lines['length'] {
  const seconds = secondsWriter();
  return (durationMs) => `#EXTINF:${seconds(durationMs)},\n`;
}
