import type { TimelineGap } from '@app/contracts';

/** Why there is no footage, in few plain words. Keyed by the recorder's code. */
const CAUSES: Readonly<Record<TimelineGap['cause'], string>> = {
  'camera-unreachable': 'signal lost',
  'camera-stalled': 'the camera sent no picture',
  'invalid-media': 'the camera sent unreadable video',
  'disk-full': 'the recording disk was full',
  'recorder-restart': 'the recorder was restarted',
  takeover: 'another recorder took over',
  'operator-disabled': 'switched off by an operator',
  'clock-step': 'the clock was set',
  'not-started': 'not started yet',
  deleted: 'deleted when its time to be kept was over',
  unknown: 'reason not known',
};

/** A code that came after this page was loaded is still better than nothing. */
export const causeWords = (cause: string): string =>
  cause in CAUSES ? CAUSES[cause as TimelineGap['cause']] : cause.replaceAll('-', ' ');
