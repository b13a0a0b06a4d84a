import { routes } from '@app/contracts';
import { call } from '../api/call';
import { failureOf } from '../outbox/failure';
import type { KeptStore } from '../outbox/indexed-store';
import { Shelf } from '../outbox/shelf';
import { beginTry, isDue, isSettled, isUnsent, onFailed, onReceived, type ReportEntry } from './report-entry';

/** How a form reaches the server. @returns when it was received. Throws `ApiError` when it is not. */
export type Deliver = (entry: ReportEntry) => Promise<string>;

export const deliverByHttp: Deliver = async (entry) => {
  const { key: idempotencyKey, answers, correction, station, form, formVersion, delivery } = entry;
  if (delivery.kind !== 'waiting') throw new Error('Only a finished form is sent');
  if (correction) {
    const { id, version, reason } = correction;
    const made = await call(
      routes.correctObservation,
      { params: { id }, body: { version, answers, reason } },
      { idempotencyKey },
    );
    return made.correctedAt ?? made.receivedAt;
  }
  const body = { stationCode: station.code, form, formVersion, observedAt: delivery.observedAt, answers };
  return (await call(routes.sendObservation, { body }, { idempotencyKey })).receivedAt;
};

/** Keeps forms on this device from their first answer on, and brings finished ones to the server: never dropped. */
export class ReportSender {
  private readonly shelf = new Shelf<ReportEntry>(({ changedAt }) => changedAt);
  /** Changes of one form are written one after the other. */
  private writing: Promise<unknown> = Promise.resolve();
  /** What earlier visits left was read. */
  ready = false;
  /** Why this device cannot keep forms, null while it can. */
  storeProblem: string | null = null;

  constructor(
    private readonly store: KeptStore<ReportEntry>,
    private readonly deliver: Deliver,
    private readonly userId: string,
    private readonly now: () => number = Date.now,
  ) {}

  readonly subscribe = this.shelf.subscribe;
  /** Forms of this person on this device, the last changed first. */
  readonly getSnapshot = this.shelf.getSnapshot;

  async start(): Promise<void> {
    this.shelf.startLooking(() => this.sendDue());
    try {
      const known = (await this.store.all()).filter(({ userId }) => userId === this.userId);
      const settled = known.filter((entry) => isSettled(entry, this.now()));
      await Promise.all(settled.map(({ key }) => this.store.remove(key)));
      for (const entry of known) if (!settled.includes(entry)) this.shelf.show(entry);
    } catch (error) {
      this.storeProblem = String(error);
    }
    this.ready = true;
    this.shelf.tell();
    this.sendDue();
  }

  stop(): void {
    this.shelf.stopLooking();
  }

  add(entry: ReportEntry): Promise<void> {
    this.shelf.show(entry);
    return this.write(() => this.store.put(entry));
  }

  /** Shown at once, stored right after. Resolves when it is on the disk. */
  async change(key: string, change: (entry: ReportEntry) => ReportEntry): Promise<void> {
    const entry = this.shelf.find(key);
    if (!entry) return;
    this.shelf.show(change(entry));
    await this.write(() => this.store.update(key, change));
    this.sendDue();
  }

  async remove(key: string): Promise<void> {
    this.shelf.forget(key);
    await this.write(() => this.store.remove(key));
  }

  /** Tries all that waits now: the network came back. */
  async retryNow(): Promise<void> {
    for (const { key } of this.getSnapshot().filter(isUnsent)) await this.change(key, (entry) => ({ ...entry, nextTryAt: 0 }));
  }

  private sendDue(): void {
    for (const entry of this.getSnapshot()) if (isDue(entry, this.now())) void this.send(entry.key);
  }

  private send(key: string): Promise<void> {
    return this.shelf.workOn(key, async () => {
      await this.change(key, beginTry);
      const entry = this.shelf.find(key);
      if (!entry || entry.delivery.kind !== 'waiting') return;
      try {
        const receivedAt = await this.deliver(entry);
        await this.change(key, (current) => onReceived(current, receivedAt, this.now()));
      } catch (error) {
        await this.change(key, (current) => onFailed(current, failureOf(error), this.now(), Math.random()));
      }
    });
  }

  private async write(work: () => Promise<unknown>): Promise<void> {
    const written = this.writing.then(work);
    this.writing = written.catch(() => undefined);
    try {
      await written;
    } catch (error) {
      this.storeProblem = String(error);
      this.shelf.tell();
    }
  }
}
