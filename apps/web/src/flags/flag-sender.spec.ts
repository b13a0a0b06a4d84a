import type { Incident } from '@app/contracts';
import { ApiError } from '../api/call';
import { FlagSender, type Deliver } from './flag-sender';
import type { FlagStore } from './flag-store';
import type { FlagEntry, NewFlag, Step } from './outbox';

class MemoryStore implements FlagStore {
  readonly entries = new Map<string, FlagEntry>();
  all = async () => [...this.entries.values()];
  put = async (entry: FlagEntry) => void this.entries.set(entry.key, entry);
  remove = async (key: string) => void this.entries.delete(key);
  update = async (key: string, change: (entry: FlagEntry) => FlagEntry) => {
    const current = this.entries.get(key);
    if (!current) return null;
    this.entries.set(key, change(current));
    return change(current);
  };
}

const incident = { id: 'i', number: 7, clock: { receivedAt: '2026-11-22T09:00:00.100Z' } } as unknown as Incident;
const offline = new ApiError(0, 'network.unreachable', 'The server cannot be reached.', null);

const flag = (key: string): NewFlag => ({
  key,
  userId: 'me',
  stationCode: '0412',
  stationName: 'School 4',
  timezone: 'UTC',
  cameraName: 'Ballot box',
  pressed: { cameraId: 'c', at: '2026-11-22T08:59:58.000Z', clock: { pressedAt: new Date().toISOString(), delayMs: 2000 } },
});

const settled = async () => {
  for (let turn = 0; turn < 40; turn += 1) await Promise.resolve();
};

describe('the sender of flags', () => {
  it('shows a flag before anything is stored or sent', () => {
    const sender = new FlagSender(new MemoryStore(), () => new Promise<never>(() => undefined), 'me');
    sender.flag(flag('a'));
    expect(sender.getSnapshot()).toHaveLength(1);
    expect(sender.getSnapshot()[0]).toMatchObject({ onDisk: false, delivery: { kind: 'saved' } });
  });

  it('has it on disk before it is sent', async () => {
    const store = new MemoryStore();
    const storedAtSending: boolean[] = [];
    const sender = new FlagSender(store, async (entry) => (storedAtSending.push(store.entries.has(entry.key)), incident), 'me');
    sender.flag(flag('a'));
    await settled();
    expect(storedAtSending).toEqual([true]);
    expect(sender.getSnapshot()[0]?.delivery).toMatchObject({ kind: 'received', number: 7 });
  });

  it('sends after a reload what could not be sent before, with the same key and body', async () => {
    const store = new MemoryStore();
    const sent: { key: string; at: string }[] = [];
    const failing = new FlagSender(store, () => Promise.reject(offline), 'me');
    failing.flag(flag('a'));
    await settled();
    expect(failing.getSnapshot()[0]).toMatchObject({
      delivery: { kind: 'saved' },
      problem: { code: offline.code, message: offline.message },
    });

    const later = new FlagSender(
      store,
      async (entry) => (sent.push({ key: entry.key, at: entry.pressed.at }), incident),
      'me',
      () => Date.now() + 120_000,
    );
    await later.start();
    await settled();
    later.stop();
    expect(sent).toEqual([{ key: 'a', at: '2026-11-22T08:59:58.000Z' }]);
  });

  it('keeps a flag another person made on this device, and does not send it as its own', async () => {
    const store = new MemoryStore();
    const theirs = new FlagSender(store, () => Promise.reject(offline), 'them');
    theirs.flag({ ...flag('a'), userId: 'them' });
    await settled();
    const deliver = jest.fn<ReturnType<Deliver>, Parameters<Deliver>>().mockResolvedValue(incident);
    const mine = new FlagSender(store, deliver, 'me', () => Date.now() + 120_000);
    await mine.start();
    await settled();
    mine.stop();
    expect(deliver).not.toHaveBeenCalled();
    expect(mine.getSnapshot()).toHaveLength(1);
  });

  it('sends the category chosen while the flag was on its way', async () => {
    const steps: Step[] = [];
    let arrive: (value: Incident) => void = () => undefined;
    const deliver: Deliver = (_, step) => {
      steps.push(step);
      return step.kind === 'send' ? new Promise((resolve) => (arrive = resolve)) : Promise.resolve(incident);
    };
    const sender = new FlagSender(new MemoryStore(), deliver, 'me');
    sender.flag(flag('a'));
    await settled();
    await sender.describe('a', { code: 'VOT-01' });
    arrive(incident);
    await settled();
    expect(steps).toEqual([{ kind: 'send' }, { kind: 'describe', incidentId: 'i', change: { code: 'VOT-01' } }]);
  });

  it('withdraws a flag taken back while it was on its way', async () => {
    const steps: string[] = [];
    let arrive: (value: Incident) => void = () => undefined;
    const deliver: Deliver = (_, step) => {
      steps.push(step.kind);
      return step.kind === 'send' ? new Promise((resolve) => (arrive = resolve)) : Promise.resolve(incident);
    };
    const sender = new FlagSender(new MemoryStore(), deliver, 'me');
    sender.flag(flag('a'));
    await settled();
    await sender.undo('a');
    arrive(incident);
    await settled();
    expect(steps).toEqual(['send', 'withdraw']);
    expect(sender.getSnapshot()[0]?.undo).toEqual({ kind: 'done' });
  });

  it('sends even when the disk refuses, and says that it is not saved here', async () => {
    const store = new MemoryStore();
    store.put = () => Promise.reject(new Error('QuotaExceededError'));
    const sender = new FlagSender(store, () => Promise.reject(offline), 'me');
    sender.flag(flag('a'));
    await settled();
    expect(sender.getSnapshot()[0]).toMatchObject({ onDisk: false, attempts: 1, delivery: { kind: 'saved' } });
  });
});
