import type { Severity } from '@app/contracts';
import { isLasting, type Failure } from '../outbox/failure';
import { nextTry } from '../outbox/retry';

/** What a flag says at the moment of the press. Never changed afterwards: every try to send it is the same request. */
export interface PressedFlag {
  cameraId: string;
  /** UTC of the frame that was on the screen. */
  at: string;
  clock: { pressedAt: string; delayMs: number };
}

/** What may be added after the press. */
export interface FlagDetails {
  code?: string;
  severity?: Severity;
  note?: string;
}

/** Why a step failed: the code says it in the language of the one who reads, the message in that of the server. */
export interface Problem {
  code: string;
  message: string;
}

export type Delivery =
  | { kind: 'saved' }
  | { kind: 'received'; incidentId: string; number: number; receivedAt: string }
  | ({ kind: 'refused' } & Problem)
  | { kind: 'never-sent' };

export type Undo = { kind: 'no' } | { kind: 'wanted' } | { kind: 'done' } | ({ kind: 'refused' } & Problem);

/** One flag on this device, from the press until the server has all of it. `key` is its idempotency key. */
export interface FlagEntry {
  key: string;
  userId: string;
  stationCode: string;
  stationName: string;
  timezone: string;
  cameraName: string;
  pressed: PressedFlag;
  savedAt: number;
  details: FlagDetails;
  /** What of `details` the server has. */
  described: FlagDetails;
  detailsProblem: Problem | null;
  undo: Undo;
  delivery: Delivery;
  /** Tries of the step that is next; `nextTryAt` in epoch ms of this computer. */
  attempts: number;
  nextTryAt: number;
  problem: Problem | null;
}

/** The code of what this device itself refuses. */
export const NOT_SAVED = 'device.not-saved';

/** Within this of pressing, a flag can be taken back. */
export const UNDO_MS = 10_000;
/** What the server has whole is shown on this device for a day, then only on the server. */
const KEEP_RECEIVED_MS = 86_400_000;

export type Step =
  { kind: 'send' } | { kind: 'describe'; incidentId: string; change: FlagDetails } | { kind: 'withdraw'; incidentId: string };

export type NewFlag = Pick<FlagEntry, 'key' | 'userId' | 'stationCode' | 'stationName' | 'timezone' | 'cameraName' | 'pressed'>;

export const newEntry = (flag: NewFlag, savedAt: number): FlagEntry => ({
  ...flag,
  savedAt,
  details: {},
  described: {},
  detailsProblem: null,
  undo: { kind: 'no' },
  delivery: { kind: 'saved' },
  attempts: 0,
  nextTryAt: savedAt,
  problem: null,
});

const undescribed = (entry: FlagEntry): FlagDetails => {
  const { code, severity, note } = entry.details;
  return {
    ...(code !== undefined && code !== entry.described.code ? { code } : {}),
    ...(severity !== undefined && severity !== entry.described.severity ? { severity } : {}),
    ...(note !== undefined && note !== entry.described.note ? { note } : {}),
  };
};

/** What the server must be told next, null when it has all of this flag or has refused it for good. */
export const nextStep = (entry: FlagEntry): Step | null => {
  if (entry.delivery.kind === 'saved') return { kind: 'send' };
  if (entry.delivery.kind !== 'received') return null;
  const { incidentId } = entry.delivery;
  if (entry.undo.kind === 'wanted') return { kind: 'withdraw', incidentId };
  if (entry.undo.kind === 'done' || entry.detailsProblem !== null) return null;
  const change = undescribed(entry);
  return Object.keys(change).length > 0 ? { kind: 'describe', incidentId, change } : null;
};

export const isDue = (entry: FlagEntry, now: number): boolean => nextStep(entry) !== null && entry.nextTryAt <= now;

/** Not yet, or not wholly, with the server: counted in the page's head. */
export const isUnsent = (entry: FlagEntry): boolean => nextStep(entry) !== null || entry.delivery.kind === 'refused';

export const canUndo = (entry: FlagEntry, now: number): boolean =>
  entry.undo.kind === 'no' &&
  (entry.delivery.kind === 'saved' || entry.delivery.kind === 'received') &&
  now - Date.parse(entry.pressed.clock.pressedAt) <= UNDO_MS;

export const describe = (entry: FlagEntry, details: FlagDetails): FlagEntry => ({
  ...entry,
  details: { ...entry.details, ...details },
  detailsProblem: null,
  ...fresh,
});

/** Takes the flag back: on this device alone while nothing has left it, else the server is asked to. */
export const undo = (entry: FlagEntry): FlagEntry =>
  entry.delivery.kind === 'saved' && entry.attempts === 0
    ? { ...entry, undo: { kind: 'done' }, delivery: { kind: 'never-sent' } }
    : { ...entry, undo: { kind: 'wanted' }, ...fresh };

/** Counted before a request leaves: from then on the server may have the flag, whatever becomes of the answer. */
export const beginTry = (entry: FlagEntry): FlagEntry => ({ ...entry, attempts: entry.attempts + 1 });

const fresh = { attempts: 0, nextTryAt: 0, problem: null } as const;

export const onReceived = (entry: FlagEntry, incident: { id: string; number: number; receivedAt: string }): FlagEntry => ({
  ...entry,
  delivery: { kind: 'received', incidentId: incident.id, number: incident.number, receivedAt: incident.receivedAt },
  ...fresh,
});

export const onDescribed = (entry: FlagEntry, change: FlagDetails): FlagEntry => ({
  ...entry,
  described: { ...entry.described, ...change },
  ...fresh,
});

export const onWithdrawn = (entry: FlagEntry): FlagEntry => ({ ...entry, undo: { kind: 'done' }, ...fresh });

/**
 * The step failed. A passing failure is tried again, later each time; a lasting one is kept and shown, never dropped.
 * @param random 0…1, spreads the tries of many devices after an outage
 */
export const onFailed = (entry: FlagEntry, step: Step, failure: Failure, now: number, random: number): FlagEntry => {
  const problem = { code: failure.code, message: failure.message };
  if (!isLasting(failure)) {
    return { ...entry, nextTryAt: nextTry(entry.attempts, now, random), problem };
  }
  if (step.kind === 'send') return { ...entry, delivery: { kind: 'refused', ...problem } };
  if (step.kind === 'withdraw') return { ...entry, undo: { kind: 'refused', ...problem }, ...fresh };
  return { ...entry, detailsProblem: problem, ...fresh };
};

/** May be forgotten here: the server has it, or it was taken back, and a day has passed. */
export const isSettled = (entry: FlagEntry, now: number): boolean => !isUnsent(entry) && now - entry.savedAt > KEEP_RECEIVED_MS;
