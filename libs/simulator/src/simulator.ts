import { createHash } from 'node:crypto';
import type { Tools } from './child';
import { encodeLoop } from './encode-loop';
import { eachInTurn } from './draw-loops';
import type { FlvSender } from './flv-sender';
import { LoopSource } from './loop-source';
import type { MediaSource } from './media';
import { readLoop } from './media-loop';
import { Metronome } from './metronome';
import type { RtspSimulatedCamera, SimulatedCamera, SimulatorPlan } from './plan';
import { RtspServer } from './rtsp-server';
import type { RtspStream } from './rtsp-stream';
import { pushRtmp, serveSrt } from './senders';

export interface SimulatorOptions {
  plan: SimulatorPlan;
  tools: Tools;
  /** Where the loops are kept: `<data>/simulator`. */
  directory: string;
  /** Told of a camera that cannot be shown; the others go on. */
  onProblem: (cameraId: string, error: unknown) => void;
}

/** A camera that streams now, and the handle to disturb it with. */
export type RunningCamera = { kind: 'rtsp'; stream: RtspStream } | { kind: 'srt' | 'rtmp-push'; sender: FlvSender };

/** Cameras that are called come first: whoever calls too early has to try again, whoever waits for a push does not. */
const ORDER: Record<SimulatedCamera['kind'], number> = { rtsp: 0, srt: 1, 'rtmp-push': 2 };

/** All the cameras of a plan in one process, with one ffmpeg child for each that is not RTSP. */
export class Simulator {
  private readonly metronome = new Metronome();
  private readonly servers = new Map<number, RtspServer>();
  private readonly running = new Map<string, RunningCamera>();
  private preparing: Promise<void> = Promise.resolve();
  private stopped = false;

  constructor(private readonly options: SimulatorOptions) {}

  /** Resolves when the RTSP ports listen; the cameras follow one by one. Rejects when a port is taken. */
  async start(): Promise<void> {
    const ports = new Set(this.options.plan.cameras.filter((camera) => camera.kind === 'rtsp').map((camera) => camera.port));
    try {
      for (const port of ports) await this.listen(port);
    } catch (error) {
      await this.stop();
      throw error;
    }
    this.preparing = this.prepareAll();
  }

  /** Resolves when every camera streams, or could not be prepared. */
  get prepared(): Promise<void> {
    return this.preparing;
  }

  /** The camera, once it streams. */
  camera(cameraId: string): RunningCamera | undefined {
    return this.running.get(cameraId);
  }

  /** Resolves when nothing listens and no child is left. */
  async stop(): Promise<void> {
    this.stopped = true;
    await this.preparing;
    const senders = [...this.running.values()].flatMap((camera) => (camera.kind === 'rtsp' ? [] : [camera.sender]));
    await Promise.all(senders.map((sender) => sender.stop()));
    await Promise.all([...this.servers.values()].map((server) => server.close()));
    this.running.clear();
    this.servers.clear();
  }

  private async listen(port: number): Promise<void> {
    const server = new RtspServer();
    await server.listen(port);
    this.servers.set(port, server);
  }

  private async prepareAll(): Promise<void> {
    const inOrder = [...this.options.plan.cameras].sort((a, b) => ORDER[a.kind] - ORDER[b.kind]);
    await eachInTurn(inOrder, (camera) => this.prepare(camera));
  }

  private async prepare(camera: SimulatedCamera): Promise<void> {
    if (this.stopped) return;
    try {
      const loop = await readLoop(await encodeLoop(this.options.tools, this.options.directory, camera));
      const source = new LoopSource(loop, this.metronome, phaseOf(camera, loop.durationMs));
      if (!this.stopped) this.running.set(camera.cameraId, this.run(camera, source));
    } catch (error) {
      this.options.onProblem(camera.cameraId, error);
    }
  }

  private run(camera: SimulatedCamera, source: MediaSource): RunningCamera {
    if (camera.kind === 'rtsp') return { kind: 'rtsp', stream: this.addStream(camera, source) };
    const { tools } = this.options;
    const sender = camera.kind === 'srt' ? serveSrt({ ...camera, tools, source }) : pushRtmp({ ...camera, tools, source });
    sender.start();
    return { kind: camera.kind, sender };
  }

  private addStream(camera: RtspSimulatedCamera, source: MediaSource): RtspStream {
    const server = this.servers.get(camera.port);
    if (!server) throw new Error(`Nothing listens at port ${camera.port}.`);
    const { username, password } = camera;
    return server.addStream(camera.path, source, username && password ? { username, password } : undefined);
  }
}

/** Spreads the key frames of the cameras, the same way at every start. */
function phaseOf(camera: SimulatedCamera, durationMs: number): number {
  return createHash('sha256').update(camera.cameraId).digest().readUInt32BE(0) % durationMs;
}
