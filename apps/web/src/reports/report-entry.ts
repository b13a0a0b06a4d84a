import {
  shownAnswers,
  type Answers,
  type FieldProblem,
  type QuestionRules,
  type ReportForm,
  type ReportFormDefinition,
} from '@app/contracts';
import { isLasting, type Failure } from '../outbox/failure';
import { nextTry } from '../outbox/retry';

export interface KnownStation {
  code: string;
  name: string;
  timezone: string;
}

/** What is corrected: the form on the server, the version that was opened, and why. */
export interface Correction {
  id: string;
  version: number;
  reason: string;
}

export type Delivery =
  | { kind: 'draft' }
  /** Finished by the observer; `observedAt` is when. */
  | { kind: 'waiting'; observedAt: string }
  | { kind: 'received'; observedAt: string; receivedAt: string }
  | { kind: 'refused'; observedAt: string; code: string; message: string; problems: FieldProblem[] };

/** One form on this device, from its first answer until the server has it. `key` is its idempotency key. */
export interface ReportEntry {
  key: string;
  userId: string;
  station: KnownStation;
  form: ReportForm;
  formVersion: number;
  answers: Answers;
  /** Which section was open. */
  section: number;
  correction: Correction | null;
  delivery: Delivery;
  changedAt: number;
  attempts: number;
  /** Epoch ms of this computer. */
  nextTryAt: number;
  problem: string | null;
}

export type NewReport = Pick<ReportEntry, 'key' | 'userId' | 'station' | 'form' | 'formVersion'> &
  Partial<Pick<ReportEntry, 'answers' | 'correction'>>;

/** What the server has is shown on this device for a day, then only on the server. */
const KEEP_RECEIVED_MS = 86_400_000;

export const newReport = (report: NewReport, now: number): ReportEntry => ({
  answers: {},
  correction: null,
  ...report,
  section: 0,
  delivery: { kind: 'draft' },
  changedAt: now,
  attempts: 0,
  nextTryAt: 0,
  problem: null,
});

export const questionsOf = ({ sections }: ReportFormDefinition) => sections.flatMap(({ questions }) => questions);

/** An answer is given, changed or taken back; what is not asked any more loses its answer. */
export const answered = (
  entry: ReportEntry,
  questions: readonly QuestionRules[],
  code: string,
  answer: string | number | null,
  now: number,
): ReportEntry => {
  const { [code]: _before, ...others } = entry.answers;
  const answers = answer === null ? others : { ...others, [code]: answer };
  return { ...entry, answers: shownAnswers(questions, answers), changedAt: now };
};

export const finished = (entry: ReportEntry, now: number): ReportEntry => ({
  ...entry,
  delivery: { kind: 'waiting', observedAt: new Date(now).toISOString() },
  attempts: 0,
  nextTryAt: 0,
  problem: null,
});

/** What the server refused is opened again. The server kept nothing of it, so its key is still new there. */
export const reopened = (entry: ReportEntry): ReportEntry =>
  entry.delivery.kind === 'refused' ? { ...entry, delivery: { kind: 'draft' } } : entry;

export const isDue = ({ delivery, nextTryAt }: ReportEntry, now: number): boolean =>
  delivery.kind === 'waiting' && nextTryAt <= now;

/** Not with the server: shown as what waits on this device. */
export const isUnsent = ({ delivery }: ReportEntry): boolean => delivery.kind !== 'received';

export const isSettled = (entry: ReportEntry, now: number): boolean =>
  !isUnsent(entry) && now - entry.changedAt > KEEP_RECEIVED_MS;

/** Counted before a request leaves. */
export const beginTry = (entry: ReportEntry): ReportEntry => ({ ...entry, attempts: entry.attempts + 1 });

export const onReceived = (entry: ReportEntry, receivedAt: string, now: number): ReportEntry =>
  entry.delivery.kind === 'waiting'
    ? {
        ...entry,
        delivery: { kind: 'received', observedAt: entry.delivery.observedAt, receivedAt },
        changedAt: now,
        problem: null,
      }
    : entry;

/**
 * A passing failure is tried again, later each time; a refusal is kept and shown, and its answers can be changed.
 * @param random 0…1, spreads the tries of many devices after an outage
 */
export const onFailed = (
  entry: ReportEntry,
  failure: Failure & { details?: unknown },
  now: number,
  random: number,
): ReportEntry => {
  if (entry.delivery.kind !== 'waiting') return entry;
  if (!isLasting(failure)) {
    return { ...entry, nextTryAt: nextTry(entry.attempts, now, random), problem: failure.message };
  }
  const problems = Array.isArray(failure.details) ? (failure.details as FieldProblem[]) : [];
  const { code, message } = failure;
  return { ...entry, delivery: { kind: 'refused', observedAt: entry.delivery.observedAt, code, message, problems } };
};
