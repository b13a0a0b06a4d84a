import { setTimeout as delay } from 'node:timers/promises';
import { encodeLoop, LoopSource, Metronome, readLoop, RtspServer } from '@app/simulator';
import { pollLivePlaylist } from '@app/testing';
import { eventually, type Rig, type RunningPackager, startRig } from '../medium/streams/rig';

/** A group of pictures takes two seconds: a camera for every second picture of it. */
const PHASES_MS = Array.from({ length: 25 }, (_, index) => index * 80);

/** Whoever waits for the next part of a list must not wait longer for it because of where in a segment the camera was lost. */
describe('cameras that are cut off at one moment, each at another place of its segment', () => {
  const server = new RtspServer();
  let rig: Rig;
  let packager: RunningPackager;
  let cameraIds: string[];

  beforeAll(async () => {
    rig = await startRig();
    const file = await encodeLoop(rig.tools, rig.directory, {
      stationCode: '9',
      stationName: 'Cut off',
      cameraName: 'Cut off',
      scene: 'overview',
    });
    const loop = await readLoop(file);
    const metronome = new Metronome();
    await server.listen();
    cameraIds = await Promise.all(
      PHASES_MS.map((phaseMs) =>
        rig.addCamera(server.urlOf(server.addStream(`/${phaseMs}`, new LoopSource(loop, metronome, phaseMs)))),
      ),
    );
    packager = await rig.startPackager();
    for (const cameraId of cameraIds) void packager.runtime.packagings.run(cameraId);
    for (const cameraId of cameraIds)
      await eventually('three segments', 30_000, async () => (await rig.mediaSequences(cameraId)).length >= 3);
  });
  afterAll(async () => {
    await rig?.stop();
    await server.close();
  });

  it('have lists that go on in time', async () => {
    const polled = cameraIds.map((cameraId) =>
      pollLivePlaylist(`${packager.origin}/hls/${cameraId}/live.m3u8`, { durationMs: 14_000, lowLatency: true }),
    );
    await delay(5_000);
    await server.refuseConnections();
    const checkers = await Promise.all(polled);
    const broken = checkers.flatMap(({ violations }, index) =>
      violations.map(({ rule, detail }) => [PHASES_MS[index], rule, detail]),
    );
    expect(broken).toEqual([]);
    expect(checkers.map(({ current }) => current?.segments.at(-1)?.gap)).toEqual(checkers.map(() => true));
  });
});
