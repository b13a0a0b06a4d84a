import { z } from 'zod';
import { Id, Instant } from './primitives';

const HOUR_MS = 3_600_000;
export const UPTIME_MAX_HOURS = 48;

/** Why there is no footage of a time that was planned. Stable codes; the sentence is the English default. */
export const GAP_CAUSES = {
  'camera-unreachable': 'The camera could not be reached.',
  'camera-stalled': 'The camera was connected but sent no new picture.',
  'invalid-media': 'What the camera sent could not be read as video.',
  'disk-full': 'The disk of the recorder was full.',
  'recorder-restart': 'The recorder was stopped or started again.',
  takeover: 'Another recorder took the camera over.',
  'operator-disabled': 'An operator had switched the camera off.',
  'clock-step': 'The clock of the recorder was set.',
  'not-started': 'The camera had not started yet.',
  unknown: 'Nothing on record says why.',
} as const;

export type GapCause = keyof typeof GAP_CAUSES;
export const GapCause = z.enum(Object.keys(GAP_CAUSES) as [GapCause, ...GapCause[]]);

/** `to` null: it goes on. `actor`: the account of who switched the camera off, where a person did. */
export const RecordedGap = z.strictObject({
  from: Instant,
  to: Instant.nullable(),
  cause: GapCause,
  actor: Id.optional(),
});
export type RecordedGap = z.infer<typeof RecordedGap>;

/**
 * Seconds of the range that were planned and are past, and how many of them were recorded; footage that was deleted after its time counts.
 * `uptime`: the one by the other, 0 to 1; null when nothing was planned yet.
 */
export const Uptime = z.strictObject({
  plannedSeconds: z.number().min(0),
  recordedSeconds: z.number().min(0),
  uptime: z.number().min(0).max(1).nullable(),
});
export type Uptime = z.infer<typeof Uptime>;

export const CameraUptime = Uptime.extend({ cameraId: Id, name: z.string(), gaps: z.array(RecordedGap) });
export type CameraUptime = z.infer<typeof CameraUptime>;

/** The range that was looked at, and each camera of a station in it. Gaps in the order of time, cut to the range. */
export const StationUptime = z.strictObject({ from: Instant, to: Instant, cameras: z.array(CameraUptime) });
export type StationUptime = z.infer<typeof StationUptime>;

/** Without `from`: from the planned opening. Without `to`: up to now, or to the planned end once that is past. */
const Range = z.strictObject({ from: Instant.optional(), to: Instant.optional() });
type RangeText = z.infer<typeof Range>;

const isOrdered = ({ from, to }: RangeText, context: z.RefinementCtx): void => {
  if (![from, to].every((text) => Instant.safeParse(text).success)) return;
  const lengthMs = Date.parse(to ?? '') - Date.parse(from ?? '');
  if (lengthMs <= 0) context.addIssue({ code: 'custom', path: ['to'], message: 'is later than from' });
  if (lengthMs > UPTIME_MAX_HOURS * HOUR_MS)
    context.addIssue({ code: 'custom', path: ['to'], message: `is at most ${UPTIME_MAX_HOURS} hours after from` });
};

export const UptimeQuery = Range.superRefine(isOrdered);
export const GapsQuery = Range.extend({ region: Id.optional() }).superRefine(isOrdered);
