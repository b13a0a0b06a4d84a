import type { ImportResult } from '@app/contracts';
import type { SimulatedCamera } from '@app/simulator';
import { kindOf, type Pulled, pulledCamera, pushUrl, sourceOf } from '../seed/demo-plan';

/** How many stations, and how many cameras each has. */
export interface Shape {
  stations: number;
  camerasPerStation: number;
}

/** A camera that will push: its key is known once it is registered. */
type Unregistered = { kind: 'rtmp-push'; stationCode: string; stationName: string; cameraName: string; scene: Pulled['scene'] };

export type WantedCamera = Pulled | Unregistered;

/** Where each camera that is pulled will listen. All RTSP cameras share one port. */
export interface Ports {
  rtsp: number;
  /** A free one at each call. */
  srt: () => Promise<number>;
}

/** `S40X2-0007`: another shape has other stations, and both may be there. */
export const codeOf = ({ stations, camerasPerStation }: Shape, index: number): string =>
  `S${stations}X${camerasPerStation}-${String(index + 1).padStart(4, '0')}`;

/** A third of each kind; without SRT in the ffmpeg found, RTSP takes its place. */
export async function wantedCameras(shape: Shape, ports: Ports, hasSrt: boolean): Promise<WantedCamera[]> {
  const cameras: WantedCamera[] = [];
  for (let index = 0; index < shape.stations * shape.camerasPerStation; index += 1) {
    const station = Math.floor(index / shape.camerasPerStation);
    const position = (index % shape.camerasPerStation) + 1;
    const stationCode = codeOf(shape, station);
    const camera = {
      stationCode,
      stationName: `Simulated ${station + 1}`,
      scene: position % 2 === 1 ? ('overview' as const) : ('ballot-box' as const),
    };
    const kind = kindOf(index, hasSrt);
    const name = `Camera ${position}`;
    if (kind === 'rtmp-push') cameras.push({ kind, ...camera, cameraName: name });
    else {
      const pulled = pulledCamera(
        kind,
        { ...camera, id: idOf(stationCode, name), name },
        kind === 'rtsp' ? ports.rtsp : await ports.srt(),
      );
      cameras.push(pulled.kind === 'rtsp' ? { ...pulled, path: `/${stationCode}/${position}` } : pulled);
    }
  }
  return cameras;
}

/** The file to import: one line for each station, with all of its cameras. */
export function stationsCsv(cameras: readonly WantedCamera[], timezone: string): string {
  const codes = [...new Set(cameras.map(({ stationCode }) => stationCode))];
  const stations = codes.map((code) => cameras.filter(({ stationCode }) => stationCode === code));
  const most = Math.max(...stations.map(({ length }) => length));
  const columns = Array.from({ length: most }, (_, index) => `camera${index + 1}_name,camera${index + 1}_source`);
  const lines = stations.map((own, index) =>
    [
      codes[index],
      own[0]?.stationName,
      'Simulated',
      timezone,
      ...own.flatMap((each) => [each.cameraName, registered(each)]),
    ].join(','),
  );
  return `code,name,region,timezone,${columns.join(',')}\n${lines.join('\n')}\n`;
}

/** What the simulator streams, now that the keys of pushed cameras are known. @throws when a key is missing */
export function simulatedCameras(
  cameras: readonly WantedCamera[],
  push: ImportResult['push'],
  rtmpPort: number,
): SimulatedCamera[] {
  const keys = new Map(push.map(({ stationCode, cameraName, streamKey }) => [idOf(stationCode, cameraName), streamKey]));
  return cameras.map((camera) => {
    if (camera.kind !== 'rtmp-push') return camera;
    const cameraId = idOf(camera.stationCode, camera.cameraName);
    const key = keys.get(cameraId);
    if (key === undefined) throw new Error(`${cameraId} was not given a stream key`);
    return { ...camera, cameraId, url: pushUrl(rtmpPort, key) };
  });
}

const registered = (camera: WantedCamera): string => (camera.kind === 'rtmp-push' ? 'push:rtmp' : sourceOf(camera));

const idOf = (stationCode: string, cameraName: string): string => `${stationCode}/${cameraName}`;
