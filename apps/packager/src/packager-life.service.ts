import { Inject, Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { CONFIG, type Config } from '@app/config';
import { LOGGER, type Logger } from '@app/platform';
import { Fanout } from '@app/realtime';
import { PackagerRegistry } from '@app/streams';
import { type PackagerRuntime, RUNTIME } from './packager-runtime';

const BEAT_MS = 1_000;
const CLEAN_MS = 30_000;
const DISK_MS = 2_000;
const LEFT_ROWS_MS = 5_000;
const COPY_MS = 10_000;

/** Starts the origin before any camera is taken, keeps this packager in the registry, and lets its cameras go at the end. */
@Injectable()
export class PackagerLife implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly timers: NodeJS.Timeout[] = [];
  private ready: Promise<void> | undefined;
  private originPort = 0;
  private stopping: Promise<void> | undefined;

  constructor(
    @Inject(CONFIG) private readonly config: Config,
    @Inject(LOGGER) private readonly logger: Logger,
    @Inject(RUNTIME) private readonly runtime: PackagerRuntime,
    private readonly registry: PackagerRegistry,
    private readonly fanout: Fanout,
  ) {}

  get port(): number {
    return this.originPort;
  }

  async onApplicationBootstrap(): Promise<void> {
    await this.start();
  }

  /** Resolves once cameras may be taken: the origin answers and others can find it. */
  start(): Promise<void> {
    this.ready ??= this.open();
    return this.ready;
  }

  async onModuleDestroy(): Promise<void> {
    await this.stop();
  }

  stop(): Promise<void> {
    this.stopping ??= this.close();
    return this.stopping;
  }

  private async open(): Promise<void> {
    const { host, port } = this.config.origin;
    this.originPort = await this.runtime.origin.listen(host, port);
    await this.runtime.pipes.open();
    await this.runtime.guard.start();
    await this.runtime.storage.disk();
    await this.beat();
    this.runtime.packagings.start();
    this.fanout.on('CamerasChanged', ({ cameraIds }) => {
      const { packagings } = this.runtime;
      if (cameraIds.length === 0 || cameraIds.some((id) => packagings.get(id))) packagings.lookAgain();
    });
    this.every(BEAT_MS, 'the registry cannot be told that this packager lives', () => this.beat());
    // Not within the beat: a disk that hangs must not make this packager look dead.
    this.every(DISK_MS, 'the disk cannot be looked at', async () => void (await this.runtime.storage.disk()));
    this.every(LEFT_ROWS_MS, 'rows that a lost packager left cannot be written', () => this.runtime.leftRows.round());
    const { copies } = this.runtime.storage;
    if (copies) this.every(COPY_MS, 'footage cannot be copied to the storage', () => copies.round());
    this.every(CLEAN_MS, 'old media cannot be cleaned away', async () => void (await this.runtime.storage.round()));
  }

  private async close(): Promise<void> {
    for (const timer of this.timers) clearInterval(timer);
    await this.runtime.packagings.stopAll();
    await this.runtime.eyes?.stop();
    await this.runtime.guard.stop();
    await this.runtime.pipes.close();
    await this.runtime.origin.close();
    try {
      await this.registry.leave(this.runtime.id);
    } catch (error) {
      this.logger.warn({ err: error }, 'this packager could not be taken out of the registry; it will be forgotten');
    }
  }

  private async beat(): Promise<void> {
    const { host } = this.config.origin;
    const address = host.includes(':') ? `[${host}]` : host;
    const originUrl = `http://${address}:${this.originPort}`;
    const { id, packagings, guard, storage, rows } = this.runtime;
    await this.registry.beat({
      id,
      originUrl,
      capacity: packagings.capacity,
      storageFault: guard.refusal,
      disk: storage.report,
      rowsRefusedSince: rows.refusedSince,
    });
  }

  private every(ms: number, failure: string, task: () => Promise<void>): void {
    let running = false;
    const timer = setInterval(() => {
      if (running) return;
      running = true;
      task()
        .catch((error: unknown) => this.logger.warn({ err: error }, failure))
        .finally(() => (running = false));
    }, ms);
    this.timers.push(timer);
  }
}
