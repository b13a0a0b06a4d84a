import type { StationUptime } from '@app/contracts';
import { newActor, newPlace, type Place } from '../incidents/fixtures';
import { TestApi } from '../api';

const SIX = Date.parse('2026-10-25T06:00:00.000Z');
const at = (minutes: number): Date => new Date(SIX + minutes * 60_000);
const iso = (minutes: number): string => at(minutes).toISOString();

/** A day that is over, planned from 6:00 to 6:00, of which the gaps are known up to the end. */
describe('uptime and gaps', () => {
  let api: TestApi;
  let place: Place;
  let operatorId: string;

  beforeAll(async () => {
    api = await TestApi.start();
    place = await newPlace(api.db);
    operatorId = (await newActor(api.db, 'operator')).user.id;
    await api.db.updateTable('cameras').set({ name: '=Ballot, box' }).where('id', '=', place.cameraId).execute();
    await cover(place.cameraId);
    await addGap(place.cameraId, 0, 6, 'not-started', null);
    await addGap(place.cameraId, 60, 72, 'operator-disabled', operatorId);
  });
  afterAll(() => api?.stop());

  async function cover(cameraId: string): Promise<void> {
    const [planned_from, planned_to] = [at(0), at(24 * 60)];
    await api.db
      .insertInto('gap_progress')
      .values({ camera_id: cameraId, planned_from, planned_to, covered_until: planned_to, media_sequence: 1 })
      .execute();
  }
  async function addGap(
    camera_id: string,
    from: number,
    to: number,
    cause: 'not-started' | 'operator-disabled',
    actor: string | null,
  ) {
    await api.db
      .insertInto('gaps')
      .values({ camera_id, from_at: at(from), to_at: at(to), cause, actor_id: actor })
      .execute();
  }
  const uptime = async (query: Record<string, string> = {}): Promise<StationUptime> => {
    const { body } = await api.guest.get(`/api/v1/stations/${place.stationCode}/uptime`).query(query).expect(200);
    return body as StationUptime;
  };

  it('tells the public a camera’s planned day, each gap with its cause', async () => {
    expect(await uptime()).toEqual({
      from: iso(0),
      to: iso(24 * 60),
      cameras: [
        {
          cameraId: place.cameraId,
          name: '=Ballot, box',
          plannedSeconds: 86_400,
          recordedSeconds: 86_400 - 18 * 60,
          uptime: 1 - (18 * 60) / 86_400,
          gaps: [
            { from: iso(0), to: iso(6), cause: 'not-started' },
            { from: iso(60), to: iso(72), cause: 'operator-disabled', actor: operatorId },
          ],
        },
      ],
    });
  });

  it('tells a part of it', async () => {
    const [camera] = (await uptime({ from: iso(66), to: iso(78) })).cameras;
    expect(camera).toMatchObject({
      plannedSeconds: 720,
      recordedSeconds: 360,
      uptime: 0.5,
      gaps: [{ from: iso(66), to: iso(72) }],
    });
  });

  it('writes the same as CSV, with nothing that a spreadsheet would calculate', async () => {
    const { text, headers } = await api.guest.get(`/api/v1/stations/${place.stationCode}/uptime.csv`).expect(200);
    expect(headers['content-type']).toBe('text/csv; charset=utf-8');
    const day = `${iso(0)},${iso(24 * 60)},86400,${86_400 - 18 * 60},${1 - (18 * 60) / 86_400}`;
    const camera = `${place.stationCode},${place.cameraId},"'=Ballot, box",${day}`;
    expect(text.split('\r\n')).toEqual([
      'station,camera_id,camera,from,to,planned_seconds,recorded_seconds,uptime,gap_from,gap_to,cause,actor',
      `${camera},${iso(0)},${iso(6)},not-started,`,
      `${camera},${iso(60)},${iso(72)},operator-disabled,${operatorId}`,
      '',
    ]);
  });

  it('writes all gaps of the election, or of a region, as CSV', async () => {
    const other = await newPlace(api.db, place);
    await addGap(other.cameraId, 30, 31, 'not-started', null);
    const lines = async (query: Record<string, string>) => {
      const { text } = await api.guest.get('/api/v1/gaps.csv').query(query).expect(200);
      return text.split('\r\n').slice(1, -1);
    };
    expect(await lines({})).toHaveLength(3);
    expect(await lines({ region: other.regionId })).toEqual([
      `${place.regionId}/${other.regionId},${other.stationCode},School ${other.stationCode},${other.cameraId},Ballot box,${iso(30)},${iso(31)},not-started,`,
    ]);
    expect(await lines({ from: iso(31), to: iso(65) })).toHaveLength(1);
    await api.guest.get('/api/v1/gaps.csv').query({ region: place.stationId }).expect(404);
  });

  it('gives operators the day’s uptime of each camera', async () => {
    const operator = await api.as('operator');
    const { body } = await operator.get('/api/v1/cameras').query({ q: '' }).expect(200);
    const items = body.items as { id: string; day: { uptime: number | null } }[];
    expect(items.find(({ id }) => id === place.cameraId)?.day).toEqual({
      plannedSeconds: 86_400,
      recordedSeconds: 86_400 - 18 * 60,
      uptime: 1 - (18 * 60) / 86_400,
    });
  });

  it.each([
    [{ from: iso(5), to: iso(5) }, 422],
    [{ from: iso(0), to: iso(49 * 60) }, 422],
    [{ from: 'yesterday' }, 422],
    [{ since: iso(5) }, 400],
  ])('refuses %j', async (query, status) => {
    await api.guest.get(`/api/v1/stations/${place.stationCode}/uptime`).query(query).expect(status);
    await api.guest.get('/api/v1/gaps.csv').query(query).expect(status);
  });
});
