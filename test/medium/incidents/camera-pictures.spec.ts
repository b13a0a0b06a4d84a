import { join } from 'node:path';
import { CameraOutages, OutageFollowUp, SystemIncidents } from '@app/incidents';
import { SystemClock } from '@app/platform';
import type { OutboxRelay } from '@app/realtime';
import { encodeLoop, LoopSource, Metronome, readLoop, RtspServer, type RtspStream, standingLoop } from '@app/simulator';
import { eventually, type Rig, startRig } from '../streams/rig';
import { incidentServices } from './fixtures';

/** What the product promises. */
const RAISED_MS = 20_000;
const OVER_AFTER_MS = 3_000;

/** Noisy cameras, a packager and the rounds of the jobs app, all real. */
describe('a camera whose picture shows nothing', () => {
  let rig: Rig;
  let server: RtspServer;
  let rounds: NodeJS.Timeout;
  let running: Promise<void> | undefined;
  let sources: Record<'moving' | 'black' | 'still', LoopSource>;

  beforeAll(async () => {
    rig = await startRig();
    server = new RtspServer();
    await server.listen();
    const metronome = new Metronome();
    const loopOf = async (look: 'moving' | 'black') => {
      const options = { stationCode: '0001', stationName: 'School', cameraName: 'Box', scene: 'overview' as const };
      return readLoop(await encodeLoop(rig.tools, join(rig.directory, 'loops'), { ...options, ...SMALL, look }));
    };
    const [moving, black] = await Promise.all([loopOf('moving'), loopOf('black')]);
    sources = {
      moving: new LoopSource(moving, metronome),
      black: new LoopSource(black, metronome),
      still: new LoopSource(standingLoop(moving), metronome),
    };
    const services = await incidentServices(rig.db);
    const after = new OutageFollowUp({ kick: () => undefined } as unknown as OutboxRelay, services.clips);
    const config = { ...rig.config, outages: { ...rig.config.outages, overAfterMs: OVER_AFTER_MS } };
    const outages = new CameraOutages(rig.db, config, new SystemClock(), new SystemIncidents(), after);
    rounds = setInterval(() => void (running ??= outages.round().finally(() => (running = undefined))), 1_000);
  }, 60_000);
  afterAll(async () => {
    clearInterval(rounds);
    await running;
    await rig.stop();
    await server.close();
  });

  const SMALL = { width: 320, height: 180, kilobitsPerSecond: 300, audio: 'none' as const };
  const incidentsOf = (cameraId: string) =>
    rig.db
      .selectFrom('incidents')
      .innerJoin('system_incidents', 'incident_id', 'incidents.id')
      .select(['incidents.id', 'code', 'system_incidents.from_at', 'system_incidents.to_at'])
      .where('camera_id', '=', cameraId)
      .execute();
  const stateIs = (cameraId: string, state: string, reason: string | null) =>
    eventually(`${state} ${reason}`, RAISED_MS, async () => {
      const now = await rig.state(cameraId);
      return now?.state === state && now.reason_code === reason;
    });

  it('is raised as an incident within 20 s, once, and it is said when it was over', async () => {
    const cases = [
      { path: '/covered', look: 'black', state: 'dark', reason: 'picture-black', code: 'CAM-01' },
      { path: '/frozen', look: 'still', state: 'frozen', reason: 'picture-still', code: 'CAM-02' },
    ] as const;
    const witness = await rig.addCamera(server.urlOf(server.addStream('/witness', sources.moving)));
    const packager = await rig.startPackager();
    void packager.runtime.packagings.run(witness);
    await Promise.all(
      cases.map(async ({ path, look, state, reason, code }) => {
        const stream: RtspStream = server.addStream(path, sources.moving);
        const cameraId = await rig.addCamera(server.urlOf(stream));
        void packager.runtime.packagings.run(cameraId);
        await stateIs(cameraId, 'live', null);
        // Long enough to be called still, were a living picture ever called so.
        await eventually('looks at the living picture', 30_000, () => (packager.runtime.eyes?.looks ?? 0) >= 12);
        expect((await rig.state(cameraId))?.state).toBe('live');
        const failedMs = Date.now();
        stream.changeSource(sources[look]);
        await stateIs(cameraId, state, reason);
        const raised = await eventually(
          'raised',
          RAISED_MS - (Date.now() - failedMs),
          async () => (await incidentsOf(cameraId))[0],
        );
        expect(Date.now() - failedMs).toBeLessThan(RAISED_MS);
        expect(raised).toMatchObject({ code, to_at: null });
        expect(Math.abs(raised.from_at.getTime() - failedMs)).toBeLessThan(8_000);

        const wellMs = Date.now();
        stream.changeSource(sources.moving);
        await stateIs(cameraId, 'live', null);
        const over = await eventually('over', 30_000, async () => (await incidentsOf(cameraId)).find((each) => each.to_at));
        expect(Math.abs((over.to_at?.getTime() ?? 0) - wellMs)).toBeLessThan(15_000);
        expect(await incidentsOf(cameraId)).toEqual([over]);
      }),
    );
    expect(await incidentsOf(witness)).toEqual([]);
    expect(await rig.state(witness)).toEqual({ state: 'live', reason_code: null });
  });

  it('is raised while its own clock is off, though it is live', async () => {
    const stream = server.addStream('/clock', sources.moving);
    const cameraId = await rig.addCamera(server.urlOf(stream));
    const packager = await rig.startPackager();
    void packager.runtime.packagings.run(cameraId);
    await stateIs(cameraId, 'live', null);
    stream.setClock(-180);
    // Three reports, five seconds apart, and the time that an outage has to last.
    const raised = await eventually('raised', 60_000, async () => (await incidentsOf(cameraId))[0]);
    expect(await rig.state(cameraId)).toEqual({ state: 'live', reason_code: 'clock-off' });
    expect(raised).toMatchObject({ code: 'CAM-02', to_at: null });
    stream.setClock(0);
    await stateIs(cameraId, 'live', null);
    const over = await eventually('over', 30_000, async () => (await incidentsOf(cameraId)).find((each) => each.to_at));
    expect(await incidentsOf(cameraId)).toEqual([over]);
  });
});
