import type { CameraStateName, FaultCode } from '@app/contracts';

/** What the picture is made of, as far as it is known. Rates: frames and bits per second. */
export interface PictureFacts {
  codec: string | null;
  audioCodec: string | null;
  width: number | null;
  height: number | null;
  fps: number | null;
  bitrate: number | null;
}

export const NO_PICTURE: PictureFacts = { codec: null, audioCodec: null, width: null, height: null, fps: null, bitrate: null };

/** The state of a camera as its owner tells it. `generation` fences the write. */
export interface CameraStatus extends PictureFacts {
  cameraId: string;
  generation: number;
  state: CameraStateName;
  since: Date;
  reason: FaultCode | null;
  lastFrameAt: Date | null;
}

const STATE_OF: Partial<Record<FaultCode, CameraStateName>> = {
  'not-scheduled': 'planned-off',
  'switched-off': 'planned-off',
  'waiting-for-start': 'starting',
  connecting: 'starting',
  'settings-changed': 'starting',
  'clock-stepped': 'starting',
  late: 'late',
  'clock-off': 'live',
  silent: 'frozen',
  'picture-frozen': 'frozen',
  'picture-still': 'frozen',
  'picture-black': 'dark',
  'no-video': 'dark',
  'no-key-frame': 'dark',
  'media-invalid': 'dark',
  'codec-unsupported': 'dark',
};

/** The state that a fault puts a camera in. `dark`: connected, but nothing to be seen; `frozen`: connected, but standing still. */
export function stateOf(fault: FaultCode): CameraStateName {
  return STATE_OF[fault] ?? 'down';
}
