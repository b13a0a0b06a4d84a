import type { Logger } from '@app/platform';
import { LeaseKeeper } from '../lease/lease-keeper';
import type { Lease } from '../lease/lease';
import type { LeaseRepository, RenewedLease } from '../lease/lease-repository';
import { CameraPackaging, type StopReason } from './camera-packaging';
import type { PackagingServices } from './packaging-ports';
import { WATCH } from './packaging-settings';

/** How a request to package a camera ended. */
export type PackagingEnd = StopReason | 'owned-elsewhere' | 'owned-already' | 'no-room' | 'stopping';

/** All cameras of one packager: takes them, runs them, lets them go. */
export class Packagings {
  private readonly cameras = new Map<string, CameraPackaging>();
  private readonly running = new Set<Promise<unknown>>();
  private readonly keeper: LeaseKeeper;
  private ticker: NodeJS.Timeout | undefined;
  private stopped = false;
  /** Cameras being taken right now count against the capacity, too. */
  private readonly taking = new Set<string>();

  constructor(
    packager: { id: string; capacity: number },
    leases: LeaseRepository,
    private readonly services: PackagingServices,
    private readonly listener: { taken(lease: Lease): void; gone(cameraId: string): void },
  ) {
    this.capacity = packager.capacity;
    this.keeper = new LeaseKeeper(packager.id, leases, services.clock, services.logger, (lease, row) => this.renewed(lease, row));
  }

  readonly capacity: number;

  start(): void {
    this.keeper.start();
    this.ticker = setInterval(() => this.tick(), WATCH.tickMs);
  }

  get(cameraId: string): CameraPackaging | undefined {
    return this.cameras.get(cameraId);
  }

  all(): Iterable<CameraPackaging> {
    return this.cameras.values();
  }

  get size(): number {
    return this.cameras.size;
  }

  get hasRoom(): boolean {
    return this.cameras.size + this.taking.size < this.capacity;
  }

  /** Asks the database at once whether anything about our cameras changed. */
  lookAgain(): void {
    void this.keeper.renewNow();
  }

  /**
   * Owns and packages a camera until it is stopped or lost.
   * @param force takes it from whoever owns it, for a push that arrived here.
   */
  async run(cameraId: string, force = false): Promise<PackagingEnd> {
    if (this.stopped) return 'stopping';
    if (this.cameras.has(cameraId) || this.taking.has(cameraId)) return 'owned-already';
    if (!this.hasRoom) return 'no-room';
    this.taking.add(cameraId);
    let lease: Lease | undefined;
    try {
      lease = await (force ? this.keeper.takeOver(cameraId) : this.keeper.acquire(cameraId));
    } finally {
      this.taking.delete(cameraId);
    }
    if (!lease) return 'owned-elsewhere';
    const work = this.own(lease);
    this.running.add(work);
    return await work.finally(() => this.running.delete(work));
  }

  /** Lets one camera go. */
  stop(cameraId: string, reason: StopReason): void {
    this.cameras.get(cameraId)?.stop(reason);
  }

  /** Lets all cameras go: their last segments are told, their leases are free at once. */
  async stopAll(): Promise<void> {
    this.stopped = true;
    for (const camera of this.cameras.values()) camera.stop('packager-stopped');
    await Promise.allSettled(this.running);
    clearInterval(this.ticker);
    this.keeper.stop();
    await Promise.all([this.services.rows.stop(), this.services.states.stop()]);
  }

  private async own(lease: Lease): Promise<StopReason> {
    const { logger, rows, states } = this.services;
    const camera = new CameraPackaging(lease, this.services);
    this.cameras.set(lease.cameraId, camera);
    if (this.stopped) camera.stop('packager-stopped');
    logger.info({ cameraId: lease.cameraId, generation: lease.generation }, 'camera taken');
    this.listener.taken(lease);
    try {
      const reason = await camera.run();
      // Before the lease is free: the next owner reads the past from these rows.
      await Promise.all([rows.flush(), states.flush()]);
      logger.info({ cameraId: lease.cameraId, generation: lease.generation, reason }, 'camera let go');
      return reason;
    } finally {
      this.cameras.delete(lease.cameraId);
      this.listener.gone(lease.cameraId);
      await this.release(lease, logger);
    }
  }

  private async release(lease: Lease, logger: Logger): Promise<void> {
    try {
      await this.keeper.release(lease);
    } catch (error) {
      logger.warn({ err: error, cameraId: lease.cameraId }, 'a lease could not be released; it will expire');
    }
  }

  private renewed(lease: Lease, row: RenewedLease): void {
    const camera = this.cameras.get(lease.cameraId);
    if (camera?.lease !== lease) return;
    if (!row.desired) camera.stop(row.enabled ? 'not-scheduled' : 'switched-off');
    else camera.settingsAre(row.settingsVersion);
  }

  private tick(): void {
    for (const camera of this.cameras.values()) {
      try {
        camera.tick();
      } catch (error) {
        this.services.logger.error({ err: error, cameraId: camera.cameraId }, 'a camera could not be watched');
      }
    }
  }
}
