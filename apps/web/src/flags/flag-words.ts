import { ApiError, messageOf } from '../api/call';
import { clockIn } from '../time/format';
import { t } from '../words';
import type { FlagView } from './flag-sender';
import { nextStep, NOT_SAVED, type Problem } from './outbox';

const UNREACHABLE = 'network.unreachable';

export interface FlagStatus {
  tone: 'wait' | 'live' | 'down' | 'off';
  text: string;
}

/** Where a flag is now: on this device, with the server, refused, taken back. Never "sent" before the server said so. */
export const flagStatus = (flag: FlagView): FlagStatus => {
  const { delivery, undo, timezone, problem, onDisk } = flag;
  if (delivery.kind === 'never-sent' || undo.kind === 'done') return { tone: 'off', text: t('flags:status.undone') };
  if (delivery.kind === 'refused') return { tone: 'down', text: t('flags:status.refused', { message: problemText(delivery) }) };
  if (delivery.kind === 'saved') {
    if (problem === null) return { tone: 'wait', text: t(onDisk ? 'flags:status.sending' : 'flags:status.sendingUnsaved') };
    const said = { problem: problemText(problem) };
    return { tone: 'wait', text: t(onDisk ? 'flags:status.waiting' : 'flags:status.waitingUnsaved', said) };
  }
  const received = { time: clockIn(Date.parse(delivery.receivedAt), timezone), number: delivery.number };
  if (undo.kind === 'wanted') return { tone: 'wait', text: t('flags:status.takingBack', received) };
  if (undo.kind === 'refused')
    return { tone: 'live', text: t('flags:status.tooLate', { ...received, message: problemText(undo) }) };
  if (flag.detailsProblem !== null)
    return { tone: 'down', text: t('flags:status.detailsRefused', { ...received, problem: problemText(flag.detailsProblem) }) };
  return nextStep(flag) === null
    ? { tone: 'live', text: t('flags:status.received', received) }
    : { tone: 'wait', text: t('flags:status.detailsSending', received) };
};

/** Flags that an earlier version kept on this device have the sentence alone. */
const problemText = (problem: Problem | string): string => {
  if (typeof problem === 'string') return problem;
  const { code, message } = problem;
  if (code === NOT_SAVED) return t('flags:notSaved', { problem: message });
  // The sentence was said when it failed; the language may be another one by now.
  if (code === UNREACHABLE) return t('shell:unreachable');
  return messageOf(new ApiError(0, code, message, null));
};
