import { randomBytes } from 'node:crypto';
import type { SimulatedCamera } from '@app/simulator';
import type { DemoCamera } from './demo-election';

export type Pulled = Exclude<SimulatedCamera, { kind: 'rtmp-push' }>;
export type Kind = SimulatedCamera['kind'];

/** A third of each kind; without SRT in the ffmpeg found, RTSP takes its place. */
export function kindOf(index: number, hasSrt: boolean): Kind {
  const kind = (['rtmp-push', 'rtsp', 'srt'] as const)[index % 3] as Kind;
  return kind === 'srt' && !hasSrt ? 'rtsp' : kind;
}

/** A camera to be pulled, with credentials of its own. */
export function pulledCamera(kind: Pulled['kind'], camera: Omit<DemoCamera, 'stationId' | 'position'>, port: number): Pulled {
  const common = {
    cameraId: camera.id,
    stationCode: camera.stationCode,
    stationName: camera.stationName,
    cameraName: camera.name,
    scene: camera.scene,
    port,
  };
  if (kind === 'srt') return { kind, ...common, passphrase: secret() };
  return { kind, ...common, path: `/${camera.stationCode}/${camera.scene}`, username: 'camera', password: secret() };
}

export function pushingCamera(camera: DemoCamera, rtmpPort: number, streamKey: string): SimulatedCamera {
  return {
    kind: 'rtmp-push',
    cameraId: camera.id,
    stationCode: camera.stationCode,
    stationName: camera.stationName,
    cameraName: camera.name,
    scene: camera.scene,
    url: pushUrl(rtmpPort, streamKey),
  };
}

/** The source to register for a simulated camera. */
export function sourceOf(camera: Pulled): string {
  if (camera.kind === 'srt') return `srt://127.0.0.1:${camera.port}?mode=caller&passphrase=${camera.passphrase ?? ''}`;
  return `rtsp://${camera.username ?? ''}:${camera.password ?? ''}@127.0.0.1:${camera.port}${camera.path}`;
}

/** The same cameras after a restart: pushed ones to today's port, pulled ones at a new port where theirs is taken. */
export function movedTo(camera: SimulatedCamera, rtmpPort: number, newPorts: ReadonlyMap<string, number>): SimulatedCamera {
  if (camera.kind === 'rtmp-push') return { ...camera, url: pushUrl(rtmpPort, camera.url.split('/').at(-1) ?? '') };
  const port = newPorts.get(portKey(camera));
  return port === undefined ? camera : { ...camera, port };
}

/** RTSP cameras share a TCP port; each SRT camera has a UDP port. */
export function portKey(camera: Pulled): string {
  return `${camera.kind === 'rtsp' ? 'tcp' : 'udp'} ${camera.port}`;
}

export function pushUrl(rtmpPort: number, streamKey: string): string {
  return `rtmp://127.0.0.1:${rtmpPort}/live/${streamKey}`;
}

function secret(): string {
  return randomBytes(15).toString('hex');
}
