import { EventEmitter } from 'node:events';
import { Inject, Injectable, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import { Clock, LOGGER, type Logger } from '@app/platform';
import { Fanout } from '@app/realtime';
import { PackagerRegistry } from '@app/streams';

export interface CameraOrigin {
  originUrl: string;
  generation: number;
}

interface Known {
  found: Promise<CameraOrigin | undefined>;
  askedMs: number;
}

const FRESH_MS = 2_000;
const MAX_KNOWN = 20_000;

/** Which packager's live origin answers for a camera: from the lease, remembered for a moment, forgotten when it moves. */
@Injectable()
export class CameraOrigins implements OnModuleInit, OnModuleDestroy {
  private readonly known = new Map<string, Known>();
  private readonly moves = new EventEmitter().setMaxListeners(0);
  private stopListening = (): void => undefined;

  constructor(
    private readonly registry: PackagerRegistry,
    private readonly fanout: Fanout,
    private readonly clock: Clock,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  onModuleInit(): void {
    this.stopListening = this.fanout.on('LeaseTaken', ({ cameraId }) => {
      this.known.delete(cameraId);
      this.moves.emit(cameraId);
    });
  }

  onModuleDestroy(): void {
    this.stopListening();
  }

  /** Undefined while nobody owns the camera. While the database is away, what was last known goes on being used. */
  async find(cameraId: string): Promise<CameraOrigin | undefined> {
    const nowMs = this.clock.monotonicMs();
    const before = this.known.get(cameraId);
    if (before && nowMs - before.askedMs < FRESH_MS) return await before.found;
    const found = this.registry.originOf(cameraId).catch((error: unknown) => {
      if (!before) throw error;
      this.logger.warn({ err: error }, 'the owner of a camera cannot be looked up');
      return before.found;
    });
    this.remember(cameraId, { found, askedMs: nowMs });
    return await found;
  }

  forget(cameraId: string): void {
    this.known.delete(cameraId);
  }

  /** Told once the camera has a new owner. @returns how to stop listening. */
  onMoved(cameraId: string, listener: () => void): () => void {
    this.moves.once(cameraId, listener);
    return () => this.moves.off(cameraId, listener);
  }

  private remember(cameraId: string, known: Known): void {
    this.known.delete(cameraId);
    this.known.set(cameraId, known);
    known.found.catch(() => {
      if (this.known.get(cameraId) === known) this.known.delete(cameraId);
    });
    for (const oldest of this.known.keys()) {
      if (this.known.size <= MAX_KNOWN) return;
      this.known.delete(oldest);
    }
  }
}
