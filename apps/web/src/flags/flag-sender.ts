import { routes, type Incident } from '@app/contracts';
import { call } from '../api/call';
import { failureOf } from '../outbox/failure';
import { Shelf } from '../outbox/shelf';
import type { FlagStore } from './flag-store';
import {
  beginTry,
  describe,
  isDue,
  isSettled,
  isUnsent,
  newEntry,
  NOT_SAVED,
  nextStep,
  onDescribed,
  onFailed,
  onReceived,
  onWithdrawn,
  undo,
  type FlagDetails,
  type FlagEntry,
  type NewFlag,
  type Step,
} from './outbox';

/** How one step reaches the server. Throws `ApiError` when it does not. */
export type Deliver = (entry: FlagEntry, step: Step) => Promise<Incident>;

export const deliverByHttp: Deliver = (entry, step) => {
  if (step.kind === 'send') return call(routes.flagIncident, { body: entry.pressed }, { idempotencyKey: entry.key });
  if (step.kind === 'withdraw') return call(routes.withdrawIncident, { params: { id: step.incidentId } });
  return call(routes.describeIncident, { params: { id: step.incidentId }, body: step.change });
};

/** Whether the browser has put the entry on disk: `unsaved` means it lives in this tab only. */
export type FlagView = FlagEntry & { onDisk: boolean };

/**
 * Keeps flags on this device and brings them to the server: stored first, sent second, never dropped.
 * Only flags of the signed-in user are sent; those of another one wait for them.
 */
export class FlagSender {
  private readonly shelf = new Shelf<FlagView>(({ savedAt }) => savedAt);
  /** Why this device cannot keep flags, null while it can. */
  storeProblem: string | null = null;

  constructor(
    private readonly store: FlagStore,
    private readonly deliver: Deliver,
    private readonly userId: string,
    private readonly now: () => number = Date.now,
  ) {}

  readonly subscribe = this.shelf.subscribe;
  /** All flags on this device, newest first. */
  readonly getSnapshot = this.shelf.getSnapshot;

  /** Reads what earlier visits left, forgets what is settled, and starts sending. */
  async start(): Promise<void> {
    this.shelf.startLooking(() => this.sendDue());
    try {
      const known = await this.store.all();
      const settled = known.filter((entry) => isSettled(entry, this.now()));
      await Promise.all(settled.map((entry) => this.store.remove(entry.key)));
      for (const entry of known) if (!settled.includes(entry)) this.shelf.show({ ...entry, onDisk: true });
    } catch (error) {
      // Private mode, blocked storage: flags live in this tab until they are sent.
      this.storeProblem = String(error);
      this.shelf.tell();
    }
    this.sendDue();
  }

  stop(): void {
    this.shelf.stopLooking();
  }

  /** Shows the flag at once, stores it, sends it. The stored copy is not waited for: a full disk must not cost the flag. */
  flag(flag: NewFlag): FlagView {
    const entry = newEntry(flag, this.now());
    this.shelf.show({ ...entry, onDisk: false });
    void this.store
      .put(entry)
      .then(
        () => this.shelf.show({ ...(this.shelf.find(entry.key) ?? entry), onDisk: true }),
        (error: unknown) =>
          this.shelf.show({
            ...(this.shelf.find(entry.key) ?? entry),
            problem: { code: NOT_SAVED, message: String(error) },
            onDisk: false,
          }),
      )
      .then(() => this.advance(entry.key));
    return { ...entry, onDisk: false };
  }

  describe(key: string, details: FlagDetails): Promise<void> {
    return this.change(key, (entry) => describe(entry, details)).then(() => this.advance(key));
  }

  undo(key: string): Promise<void> {
    return this.change(key, undo).then(() => this.advance(key));
  }

  /** Forgets a flag the server refused, after a person has read why. */
  async dismiss(key: string): Promise<void> {
    await this.store.remove(key);
    this.shelf.forget(key);
  }

  /** Tries all waiting flags now: the network came back, or somebody signed in. */
  async retryNow(): Promise<void> {
    const waiting = this.getSnapshot().filter((entry) => isUnsent(entry));
    await Promise.all(waiting.map((entry) => this.change(entry.key, (current) => ({ ...current, nextTryAt: 0 }))));
    this.sendDue();
  }

  private sendDue(): void {
    for (const entry of this.getSnapshot()) if (isDue(entry, this.now())) void this.advance(entry.key);
  }

  /** Does the steps of one flag, one after the other, until nothing is due. */
  private advance(key: string): Promise<void> {
    return this.shelf.workOn(key, async () => {
      const next = () => this.shelf.find(key);
      for (let entry = next(); entry && this.mayTry(entry); entry = next()) await this.tryStep(entry);
    });
  }

  private mayTry(entry: FlagEntry): boolean {
    return entry.userId === this.userId && isDue(entry, this.now());
  }

  private async tryStep(entry: FlagEntry): Promise<void> {
    const step = nextStep(entry);
    if (step === null) return;
    await this.change(entry.key, beginTry);
    try {
      const incident = await this.deliver(entry, step);
      await this.change(entry.key, (current) => after(current, step, incident));
    } catch (error) {
      await this.change(entry.key, (current) => onFailed(current, step, failureOf(error), this.now(), Math.random()));
    }
  }

  /** Changes the stored entry; where the store fails, the one in memory, so that sending goes on. */
  private async change(key: string, change: (entry: FlagEntry) => FlagEntry): Promise<void> {
    const stored = await this.store.update(key, change).catch(() => null);
    const shown = this.shelf.find(key);
    if (stored) this.shelf.show({ ...stored, onDisk: true });
    else if (shown) this.shelf.show({ ...change(shown), onDisk: false });
  }
}

const after = (entry: FlagEntry, step: Step, incident: Incident): FlagEntry => {
  if (step.kind === 'describe') return onDescribed(entry, step.change);
  if (step.kind === 'withdraw') return onWithdrawn(entry);
  return onReceived(entry, { id: incident.id, number: incident.number, receivedAt: incident.clock.receivedAt });
};
