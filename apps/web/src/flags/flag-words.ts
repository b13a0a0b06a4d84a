import { clockIn } from '../time/format';
import type { FlagView } from './flag-sender';
import { nextStep } from './outbox';

export interface FlagStatus {
  tone: 'wait' | 'live' | 'down' | 'off';
  text: string;
}

/** Where a flag is now: on this device, with the server, refused, taken back. Never "sent" before the server said so. */
export const flagStatus = (flag: FlagView): FlagStatus => {
  const { delivery, undo, timezone, problem } = flag;
  const here = flag.onDisk ? 'Saved here' : 'In this tab only, not saved yet';
  if (delivery.kind === 'never-sent' || undo.kind === 'done') return { tone: 'off', text: 'Undone' };
  if (delivery.kind === 'refused')
    return { tone: 'down', text: `Refused by the server: ${delivery.message} Kept on this device.` };
  if (delivery.kind === 'saved')
    return { tone: 'wait', text: problem === null ? `${here}, sending` : `${here}, not sent yet. ${problem} Trying again.` };
  const received = `Received ${clockIn(Date.parse(delivery.receivedAt), timezone)}, no. ${delivery.number}`;
  if (undo.kind === 'wanted') return { tone: 'wait', text: `${received}; taking it back` };
  if (undo.kind === 'refused') return { tone: 'live', text: `${received}. It was too late to undo: ${undo.message}` };
  if (flag.detailsProblem !== null)
    return { tone: 'down', text: `${received}, but the details were refused: ${flag.detailsProblem}` };
  return nextStep(flag) === null
    ? { tone: 'live', text: received }
    : { tone: 'wait', text: `${received}; details saved here, sending` };
};
