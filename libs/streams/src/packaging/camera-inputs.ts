import type { ConnectionInput } from './media-feed';
import type { PackagingServices } from './packaging-ports';
import { WATCH } from './packaging-settings';
import { RtspFeed } from './rtsp-feed';

/** Told how the opening of an input goes on. */
export interface OpeningListener {
  onSettings(version: number): void;
  onFault(fault: 'waiting-for-push' | 'waiting-for-start' | 'connecting'): void;
}

export interface OpenedInput {
  readonly input: ConnectionInput;
  /** Gives up the place among the cameras that start. */
  leave(): void;
  /** Lets the source go. */
  close(): void;
}

/** Opens what one camera sends, attempt after attempt: a push that arrived, a stream read here, or an address for ffmpeg. */
export class CameraInputs {
  private leftToFfmpeg = false;

  constructor(
    private readonly cameraId: string,
    private readonly services: Pick<PackagingServices, 'sources' | 'pushes' | 'gate' | 'beat'>,
  ) {}

  /** The stream is not for us to read: from now on ffmpeg opens it. */
  leaveToFfmpeg(): void {
    this.leftToFfmpeg = true;
  }

  /** The settings have changed: what was found out about the source may not hold any more. */
  forget(): void {
    this.leftToFfmpeg = false;
  }

  /** @throws PackagingFault, the signal's reason. */
  async next(signal: AbortSignal, listener: OpeningListener): Promise<OpenedInput> {
    const { source, settingsVersion } = await this.services.sources.sourceOf(this.cameraId);
    listener.onSettings(settingsVersion);
    if (source.kind !== 'push-rtmp') {
      const leave = await this.enter(signal, listener);
      try {
        return opened(await this.call(source.kind, source.url, signal), leave);
      } catch (error) {
        leave();
        throw error;
      }
    }
    listener.onFault('waiting-for-push');
    const feed = await this.services.pushes.next(this.cameraId, signal);
    return opened({ kind: 'feed', feed }, await this.enter(signal, listener));
  }

  private async call(kind: string, url: string, signal: AbortSignal): Promise<ConnectionInput> {
    if (this.leftToFfmpeg || (kind !== 'rtsp' && kind !== 'rtsps')) return { kind: 'url', url };
    const feed = await RtspFeed.open(url, signal, (ms, wake) => this.services.beat.after(ms, wake));
    if (feed !== 'leave-to-ffmpeg') return { kind: 'feed', feed };
    this.leaveToFfmpeg();
    return { kind: 'url', url };
  }

  /** Waits for our turn. Starting costs most in its first moments: a camera that does not answer gives its place up soon. */
  private async enter(signal: AbortSignal, listener: OpeningListener): Promise<() => void> {
    const { gate } = this.services;
    if (gate.isFull) listener.onFault('waiting-for-start');
    const leave = await gate.enter(signal);
    listener.onFault('connecting');
    setTimeout(leave, WATCH.startingMs).unref();
    return leave;
  }
}

function opened(input: ConnectionInput, leave: () => void): OpenedInput {
  return {
    input,
    leave,
    close: () => {
      leave();
      if (input.kind === 'feed') input.feed.refuse();
    },
  };
}
