import type { FaultCode, GapCause } from '@app/contracts';

/** What a recorder knows as the reason of a gap, in the words of the record. */
const CAUSES: Record<FaultCode, GapCause> = {
  'not-scheduled': 'unknown',
  'switched-off': 'operator-disabled',
  'waiting-for-start': 'recorder-restart',
  'no-packager': 'recorder-restart',
  connecting: 'camera-unreachable',
  'waiting-for-push': 'camera-unreachable',
  'push-ended': 'camera-unreachable',
  'host-unknown': 'camera-unreachable',
  'host-unreachable': 'camera-unreachable',
  'connection-refused': 'camera-unreachable',
  unauthorized: 'camera-unreachable',
  'path-not-found': 'camera-unreachable',
  'not-a-stream': 'invalid-media',
  'no-video': 'invalid-media',
  'no-key-frame': 'invalid-media',
  'key-frames-rare': 'invalid-media',
  silent: 'camera-stalled',
  'picture-frozen': 'camera-stalled',
  'picture-still': 'camera-stalled',
  'picture-black': 'camera-stalled',
  'clock-off': 'unknown',
  'connection-lost': 'camera-unreachable',
  flapping: 'camera-unreachable',
  'timestamps-jumped': 'invalid-media',
  'format-changed': 'invalid-media',
  'media-invalid': 'invalid-media',
  'codec-unsupported': 'invalid-media',
  late: 'camera-stalled',
  'clock-stepped': 'clock-step',
  'packager-stopped': 'recorder-restart',
  'packager-restarted': 'recorder-restart',
  'packager-lost': 'takeover',
  'lease-lost': 'takeover',
  'settings-changed': 'recorder-restart',
  'storage-failed': 'unknown',
  'disk-full': 'disk-full',
  'volume-missing': 'unknown',
  'encoder-failed': 'recorder-restart',
};

export function gapCauseOf(code: string): GapCause {
  return CAUSES[code as FaultCode] ?? 'unknown';
}
