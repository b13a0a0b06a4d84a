import { z } from 'zod';
import { Id, Instant } from './primitives';
import { PublishedMark } from './public-record';
import { GapCause } from './uptime';

const MINUTE_MS = 60_000;
export const ARCHIVE_MAX_HOURS = 6;
export const TIMELINE_MAX_HOURS = 24;
export const CLIP_MAX_MINUTES = 10;

/** A range of wall-clock time; `to` is not part of it. */
const rangeOfAtMost = (minutes: number, words: string) =>
  z.strictObject({ from: Instant, to: Instant }).superRefine(({ from, to }, context) => {
    // Zod comes here with texts that are no instants too, having said so; of those nothing else is to be said.
    if (![from, to].every((text) => Instant.safeParse(text).success)) return;
    const lengthMs = Date.parse(to) - Date.parse(from);
    if (lengthMs <= 0) context.addIssue({ code: 'custom', path: ['to'], message: 'is later than from' });
    if (lengthMs > minutes * MINUTE_MS)
      context.addIssue({ code: 'custom', path: ['to'], message: `is at most ${words} after from` });
  });

export const ArchiveParams = z.strictObject({ cameraId: Id });
export const ArchiveQuery = rangeOfAtMost(ARCHIVE_MAX_HOURS * 60, `${ARCHIVE_MAX_HOURS} hours`);
export const ClipQuery = rangeOfAtMost(CLIP_MAX_MINUTES, `${CLIP_MAX_MINUTES} minutes`);
export const StillQuery = z.strictObject({ at: Instant });
/** A sheet of small pictures: one for each ten seconds, row by row; what has no footage is dark grey. Sizes in pixels, of one picture. */
export const SCRUB_SHEET = { seconds: 600, columns: 10, rows: 6, width: 160, height: 90 } as const;
export const ScrubParams = ArchiveParams.extend({
  startsAt: z
    .string()
    .regex(/^(0|[1-9]\d{0,10})$/, 'is a whole number of seconds')
    .transform(Number)
    .refine((seconds) => seconds % SCRUB_SHEET.seconds === 0, 'is a multiple of 600')
    .describe('when the sheet begins, unix seconds'),
});
export const TimelineQuery = rangeOfAtMost(TIMELINE_MAX_HOURS * 60, `${TIMELINE_MAX_HOURS} hours`);

export const RecordedStretch = z.strictObject({ cameraId: Id, from: Instant, to: Instant });
export type RecordedStretch = z.infer<typeof RecordedStretch>;

/** `cause` `deleted`: there was footage, its time to be kept is over. `actor`: who switched the camera off. */
export const TimelineGap = RecordedStretch.extend({ cause: z.union([GapCause, z.literal('deleted')]), actor: Id.optional() });
export type TimelineGap = z.infer<typeof TimelineGap>;

/** What is on record of a station's cameras, each camera's in the order of time and cut to the range. */
export const Timeline = z.strictObject({
  recorded: z.array(RecordedStretch),
  gaps: z.array(TimelineGap),
  incidents: z.array(PublishedMark).describe('published incidents that touch the range'),
});
export type Timeline = z.infer<typeof Timeline>;
