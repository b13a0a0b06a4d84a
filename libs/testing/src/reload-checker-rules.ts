import { type ListPart, type ListSegment, type LiveList } from './reload-checker-list';

/** A rule of one list, or of a list and the one before it: yields what is wrong. Lists are whole (deltas expanded). */
export interface Seen {
  readonly list: LiveList;
  readonly segments: readonly ListSegment[];
}
export type Rule = (now: Seen, before: Seen | undefined) => Iterable<string>;

const duration = (segments: readonly ListSegment[]): number => segments.reduce((sum, segment) => sum + segment.duration, 0);
const partsDuration = (parts: readonly ListPart[]): number => parts.reduce((sum, part) => sum + part.duration, 0);
const withOpen = ({ segments, list }: Seen): ListSegment[] =>
  list.open.parts.length > 0 ? [...segments, list.open] : [...segments];
const bySequence = (seen: Seen | undefined): Map<number, ListSegment> =>
  new Map((seen ? withOpen(seen) : []).map((segment) => [segment.mediaSequence, segment]));

/** Pairs of what two lists say of one segment. */
function* pairs(now: Seen, before: Seen | undefined): Generator<[ListSegment, ListSegment]> {
  const earlier = bySequence(before);
  for (const segment of withOpen(now)) {
    const old = earlier.get(segment.mediaSequence);
    if (old) yield [old, segment];
  }
}

const TINY = 0.0005;

export const RULES = {
  *'target-duration-constant'(now, before) {
    if (before && before.list.targetDuration !== now.list.targetDuration) {
      yield `${before.list.targetDuration} became ${now.list.targetDuration}`;
    }
  },
  *'part-target-constant'(now, before) {
    if (before && before.list.partTarget !== now.list.partTarget) yield `${before.list.partTarget} became ${now.list.partTarget}`;
  },
  *'server-control-constant'(now, before) {
    if (before && before.list.control !== now.list.control) yield `${before.list.control} became ${now.list.control}`;
  },
  *'extinf-within-target'({ segments, list }) {
    for (const { mediaSequence, duration: length } of segments) {
      if (Math.round(length) > list.targetDuration) yield `segment ${mediaSequence} lasts ${length}`;
    }
  },
  *'media-sequence'(now, before) {
    if (!before) return;
    if (now.list.mediaSequence < before.list.mediaSequence) {
      yield `${before.list.mediaSequence} became ${now.list.mediaSequence}`;
    }
    const numbers = new Map(before.segments.map(({ uri, mediaSequence }) => [uri, mediaSequence]));
    for (const { uri, mediaSequence } of now.segments) {
      const old = numbers.get(uri);
      if (old !== undefined && old !== mediaSequence) yield `${uri} had number ${old}, now ${mediaSequence}`;
    }
  },
  *'segment-unchanged'(now, before) {
    for (const [old, segment] of pairs(now, before)) {
      if (old.uri === undefined || segment.uri === undefined) continue;
      for (const key of ['uri', 'duration', 'gap', 'map', 'date'] as const) {
        // Nobody loads a gap, so no MAP matters there.
        if (key === 'map' && segment.gap) continue;
        if (old[key] !== segment[key]) yield `segment ${segment.mediaSequence}: ${key} ${old[key]} became ${segment[key]}`;
      }
    }
  },
  *'part-unchanged'(now, before) {
    for (const [old, segment] of pairs(now, before)) {
      if (segment.parts.length === 0) continue;
      for (const [index, part] of old.parts.entries()) {
        const same = segment.parts[index];
        if (JSON.stringify(same) !== JSON.stringify(part)) {
          yield `part ${index} of ${segment.mediaSequence}: ${JSON.stringify(part)} became ${JSON.stringify(same)}`;
        }
      }
    }
  },
  *'append-only'(now, before) {
    if (!before) return;
    const [open, earlier] = [now.list.open, before.list.open];
    if (open.mediaSequence < earlier.mediaSequence) yield `the end went from ${earlier.mediaSequence} to ${open.mediaSequence}`;
    if (open.mediaSequence === earlier.mediaSequence && open.parts.length < earlier.parts.length) {
      yield `parts of ${open.mediaSequence} vanished`;
    }
    const closed = now.segments.find(({ mediaSequence }) => mediaSequence === earlier.mediaSequence);
    if (closed && closed.parts.length > 0 && closed.parts.length < earlier.parts.length)
      yield `parts of ${closed.mediaSequence} vanished`;
    for (const old of before.segments) {
      const same = now.segments.find(({ mediaSequence }) => mediaSequence === old.mediaSequence);
      if (old.mediaSequence >= now.list.mediaSequence && !same)
        yield `segment ${old.mediaSequence} vanished, but not from the head`;
    }
  },
  *'discontinuity-sequence'(now, before) {
    if (before && now.list.discontinuitySequence < before.list.discontinuitySequence) {
      yield `${before.list.discontinuitySequence} became ${now.list.discontinuitySequence}`;
    }
    for (const [old, segment] of pairs(now, before)) {
      if (old.discontinuitySequence !== segment.discontinuitySequence) {
        yield `segment ${segment.mediaSequence} had ${old.discontinuitySequence}, now ${segment.discontinuitySequence}`;
        return;
      }
    }
  },
  *'map-present'(now) {
    for (const { mediaSequence, gap, map, parts } of withOpen(now)) {
      const absent = gap || (parts.length > 0 && parts.every((part) => part.gap));
      if (!absent && map === undefined) yield `segment ${mediaSequence} has no MAP`;
    }
  },
  *'map-needs-discontinuity'(now) {
    let last: ListSegment | undefined;
    for (const segment of withOpen(now)) {
      const changed = last?.map !== undefined && segment.map !== last.map;
      if (changed && segment.discontinuitySequence === last?.discontinuitySequence) {
        yield `segment ${segment.mediaSequence}: ${last?.map} became ${segment.map} without DISCONTINUITY`;
      }
      last = segment;
    }
  },
  *'date-present'({ segments }) {
    if (segments.length > 0 && segments.every(({ date }) => date === undefined)) yield 'no PROGRAM-DATE-TIME at all';
    for (const { mediaSequence, date, discontinuities } of segments) {
      if (discontinuities > 0 && date === undefined) yield `segment ${mediaSequence} follows a DISCONTINUITY without a date`;
    }
  },
  *'date-continuous'(now) {
    for (const { segment, off } of dateSteps(now)) {
      if (segment.discontinuities === 0 && Math.abs(off) > 50) yield `segment ${segment.mediaSequence} is ${off} ms off`;
    }
  },
  *'date-unambiguous'(now) {
    for (const { segment, off } of dateSteps(now)) {
      if (segment.discontinuities > 0 && off < -999)
        yield `segment ${segment.mediaSequence} begins ${-off} ms before the last one ends`;
    }
  },
  *'window-long-enough'(now, before) {
    const least = 3 * now.list.targetDuration;
    const removed = before !== undefined && now.list.mediaSequence > before.list.mediaSequence;
    if (removed && duration(now.segments) < least - TINY) yield `${duration(now.segments)} s are left`;
  },
  *'part-within-target'(now) {
    for (const { mediaSequence, parts } of withOpen(now)) {
      for (const part of parts) {
        if (part.duration > (now.list.partTarget ?? 0) + TINY) yield `a part of ${mediaSequence} lasts ${part.duration}`;
      }
    }
  },
  *'part-long-enough'(now) {
    for (const { mediaSequence, parts } of withOpen(now)) {
      for (const part of parts.slice(0, -1)) {
        if (!part.gap && !part.independent && part.duration < 0.85 * (now.list.partTarget ?? 0) - TINY) {
          yield `a part of ${mediaSequence} lasts only ${part.duration}`;
        }
      }
    }
  },
  *'parts-make-the-segment'({ segments }) {
    for (const { mediaSequence, parts, duration: length, gap } of segments) {
      if (parts.length === 0) continue;
      if (Math.abs(partsDuration(parts) - length) > 0.001)
        yield `segment ${mediaSequence}: ${partsDuration(parts)} of ${length} s`;
      if (gap && parts.some((part) => !part.gap)) yield `segment ${mediaSequence} is a gap with media in it`;
    }
  },
  *'part-tags-near-the-end'(now) {
    let fromEnd = 0;
    for (const segment of withOpen(now).reverse()) {
      const length = segment.uri === undefined ? partsDuration(segment.parts) : segment.duration;
      if (segment.parts.length > 0 && fromEnd > 3 * now.list.targetDuration)
        yield `parts of ${segment.mediaSequence}, ${fromEnd} s back`;
      fromEnd += length;
    }
  },
  *'server-control'({ list }) {
    const value = (name: string): number => Number(list.controls[name] ?? NaN);
    if (list.partTarget === undefined) yield 'no PART-INF';
    if (!(value('PART-HOLD-BACK') >= 3 * (list.partTarget ?? Infinity) - TINY)) yield 'PART-HOLD-BACK below three parts';
    if ('HOLD-BACK' in list.controls && value('HOLD-BACK') < 3 * list.targetDuration)
      yield 'HOLD-BACK below three target durations';
    if ('CAN-SKIP-UNTIL' in list.controls && value('CAN-SKIP-UNTIL') < 6 * list.targetDuration) {
      yield 'CAN-SKIP-UNTIL below six target durations';
    }
    if (list.controls['CAN-BLOCK-RELOAD'] !== 'YES') yield 'CAN-BLOCK-RELOAD is not YES';
  },
  *'preload-hint'(now, before) {
    const [hint] = now.list.hints;
    if (now.list.hints.length !== 1 || !hint) yield `${now.list.hints.length} hints`;
    if (hint && withOpen(now).some(({ parts }) => parts.some(({ uri }) => uri === hint))) yield `${hint} is listed already`;
    const promised = before?.list.hints[0];
    if (!before || promised === undefined) return;
    const { mediaSequence, parts } = before.list.open;
    const came = bySequence(now).get(mediaSequence)?.parts[parts.length];
    if (came && !came.gap && came.uri !== promised) yield `${promised} was promised, ${came.uri} came`;
  },
  *'no-playlist-type'({ list }) {
    if (list.playlistType) yield 'a live list has a PLAYLIST-TYPE';
  },
  *'skip-needs-version-9'({ list }) {
    if (list.skipped > 0 && list.version < 9) yield `version ${list.version}`;
  },
  *'skip-boundary'({ list, segments }) {
    if (list.skipped === 0) return;
    const until = Number(list.controls['CAN-SKIP-UNTIL'] ?? NaN);
    const last = segments[list.skipped - 1];
    const after = duration(segments.slice(list.skipped)) + partsDuration(list.open.parts);
    if (!(after >= until - TINY))
      yield `segment ${last?.mediaSequence} is skipped, ${after} s from the end; allowed beyond ${until}`;
  },
} satisfies Record<string, Rule>;

export type ListRule = keyof typeof RULES;

/** How far each date is from where the segment before it ends, in ms. */
function* dateSteps(now: Seen): Generator<{ segment: ListSegment; off: number }> {
  let last: ListSegment | undefined;
  for (const segment of withOpen(now)) {
    if (last?.date !== undefined && segment.date !== undefined) {
      yield { segment, off: segment.date - (last.date + last.duration * 1000) };
    }
    last = segment;
  }
}
