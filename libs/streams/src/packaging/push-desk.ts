import { PushFeed } from './push-feed';

/** Where pushes that arrived meet the cameras that wait for them. The newest push of a camera counts. */
export class PushDesk {
  private readonly ready = new Map<string, PushFeed>();
  private readonly waiting = new Map<string, (feed: PushFeed) => void>();

  /** A sink for a push of this camera. */
  open(cameraId: string): PushFeed {
    return new PushFeed((feed) => this.offer(cameraId, feed));
  }

  /** The next push of a camera that has codecs. Rejects when aborted. */
  next(cameraId: string, signal: AbortSignal): Promise<PushFeed> {
    const ready = this.ready.get(cameraId);
    this.ready.delete(cameraId);
    if (ready && !ready.isOver) return Promise.resolve(ready);
    return new Promise((resolve, reject) => {
      const giveUp = (): void => {
        this.waiting.delete(cameraId);
        reject(signal.reason instanceof Error ? signal.reason : new Error('aborted'));
      };
      if (signal.aborted) return giveUp();
      signal.addEventListener('abort', giveUp, { once: true });
      this.waiting.set(cameraId, (feed) => {
        signal.removeEventListener('abort', giveUp);
        resolve(feed);
      });
    });
  }

  /** Nobody is going to take a push of this camera: one that waits is ended. */
  refuse(cameraId: string): void {
    this.ready.get(cameraId)?.refuse();
    this.ready.delete(cameraId);
  }

  private offer(cameraId: string, feed: PushFeed): void {
    const take = this.waiting.get(cameraId);
    if (take) {
      this.waiting.delete(cameraId);
      take(feed);
      return;
    }
    this.ready.get(cameraId)?.refuse();
    this.ready.set(cameraId, feed);
    void feed.ended.then(() => {
      if (this.ready.get(cameraId) === feed) this.ready.delete(cameraId);
    });
  }
}
