import { Injectable } from '@nestjs/common';
import { Clock } from '@app/platform';
import { JobQueue } from '@app/queue';
import { Fanout } from '@app/realtime';
import { PackagerRegistry } from '../lease/packager-registry';
import { type CameraWithoutOwner, UpkeepRepository } from './upkeep-repository';

/** A camera is not enqueued again sooner than this while nobody took it, milliseconds. */
const ENQUEUE_AGAIN_MS = 2_000;
const FORGET_EVERY_MS = 30_000;

/**
 * Compares what should be on air with what is, and puts right the difference: asks for packagers where there is none, and says of cameras
 * that nobody owns why they are dark. The only one who starts cameras; each packager stops its own by itself.
 */
@Injectable()
export class Upkeep {
  private readonly asked = new Map<string, number>();
  private running: Promise<void> | undefined;
  private forgotAtMs = -Infinity;

  constructor(
    private readonly repository: UpkeepRepository,
    private readonly registry: PackagerRegistry,
    private readonly queue: JobQueue,
    private readonly fanout: Fanout,
    private readonly clock: Clock,
  ) {}

  /** One round; a second call while one is under way waits for that one. */
  compare(): Promise<void> {
    this.running ??= this.round().finally(() => (this.running = undefined));
    return this.running;
  }

  private async round(): Promise<void> {
    for (const change of await this.repository.tellUnowned()) await this.fanout.publish('CameraStateChanged', change);
    const nowMs = this.clock.monotonicMs();
    for (const [id, askedMs] of this.asked) if (nowMs - askedMs > ENQUEUE_AGAIN_MS) this.asked.delete(id);
    for (const camera of await this.repository.withoutOwner()) await this.ask(camera, nowMs);
    if (nowMs - this.forgotAtMs < FORGET_EVERY_MS) return;
    this.forgotAtMs = nowMs;
    await this.registry.forgetLost();
  }

  private async ask({ cameraId, generation, pushed }: CameraWithoutOwner, nowMs: number): Promise<void> {
    // One unfinished job for each life of the lease: the job of an owner that was lost does not stand in the way of the next.
    const deduplicationId = `${cameraId}:${generation}`;
    if (this.asked.has(deduplicationId)) return;
    this.asked.set(deduplicationId, nowMs);
    await this.queue.enqueue(pushed ? 'package-pushed-camera' : 'package-camera', { cameraId }, { deduplicationId });
  }
}
