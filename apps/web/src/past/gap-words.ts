/** Why there is no footage, in few plain words. Keyed by the recorder's code. */
const CAUSES: Readonly<Record<string, string>> = {
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

  'connection-lost': 'signal lost',
  'connection-refused': 'the camera refused the connection',
  'host-unreachable': 'the camera did not answer',
  'host-unknown': 'the camera was not found',
  'push-ended': 'the camera stopped sending',
  silent: 'the camera sent nothing',
  'picture-frozen': 'the picture stood still',
  flapping: 'the connection kept breaking',
  'timestamps-jumped': 'the camera’s clock jumped',
  'format-changed': 'the picture format changed',
  'media-invalid': 'the camera sent unreadable video',
  'encoder-failed': 'the recorder failed',
  'storage-failed': 'the recording could not be written',
  'packager-lost': 'another recorder took over',
  'packager-stopped': 'the recorder was restarted',
  'lease-lost': 'another recorder took over',
  'settings-changed': 'the camera’s settings were changed',
  'switched-off': 'switched off by an operator',
  'not-scheduled': 'outside the broadcast',
};

/** A code that came after this page was loaded is still better than nothing. */
export const causeWords = (cause: string): string => CAUSES[cause] ?? cause.replaceAll('-', ' ');
