import type { FlagView } from './flag-sender';
import { flagStatus } from './flag-words';
import { newEntry, NOT_SAVED, onReceived } from './outbox';

const flag: FlagView = {
  ...newEntry(
    {
      key: 'k',
      userId: 'u',
      stationCode: '0412',
      stationName: 'School 4',
      timezone: 'Asia/Tashkent',
      cameraName: 'Ballot box',
      pressed: { cameraId: 'c', at: '2026-11-22T09:00:00.000Z', clock: { pressedAt: '2026-11-22T09:00:02.000Z', delayMs: 2000 } },
    },
    0,
  ),
  onDisk: true,
};
const received: FlagView = { ...onReceived(flag, { id: 'i', number: 7, receivedAt: '2026-11-22T09:05:07.000Z' }), onDisk: true };

describe('the status of a flag in words', () => {
  it('is "saved here" until the server has it', () => {
    expect(flagStatus(flag)).toEqual({ tone: 'wait', text: 'Saved here, sending' });
  });

  it('does not say saved while it is not', () => expect(flagStatus({ ...flag, onDisk: false }).text).toMatch(/not saved/));

  it('tells why it is not sent', () =>
    expect(flagStatus({ ...flag, problem: { code: 'x', message: 'No network.' } }).text).toContain('No network.'));

  it('tells why it was not sent of a flag that an earlier version kept, which has the sentence alone', () => {
    const kept = { ...flag, problem: 'No network.' as unknown as FlagView['problem'] };
    expect(flagStatus(kept).text).toBe('Saved here, not sent yet. No network. Trying again.');
  });

  it('says that this device refuses to keep it', () => {
    const problem = { code: NOT_SAVED, message: 'QuotaExceededError' };
    expect(flagStatus({ ...flag, onDisk: false, problem }).text).toContain('Not saved on this device: QuotaExceededError');
  });

  it('is "received" with the time of the server in station time', () => {
    expect(flagStatus(received).text).toBe('Received 14:05:07, no. 7');
  });

  it('says that details are still on their way', () => {
    expect(flagStatus({ ...received, details: { note: 'two ballots' } }).text).toContain('details saved here');
  });

  it('says a refusal and that the flag is kept', () => {
    const refused = flagStatus({ ...flag, delivery: { kind: 'refused', code: 'x', message: 'Camera unknown.' } });
    expect(refused).toEqual({ tone: 'down', text: 'Refused by the server: Camera unknown. Kept on this device.' });
  });
});
