import { randomUUID } from 'node:crypto';
import type { CameraStateName, FaultCode } from '@app/contracts';
import { loadConfig } from '@app/config';
import type { Db } from '@app/database';
import { CameraOutages, OutageFollowUp, SystemIncidents } from '@app/incidents';
import type { OutboxRelay } from '@app/realtime';
import { createTestDatabase } from '@app/testing';
import { type incidentServices as Services, incidentServices, MovableClock, newActor } from './fixtures';

type TestServices = Awaited<ReturnType<typeof Services>>;
const START = Date.now();
const at = (second: number): Date => new Date(START + second * 1000);

/** The database of an election day; cameras fail as the test says. */
describe(CameraOutages, () => {
  let db: Db;
  let stop: () => Promise<void>;
  let services: TestServices;
  let electionId: string;
  beforeAll(async () => {
    ({ db, stop } = await createTestDatabase());
    services = await incidentServices(db);
    electionId = await newElection();
  });
  afterAll(() => stop());

  async function newElection(): Promise<string> {
    const id = randomUUID();
    const hours = (count: number): Date => at(count * 3_600);
    await db
      .insertInto('elections')
      .values({ id, name: 'E', opens_at: hours(-2), closes_at: hours(2), count_ends_at: hours(5) })
      .execute();
    return id;
  }

  /** Live cameras of a region of their own. */
  async function newCameras(count: number): Promise<string[]> {
    const regionId = randomUUID();
    await db
      .insertInto('regions')
      .values({ id: regionId, election_id: electionId, parent_id: null, name: `North ${regionId}` })
      .execute();
    const ids = Array.from({ length: count }, () => randomUUID());
    const stationOf = (id: string): string => id.replace(/^.{8}/, '00000000');
    await db
      .insertInto('stations')
      .values(
        ids.map((id) => ({
          ...{ id: stationOf(id), election_id: electionId, region_id: regionId, code: id, name: 'School', search_text: '' },
          ...{ address: null, lat: null, lon: null, timezone: 'UTC' },
        })),
      )
      .execute();
    await db
      .insertInto('cameras')
      .values(
        ids.map((id) => ({
          ...{ id, station_id: stationOf(id), name: 'Box', position: 1, enabled: true, source_kind: 'rtsp' as const },
          ...{ source_display: 'rtsp://x/1', has_credentials: false, source_cipher: Buffer.from('x'), stream_key_hash: null },
        })),
      )
      .execute();
    await tell(ids, 'live', null, 0);
    return ids;
  }

  async function tell(ids: string[], state: CameraStateName, reason: FaultCode | null, second: number): Promise<void> {
    const row = { generation: 1, state, since: at(second), reason_code: reason, last_frame_at: null };
    const picture = { codec: null, audio_codec: null, width: null, height: null, fps: null, bitrate: null };
    await db
      .insertInto('camera_states')
      .values(ids.map((camera_id) => ({ camera_id, ...row, ...picture })))
      .onConflict((conflict) => conflict.column('camera_id').doUpdateSet(row))
      .execute();
  }

  /** One process: what it remembers begins with it. */
  function keeper(): { round(second: number): Promise<void> } {
    const clock = new (class extends MovableClock {
      ms = START;
      override nowMs(): number {
        return this.ms;
      }
    })();
    const relay = { kick: () => undefined } as unknown as OutboxRelay;
    const after = new OutageFollowUp(relay, services.clips);
    const outages = new CameraOutages(db, loadConfig({ POLLGLASS_DEMO: 'off' }), clock, new SystemIncidents(), after);
    return {
      round: (second) => {
        clock.ms = at(second).getTime();
        return outages.round();
      },
    };
  }

  const incidentsOf = (ids: string[]) =>
    db
      .selectFrom('incidents')
      .innerJoin('system_incidents', 'incident_id', 'incidents.id')
      .select([
        'incidents.id',
        'code',
        'severity',
        'state',
        'note',
        'system_incidents.from_at',
        'incidents.to_at as range_to',
        'system_incidents.region_id',
        'reporter_id',
      ])
      .select('system_incidents.to_at as over_at')
      .where('camera_id', 'in', ids)
      .orderBy('number')
      .execute();
  const eventsOf = async (incidentId: string) =>
    (
      await db
        .selectFrom('incident_events')
        .select(['type', 'detail'])
        .where('incident_id', '=', incidentId)
        .orderBy('at')
        .execute()
    ).map(({ type, detail }) => ({ type, detail }));

  it('raises a camera once, holds the footage around it, and says when it was over', async () => {
    const [camera] = (await newCameras(1)) as [string];
    const rounds = keeper();
    await tell([camera], 'dark', 'picture-black', 100);
    for (const second of [101, 105, 107]) await rounds.round(second);
    expect(await incidentsOf([camera])).toEqual([]);
    for (const second of [108, 109, 150]) await rounds.round(second);
    const [raised, ...others] = await incidentsOf([camera]);
    expect(others).toEqual([]);
    expect(raised).toMatchObject({
      code: 'CAM-01',
      severity: 'S2',
      state: 'submitted',
      reporter_id: null,
      region_id: null,
      over_at: null,
    });
    expect(raised?.from_at).toEqual(at(100));

    await tell([camera], 'live', null, 160);
    for (const second of [161, 189, 190, 191]) await rounds.round(second);
    const [over] = await incidentsOf([camera]);
    expect(over).toMatchObject({ id: raised?.id, state: 'submitted', over_at: at(160), range_to: raised?.range_to });
    expect((await eventsOf(over!.id)).map(({ type }) => type)).toEqual(['flagged', 'outage-ended']);
    expect((await eventsOf(over!.id))[1]?.detail).toMatchObject({
      from: at(100).toISOString(),
      to: at(160).toISOString(),
      flaps: 0,
    });
    const record = await services.details.get(await newActor(db, 'chair'), over!.id);
    expect(record.addenda).toMatchObject([{ author: null, text: expect.stringContaining(at(160).toISOString()) }]);
    expect(record.versions).toMatchObject([{ version: 1, action: 'submit' }]);
    const audited = await db
      .selectFrom('audit_events')
      .select(['action', 'actor_kind'])
      .where('subject_id', '=', over!.id)
      .orderBy('seq')
      .execute();
    expect(audited).toEqual(['incident.flagged', 'incident.outage-ended'].map((action) => ({ action, actor_kind: 'system' })));
    const holds = await db
      .selectFrom('holds')
      .select(['from_at', 'to_at'])
      .where('camera_id', '=', camera)
      .orderBy('from_at')
      .execute();
    expect(holds).toEqual([100, 160].map((second) => ({ from_at: at(second - 300), to_at: at(second + 600) })));
  });

  it('tells whoever reads incidents that the system raised it, and since when', async () => {
    const [camera] = (await newCameras(1)) as [string];
    const rounds = keeper();
    await tell([camera], 'frozen', 'picture-still', 100);
    await rounds.round(101);
    await rounds.round(109);
    const chair = await newActor(db, 'chair');
    const { items } = await services.queries.list(chair, { limit: 200 });
    const shown = items.find((incident) => incident.camera.id === camera);
    expect(shown).toMatchObject({ code: 'CAM-02', reporter: null, clip: { state: 'waiting' } });
    expect(shown?.outage).toEqual({ from: at(100).toISOString(), to: null, together: false });
    expect((await services.details.get(chair, shown!.id)).events).toMatchObject([{ type: 'flagged', actor: null }]);
  });

  it('makes one incident of 200 cameras of a region that fail together, over when the last of them is well', async () => {
    const cameras = await newCameras(200);
    const [one, two] = [keeper(), keeper()];
    for (const [index, camera] of cameras.entries()) await tell([camera], 'down', 'host-unreachable', 100 + (index % 12));
    for (let second = 101; second < 130; second += 1) await Promise.all([one.round(second), two.round(second)]);
    const [group, ...others] = await incidentsOf(cameras);
    expect(others).toEqual([]);
    expect(group).toMatchObject({ code: 'CAM-01', over_at: null });
    expect(group?.region_id).not.toBeNull();
    expect(group?.note).toMatch(/cameras of North \S+ failed together/);
    const named = (await eventsOf(group!.id)).flatMap(({ detail }) =>
      (detail.cameras as { cameraId: string }[]).map((each) => each.cameraId),
    );
    expect(named).toHaveLength(200);
    expect(new Set(named)).toEqual(new Set(cameras));
    const held = await db.selectFrom('holds').select('camera_id').where('incident_id', '=', group!.id).execute();
    expect(new Set(held.map((row) => row.camera_id))).toEqual(new Set(cameras));

    await tell(cameras.slice(1), 'live', null, 200);
    for (const second of [201, 240]) await one.round(second);
    expect((await incidentsOf(cameras))[0]?.over_at).toBeNull();
    await tell(cameras.slice(0, 1), 'live', null, 300);
    for (const second of [301, 340]) await one.round(second);
    expect((await incidentsOf(cameras))[0]?.over_at).toEqual(at(300));
    expect((await eventsOf(group!.id)).at(-1)).toMatchObject({ type: 'outage-ended', detail: { cameras: 200 } });
  });

  it('goes on with what another process began and did not end', async () => {
    const [camera] = (await newCameras(1)) as [string];
    await tell([camera], 'down', 'host-unreachable', 100);
    await keeper().round(101);
    await keeper().round(109);
    await tell([camera], 'live', null, 120);
    await keeper().round(121);
    await keeper().round(151);
    expect(await incidentsOf([camera])).toMatchObject([{ over_at: at(120) }]);
  });

  it('makes one incident of a camera that fails again and again, with how often', async () => {
    const [camera] = (await newCameras(1)) as [string];
    const rounds = keeper();
    for (let turn = 0; turn < 6; turn += 1) {
      const start = 100 + turn * 60;
      await tell([camera], 'down', 'flapping', start);
      for (const second of [1, 9, 19]) await rounds.round(start + second);
      await tell([camera], 'live', null, start + 20);
      for (const second of [21, 51, 59]) await rounds.round(start + second);
    }
    for (const second of [500, 900, 1_400]) await rounds.round(second);
    const incidents = await incidentsOf([camera]);
    expect(incidents).toHaveLength(1);
    const events = await eventsOf(incidents[0]!.id);
    expect(events.at(-1)).toMatchObject({ type: 'outage-ended', detail: { flaps: 5 } });
    // It may have been called over once too early, and not at every turn.
    expect(events.length).toBeLessThan(6);
  });

  it('raises nothing for a camera that is switched off, and ends what it raised when it is', async () => {
    const [off, on] = (await newCameras(2)) as [string, string];
    const rounds = keeper();
    await db.updateTable('cameras').set({ enabled: false }).where('id', '=', off).execute();
    await tell([off, on], 'down', 'host-unreachable', 100);
    await rounds.round(101);
    await rounds.round(120);
    expect((await incidentsOf([off, on])).length).toBe(1);
    expect(await incidentsOf([off])).toEqual([]);
    await db.updateTable('cameras').set({ enabled: false }).where('id', '=', on).execute();
    await rounds.round(130);
    expect(await incidentsOf([on])).toMatchObject([{ over_at: at(130) }]);
  });

  it('has one open outage a camera, whatever a process believes', async () => {
    const [camera] = (await newCameras(1)) as [string];
    const outage = () => ({
      id: randomUUID(),
      camera_id: camera,
      from_at: at(0),
      well_since: null,
      to_at: null,
      incident_id: null,
      reason_code: null,
    });
    await db.insertInto('camera_outages').values(outage()).execute();
    await expect(db.insertInto('camera_outages').values(outage()).execute()).rejects.toThrow(/camera_outages_open/);
  });
});
