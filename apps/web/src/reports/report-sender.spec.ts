import { ApiError } from '../api/call';
import type { KeptStore } from '../outbox/indexed-store';
import { finished, newReport, type ReportEntry } from './report-entry';
import { ReportSender } from './report-sender';

class MemoryStore implements KeptStore<ReportEntry> {
  readonly kept = new Map<string, ReportEntry>();
  all = async () => [...this.kept.values()];
  put = async (entry: ReportEntry) => void this.kept.set(entry.key, entry);
  remove = async (key: string) => void this.kept.delete(key);
  update = async (key: string, change: (entry: ReportEntry) => ReportEntry) => {
    const entry = this.kept.get(key);
    if (!entry) return null;
    this.kept.set(key, change(entry));
    return change(entry);
  };
}

const report = (key: string, userId = 'u') =>
  newReport({ key, userId, station: { code: '1', name: 'One', timezone: 'UTC' }, form: 'opening', formVersion: 1 }, Date.now());
const settle = () => new Promise((resolve) => setTimeout(resolve, 20));
const offline = new ApiError(0, 'network.unreachable', 'no network', null);

it('keeps a draft, sends it when it is finished, and tries again when the network is back', async () => {
  const store = new MemoryStore();
  let online = false;
  const sent: string[] = [];
  const deliver = async ({ key }: ReportEntry) => {
    if (!online) throw offline;
    sent.push(key);
    return '2027-01-15T08:05:00.000Z';
  };
  const sender = new ReportSender(store, deliver, 'u');
  await sender.start();
  await sender.add(report('a'));
  await settle();
  expect([store.kept.get('a')?.delivery.kind, sent]).toEqual(['draft', []]);
  await sender.change('a', (entry) => finished(entry, Date.now()));
  await settle();
  expect(store.kept.get('a')).toMatchObject({ delivery: { kind: 'waiting' }, problem: 'no network', attempts: 1 });
  online = true;
  await sender.retryNow();
  await settle();
  expect([store.kept.get('a')?.delivery.kind, sent]).toEqual(['received', ['a']]);
  sender.stop();
});

it('takes up what an earlier visit left, but not what is another person’s', async () => {
  const store = new MemoryStore();
  await store.put(finished(report('mine'), Date.now()));
  await store.put(finished(report('theirs', 'other'), Date.now()));
  const sent: string[] = [];
  const sender = new ReportSender(store, async ({ key }) => (sent.push(key), 'x'), 'u');
  await sender.start();
  await settle();
  expect(sent).toEqual(['mine']);
  expect(sender.getSnapshot().map(({ key }) => key)).toEqual(['mine']);
  sender.stop();
});

it('says so when the device keeps nothing, and sends all the same', async () => {
  const store = new MemoryStore();
  store.put = () => Promise.reject(new Error('no room'));
  store.update = () => Promise.reject(new Error('no room'));
  const sent: string[] = [];
  const sender = new ReportSender(store, async ({ key }) => (sent.push(key), 'x'), 'u');
  await sender.start();
  await sender.add(finished(report('a'), Date.now()));
  await sender.change('a', (entry) => entry);
  await settle();
  expect([sender.storeProblem, sent]).toEqual(['Error: no room', ['a']]);
  sender.stop();
});
