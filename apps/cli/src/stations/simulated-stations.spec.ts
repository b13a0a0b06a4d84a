import { simulatedCameras, stationsCsv, wantedCameras } from './simulated-stations';

const shape = { stations: 2, camerasPerStation: 2 };
const ports = () => {
  let next = 7000;
  return { rtsp: 6000, srt: () => Promise.resolve((next += 1)) };
};

describe('simulated stations', () => {
  it('have cameras of each kind, in turn', async () => {
    const cameras = await wantedCameras(shape, ports(), true);
    expect(cameras.map(({ kind, stationCode, cameraName }) => `${stationCode} ${cameraName} ${kind}`)).toEqual([
      'S2X2-0001 Camera 1 rtmp-push',
      'S2X2-0001 Camera 2 rtsp',
      'S2X2-0002 Camera 1 srt',
      'S2X2-0002 Camera 2 rtmp-push',
    ]);
    expect((await wantedCameras(shape, ports(), false))[2]?.kind).toBe('rtsp');
  });

  it('are one line each of a file that can be imported', async () => {
    const [head, first, second, ...rest] = stationsCsv(await wantedCameras(shape, ports(), true), 'UTC').split('\n');
    expect(head).toBe('code,name,region,timezone,camera1_name,camera1_source,camera2_name,camera2_source');
    expect(first).toMatch(
      /^S2X2-0001,Simulated 1,Simulated,UTC,Camera 1,push:rtmp,Camera 2,rtsp:\/\/camera:\w+@127.0.0.1:6000\/S2X2-0001\/2$/,
    );
    expect(second).toMatch(
      /^S2X2-0002,Simulated 2,Simulated,UTC,Camera 1,srt:\/\/127.0.0.1:7001\?mode=caller&passphrase=\w+,Camera 2,push:rtmp$/,
    );
    expect(rest).toEqual(['']);
  });

  it('push to the key that their registration gave', async () => {
    const cameras = await wantedCameras({ stations: 1, camerasPerStation: 1 }, ports(), true);
    const key = { stationCode: 'S1X1-0001', cameraName: 'Camera 1', url: 'rtmp://elsewhere/live', streamKey: 'abc' };
    expect(simulatedCameras(cameras, [key], 1936)).toMatchObject([
      { kind: 'rtmp-push', cameraId: 'S1X1-0001/Camera 1', url: 'rtmp://127.0.0.1:1936/live/abc' },
    ]);
    expect(() => simulatedCameras(cameras, [], 1936)).toThrow('S1X1-0001/Camera 1 was not given a stream key');
  });
});
