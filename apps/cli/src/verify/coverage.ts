import type { ManifestCamera, ManifestSegment } from './manifest';

/** Time of a camera that the package does not show. Epoch ms. */
export interface Hole {
  camera: string;
  from: number;
  to: number;
  why: string;
}

/** Clocks are not equal to the millisecond. */
const TOLERANCE_MS = 150;

export interface CameraCoverage {
  /** Named by the package: gaps, and footage that is not in it. */
  declared: Hole[];
  /** Neither shown nor named. */
  undeclared: Hole[];
  /** What contradicts itself. */
  contradictions: string[];
}

/** Holds what a camera's part of the manifest says against the whole range: each moment is footage, or has a reason why not. */
export function coverageOf(camera: ManifestCamera, range: { from: number; to: number }): CameraCoverage {
  const name = `camera ${camera.number}`;
  const missing = camera.segments.filter(({ state, isLeadIn }) => state !== 'original' && !isLeadIn);
  const declared = [
    ...camera.gaps.map(({ from, to, cause }) => ({ camera: name, from, to, why: cause })),
    ...missing.map(({ from, to, state, mediaSequence }) => ({
      camera: name,
      from,
      to,
      why: `segment ${mediaSequence} is ${state}`,
    })),
  ].sort((left, right) => left.from - right.from);
  const told = [...camera.segments, ...camera.gaps];
  const undeclared = holesOf(told, range).map((hole) => ({ ...hole, camera: name, why: 'neither footage nor a gap' }));
  return { declared, undeclared: [...undeclared, ...skipped(camera, name)], contradictions: contradictionsOf(camera, name) };
}

function holesOf(told: readonly { from: number; to: number }[], { from, to }: { from: number; to: number }) {
  const holes: { from: number; to: number }[] = [];
  let reached = from;
  for (const part of [...told].sort((left, right) => left.from - right.from)) {
    if (part.from >= to) break;
    if (part.from - reached > TOLERANCE_MS) holes.push({ from: reached, to: part.from });
    reached = Math.max(reached, part.to);
  }
  if (to - reached > TOLERANCE_MS) holes.push({ from: reached, to });
  return holes;
}

/** Within a run segments are numbered one after the other: a number that is left out was a segment. */
function skipped({ segments }: ManifestCamera, camera: string): Hole[] {
  return segments.flatMap((segment, index) => {
    const before = segments[index - 1];
    if (!before || before.run !== segment.run || segment.mediaSequence === before.mediaSequence + 1) return [];
    if (segment.mediaSequence <= before.mediaSequence) return [];
    const between = `segments ${before.mediaSequence + 1} to ${segment.mediaSequence - 1} of the run are not named`;
    return [{ camera, from: before.to, to: segment.from, why: between }];
  });
}

function contradictionsOf({ segments, inits }: ManifestCamera, camera: string): string[] {
  const runs = new Set(inits.map(({ run }) => run));
  return segments.flatMap((segment, index) => {
    const before = segments[index - 1];
    return [
      ...(before && !follows(before, segment) ? [`${camera}: segment ${segment.mediaSequence} is out of order`] : []),
      ...(runs.has(segment.run) ? [] : [`${camera}: segment ${segment.mediaSequence} has no init segment`]),
      ...(segment.to < segment.from ? [`${camera}: segment ${segment.mediaSequence} ends before it begins`] : []),
    ];
  });
}

function follows(before: ManifestSegment, segment: ManifestSegment): boolean {
  if (segment.mediaSequence <= before.mediaSequence) return false;
  // Between runs a clock may have been set back.
  return segment.run !== before.run || segment.from >= before.from;
}
