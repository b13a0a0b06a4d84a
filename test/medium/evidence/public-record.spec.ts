import { randomUUID } from 'node:crypto';
import { parse } from 'csv-parse/sync';
import type { Outcome, PublicIncident, PublicIncidentPage, Timeline } from '@app/contracts';
import { seedIncidentCodes } from '@app/incidents';
import { TestApi } from '../api';
import { newActor, newFlag, newPlace, incidentServices, type Place } from '../incidents/fixtures';

const SECRET = 'Reporter Who Must Not Be Named';

interface Decided {
  outcome?: Outcome;
  quarantine?: 'none' | 'content';
  publication?: 'none' | 'coarse' | 'full';
  state?: 'decided' | 'in_review';
}

describe('the public record', () => {
  let api: TestApi;
  let place: Place;
  let services: Awaited<ReturnType<typeof incidentServices>>;
  const numbers: Record<string, number> = {};
  const now = Date.now();
  const get = (path: string) => api.guest.get(`/api/v1/public/${path}`);

  beforeAll(async () => {
    api = await TestApi.start();
    services = await incidentServices(api.db);
    await seedIncidentCodes(api.db);
    const region = { electionId: randomUUID(), regionId: randomUUID() };
    const at = (hours: number) => new Date(now + hours * 3_600_000);
    await api.db
      .insertInto('elections')
      .values({ id: region.electionId, name: 'Выборы', opens_at: at(-2), closes_at: at(4), count_ends_at: at(8) })
      .execute();
    await api.db
      .insertInto('regions')
      .values({ id: region.regionId, election_id: region.electionId, parent_id: null, name: 'Север' })
      .execute();
    place = await newPlace(api.db, region);
    await api.db.updateTable('stations').set({ lat: 41.25, lon: 69.5 }).where('id', '=', place.stationId).execute();
    for (const [name, decided] of Object.entries<Decided>({
      full: {},
      coarse: { publication: 'coarse', outcome: 'inconclusive' },
      hidden: { publication: 'none' },
      quarantined: { quarantine: 'content' },
      reopened: { state: 'in_review', outcome: 'not_confirmed' },
    }))
      numbers[name] = await decide(decided);
    numbers['open'] = (await flag()).number;
  });
  afterAll(() => api?.stop());

  async function flag() {
    const observer = await newActor(api.db, 'observer');
    await api.db.updateTable('users').set({ name: SECRET }).where('id', '=', observer.user.id).execute();
    return services.flags.flag(observer, newFlag(place.cameraId));
  }

  async function decide({ outcome = 'confirmed', quarantine = 'none', publication = 'full', state = 'decided' }: Decided) {
    const { id, number } = await flag();
    const reviewer = await newActor(api.db, 'reviewer');
    await api.db.updateTable('incidents').set({ state, outcome, quarantine, publication }).where('id', '=', id).execute();
    const decision = { incident_id: id, round: 1, outcome, reason_code: 'seen', at: new Date(now) };
    await api.db
      .insertInto('incident_decisions')
      .values({ ...decision, made_by: 'one' })
      .execute();
    await api.db
      .insertInto('incident_votes')
      .values({
        ...decision,
        id: randomUUID(),
        stage: 'first',
        voter_id: reviewer.user.id,
        is_chair: false,
        reason: 'Бюллетени, "пачкой"',
        from_at: null,
        to_at: null,
        evidence: '[]',
        salt: Buffer.alloc(16),
        commitment: Buffer.alloc(32),
      })
      .execute();
    return number;
  }

  it('shows what was decided, counts what is quarantined, and leaves out the rest', async () => {
    const { body, headers } = await get('incidents.json').expect(200);
    const incidents = body.incidents as PublicIncident[];
    expect(body).toMatchObject({ license: 'CC0-1.0', quarantined: 1, election: { name: 'Выборы' } });
    expect(incidents.map(({ number }) => number)).toEqual([numbers['full'], numbers['coarse'], numbers['reopened']]);
    const [full, coarse, reopened] = incidents;
    expect(full).toMatchObject({
      outcome: 'confirmed',
      reasons: ['Бюллетени, "пачкой"'],
      station: { regions: ['Север', place.regionId] },
      reopened: false,
    });
    expect(full!.url).toContain(`/s/${place.stationCode}?cam=1&t=`);
    expect(coarse).toMatchObject({ detail: 'coarse', at: null, camera: null, reasons: [] });
    expect(reopened).toMatchObject({ reopened: true, outcome: 'not_confirmed' });
    expect([headers['x-quarantined'], headers['link']]).toEqual(['1', expect.stringContaining('rel="license"')]);
  });

  it('never names who reported it, in any form', async () => {
    for (const path of ['incidents', 'incidents.json', 'incidents.csv', 'incidents.geojson'])
      expect((await get(path).buffer(true).expect(200)).text).not.toContain(SECRET);
  });

  it('is one row an incident as CSV, and points as GeoJSON', async () => {
    const csv = await get('incidents.csv')
      .buffer(true)
      .expect('content-type', /text\/csv/);
    const rows = parse<Record<string, string>>(csv.text, { columns: true });
    expect(rows.map(({ number, outcome }) => [Number(number), outcome])).toEqual([
      [numbers['full'], 'confirmed'],
      [numbers['coarse'], 'inconclusive'],
      [numbers['reopened'], 'not_confirmed'],
    ]);
    const geo = await get('incidents.geojson')
      .buffer(true)
      .expect('content-type', /geo\+json/);
    const { features } = geo.body as { features: { geometry: unknown }[] };
    expect(features[0]!.geometry).toEqual({ type: 'Point', coordinates: [69.5, 41.25] });
  });

  it('is kept by its tag until anything in it changes', async () => {
    const first = await get('incidents.json').expect(200);
    const tag = first.headers['etag']!;
    expect(first.headers['cache-control']).toContain('public');
    await get('incidents.json').set('If-None-Match', tag).expect(304);
    expect((await get('incidents.csv').expect(200)).headers['etag']).not.toBe(tag);
    const hide = (quarantine: 'none' | 'content') =>
      api.db.updateTable('incidents').set({ quarantine }).where('number', '=', numbers['full']!).execute();
    await hide('content');
    const second = await get('incidents.json').set('If-None-Match', tag).expect(200);
    expect(second.body).toMatchObject({ quarantined: 2 });
    await hide('none');
    await get('incidents.json').set('If-None-Match', tag).expect(304);
  });

  it('is narrowed by outcome, code, station, region and election', async () => {
    const found = async (query: string) =>
      ((await get(`incidents?${query}`).expect(200)).body as PublicIncidentPage).items.map(({ number }) => number);
    expect(await found('outcome=confirmed')).toEqual([numbers['full']]);
    expect(await found('code=CNT-01')).toEqual([]);
    expect(await found(`station=${place.stationCode}`)).toHaveLength(3);
    expect(await found('station=none')).toEqual([]);
    expect(await found(`region=${place.regionId}`)).toHaveLength(3);
    expect(await found(`election=${place.electionId}`)).toHaveLength(3);
    await get(`incidents?region=${randomUUID()}`).expect(404);
    await get(`incidents.csv?election=${randomUUID()}`).expect(404);
    await get('incidents?outcome=maybe').expect(422);
  });

  it('comes a page at a time', async () => {
    const first = (await get('incidents?limit=2').expect(200)).body as PublicIncidentPage;
    expect(first).toMatchObject({ total: 3, quarantined: 1 });
    const rest = (await get(`incidents?limit=2&cursor=${first.nextCursor}`).expect(200)).body as PublicIncidentPage;
    expect([...first.items, ...rest.items].map(({ number }) => number)).toEqual([
      numbers['reopened'],
      numbers['coarse'],
      numbers['full'],
    ]);
    expect(rest.nextCursor).toBeNull();
  });

  it('stands on the timeline of the station, with times that are published', async () => {
    const range = { from: new Date(now - 3_600_000).toISOString(), to: new Date(now + 3_600_000).toISOString() };
    const { body } = await api.guest.get(`/api/v1/stations/${place.stationCode}/timeline`).query(range).expect(200);
    const { incidents } = body as Timeline;
    expect(incidents.map(({ number }) => number).sort()).toEqual([numbers['full'], numbers['reopened']].sort());
    expect(incidents[0]).toMatchObject({ cameraId: place.cameraId, outcome: expect.any(String) });
    const before = { from: new Date(now - 7_200_000).toISOString(), to: range.from };
    expect(
      (await api.guest.get(`/api/v1/stations/${place.stationCode}/timeline`).query(before).expect(200)).body.incidents,
    ).toEqual([]);
  });
});
