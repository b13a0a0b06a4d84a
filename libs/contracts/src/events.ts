import { z } from 'zod';
import { CameraState } from './cameras';
import { Incident } from './incidents';

/** Facts that travel between processes and on to sockets. Hints only: HTTP is the truth. */
export const EVENTS = {
  CameraStateChanged: z.strictObject({ cameraId: z.uuid(), stationCode: z.string(), state: CameraState }),
  IncidentFlagged: z.strictObject({ incident: Incident }),
  IncidentChanged: z.strictObject({ incident: Incident }),
} as const;

export type EventName = keyof typeof EVENTS;
export type EventPayload<N extends EventName> = z.infer<(typeof EVENTS)[N]>;

/** Messages between our own processes only; never sent to a socket. */
export const SIGNALS = {
  /** Desired state of these cameras changed: upkeep compares now instead of at its next round; their packager looks again. */
  CamerasChanged: z.strictObject({ cameraIds: z.array(z.uuid()).max(50).describe('empty: any camera') }),
  /** The camera has a new owner, so that edges drop what they know of the old one. */
  /** What these people may do has changed, or a session or token of theirs ended: open sockets are looked at again. */
  RightsChanged: z.strictObject({ userIds: z.array(z.uuid()) }),
  LeaseTaken: z.strictObject({ cameraId: z.uuid(), generation: z.number().int() }),
} as const;

export type SignalName = keyof typeof SIGNALS;
export type SignalPayload<N extends SignalName> = z.infer<(typeof SIGNALS)[N]>;
