import { type History, type HistorySegment, type WindowSegment } from './live-window-types';

/** The segments of a window from what was written down. @throws RangeError for holes and unknown runs */
export const restoredSegments = <Body>({ segments, runs }: History<Body>): WindowSegment<Body>[] => {
  const known = new Set(runs.map(({ runId }) => runId));
  const restored: WindowSegment<Body>[] = [];
  for (const row of segments) {
    if (row.runId !== undefined && !known.has(row.runId)) throw new RangeError(`run ${row.runId} is not in the history`);
    restored.push(follow(restored.at(-1), row));
  }
  return restored;
};

const follow = <Body>(previous: WindowSegment<Body> | undefined, row: HistorySegment<Body>): WindowSegment<Body> => {
  if (previous && row.mediaSequence !== previous.mediaSequence + 1) {
    throw new RangeError(`segment ${row.mediaSequence} follows ${previous.mediaSequence}`);
  }
  const discontinuities = previous ? row.discontinuitySequence - previous.discontinuitySequence : 0;
  if (discontinuities < 0) throw new RangeError(`the discontinuity sequence goes back at segment ${row.mediaSequence}`);
  const { kind, mediaSequence, discontinuitySequence, runId, startsAt, duration, independent, body } = row;
  return {
    kind: body === undefined ? 'gap' : kind,
    mediaSequence,
    discontinuitySequence,
    discontinuities,
    runId: body === undefined ? undefined : runId,
    mapRunId: runId ?? previous?.mapRunId,
    startsAt,
    start: previous ? previous.start + previous.duration : 0,
    duration,
    independent,
    body: kind === 'gap' ? undefined : body,
    parts: undefined,
  };
};
