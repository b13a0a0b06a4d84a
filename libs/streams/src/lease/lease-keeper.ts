import type { Clock, Logger } from '@app/platform';
import { databaseIsDown } from './database-is-down';
import { Lease } from './lease';
import type { LeaseRepository, RenewedLease } from './lease-repository';
import { LEASE_MS, RENEW_EVERY_MS } from './lease-times';

export type RenewalListener = (lease: Lease, renewed: RenewedLease) => void;

/** Acquires, renews and releases the leases of one packager. */
export class LeaseKeeper {
  private readonly leases = new Map<string, Lease>();
  private timer: NodeJS.Timeout | undefined;
  private renewing: Promise<void> | undefined;

  constructor(
    readonly packagerId: string,
    private readonly repository: LeaseRepository,
    private readonly clock: Clock,
    private readonly logger: Logger,
    private readonly onRenewed: RenewalListener,
  ) {}

  start(): void {
    this.timer = setInterval(() => void this.renewNow(), RENEW_EVERY_MS);
  }

  stop(): void {
    clearInterval(this.timer);
  }

  /** @returns undefined while somebody else owns the camera, or when we do already. */
  async acquire(cameraId: string): Promise<Lease | undefined> {
    if (this.leases.has(cameraId)) return undefined;
    const sentAt = this.clock.monotonicMs();
    const generation = await this.repository.acquire(cameraId, this.packagerId);
    return generation === undefined ? undefined : this.keep(cameraId, generation, sentAt);
  }

  /** For a push that arrived here. Resolves once the owner before can no longer be writing. */
  async takeOver(cameraId: string): Promise<Lease | undefined> {
    if (this.leases.has(cameraId)) return undefined;
    const sentAt = this.clock.monotonicMs();
    const taken = await this.repository.takeOver(cameraId, this.packagerId);
    if (!taken) return undefined;
    const lease = this.keep(cameraId, taken.generation, sentAt);
    if (taken.waitMs > 0) await new Promise((resolve) => setTimeout(resolve, taken.waitMs));
    return lease;
  }

  async release(lease: Lease): Promise<void> {
    if (this.leases.get(lease.cameraId) === lease) this.leases.delete(lease.cameraId);
    const wasLost = lease.state === 'lost';
    lease.lose();
    if (!wasLost) await this.repository.release(lease);
  }

  /** One renewal of all leases; a second call while one is under way waits for that one. */
  renewNow(): Promise<void> {
    this.renewing ??= this.renew().finally(() => (this.renewing = undefined));
    return this.renewing;
  }

  private keep(cameraId: string, generation: number, sentAt: number): Lease {
    const lease = new Lease(cameraId, generation, this.clock, sentAt + LEASE_MS);
    this.leases.set(cameraId, lease);
    return lease;
  }

  private async renew(): Promise<void> {
    const held = [...this.leases.values()];
    if (held.length === 0) return;
    const sentAt = this.clock.monotonicMs();
    try {
      const renewed = new Map((await this.repository.renew(this.packagerId, held)).map((row) => [row.cameraId, row]));
      for (const lease of held) this.settle(lease, renewed.get(lease.cameraId), sentAt + LEASE_MS);
    } catch (error) {
      this.logger.warn({ err: error }, 'leases cannot be renewed');
      // A refused connection proves that PostgreSQL was down when we asked; nobody takes over until 5 s after it is up again.
      if (databaseIsDown(error)) for (const lease of held) lease.extend(sentAt + LEASE_MS);
    }
  }

  private settle(lease: Lease, renewed: RenewedLease | undefined, validUntilMs: number): void {
    if (this.leases.get(lease.cameraId) !== lease) return;
    if (renewed) {
      lease.extend(validUntilMs);
      this.onRenewed(lease, renewed);
      return;
    }
    this.leases.delete(lease.cameraId);
    this.logger.warn({ cameraId: lease.cameraId, generation: lease.generation }, 'lease lost');
    lease.lose();
  }
}
