import type { Timeline } from '@app/contracts';

/** Wall-clock time, epoch ms; `to` is not part of it. */
export interface Span {
  from: number;
  to: number;
}

/** Time without footage. `cause`: the recorder's code for why. */
export interface Gap extends Span {
  cause: string;
}

/** What is on record of one camera, each list in the order of time. */
export interface CameraRecord {
  recorded: readonly Span[];
  gaps: readonly Gap[];
}

/** What the record says of a moment. `none`: nothing yet, or nothing was planned. */
export type Found = { kind: 'recorded'; span: Span } | { kind: 'gap'; gap: Gap } | { kind: 'none' };

export const EMPTY_RECORD: CameraRecord = { recorded: [], gaps: [] };

/** A camera's stretches that touch are one, whatever the recorder did in between. */
const TOUCHING_MS = 100;

export const recordsOf = (timeline: Pick<Timeline, 'recorded' | 'gaps'>): ReadonlyMap<string, CameraRecord> => {
  const ids = new Set([...timeline.recorded, ...timeline.gaps].map(({ cameraId }) => cameraId));
  return new Map(
    [...ids].map((id) => [
      id,
      {
        recorded: joined(timeline.recorded.filter(({ cameraId }) => cameraId === id).map(spanOf)),
        gaps: joined(
          timeline.gaps.filter(({ cameraId }) => cameraId === id).map((gap) => ({ ...spanOf(gap), cause: gap.cause })),
        ),
      },
    ]),
  );
};

/** Footage wins over a gap: where a clock was set back some time is both. */
export const lookUp = (record: CameraRecord, at: number): Found => {
  const span = record.recorded.find(({ from, to }) => from <= at && at < to);
  if (span) return { kind: 'recorded', span };
  const gap = record.gaps.find(({ from, to }) => from <= at && at < to);
  return gap ? { kind: 'gap', gap } : { kind: 'none' };
};

/** When footage begins again after `at`; null when none is known. */
export const nextFootage = (record: CameraRecord, at: number): number | null =>
  record.recorded.find(({ from }) => from > at)?.from ?? null;

const spanOf = ({ from, to }: { from: string; to: string }): Span => ({ from: Date.parse(from), to: Date.parse(to) });

const joined = <T extends Span & { cause?: string }>(spans: readonly T[]): T[] => {
  const result: T[] = [];
  for (const span of [...spans].sort((a, b) => a.from - b.from)) {
    const last = result.at(-1);
    if (last && span.from - last.to <= TOUCHING_MS && span.cause === last.cause) {
      result[result.length - 1] = { ...last, to: Math.max(last.to, span.to) };
    } else result.push(span);
  }
  return result;
};
