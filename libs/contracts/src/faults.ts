/**
 * Why a camera is not live, or why a run of it ended, in words a person at a polling station understands.
 * The code is stable; the sentence is the English default (translations are keyed by the code).
 */
export const FAULTS = {
  'not-scheduled': 'The broadcast has not started yet or is already over.',
  'switched-off': 'An operator has switched this camera off.',
  'waiting-for-start': 'The camera is queued to be connected.',
  'no-packager': 'No packager has room for this camera. Start another packager or raise its capacity.',
  connecting: 'Connecting to the camera.',
  'waiting-for-push': 'Waiting for the camera to send. It has not connected to its push address yet.',
  'push-ended': 'The camera stopped sending.',
  'host-unknown': 'The name of the camera’s host cannot be resolved. Check its address.',
  'host-unreachable': 'The camera’s host does not answer. Check its power and network.',
  'connection-refused': 'The camera’s host refuses the connection. Check the port, and that its streaming service is on.',
  unauthorized: 'The camera refuses the user name or password.',
  'path-not-found': 'The camera answers, but has no stream at this path.',
  'not-a-stream': 'What answers at this address is not a video stream.',
  'no-video': 'The camera sends sound but no picture.',
  'no-key-frame': 'The camera sends video, but no key frame to start from. Set its key-frame interval to 1–2 seconds.',
  'key-frames-rare':
    'The camera sends key frames too rarely; the picture starts late. Set its key-frame interval to 1–2 seconds.',
  silent: 'The camera is connected but sends nothing.',
  'picture-frozen': 'The camera is connected, but its clock stands still.',
  'picture-black': 'The picture is black, or something covers the lens.',
  'picture-still': 'The picture stands still: the camera sends the same one again and again.',
  'clock-off': 'The camera’s own clock is wrong by more than ten seconds: a time in its picture is not to be trusted.',
  'connection-lost': 'The connection to the camera was lost.',
  flapping: 'The camera connects and drops again and again. Check its network.',
  'timestamps-jumped': 'The camera’s clock jumped; the picture was restarted.',
  'format-changed': 'The camera changed its picture format; the picture was restarted.',
  'media-invalid': 'The camera sends data that cannot be read as video.',
  'codec-unsupported': 'The camera’s video codec cannot be played or converted.',
  late: 'The picture arrives late.',
  'packager-stopped': 'The packager was stopped.',
  'packager-lost': 'The packager that held this camera was lost; another one takes over.',
  'packager-restarted': 'The packager was started again.',
  'clock-stepped': 'The clock of the packager’s machine was set; the picture was restarted.',
  'lease-lost': 'Another packager has taken over this camera.',
  'settings-changed': 'The camera’s settings were changed.',
  'storage-failed': 'The segment could not be written to disk.',
  'disk-full': 'The disk of the recording is full.',
  'volume-missing': 'The volume of the recording is not mounted, or it is another one.',
  'encoder-failed': 'ffmpeg ended for a reason we do not know.',
} as const;

export type FaultCode = keyof typeof FAULTS;
export const FAULT_CODES = Object.keys(FAULTS) as [FaultCode, ...FaultCode[]];
