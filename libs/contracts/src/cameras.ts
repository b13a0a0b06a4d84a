import { z } from 'zod';
import { FAULT_CODES } from './faults';
import { Id, Instant, StationCode } from './primitives';

export const CAMERA_STATES = ['planned-off', 'starting', 'live', 'late', 'down', 'frozen', 'dark'] as const;
export const CameraStateName = z.enum(CAMERA_STATES);
export type CameraStateName = z.infer<typeof CameraStateName>;

/**
 * What is known of a camera now. `reason` is there whenever the state is not `live`, and while it is live with a clock that is off: a stable
 * code and a sentence for people. Rates: `fps` in frames, `bitrate` in bits per second.
 */
export const CameraState = z.strictObject({
  state: CameraStateName,
  since: Instant,
  reason: z.strictObject({ code: z.enum(FAULT_CODES), message: z.string() }).nullable(),
  lastFrameAt: Instant.nullable(),
  codec: z.string().nullable(),
  audioCodec: z.string().nullable(),
  width: z.number().int().nullable(),
  height: z.number().int().nullable(),
  fps: z.number().nullable(),
  bitrate: z.number().int().nullable(),
});
export type CameraState = z.infer<typeof CameraState>;

export const Camera = z.strictObject({
  id: Id,
  stationCode: z.string(),
  name: z.string(),
  position: z.number().int(),
  enabled: z.boolean(),
  state: CameraState,
});
export type Camera = z.infer<typeof Camera>;

/** A source as it may be shown to staff: scheme, host, port and path; never user, password, key or passphrase. */
export const CameraSourceView = z.strictObject({
  kind: z.enum(['rtsp', 'rtsps', 'srt', 'rtmp', 'push-rtmp']),
  display: z.string(),
  hasCredentials: z.boolean(),
});
export type CameraSourceView = z.infer<typeof CameraSourceView>;

export const ManagedCamera = Camera.extend({ source: CameraSourceView });
export type ManagedCamera = z.infer<typeof ManagedCamera>;

/** Where a pushed camera sends to. Given once, in the answer to the request that made the key. */
export const PushTarget = z.strictObject({ url: z.string(), streamKey: z.string() });
export type PushTarget = z.infer<typeof PushTarget>;

export const SourceText = z.string().min(1).max(2048);
const CameraName = z.string().trim().min(1).max(120);

export const RegisterCamera = z.strictObject({
  stationCode: StationCode,
  name: CameraName,
  source: SourceText,
  position: z.number().int().min(1).max(64).optional(),
});
export const ChangeCamera = z
  .strictObject({
    name: CameraName.optional(),
    source: SourceText.optional(),
    position: z.number().int().min(1).max(64).optional(),
    enabled: z.boolean().optional(),
  })
  .refine((change) => Object.keys(change).length > 0, 'names at least one field to change');

export const RegisteredCamera = ManagedCamera.extend({ push: PushTarget.optional() });
export type RegisteredCamera = z.infer<typeof RegisteredCamera>;

/** What ffprobe saw. `gopSeconds`: the longest distance between two key frames in what was read, null when fewer than two came. */
export const ProbeResult = z.strictObject({
  codec: z.string(),
  width: z.number().int(),
  height: z.number().int(),
  fps: z.number().nullable(),
  gopSeconds: z.number().nullable(),
  audio: z.strictObject({ codec: z.string(), sampleRate: z.number().int(), channels: z.number().int() }).nullable(),
  playable: z.boolean().describe('true: copied as it is; false: will be transcoded to H.264'),
});
export type ProbeResult = z.infer<typeof ProbeResult>;
