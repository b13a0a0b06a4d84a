import type { Station } from '@app/contracts';
import { DesiredCameras } from '@app/streams';
import { csv, newElection, TestApi } from './api';

const HEADER = 'code,name,region,timezone,opens_at,closes_at,count_ends_at,camera1_name,camera1_source';
const HOUR_MS = 3_600_000;

/** The election opened two hours ago, closes in four, and counts for four more. */
describe('the calendar of single stations', () => {
  let api: TestApi;
  let operator: Awaited<ReturnType<TestApi['as']>>;
  let electionId: string;
  const inHours = (hours: number): Date => new Date(Math.floor(Date.now() / 60_000) * 60_000 + hours * HOUR_MS);
  /** By the clock of a place without summer time, two hours ahead. */
  const local = (at: Date): string => new Date(at.getTime() + 2 * HOUR_MS).toISOString().slice(0, 16);
  const row = (code: string, opens = '', closes = '', ends = '') =>
    `${code},School ${code},R,Africa/Maputo,${opens},${closes},${ends},Hall,rtsp://10.0.0.1/a`;
  const station = async (code: string) => (await api.guest.get(`/api/v1/stations/${code}`).expect(200)).body as Station;
  const importRows = (...rows: string[]) =>
    operator
      .post('/api/v1/stations/import')
      .type('text/csv')
      .send(csv(HEADER, ...rows));

  beforeAll(async () => {
    api = await TestApi.start();
    operator = await api.as('operator');
    electionId = await newElection(api.db);
    const late = row('LATE', local(inHours(2)));
    const over = row('OVER', local(inHours(-9)), local(inHours(-3)), local(inHours(-1)));
    await importRows(row('PLAIN'), late, over).expect(200);
  });
  afterAll(() => api?.stop());

  it('takes times by the clock of the station, and the election’s where there are none', async () => {
    const election = await api.db.selectFrom('elections').selectAll().where('id', '=', electionId).executeTakeFirstOrThrow();
    expect(await station('PLAIN')).toMatchObject({
      opensAt: election.opens_at.toISOString(),
      closesAt: election.closes_at.toISOString(),
      countEndsAt: election.count_ends_at.toISOString(),
    });
    expect(await station('LATE')).toMatchObject({
      opensAt: inHours(2).toISOString(),
      closesAt: election.closes_at.toISOString(),
    });
    await importRows(row('PLAIN'), row('LATE', local(new Date((await station('LATE')).opensAt)))).expect(200);
  });

  it('decides what should be on air', async () => {
    const desired = new DesiredCameras(api.db);
    const states = await Promise.all(
      ['PLAIN', 'LATE', 'OVER'].map(async (code) => {
        const [camera] = (await station(code)).cameras;
        return [camera?.state.reason?.code, await desired.isDesired(camera?.id ?? '')];
      }),
    );
    expect(states).toEqual([
      ['waiting-for-start', true],
      ['not-scheduled', false],
      ['not-scheduled', false],
    ]);
    const { body } = await api.guest.get('/api/v1/stations').query({ state: 'planned-off' }).expect(200);
    expect((body.items as Station[]).map(({ code }) => code)).toEqual(['LATE', 'OVER']);
    const down = await api.guest.get('/api/v1/stations').query({ state: 'down' }).expect(200);
    expect((down.body.items as Station[]).map(({ code }) => code)).toEqual(['PLAIN']);
  });

  it('is changed by operators, and given back to the election', async () => {
    const opensAt = inHours(-1).toISOString();
    const { body } = await operator.patch('/api/v1/stations/LATE').send({ opensAt }).expect(200);
    expect([body.opensAt, body.cameras[0].state.state]).toEqual([opensAt, 'starting']);
    const { body: again } = await operator.patch('/api/v1/stations/LATE').send({ opensAt: null }).expect(200);
    expect(again.opensAt).toBe((await station('PLAIN')).opensAt);
    await api.guest.patch('/api/v1/stations/LATE').send({ opensAt }).expect(401);
    await operator.patch('/api/v1/stations/NONE').send({ opensAt }).expect(404);
  });

  it('refuses times out of order, naming the field and the rule', async () => {
    const closing = (await station('PLAIN')).closesAt;
    const { status, body } = await operator.patch('/api/v1/stations/PLAIN').send({ countEndsAt: inHours(1).toISOString() });
    expect([status, body.details]).toEqual([422, [{ field: 'countEndsAt', rule: `is not before the closing, ${closing}` }]]);
    await operator.patch('/api/v1/stations/PLAIN').send({}).expect(422);
    await operator.patch('/api/v1/stations/PLAIN').send({ opensAt: 'at seven' }).expect(422);
  });

  it('tells each bad time of an import by its line and column', async () => {
    const { status, body } = await importRows(row('X1', '7:00'), row('X2', local(inHours(6))));
    expect([status, body.code]).toEqual([422, 'import.invalid']);
    expect(body.details).toEqual([
      {
        line: 2,
        column: 5,
        code: 'station.time',
        message: 'This is no time; write one like 2026-10-25T07:00, by the clock of the station.',
      },
      { line: 3, column: 6, code: 'station.times', message: expect.stringMatching(/^closes_at is after the opening, /) },
    ]);
  });
});
