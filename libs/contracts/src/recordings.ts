import { z } from 'zod';
import { Id, Instant } from './primitives';
import { GapCause } from './uptime';

const HOUR_MS = 3_600_000;
export const ARCHIVE_MAX_HOURS = 6;
export const TIMELINE_MAX_HOURS = 24;

/** A range of wall-clock time; `to` is not part of it. */
const rangeOfAtMost = (hours: number) =>
  z.strictObject({ from: Instant, to: Instant }).superRefine(({ from, to }, context) => {
    // Zod comes here with texts that are no instants too, having said so; of those nothing else is to be said.
    if (![from, to].every((text) => Instant.safeParse(text).success)) return;
    const lengthMs = Date.parse(to) - Date.parse(from);
    if (lengthMs <= 0) context.addIssue({ code: 'custom', path: ['to'], message: 'is later than from' });
    if (lengthMs > hours * HOUR_MS)
      context.addIssue({ code: 'custom', path: ['to'], message: `is at most ${hours} hours after from` });
  });

export const ArchiveParams = z.strictObject({ cameraId: Id });
export const ArchiveQuery = rangeOfAtMost(ARCHIVE_MAX_HOURS);
export const StillQuery = z.strictObject({ at: Instant });
export const TimelineQuery = rangeOfAtMost(TIMELINE_MAX_HOURS);

export const RecordedStretch = z.strictObject({ cameraId: Id, from: Instant, to: Instant });
export type RecordedStretch = z.infer<typeof RecordedStretch>;

/** `cause` `deleted`: there was footage, its time to be kept is over. `actor`: who switched the camera off. */
export const TimelineGap = RecordedStretch.extend({ cause: z.union([GapCause, z.literal('deleted')]), actor: Id.optional() });
export type TimelineGap = z.infer<typeof TimelineGap>;

/** What is on record of a station's cameras, each camera's in the order of time and cut to the range. */
export const Timeline = z.strictObject({
  recorded: z.array(RecordedStretch),
  gaps: z.array(TimelineGap),
  incidents: z.array(z.never()).describe('published incidents; none are published yet'),
});
export type Timeline = z.infer<typeof Timeline>;
