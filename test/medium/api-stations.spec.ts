import { randomUUID } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { sql } from 'kysely';
import type { Region, Station } from '@app/contracts';
import { csv, newElection, TestApi } from './api';

const HEADER = 'code,name,region,timezone,camera1_name,camera1_source,camera2_name,camera2_source';
const row = (code: string, region: string) => `${code},School ${code},${region},UTC,Hall,rtsp://10.0.0.1/a,Box,rtsp://10.0.0.1/b`;

describe('stations and regions', () => {
  let api: TestApi;

  beforeAll(async () => {
    api = await TestApi.start();
    const operator = await api.as('operator');
    await newElection(api.db);
    const rows = [
      row('A1', 'North/East'),
      row('A2', 'North/East'),
      row('B1', 'North/West'),
      row('C1', 'South'),
      'D1,Empty,South,UTC,,,,',
    ];
    await operator
      .post('/api/v1/stations/import')
      .type('text/csv')
      .send(csv(HEADER, ...rows))
      .expect(200);
    await say('A1', 1, 'live');
    await say('A1', 2, 'live');
    await say('A2', 1, 'live');
    await say('A2', 2, 'down');
    await say('B1', 1, 'down');
  });
  afterAll(() => api.stop());

  /** What a packager that holds the camera would have written. */
  async function say(code: string, position: number, state: 'live' | 'down'): Promise<void> {
    const { id } = await api.db
      .selectFrom('cameras')
      .innerJoin('stations', 'stations.id', 'station_id')
      .select('cameras.id')
      .where('code', '=', code)
      .where('position', '=', position)
      .executeTakeFirstOrThrow();
    await sql`insert into camera_leases values (${id}, 1, ${randomUUID()}, now() + interval '1 hour') on conflict do nothing`.execute(
      api.db,
    );
    await sql`insert into camera_states (camera_id, generation, state, since, reason_code)
      values (${id}, 1, ${state}, now(), ${state === 'live' ? null : 'connection-refused'})
      on conflict (camera_id) do update set state = excluded.state, reason_code = excluded.reason_code`.execute(api.db);
  }
  const list = async (query: Record<string, string | number> = {}) => {
    const { body } = await api.guest.get('/api/v1/stations').query(query).expect(200);
    return body as { items: Station[]; nextCursor: string | null; total: number };
  };
  const codes = async (query: Record<string, string>) => (await list(query)).items.map((station) => station.code);
  const regions = async () => {
    const { body } = await api.guest.get('/api/v1/regions').expect(200);
    return new Map((body.items as Region[]).map((region) => [region.name, region]));
  };

  it('pages through all stations once, by code', async () => {
    const seen: string[] = [];
    let cursor: string | null = null;
    do {
      const page = await list({ limit: 2, ...(cursor ? { cursor } : {}) });
      expect(page.total).toBe(5);
      seen.push(...page.items.map((station) => station.code));
      cursor = page.nextCursor;
    } while (cursor);
    expect(seen).toEqual(['A1', 'A2', 'B1', 'C1', 'D1']);
  });

  it('finds stations by state', async () => {
    expect(await codes({ state: 'live' })).toEqual(['A1']);
    expect(await codes({ state: 'partly-live' })).toEqual(['A2']);
    expect(await codes({ state: 'down' })).toEqual(['B1', 'C1']);
    expect(await codes({ state: 'planned-off' })).toEqual(['D1']);
    for (const station of (await list()).items) expect(await codes({ state: station.state })).toContain(station.code);
  });

  it('finds stations of a region and those below it', async () => {
    const tree = await regions();
    expect(await codes({ region: tree.get('North')?.id as string })).toEqual(['A1', 'A2', 'B1']);
    expect(await codes({ region: tree.get('West')?.id as string })).toEqual(['B1']);
    await api.guest.get('/api/v1/stations').query({ region: randomUUID() }).expect(404);
  });

  it('counts what is live and what should be, region by region', async () => {
    const counts = [...(await regions()).values()].map(({ name, stations, live, total }) => [name, stations, live, total]);
    expect(new Map(counts.map(([name, ...rest]) => [name, rest]))).toEqual(
      new Map([
        ['North', [3, 3, 6]],
        ['East', [2, 3, 4]],
        ['West', [1, 0, 2]],
        ['South', [2, 0, 2]],
      ]),
    );
  });

  it('keeps the counts right when cameras of one station change at the same time', async () => {
    for (let round = 0; round < 10; round += 1) {
      await Promise.all([say('C1', 1, 'live'), say('C1', 2, 'live')]);
      expect(await codes({ q: 'C1', state: 'live' })).toEqual(['C1']);
      await Promise.all([say('C1', 1, 'down'), say('C1', 2, 'down')]);
      expect(await codes({ q: 'C1', state: 'down' })).toEqual(['C1']);
    }
    await api.db.updateTable('cameras').set({ enabled: false }).where('name', '=', 'Box').execute();
    expect(await codes({ state: 'live' })).toEqual(['A1', 'A2']);
    await api.db.updateTable('cameras').set({ enabled: true }).where('name', '=', 'Box').execute();
    expect(await codes({ state: 'partly-live' })).toEqual(['A2']);
  });

  it('tells nothing about sources in public', async () => {
    const { text } = await api.guest.get('/api/v1/stations/A1').expect(200);
    expect(text).not.toMatch(/source|rtsp|10\.0\.0\.1/);
  });

  it.each([['?cursor=abc'], ['?cursor=W10'], ['?limit=x'], ['?colour=red']])('cannot read %s', async (query) => {
    const { status, body } = await api.guest.get(`/api/v1/stations${query}`);
    expect([status, body.code]).toEqual([400, 'request.malformed']);
  });

  it('serves the election of the day, and lets staff set up another', async () => {
    const current = await api.guest.get('/api/v1/elections/current').expect(200);
    expect(current.body).toMatchObject({ name: 'Test', phase: 'voting' });
    const admin = await api.as('admin');
    const times = {
      opensAt: '2030-01-01T06:00:00.000Z',
      closesAt: '2030-01-01T18:00:00.000Z',
      countEndsAt: '2030-01-02T00:00:00.000Z',
    };
    const made = await admin
      .post('/api/v1/elections')
      .send({ name: 'Next', ...times })
      .expect(201);
    expect(made.body).toMatchObject({ ...times, phase: 'before-opening' });
    const backwards = { name: 'Backwards', ...times, closesAt: times.opensAt };
    await admin.post('/api/v1/elections').send(backwards).expect(422);
    expect((await api.guest.get('/api/v1/elections/current')).body.name).toBe('Test');
  });
});

describe('what operators and programs look at', () => {
  let api: TestApi;
  beforeAll(async () => {
    api = await TestApi.start({}, async (web) => {
      await mkdir(join(web, 'assets'), { recursive: true });
      await writeFile(join(web, 'index.html'), '<!doctype html><title>page</title>');
      await writeFile(join(web, 'favicon.svg'), '<svg xmlns="http://www.w3.org/2000/svg"/>');
      await writeFile(join(web, 'assets', 'main-abc123.js'), 'export {};');
    });
  });
  afterAll(() => api.stop());

  it('is ready when a packager has reported, and names what is missing otherwise', async () => {
    const failing = await api.guest.get('/health/ready').expect(503);
    expect(failing.body).toMatchObject({
      status: 'failing',
      checks: {
        database: { ok: true },
        queue: { ok: true },
        storage: { ok: true },
        packagers: { ok: false },
        holds: { ok: true },
      },
    });
    const now = new Date();
    const packager = { id: randomUUID(), origin_url: 'http://127.0.0.1:1', capacity: 1, heartbeat_at: now, started_at: now };
    await api.db.insertInto('packagers').values(packager).execute();
    expect((await api.guest.get('/health/ready').expect(200)).body.status).toBe('ok');
    await api.guest.get('/health/live').expect(200);
  });

  it('counts its answers, cameras and jobs', async () => {
    await api.guest.get('/api/v1/regions');
    const { text } = await api.guest.get('/metrics').expect(200);
    expect(text).toContain('pollglass_http_request_seconds_count{method="GET",area="regions",status="404"} 1');
    expect(text).toContain('pollglass_cameras{state="live"} 0');
    expect(text).toContain('pollglass_jobs{queue="packaging",state="waiting"} 0');
    expect(text).toContain('process_cpu_seconds_total');
  });

  it('serves its own description', async () => {
    const { body } = await api.guest.get('/api/v1/openapi.json').expect(200);
    expect(body.openapi).toBe('3.1.0');
    expect((await api.guest.get('/api/docs').expect(200)).text).toContain('/api/v1/stations/{code}');
  });

  it('serves the page to navigations only, and hashed files for ever', async () => {
    const page = await api.guest.get('/s/NOR-17').set('Accept', 'text/html').expect(200);
    expect(page.text).toContain('<title>page</title>');
    expect(page.headers['cache-control']).toBe('no-cache');
    await api.guest.get('/s/NOR-17').set('Accept', 'application/json').expect(404);
    const asset = await api.guest.get('/assets/main-abc123.js').expect(200);
    expect(asset.headers['cache-control']).toBe('public, max-age=31536000, immutable');
    await api.guest.get('/assets/gone.js').set('Accept', 'text/html').expect(404);
    await api.guest.get('/favicon.svg').expect(200);
    for (const path of ['/..%2fsecret.key', '/assets/..%2f..%2fsecret.key', '/assets/%2e%2e/%2e%2e/secret.key'])
      expect((await api.guest.get(path)).text).not.toMatch(/^[0-9a-f]{64}/);
  });
});
