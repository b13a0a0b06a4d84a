import { routes } from '@app/contracts';
import { ApiError, call } from '../api/call';
import type { KeptStore } from '../outbox/indexed-store';
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

const LOOK_MS = 1000;

/** Keeps forms on this device from their first answer on, and brings finished ones to the server: never dropped. */
export class ReportSender {
  private entries: readonly ReportEntry[] = [];
  private readonly listeners = new Set<() => void>();
  private readonly busy = new Set<string>();
  private timer: ReturnType<typeof setInterval> | null = null;
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

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  /** Forms of this person on this device, the last changed first. */
  readonly getSnapshot = (): readonly ReportEntry[] => this.entries;

  async start(): Promise<void> {
    this.timer ??= setInterval(() => this.sendDue(), LOOK_MS);
    try {
      const known = (await this.store.all()).filter(({ userId }) => userId === this.userId);
      const settled = known.filter((entry) => isSettled(entry, this.now()));
      await Promise.all(settled.map(({ key }) => this.store.remove(key)));
      for (const entry of known) if (!settled.includes(entry)) this.show(entry);
    } catch (error) {
      this.storeProblem = String(error);
    }
    this.ready = true;
    this.tell();
    this.sendDue();
  }

  stop(): void {
    if (this.timer !== null) clearInterval(this.timer);
    this.timer = null;
  }

  add(entry: ReportEntry): Promise<void> {
    this.show(entry);
    return this.write(() => this.store.put(entry));
  }

  /** Shown at once, stored right after. Resolves when it is on the disk. */
  async change(key: string, change: (entry: ReportEntry) => ReportEntry): Promise<void> {
    const entry = this.entries.find((known) => known.key === key);
    if (!entry) return;
    this.show(change(entry));
    await this.write(() => this.store.update(key, change));
    this.sendDue();
  }

  async remove(key: string): Promise<void> {
    this.entries = this.entries.filter((entry) => entry.key !== key);
    this.tell();
    await this.write(() => this.store.remove(key));
  }

  /** Tries all that waits now: the network came back. */
  async retryNow(): Promise<void> {
    for (const { key } of this.entries.filter(isUnsent)) await this.change(key, (entry) => ({ ...entry, nextTryAt: 0 }));
  }

  private sendDue(): void {
    for (const entry of this.entries) if (isDue(entry, this.now())) void this.send(entry.key);
  }

  private async send(key: string): Promise<void> {
    if (this.busy.has(key)) return;
    this.busy.add(key);
    try {
      await this.change(key, beginTry);
      const entry = this.entries.find((known) => known.key === key);
      if (!entry || entry.delivery.kind !== 'waiting') return;
      try {
        const receivedAt = await this.deliver(entry);
        await this.change(key, (current) => onReceived(current, receivedAt, this.now()));
      } catch (error) {
        await this.change(key, (current) => onFailed(current, failureOf(error), this.now(), Math.random()));
      }
    } finally {
      this.busy.delete(key);
    }
  }

  private async write(work: () => Promise<unknown>): Promise<void> {
    const written = this.writing.then(work);
    this.writing = written.catch(() => undefined);
    try {
      await written;
    } catch (error) {
      this.storeProblem = String(error);
      this.tell();
    }
  }

  private show(entry: ReportEntry): void {
    const others = this.entries.filter(({ key }) => key !== entry.key);
    this.entries = [...others, entry].sort((a, b) => b.changedAt - a.changedAt);
    this.tell();
  }

  private tell(): void {
    for (const listener of this.listeners) listener();
  }
}

const failureOf = (error: unknown) =>
  error instanceof ApiError ? error : { status: 0, code: 'network.unreachable', message: String(error) };
